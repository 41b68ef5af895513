"""The rows of a diff, unified or side by side, made without looking into the lines."""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple, overload

from afterword.repo.diff import Diff, DiffLine, Hunk
from afterword.repo.words import PairedLine, Span, paired
from afterword.tui.widgets.cells import plain_points

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


class UnifiedRows(Sequence[Half]):
    """Every line of a diff in order, each made when it is asked for: a diff may have a hundred thousand."""

    def __init__(self, diff: Diff) -> None:
        """Count the rows of `diff`."""
        self._parts: list[tuple[Sequence[str], Hunk | None, int]] = []
        self._starts: list[int] = []
        self._count = number = 0
        for file in diff.files:
            self._add(file.header, None, -1)
            for hunk in file.hunks:
                self._add((hunk.header,), hunk, number)
                number += 1
            self._add(file.trailer, None, -1)
        self.hunk_rows = [start for start, part in zip(self._starts, self._parts, strict=True) if part[1] is not None]
        """The rows in which hunks begin."""

    def _add(self, lines: Sequence[str], hunk: Hunk | None, number: int) -> None:
        if lines:
            self._starts.append(self._count)
            self._parts.append((lines, hunk, number))
            self._count += len(lines) + (len(hunk.lines) if hunk is not None else 0)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Half: ...

    @overload
    def __getitem__(self, at: slice) -> list[Half]: ...

    def __getitem__(self, at: int | slice) -> Half | list[Half]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(self._count))]
        if not -self._count <= at < self._count:
            raise IndexError(at)
        at %= self._count
        part = bisect_right(self._starts, at) - 1
        (lines, hunk, number), inside = self._parts[part], at - self._starts[part]
        if hunk is None:
            return Half("header", lines[inside])
        return _half(hunk.lines[inside - 1], number, inside - 1) if inside else Half("hunk", hunk.header, hunk=number)

    def __iter__(self) -> Iterator[Half]:
        for lines, hunk, number in self._parts:
            if hunk is None:
                yield from (Half("header", line) for line in lines)
            else:
                yield Half("hunk", hunk.header, hunk=number)
                yield from (_half(line, number, at) for at, line in enumerate(hunk.lines))

    def heights(self, room: int, height_of: Callable[[Half], int]) -> list[int]:
        """Return the lines that each row takes in `room` cells; `height_of` is asked where that is not seen at once."""
        heights: list[int] = []
        for lines, hunk, number in self._parts:
            if hunk is None:
                heights += [height_of(Half("header", line)) for line in lines]
                continue
            # The mark before the text is not part of it.
            fits = room + 1
            heights.append(1)
            heights += [
                (1 if len(raw) <= fits else 1 + len(plain_points(raw, room, 1)))
                if line[1] != "\\" and (raw := line[0]).isascii() and raw.isprintable()
                else height_of(_half(line, number, at))
                for at, line in enumerate(hunk.lines)
            ]
        return heights


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


class _Blocks:
    """The runs of a hunk, and which of their lines were removed and added."""

    def __init__(self, hunk: Hunk) -> None:
        self._lines = hunk.lines
        self._runs = blocks(hunk)
        self._starts = [start for start, _ in self._runs]
        self._sides: dict[int, tuple[list[int], list[int]]] = {}

    def sides(self, line: int) -> tuple[list[int], list[int]]:
        """Return the removed and the added lines of the run that a line is in."""
        at = bisect_right(self._starts, line) - 1
        if at not in self._sides:
            run = range(*self._runs[at])
            kinds = [(place, self._lines[place].kind) for place in run]
            self._sides[at] = [n for n, kind in kinds if kind == "-"], [n for n, kind in kinds if kind == "+"]
        return self._sides[at]


class ChangedWords:
    """Which words of a line changed, looked up when the line is drawn; a long block is compared piece by piece."""

    def __init__(self, diff: Diff) -> None:
        self._hunks = diff.hunks
        self._known: dict[tuple[int, int], tuple[Span, ...]] = {}
        self._blocks: dict[int, _Blocks] = {}

    def known(self, half: Half) -> tuple[Span, ...] | None:
        """Return the changed spans of a line's text, or None while they have not been looked for."""
        if half.kind not in "+-":
            return ()
        return self._known.get((half.hunk, half.line))

    def find(self, half: Half) -> None:
        """Look for the changed words of a line and of those around it."""
        hunk = self._hunks[half.hunk]
        if half.hunk not in self._blocks:
            self._blocks[half.hunk] = _Blocks(hunk)
        removed, added = self._blocks[half.hunk].sides(half.line)
        window = bisect_left(removed if half.kind == "-" else added, half.line) // _WINDOW * _WINDOW
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
