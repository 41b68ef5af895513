"""Patterns searched fast: where they may begin is looked for first, with what is cheap to look for."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from afterword.redaction.candidate import Source, every


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
_TELLING = 3
"""How many letters of a word are looked for together with those of all other words."""
_known: set[str] = set()
_known_pattern: list[re.Pattern[str]] = []


class Begun:
    """A pattern that ignores case and begins with one of some words, alternatives in lower case.

    Ignoring case is slow; the words are looked for in the lower-case text, the pattern is tried only where one begins.
    """

    def __init__(self, words: str, pattern: str) -> None:
        self._words = tuple(_MAY_LACK.sub("", word) for word in words.split("|"))
        self._pattern = re.compile(pattern)
        _known.update(word[:_TELLING] for word in self._words if len(word) >= _TELLING)
        _known_pattern.clear()

    def finditer(self, source: Source) -> Iterator[re.Match[str]]:
        """Yield the matches, from left to right, without overlaps."""
        at = 0
        for start in _starts(source, self._words):
            if start >= at and (match := self._pattern.match(source.text, start)):
                at = match.end()
                yield match


def _any_known() -> re.Pattern[str]:
    """Return the pattern of where any word may begin, one alternative for each first letter."""
    if not _known_pattern:
        second: dict[str, dict[str, str]] = defaultdict(lambda: defaultdict(str))
        for word in sorted(_known):
            second[word[0]][word[1]] += re.escape(word[2])
        ways = (
            re.escape(one) + "(?:" + "|".join(f"{re.escape(two)}[{last}]" for two, last in rest.items()) + ")"
            for one, rest in second.items()
        )
        _known_pattern.append(re.compile(f"[{''.join(map(re.escape, second))}](?<=(?={'|'.join(ways)}).)", re.DOTALL))
    return _known_pattern[0]


def _beginnings(source: Source) -> dict[str, list[int]]:
    """Return where the first letters of the words of all patterns stand; looked for at once, and once in a text."""
    pattern = _any_known()
    if pattern not in source.kept:
        places: dict[str, list[int]] = defaultdict(list)
        for match in pattern.finditer(source.low):
            at = match.start()
            places[source.low[at : at + _TELLING]].append(at)
        source.kept[pattern] = places
    return source.kept[pattern]


def _starts(source: Source, words: tuple[str, ...]) -> list[int]:
    """Return where any of the words begins."""
    starts: set[int] = set()
    low, beginnings = source.low, _beginnings(source)
    for word in words:
        if len(word) >= _TELLING:
            starts.update(at for at in beginnings.get(word[:_TELLING], ()) if low.startswith(word, at))
        else:
            starts.update(every(low, word))
    return sorted(starts)
