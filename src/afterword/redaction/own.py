"""Find what a team's own rules name: their patterns and their internal hosts."""

import re
import time
from collections.abc import Iterator
from functools import lru_cache

from afterword.redaction.candidate import CHECKED, SHAPED, Candidate, Source
from afterword.redaction.rules import OwnPattern, Rules

_SECONDS_A_PATTERN = 1.0
"""For one pattern on one chunk."""


@lru_cache(maxsize=256)
def _compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


@lru_cache(maxsize=16)
def _hosts(suffixes: tuple[str, ...]) -> re.Pattern[str]:
    ends = "|".join(re.escape(suffix.lstrip(".").lower()) for suffix in suffixes)
    return re.compile(
        rf"(?<![a-z0-9.-])(?:[a-z0-9](?:[a-z0-9-]{{0,62}}[a-z0-9])?\.){{1,8}}(?:{ends})(?![a-z0-9-]"
        rf"|\.[a-z0-9])"
    )


def _stretches(text: str, length: int) -> Iterator[tuple[int, int]]:
    """Cut each line into overlapping pieces of a length that the pattern can stand."""
    at = 0
    while at < len(text):
        end = text.find("\n", at, at + length)
        if end >= 0:
            yield at, end
            at = end + 1
        else:
            stop = min(len(text), at + length)
            yield at, stop
            at = stop if stop == len(text) else stop - length // 2


class OutOfTime(Exception):
    """A team's pattern took longer than a pattern may; the text was not searched to its end."""


def _matches(source: Source, pattern: OwnPattern, deadline: float) -> Iterator[Candidate]:
    deadline = min(deadline, time.monotonic() + _SECONDS_A_PATTERN)
    compiled, reason = _compiled(pattern.regex), pattern.reason or "matches a pattern of the team"
    for start, end in _stretches(source.text, pattern.stretch):
        if time.monotonic() > deadline:
            raise OutOfTime(pattern.regex)
        for match in compiled.finditer(source.text[start:end]):
            if match[0].strip():
                yield Candidate(start + match.start(), start + match.end(), pattern.label, 0.95, reason, CHECKED + 5)


def find(source: Source, rules: Rules, deadline: float) -> Iterator[Candidate]:
    """Yield what the rules name; raises OutOfTime where a pattern is too slow for the text."""
    for pattern in rules.patterns:
        yield from _matches(source, pattern, deadline)
    if rules.internal_hosts:
        for match in _hosts(rules.internal_hosts).finditer(source.low):
            yield Candidate(match.start(), match.end(), "HOSTNAME", 0.95, "an internal host of the team", SHAPED + 5)
