"""A diff laid out in one width: which line of the page shows which part of which row, and in what styles."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from rich.style import Style

from afterword.repo.diff import Diff
from afterword.tui.widgets.cells import ShownLine, cut, index_at_cell, show_line, width_of, wrap_points
from afterword.tui.widgets.diff_rows import Half, SideRow, UnifiedRows, side_rows

Overlay = tuple[int, int, str]
"""Start and end in the characters of a line, and the name of the style that lies there."""
Pieces = list[tuple[str, Style]]

_NARROW = 64
"""Cells below which the unified layout has one column of numbers instead of two."""
_LINE = {"+": "added", "-": "removed", "hunk": "hunk", "header": "header", "\\": "note"}


class DiffPage:
    """The rows of a diff in one layout; `overlays` tells the words and colours of a line, `style` how they look."""

    def __init__(
        self,
        diff: Diff,
        *,
        side_by_side: bool,
        style: Callable[..., Style],
        overlays: Callable[[Half], Sequence[Overlay]],
    ) -> None:
        self.is_side_by_side = side_by_side
        self._style = style
        self._overlays_of = overlays
        self.rows: UnifiedRows | list[SideRow] = side_rows(diff) if side_by_side else UnifiedRows(diff)
        self.hunk_rows = (
            self.rows.hunk_rows
            if isinstance(self.rows, UnifiedRows)
            else [at for at, row in enumerate(self.rows) if row.left is not None and row.left.kind == "hunk"]
        )
        """The rows in which hunks begin."""
        numbers = [max(half.old_no or 0, half.new_no or 0) for hunk in diff.hunks for half in hunk.lines[-2:]]
        self._digits = max(2, len(str(max(numbers, default=0))))
        self._shown = lru_cache(1024)(show_line)
        self._points = lru_cache(256)(wrap_points)
        self._width = -1
        self._wraps = False
        self.tops = [0]
        """The first line of each row, and the number of lines."""
        self.widest = 0
        """The cells of the longest line of text, where lines are cut."""

    def lay_out(self, width: int, wraps: bool) -> None:
        """Place the rows in `width` cells; done once for a width."""
        if (width, wraps) == (self._width, self._wraps):
            return
        self._width, self._wraps = width, wraps
        room = self.room
        if not wraps:
            heights = [1] * len(self.rows)
        elif isinstance(self.rows, UnifiedRows):
            heights = self.rows.heights(room, lambda half: self._height(half, room))
        else:
            heights = [self._height(row, room) for row in self.rows]
        self.tops = [0, *accumulate(heights)]
        self.widest = 0 if wraps else max((self._text_width(row) for row in self.rows), default=0)

    @property
    def height(self) -> int:
        """The number of lines."""
        return self.tops[-1]

    @property
    def room(self) -> int:
        """The cells for the text of a line."""
        if self.is_side_by_side:
            return max(1, (self._width - 1) // 2 - self._digits - 3)
        columns = 1 if self._width < _NARROW else 2
        return max(1, self._width - columns * (self._digits + 1) - 2)

    def row_at(self, line: int) -> int:
        """Return the row that a line of the page belongs to."""
        return bisect_right(self.tops, line) - 1

    def _height(self, row: Half | SideRow, room: int) -> int:
        if isinstance(row, Half):
            if len(row.text) <= room and row.text.isascii() and row.text.isprintable():
                return 1
            if row.kind == "hunk":
                return 1
            return 1 + len(wrap_points(show_line(row.text).text, room if row.line >= 0 else self._width))
        return max(self._height(half, room) for half in (row.left, row.right) if half is not None)

    def _text_width(self, row: Half | SideRow) -> int:
        halves = (row,) if isinstance(row, Half) else (row.left, row.right)
        return max(width_of(show_line(half.text).text) for half in halves if half is not None)

    # -- drawing ---------------------------------------------------------------------------------------------------

    def pieces(self, line: int, x: int) -> tuple[Pieces, Style]:
        """Return a line of the page, scrolled to the side by `x` cells, and the style of the rest of it."""
        at = self.row_at(line)
        part, row = line - self.tops[at], self.rows[at]
        if isinstance(row, SideRow):
            return self._side_pieces(row, part, x), self._style()
        return self._unified_pieces(row, part, x), self._style(_LINE.get(row.kind, ""))

    def _unified_pieces(self, half: Half, part: int, x: int) -> Pieces:
        if half.line < 0:
            return self._text_pieces(half, part, self._width, 0)
        kind = _LINE.get(half.kind, "")
        mark = half.kind if part == 0 and half.kind != "\\" else " "
        numbers = [half.old_no, half.new_no]
        if self._width < _NARROW:
            numbers = [half.old_no if half.kind == "-" else half.new_no]
        lead = "".join(self._number(number, part) for number in numbers)
        text = self._text_pieces(half, part, self.room, x)
        return [(lead, self._style(kind, "number")), (f"{mark} ", self._style(kind)), *text]

    def _side_pieces(self, row: SideRow, part: int, x: int) -> Pieces:
        if row.left is not None and row.left.line < 0:
            return self._text_pieces(row.left, part, self._width, 0)
        rule = ("│", self._style("number"))
        return [*self._side(row.left, part, x, is_left=True), rule, *self._side(row.right, part, x, is_left=False)]

    def _side(self, half: Half | None, part: int, x: int, *, is_left: bool) -> Pieces:
        room = self.room
        if half is None:
            return [(" " * (self._digits + 3 + room), self._style())]
        kind = _LINE.get(half.kind, "")
        mark = half.kind if part == 0 and half.kind in "+-" else " "
        number = self._number(half.old_no if is_left else half.new_no, part)
        text = self._text_pieces(half, part, room, x)
        rest = " " * (room - sum(width_of(piece) for piece, _ in text))
        plain = self._style(kind)
        return [(number, self._style(kind, "number")), (f"{mark} ", plain), *text, (rest, plain)]

    def _number(self, number: int | None, part: int) -> str:
        return f"{number if number and part == 0 else '':>{self._digits}} "

    def _text_pieces(self, half: Half, part: int, room: int, x: int) -> Pieces:
        """Return a part of a line's text in its styles, at most `room` cells of it."""
        shown = self._shown(half.text)
        kind = _LINE.get(half.kind, "")
        if half.kind == "hunk":
            return [(cut(shown.text, room), self._style(kind))]
        begin, end = self._extent(shown, part, room, x)
        overlays = self._overlays_in(half, shown) if half.line >= 0 else []
        edges = {begin, end, *(edge for low, high, _ in overlays for edge in (low, high) if begin < edge < end)}
        return [
            (shown.text[low:high], self._style(kind, *(name for start, stop, name in overlays if start <= low < stop)))
            for low, high in pairwise(sorted(edges))
        ]

    def _extent(self, shown: ShownLine, part: int, room: int, x: int) -> tuple[int, int]:
        """Return which drawn characters of a line stand in one of its parts."""
        if not self._wraps:
            begin = index_at_cell(shown.text, x)
            return begin, begin + index_at_cell(shown.text[begin:], room)
        points = self._points(shown.text, room)
        begin = 0 if part == 0 else points[part - 1] if part <= len(points) else len(shown.text)
        return begin, points[part] if part < len(points) else len(shown.text)

    def _overlays_in(self, half: Half, shown: ShownLine) -> list[Overlay]:
        return [(shown.index(start), shown.index(end), name) for start, end, name in self._overlays_of(half)]
