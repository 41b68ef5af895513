"""Names of people after words for kin and work, and pairs of words that a given or a family name gives away."""

import re
from collections.abc import Iterator
from functools import cache

from afterword.redaction.candidate import LOOSE, SHAPED, Candidate, Source
from afterword.redaction.data import listed, rows
from afterword.redaction.detectors.cues import cue_ends
from afterword.redaction.detectors.name_shapes import (
    NO_LOWER,
    given_names,
    is_given_name,
    is_name_word,
    is_place,
    name_at,
    words_in,
)
from afterword.redaction.edged import Edged

_GAP = re.compile(r"[,:]?[ \t\u00a0]{1,2}(?:\*\*|[\"“‘'@(])?")
_LEAST_FAMILY = 5


@cache
def _kin() -> tuple[str, ...]:
    lists = (row.removeprefix("KIN ") for row in rows("name_cues.txt") if row.startswith("KIN "))
    return tuple({word for words in lists for word in words.split("|") if word})


@cache
def _families() -> frozenset[str]:
    return frozenset(word.lower() for kind in ("NAME", "FIRST") for word in listed("family_names.txt", kind))


@cache
def _first() -> frozenset[str]:
    return frozenset(word.lower() for word in listed("family_names.txt", "FIRST"))


def is_family_name(word: str) -> bool:
    """Whether a word is a common family name or ends like one."""
    folded = word.lower()
    return folded in _families() or (
        len(folded) > _LEAST_FAMILY and folded.endswith(listed("family_names.txt", "ENDING")) and not word.isupper()
    )


_CASE_ENDINGS = ("ом", "ем", "ой", "ей", "ою", "ию", "а", "я", "у", "ю", "е", "и", "ы", "і")
_NOMINATIVE = ("", "а", "я", "й", "ь", "о")


def is_given(word: str) -> bool:
    """Whether a word is a given name, in Cyrillic in any case too (`Андрея`, `Оксаною`)."""
    if is_given_name(word):
        return True
    if not "а" <= word[-1:].lower() <= "ї":
        return False
    low = word.lower()
    return any(
        low.removesuffix(ending) + letter in given_names()
        for ending in _CASE_ENDINGS
        if low.endswith(ending) and len(low) - len(ending) >= 3
        for letter in _NOMINATIVE
    )


def _sure(words: list[str], cue: str) -> float:
    """Return how far a name after a word for kin or work is to be trusted."""
    if not words:
        return 0.0
    known = any(is_given(word) or is_family_name(word) for word in words)
    possessive = " " in cue
    if len(words) >= 2:
        return 0.8 if known else 0.65 if possessive else 0.0
    return 0.7 if is_given(words[0]) or (possessive and is_family_name(words[0])) else 0.0


def find_related(source: Source) -> Iterator[Candidate]:
    """Yield names after words such as “my brother”, “courier”, “handed to”, in many languages."""
    text = source.text
    for start, end in cue_ends(source, _kin()):
        gap = _GAP.match(text, end)
        if not gap:
            continue
        low, high = name_at(text, gap.end())
        words = words_in(text, low, high)
        caseless = bool(words) and words[0][0].lower() == words[0][0].upper()
        if high - low > 1 and not caseless and (sure := _sure(words, source.low[start:end])):
            yield Candidate(low, high, "PERSON", sure, f"follows “{text[start:end]}”", SHAPED - 9)


_PAIR = Edged(
    NO_LOWER, r"\w@./-", r"(?<![^\W\d_]['’])[^\W\d_](?:[^\W\d_]|['’\-](?=[^\W\d_])){1,24}(?=[ \u00a0][^\W\d_])"
)
_LISTED_TITLE = re.compile(r"(?:[,;]\s[\"“']|[«„‘“])$")
"""What stands before the title of a book or song among others, rather than before a name."""
_NEVER_BEFORE = re.compile(r"[\"“«„‘]$|\b(?:the|das|der|die|la|le|el|il|het|de)\s$|[a-z]\.$")


def find_families(source: Source) -> Iterator[Candidate]:
    """Yield two capitalised words of which the second is a family name, or the first where it stands first."""
    text, done = source.text, 0
    for match in _PAIR.finditer(text):
        word = match[0]
        if match.start() < done or not word[0].isupper() or word.isupper() or not is_name_word(word):
            continue
        start, end = name_at(text, match.start())
        words = words_in(text, start, end)
        if len(words) > 4:
            done = end  # A list of capitalised words, not a name.
        if not 2 <= len(words) <= 4 or not all(len(each) > 1 for each in words):
            continue
        if is_place(text, start, end) or _LISTED_TITLE.search(text, max(0, start - 3), start):
            continue
        given = is_given(word) and any(is_family_name(each) for each in words[1:])
        in_order = word.lower() in _first() and (not word.isascii() or is_given(words[-1]))
        by_family = _telling(words[-1]) and not _NEVER_BEFORE.search(text, max(0, start - 6), start)
        if given or in_order or by_family:
            done = end
            yield Candidate(start, end, "PERSON", 0.72, "a given or a family name among them", LOOSE + 2)


def _telling(word: str) -> bool:
    """Whether a word's ending alone shows a family name: only in scripts and letters that few other words share."""
    return len(word) >= _LEAST_FAMILY and word.lower().endswith(listed("family_names.txt", "TELLING"))


_ALL_CAPS = Edged(NO_LOWER, r"\w@./-", r"[^\W\d_a-z]{3,20}[ ][^\W\d_a-z]{3,20}(?![\w@./-])")


def find_capitals(source: Source) -> Iterator[Candidate]:
    """Yield names in capitals throughout, given and family name both known: `MARTINA ROSSI`."""
    for match in _ALL_CAPS.finditer(source.text):
        first, last = match[0].split(" ")
        if (is_given_name(first) and last.lower() in _families()) or (
            is_given_name(last) and first.lower() in _families()
        ):
            yield Candidate(*match.span(), "PERSON", 0.72, "a given and a family name", LOOSE + 2)
