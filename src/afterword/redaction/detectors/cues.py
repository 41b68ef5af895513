"""Words that announce a value, and what may stand between such a word and the value."""

import re
from collections.abc import Iterator
from functools import cache

from afterword.redaction.candidate import UNSPACED, WORD, Source
from afterword.redaction.data import rows

Grouped = dict[str, tuple[str, ...]]
Worded = dict[str, Grouped]
_TELLING = 2


@cache
def _grouped(cues: tuple[str, ...]) -> tuple[Worded, Grouped]:
    """Group cues by their first word and the two characters behind it, those of scripts without spaces by a letter."""
    worded: Worded = {}
    unspaced: Grouped = {}
    for cue in cues:
        first = WORD.match(cue)
        if cue[0] >= UNSPACED:
            unspaced[cue[0]] = (*unspaced.get(cue[0], ()), cue)
        elif first:
            behind = worded.setdefault(first[0], {})
            rest = cue[first.end() : first.end() + _TELLING]
            behind[rest] = (*behind.get(rest, ()), cue)
    return worded, unspaced


def cue_ends(source: Source, cues: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where cues (lower case) stand in a text, not as part of a longer alphabetic word."""
    low, (worded, unspaced) = source.low, _grouped(cues)
    words, stems, joined = source.words, source.stems, source.joined
    begun = [(first, words[first]) for first in worded.keys() & words.keys()]
    begun += [(first, joined[first]) for first in worded.keys() & joined.keys()] if joined else []
    begun += [(first, words[longer]) for first in worded.keys() & stems.keys() for longer in stems[first]]
    for first, places in begun:
        behind = worded[first]
        for at in places:
            rest = low[at + len(first) : at + len(first) + _TELLING]
            for beginning in ("", rest[:1], rest) if len(rest) == _TELLING else ("", rest) if rest else ("",):
                for cue in behind.get(beginning, ()):
                    if low.startswith(cue, at) and (end := _word_end(low, at, len(cue))):
                        yield at, end
    for letter in unspaced.keys() & source.unspaced:
        for at in source.places_of(letter):
            for cue in unspaced[letter]:
                if low.startswith(cue, at):
                    yield at, at + len(cue)


_ENDING = re.compile(r"[^\W\d_]{1,3}(?![^\W_])")
_OTHER_WORD = frozenset({"s", "es", "ed", "d", "er", "ers", "ing", "ly"})
_LEAST_INFLECTED = 7


def _word_end(low: str, at: int, length: int) -> int | None:
    """Return where the word of a cue ends: long ones may carry an ending of their language (`telefonszámom`)."""
    end = at + length
    if not _goes_on(low, end):
        return end
    ending = _ENDING.match(low, end)
    inflected = ending and length >= _LEAST_INFLECTED and ending[0] not in _OTHER_WORD
    return ending.end() if ending and inflected else None


def _goes_on(low: str, end: int) -> bool:
    return (
        end < len(low)
        and low[end].isalpha()
        and low[end - 1].isalpha()
        and low[end - 1] < "\u0600"
        and low[end] < "\u2e80"
    )


@cache
def field_words(label: str) -> tuple[str, ...]:
    """Return the cues for a label, longest first."""
    lists = (row.removeprefix(label + " ") for row in rows("field_words.txt") if row.startswith(label + " "))
    return tuple(sorted({word for words in lists for word in words.split("|") if word}, key=len, reverse=True))


_WORDS = (
    "c'est của mình is was no. no nr. nr n° nº number num numero número numéro nummer numer ist lautet est es "
    "é è je jest är er on to az е є az is:"
    " numaram numarası id me us now under unter au al en auf op na på at via of von the my it "
    "that this this. it's code le la el il die der das the o os het "
    "este yra está esta son sont sind are ovat jsou sú są са είναι adalah ialah yaitu ni hər ay"
)
_PHRASES = "in question|concerned|affected|mentioned|en question|in frage|en cuestión|em questão|in questione|w pytaniu"
_JOINING = _PHRASES + "|" + "|".join(sorted(map(re.escape, _WORDS.split()), key=len, reverse=True))
_BETWEEN = re.compile(
    r"[\"'*`)\]]{0,3}(?:\x1b\[[0-9;]{0,12}m)?(?:[ \t]?\([^()\n\d]{1,24}\))?"
    r"(?:[ \t]{0,2}[:：=#(*|，、][ \t]{0,3}|[ \t]{0,2}(?:=>|→|[-–—])[ \t]|[.,;](?=[ \t])|[ \t]{1,3}(?:"
    + _JOINING
    + r")(?=[ \t:：.])|[はがも：是:为為는은이가을をので] ?"
    r"|[ \t]{1,3})*[\"'*`(#]{0,3}(?:\x1b\[[0-9;]{0,12}m)?",
    re.IGNORECASE,
)
_MOST_BETWEEN = 40


def after_cue(text: str, at: int) -> int:
    """Return where the value may begin that a cue ending at `at` announces."""
    match = _BETWEEN.match(text, at, at + _MOST_BETWEEN)
    return match.end() if match else at
