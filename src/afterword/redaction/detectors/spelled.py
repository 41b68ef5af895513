"""PINs and one-time codes read out in words, or digit by digit: "the PIN is four eight one two"."""

import re
from collections.abc import Iterator
from functools import cache

from afterword.redaction.candidate import SAID, Candidate, Source
from afterword.redaction.data import rows
from afterword.redaction.detectors.cues import cue_ends, field_words

_LEAST = 4
_REACH = 160


@cache
def _digits() -> tuple[str, ...]:
    return tuple(sorted({word for row in rows("number_words.txt") for word in row.split()[1:]}, key=len, reverse=True))


@cache
def _read_out() -> re.Pattern[str]:
    """Return a joint or a few words, then four to twelve digits in words or apart from each other."""
    digit = rf"(?:(?:double|triple|doppel)[ -])?(?:{'|'.join(map(re.escape, _digits()))}|\d)(?![^\W_])"
    return re.compile(
        rf"[^\n.!?\d]{{0,30}}?[ \t:：=\"'“(是はは]{{1,4}}(?P<value>{digit}(?:[ ,–-]{{1,3}}{digit}){{{_LEAST - 1},11}}"
        r"|[零〇一二三四五六七八九幺]{4,8}|[공영일이삼사오육칠팔구]{4,8})(?![^\W_])"
    )


_NO_CODE = re.compile(
    r"(?:version|error|status|exit|response|http|return|reason|country|area|zip|postal|post|source|bar|qr|build|language|dress"
    r"|product|item|article|colou?r|morse|machine|byte|op|binary)[ _-]$"
)
"""What makes of "code" another thing than a secret."""
_APART = re.compile(r"\d[ -]")


def find_spelled(source: Source) -> Iterator[Candidate]:
    """Yield digits read out after the words for a PIN or a code."""
    known = source.words
    spoken = sum(len(known[word]) for word in _digits() if word in known)
    if spoken < _LEAST and not source.unspaced and not _APART.search(source.text):
        return
    for start, end in cue_ends(source, field_words("READ_OUT")):
        match = _read_out().match(source.low, end, end + _REACH)
        if match and not (source.low[start:end] == "code" and _NO_CODE.search(source.before(start, 12))):
            reason = f"read out after “{source.text[start:end]}”"
            yield Candidate(*match.span("value"), "SECRET_PASSWORD", 0.8, reason, SAID - 1)
