"""Patterns searched fast: where they may begin is looked for first, with what is cheap to look for."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from afterword.redaction.candidate import Source


class Edged:
    """A pattern whose match begins with a character of `first` that follows none of `after` (both inside a class).

    A plain `(?<![…])…` makes the engine look back at every character of the text; this looks back only where a match
    may begin, which is several times faster on prose.
    """

    def __init__(self, first: str, after: str, body: str, flags: int = 0) -> None:
        guard = "" if "(?P=" in body else f"(?<=(?={body}).)"
        self._start = re.compile(f"[{first}](?<![{after}].){guard}", flags | re.DOTALL)
        self._body = re.compile(body, flags)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches, from left to right, without overlaps."""
        at = 0
        for start in self._start.finditer(text):
            if start.start() >= at and (match := self._body.match(text, start.start())):
                at = match.end()
                yield match

    def match(self, text: str, at: int) -> re.Match[str] | None:
        """Return the match that begins at a place."""
        return self._body.match(text, at) if self._start.match(text, at) else None


class Hinted(NamedTuple):
    """A pattern that is only run in a text where one of some words stands, which are in lower case."""

    words: tuple[str, ...]
    pattern: re.Pattern[str] | Edged

    def finditer(self, source: Source) -> Iterator[re.Match[str]]:
        """Yield the matches, from left to right, without overlaps."""
        if any(word in source.low for word in self.words):
            yield from self.pattern.finditer(source.text)


_MAY_LACK = re.compile(r".\?$|\\")
"""The last letter of a word where it may be missing, and the backslashes before its dots."""


class Begun:
    """A pattern that ignores case and begins with one of some words, alternatives in lower case.

    Ignoring case is slow; the words are looked for in the lower-case text, the pattern is tried only where one begins.
    """

    def __init__(self, words: str, pattern: str) -> None:
        self._words = tuple(_MAY_LACK.sub("", word) for word in words.split("|"))
        self._pattern = re.compile(pattern)

    def finditer(self, source: Source) -> Iterator[re.Match[str]]:
        """Yield the matches, from left to right, without overlaps."""
        at = 0
        for start in _starts(source.low, self._words):
            if start >= at and (match := self._pattern.match(source.text, start)):
                at = match.end()
                yield match


def _starts(low: str, words: tuple[str, ...]) -> list[int]:
    """Return where any of the words begins; looking for them one by one is faster than with one pattern."""
    starts = set()
    for word in words:
        at = low.find(word)
        while at >= 0:
            starts.add(at)
            at = low.find(word, at + 1)
    return sorted(starts)
