"""The rows of a diff, unified or side by side, made without looking into the lines."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from afterword.repo.diff import Diff, DiffLine, Hunk
from afterword.repo.words import PairedLine, Span, paired

Kind = Literal["header", "hunk", " ", "+", "-", "\\"]

_PAIRED_AT_ONCE = 400
"""Changed lines up to which the sides are matched by their words; above, line by line."""
_WINDOW = 60
"""Lines of one long block of changes whose words are compared together."""


class Half(NamedTuple):
    """One line of the diff as it is drawn: its kind, its text without the mark, and its numbers."""

    kind: Kind
    text: str
    old_no: int | None = None
    new_no: int | None = None
    hunk: int = -1
    line: int = -1
    """Its place within the hunk; -1 where it is no line of a hunk."""


class SideRow(NamedTuple):
    """A row of the side-by-side layout; a header stands on the left alone and takes the whole width."""

    left: Half | None
    right: Half | None


def unified_rows(diff: Diff) -> list[Half]:
    """Return every line of a diff in order."""
    rows: list[Half] = []
    number = 0
    for file in diff.files:
        rows.extend(Half("header", line) for line in file.header)
        for hunk in file.hunks:
            rows.append(Half("hunk", hunk.header, hunk=number))
            rows.extend(_half(line, number, at) for at, line in enumerate(hunk.lines))
            number += 1
        rows.extend(Half("header", line) for line in file.trailer)
    return rows


def _half(line: DiffLine, hunk: int, at: int) -> Half:
    text = line.raw if line.kind == "\\" else line.text
    return Half(line.kind, text, line.old_no, line.new_no, hunk, at)


def side_rows(diff: Diff) -> list[SideRow]:
    """Return the rows of the side-by-side layout; context stands on both sides."""
    rows: list[SideRow] = []
    number = 0
    by_words = sum(diff.counts) <= _PAIRED_AT_ONCE
    for file in diff.files:
        rows.extend(SideRow(Half("header", line), None) for line in file.header)
        for hunk in file.hunks:
            rows.append(SideRow(Half("hunk", hunk.header, hunk=number), None))
            rows.extend(_hunk_side_rows(hunk, number, by_words))
            number += 1
        rows.extend(SideRow(Half("header", line), None) for line in file.trailer)
    return rows


def _hunk_side_rows(hunk: Hunk, number: int, by_words: bool) -> Iterator[SideRow]:
    for start, end in blocks(hunk):
        halves = [_half(line, number, start + at) for at, line in enumerate(hunk.lines[start:end])]
        if halves[0].kind == " ":
            for half in halves:
                yield SideRow(half, half)
            continue
        if halves[0].kind == "\\":
            yield SideRow(halves[0], halves[0])
            continue
        removed = [half for half in halves if half.kind == "-"]
        added = [half for half in halves if half.kind == "+"]
        if by_words:
            yield from _matched(hunk, start, end, halves)
        else:
            for at in range(max(len(removed), len(added))):
                yield SideRow(removed[at] if at < len(removed) else None, added[at] if at < len(added) else None)
        yield from _notes(halves)


def _matched(hunk: Hunk, start: int, end: int, halves: Sequence[Half]) -> Iterator[SideRow]:
    by_line = {id(line): half for line, half in zip(hunk.lines[start:end], halves, strict=True)}
    for pair in paired(_part(hunk, hunk.lines[start:end])):
        yield SideRow(by_line[id(pair.old)] if pair.old else None, by_line[id(pair.new)] if pair.new else None)


def _notes(halves: Sequence[Half]) -> Iterator[SideRow]:
    """Yield "No newline at end of file" on the side whose line it follows."""
    sides: dict[str, Half] = {}
    for before, half in itertools.pairwise(halves):
        if half.kind == "\\":
            sides[before.kind] = half
    if sides:
        yield SideRow(sides.get("-"), sides.get("+"))


def _part(hunk: Hunk, lines: Sequence[DiffLine]) -> Hunk:
    return Hunk(
        hunk.header,
        hunk.old_start,
        hunk.old_count,
        hunk.new_start,
        hunk.new_count,
        hunk.heading,
        tuple(lines),
    )


def blocks(hunk: Hunk) -> tuple[tuple[int, int], ...]:
    """Return the runs of a hunk, unchanged and changed in turn, as first and last-but-one line.

    A note about a missing newline belongs to the run that it follows; after an unchanged line it is a run of its own.
    """
    runs: list[tuple[int, int]] = []
    start = 0
    changed = False
    for at, line in enumerate(hunk.lines):
        is_changed = line.kind != " "
        if at and is_changed != changed:
            runs.append((start, at))
            start = at
        changed = is_changed
    if hunk.lines:
        runs.append((start, len(hunk.lines)))
    return tuple(runs)


class ChangedWords:
    """Which words of a line changed, looked up when the line is drawn; a long block is compared piece by piece."""

    def __init__(self, diff: Diff) -> None:
        self._hunks = diff.hunks
        self._known: dict[tuple[int, int], tuple[Span, ...]] = {}
        self._blocks: dict[int, tuple[tuple[int, int], ...]] = {}

    def known(self, half: Half) -> tuple[Span, ...] | None:
        """Return the changed spans of a line's text, or None while they have not been looked for."""
        if half.kind not in "+-":
            return ()
        return self._known.get((half.hunk, half.line))

    def find(self, half: Half) -> None:
        """Look for the changed words of a line and of those around it."""
        hunk = self._hunks[half.hunk]
        if half.hunk not in self._blocks:
            self._blocks[half.hunk] = blocks(hunk)
        start, end = next((low, high) for low, high in self._blocks[half.hunk] if low <= half.line < high)
        removed = [at for at in range(start, end) if hunk.lines[at].kind == "-"]
        added = [at for at in range(start, end) if hunk.lines[at].kind == "+"]
        same = removed if half.kind == "-" else added
        window = same.index(half.line) // _WINDOW * _WINDOW
        places = [*removed[window : window + _WINDOW], *added[window : window + _WINDOW]]
        for at in places:
            self._known[half.hunk, at] = ()
        at_line = {id(hunk.lines[at]): at for at in places}
        if any(hunk.lines[at].kind == "-" for at in places) and any(hunk.lines[at].kind == "+" for at in places):
            for pair in paired(_part(hunk, [hunk.lines[at] for at in places])):
                self._keep(half.hunk, pair, at_line)

    def _keep(self, hunk: int, pair: PairedLine, at_line: dict[int, int]) -> None:
        for line, spans in ((pair.old, pair.old_spans), (pair.new, pair.new_spans)):
            if line is not None:
                self._known[hunk, at_line[id(line)]] = spans
