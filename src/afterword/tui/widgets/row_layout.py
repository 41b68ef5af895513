"""Rows of a table as lines of text: columns aligned in the width there is, long cells wrapped or elided visibly."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from afterword.tui.column import Column
from afterword.tui.widgets.cells import cut, fill, is_plain, width_of, wrap, wrap_points
from afterword.visible import visible_line

Tone = Literal["plain", "soft", "good", "bad"]
POINTER, NO_POINTER = "› ", "  "
_GAP = 2
_MARKS = {True: "[x] ", False: "[ ] ", None: ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of raw text; `mark` is the [x] of an offer, None for rows without one; `key` finds it again."""

    cells: tuple[str, ...]
    key: str = ""
    mark: bool | None = None
    tone: Tone = "plain"


class RowLayout:
    """Where rows and columns lie in one width. Marks are read from `rows` when a line is asked for."""

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Row], width: int, *, titled: bool, row_lines: int
    ) -> None:
        """Lay `rows` out in `width` cells; a row has at most `row_lines` lines."""
        self.width = width
        self._columns = columns
        self._rows = rows
        self._row_lines = row_lines
        self._mark_width = 4 if any(row.mark is not None for row in rows) else 0
        self._widths = self._column_widths(titled)
        self._shown: dict[int, list[str]] = {}
        wraps = any(column.wraps for column in columns)
        heights = list(map(self._height, rows)) if wraps else [1] * len(rows)
        self.tops = [0, *accumulate(heights)]
        """The first line of each row, and the number of lines."""

    def title(self) -> str:
        """Return the line of the titles."""
        cells = [
            self._align(cut(column.title, width), width, column)
            for column, width in zip(self._columns, self._widths, strict=True)
        ]
        return " " * (len(POINTER) + self._mark_width) + (" " * _GAP).join(cells)

    def line(self, row: int, part: int, is_pointed_at: bool) -> str:
        """Return one of the lines of a row, with pointer and mark on the first."""
        pointer = POINTER if is_pointed_at and part == 0 else NO_POINTER
        mark = _MARKS[self._rows[row].mark] if part == 0 else ""
        return pointer + fill(mark, self._mark_width) + self._lines(row)[part]

    def _column_widths(self, titled: bool) -> list[int]:
        """Give each column its natural width where there is room."""
        room = self.width - len(POINTER) - self._mark_width - _GAP * (len(self._columns) - 1)
        widths = []
        for at, column in enumerate(self._columns):
            cells = [width_of(visible_line(row.cells[at])) for row in self._rows if at < len(row.cells)]
            natural = max([width_of(column.title) if titled else 0, *cells])
            widths.append(min(natural, column.most or natural, max(1, room)))
        self._shrink(widths, room)
        return widths

    def _shrink(self, widths: list[int], room: int) -> None:
        """Take cells away until the columns fit, first where text wraps: eliding loses words, wrapping does not."""
        wraps = [column.wraps for column in self._columns]
        least = [min(width, column.least) for width, column in zip(widths, self._columns, strict=True)]
        share = [max(low, min(width, room * 2 // 5)) for width, low in zip(widths, least, strict=True)]
        everywhere, one = [True] * len(widths), [1] * len(widths)
        for shrinks, floors in ((wraps, share), ([not it for it in wraps], least), (wraps, least), (everywhere, one)):
            while sum(widths) > room:
                able = [at for at, width in enumerate(widths) if shrinks[at] and width > floors[at]]
                if not able:
                    break
                widths[max(able, key=widths.__getitem__)] -= 1

    def _height(self, row: Row) -> int:
        """Count the lines of a row without making them: of thousands only a page is ever shown."""
        height = 1
        for cell, width, column in zip(row.cells, self._widths, self._columns, strict=False):
            if column.wraps and (len(cell) > width or not is_plain(cell)):
                height = max(height, 1 + len(wrap_points(visible_line(cell), width)))
        return min(height, self._row_lines)

    def _lines(self, index: int) -> list[str]:
        if index not in self._shown:
            cells = [self._cell_lines(self._rows[index], at, width) for at, width in enumerate(self._widths)]
            places = list(zip(cells, self._widths, self._columns, strict=True))
            self._shown[index] = [
                (" " * _GAP).join(
                    self._align(lines[y] if y < len(lines) else "", width, column) for lines, width, column in places
                )
                for y in range(max([1, *map(len, cells)]))
            ]
        return self._shown[index]

    def _cell_lines(self, row: Row, at: int, width: int) -> list[str]:
        text = visible_line(row.cells[at]) if at < len(row.cells) else ""
        if not self._columns[at].wraps:
            return [cut(text, width)]
        lines = [line.rstrip() for line in wrap(text, width)]
        if len(lines) > self._row_lines:
            rest = " ".join(lines[self._row_lines - 1 :])
            lines[self._row_lines - 1 :] = [cut(rest, width)]
        return lines

    @staticmethod
    def _align(text: str, width: int, column: Column) -> str:
        return " " * (width - width_of(text)) + text if column.right else fill(text, width)
