"""A prompt as passages: lines that belong together as one paragraph or list item, however they are wrapped."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from afterword.checks.likeness import Reader, Weights, Word, is_turned, weights

_ITEM = re.compile(r"[ \t]{0,40}(?:[-*+•–#>|]{1,6}(?=\s|$)|\d{1,3}[.)](?=\s)|`{3}|~{3}|\{[%#])")
_MARK = re.compile(r"[ \t]{0,40}(?:(?:[-*+•–#>]{1,6}|\d{1,3}[.)])[ \t]+){1,3}(?:\[[ xX]\][ \t]+)?")
_LINES = 6
"""How far a passage reaches above and below the line that it is read for."""
_ABOVE = 40
"""How many lines above a list its lead-in is looked for."""
_CHARACTERS = 8_000
"""Characters of one line that are read; what is beyond is compared in no way."""
_WORDS = 3_000
"""Words of one passage; the lines beyond begin another."""
_SENTENCES = 4
_TRIES = 50
_STARTS_OF_ITEMS = " \t-*+•–>|0123456789`~{"


class Unit(NamedTuple):
    """A line, a sentence or several of them, within a passage; `line` counts from 0."""

    line: int
    senses: Weights


class Passage:
    """Words of the lines `first` to `last`, counted from 0, in order, each with its line."""

    def __init__(self, lines: Sequence[str], first: int, last: int) -> None:
        self.last = last
        self.words: list[Word] = []
        self.line_of: list[int] = []
        self._starts: list[int] = []
        reader = Reader(_leads_in_turned(lines, first))
        for at in range(first, last + 1):
            self._starts.append(len(self.words))
            for word in reader.words(bare(lines[at])):
                self.words.append(word)
                self.line_of.append(at)
            if len(self.words) > _WORDS:
                self.last = at
                break
        self._starts.append(len(self.words))

    @cached_property
    def _plain(self) -> str:
        return f" {' '.join(word.plain for word in self.words)} "

    @cached_property
    def _sentences(self) -> list[int]:
        """Where sentences start, and the end."""
        starts = [0, *(at + 1 for at, word in enumerate(self.words) if word.ends_sentence)]
        return starts if starts[-1] == len(self.words) else [*starts, len(self.words)]

    @cached_property
    def _bounds(self) -> frozenset[int]:
        return frozenset((*self._starts, *self._sentences))

    def units(self, sentences: int) -> list[Unit]:
        """Return each line, each sentence and each run of up to so many sentences, once."""
        found = (*self._line_spans(), *self._sentence_spans(sentences))
        spans = dict.fromkeys(span for span in found if span[0] < span[1])
        return [Unit(self.line_of[start], weights(self.words[start:end])) for start, end in spans]

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self._sentences) - 1

    def _line_spans(self) -> Iterator[tuple[int, int]]:
        yield from zip(self._starts, self._starts[1:], strict=False)

    def _sentence_spans(self, sentences: int) -> Iterator[tuple[int, int]]:
        for count in range(1, min(sentences, _SENTENCES) + 1):
            yield from zip(self._sentences, self._sentences[count:], strict=False)

    def find(self, plain: Sequence[str], freely: bool) -> int | None:
        """Return where these words stand in a row, as an index of `words`; None where they do not.

        They are whole lines or sentences, unless they are `freely` looked for.
        """
        wanted = f" {' '.join(plain)} "
        place = self._plain.find(wanted)
        for _ in range(_TRIES):
            if place < 0:
                break
            at = self._plain.count(" ", 0, place)
            if freely or (at in self._bounds and at + len(plain) in self._bounds):
                return at
            place = self._plain.find(wanted, place + 1)
        return None


def bare(line: str) -> str:
    """Return a line without bullets, numbering and heading marks."""
    match = _MARK.match(line)
    return line[match.end() : _CHARACTERS] if match else line[:_CHARACTERS]


def goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether the paragraph or item in line `at` goes on in the next line."""
    if not 0 <= at < len(lines) - 1:
        return False
    following = lines[at + 1]
    if following[:2] in ("", "- ", "* ", "\r"):  # most lines, without a pattern
        return False
    return bool(lines[at].strip() and following.strip()) and not _ITEM.match(following)


def span_around(lines: Sequence[str], at: int) -> tuple[int, int]:
    """Return the first and the last line of the paragraph or item that holds line `at`."""
    first = last = at
    while first > max(0, at - _LINES) and goes_on(lines, first - 1):
        first -= 1
    while last < at + _LINES and goes_on(lines, last):
        last += 1
    return first, last


def _leads_in_turned(lines: Sequence[str], first: int) -> bool:
    """Whether the line above a list says that its items are not to be done: "Never:", "## Don'ts"."""
    if not _ITEM.match(lines[first]) or lines[first].lstrip().startswith("#"):
        return False
    for at in range(first - 1, max(-1, first - _ABOVE - 1), -1):
        line = lines[at].rstrip(" \t\r*_")
        if line.endswith(":") or line.startswith("#"):
            return is_turned(line)
        if line and line[0] not in _STARTS_OF_ITEMS:
            return False
    return False
