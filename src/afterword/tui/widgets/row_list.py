"""A keyboard list of table rows: columns aligned in the width there is, long cells wrapped or elided visibly."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.style import Style
from textual.actions import SkipAction
from textual.binding import Binding
from textual.events import MouseDown
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from afterword.tui.column import Column
from afterword.tui.widgets.cells import wrap
from afterword.tui.widgets.painting import Styles, paint, resize_content
from afterword.tui.widgets.row_layout import Row, RowLayout
from afterword.visible import visible_line

__all__ = ["Column", "Row", "RowList"]

_REVERSED = Style(reverse=True)


class RowList(ScrollView, can_focus=True):
    """Rows with a cursor; it posts what was chosen and changes nothing by itself.

    Keys: up, down, page up, page down, home, end move; enter, space and + are posted.
    """

    COMPONENT_CLASSES = {
        "row-list--header",
        "row-list--cursor",
        "row-list--soft",
        "row-list--good",
        "row-list--bad",
        "row-list--empty",
    }
    BINDINGS = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
        Binding("enter", "choose", "Choose", show=False),
        Binding("space", "mark", "Mark", show=False),
        Binding("plus", "ask_for_new", "New row", show=False),
    ]

    @dataclass
    class _RowMessage(Message):
        row_list: "RowList"
        index: int
        key: str

        @property
        def control(self) -> "RowList":
            """The list it happened in."""
            return self.row_list

    class RowReached(_RowMessage):
        """The cursor came to another row."""

    class RowChosen(_RowMessage):
        """Enter was pressed on a row."""

    class RowMarked(_RowMessage):
        """Space was pressed on a row: its mark is to change, if the screen agrees."""

    @dataclass
    class NewRowAsked(Message):
        """Plus was pressed: a row is wanted."""

        row_list: "RowList"

        @property
        def control(self) -> "RowList":
            """The list it happened in."""
            return self.row_list

    def __init__(
        self,
        columns: Sequence[Column | str],
        rows: Sequence[Row] = (),
        *,
        empty: str = "Nothing here yet.",
        header: bool = True,
        row_lines: int = 3,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Show `rows` under `columns`; `empty` is said where there are none, `row_lines` bounds a wrapped row."""
        super().__init__(id=id, classes=classes)
        self.columns = [Column(column) if isinstance(column, str) else column for column in columns]
        self.empty = empty
        self.header = header
        self.row_lines = row_lines
        self._rows = list(rows)
        self._cursor = 0
        self._laid_out: dict[int, RowLayout] = {}
        self._style = Styles(self, "row-list--")

    # -- rows and cursor -------------------------------------------------------------------------------------------

    @property
    def rows(self) -> Sequence[Row]:
        """The rows, in order."""
        return self._rows

    @property
    def index(self) -> int | None:
        """The row under the cursor; None only where there are no rows."""
        return self._cursor if self._rows else None

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    def show(self, rows: Sequence[Row], *, select: str | None = None) -> None:
        """Show other rows; the cursor goes to the key `select`, or stays with its row's key, or near its place."""
        key = select if select is not None else (self.current.key if self.current else "")
        self._rows = list(rows)
        keys = [row.key for row in self._rows]
        self._cursor = keys.index(key) if key and key in keys else max(0, min(self._cursor, len(rows) - 1))
        self._lay_out_again()

    def toggle_mark(self, index: int) -> None:
        """Mark a row, or take its mark away, and go on to the next one."""
        row = self.rows[index]
        self.replace(index, replace(row, mark=not row.mark))
        self.move_to(index + 1)

    def replace(self, index: int, row: Row) -> None:
        """Show another row in the place of one; where its height stays, only its own lines are repainted."""
        before = self._rows[index]
        self._rows[index] = row
        if before.cells == row.cells and (before.mark is None) == (row.mark is None):
            self._refresh_row(index)
        else:
            self._lay_out_again()

    def move_to(self, index: int) -> None:
        """Put the cursor on a row and bring it into view; two rows are repainted."""
        if not self._rows:
            return
        index = max(0, min(index, len(self._rows) - 1))
        if index != self._cursor:
            before, self._cursor = self._cursor, index
            self._refresh_row(before)
            self._refresh_row(index)
            self.post_message(self.RowReached(self, index, self._rows[index].key))
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        tops = self._tops
        if self._rows and self._cursor + 1 < len(tops):
            top, bottom = tops[self._cursor], tops[self._cursor + 1]
            region = Region(0, top + self._header_lines, 1, bottom - top)
            self.scroll_to_region(region, animate=False, force=True, spacing=Spacing(self._header_lines, 0, 0, 0))

    # -- keys ------------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self._cursor + by)

    def action_page(self, pages: int) -> None:
        """Move the cursor by about what is visible."""
        tops = self._tops
        height = max(1, self.scrollable_content_region.height - self._header_lines)
        target = bisect_right(tops, max(0, tops[self._cursor] + pages * height)) - 1
        self.move_to(target if target != self._cursor else self._cursor + pages)

    def action_first(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self.move_to(len(self._rows) - 1)

    def action_choose(self) -> None:
        """Tell that enter was pressed; without a row, the key is left to what is around the list."""
        if (row := self.current) is None:
            raise SkipAction
        self.post_message(self.RowChosen(self, self._cursor, row.key))

    def action_mark(self) -> None:
        """Tell that space was pressed."""
        if row := self.current:
            self.post_message(self.RowMarked(self, self._cursor, row.key))

    def action_ask_for_new(self) -> None:
        """Tell that a row is wanted."""
        self.post_message(self.NewRowAsked(self))

    def on_mouse_down(self, event: MouseDown) -> None:
        """Put the cursor where the mouse was pressed."""
        y = event.y - self.gutter.top + self.scroll_offset.y - self._header_lines
        if 0 <= y < self._tops[-1] and event.y - self.gutter.top >= self._header_lines:
            self.move_to(bisect_right(self._tops, y) - 1)

    # -- layout ----------------------------------------------------------------------------------------------------

    @property
    def _header_lines(self) -> int:
        return 1 if self.header and self._rows else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that all rows take at `width`, or those of what is said where there are none."""
        if not self._rows:
            return max(1, len(wrap(visible_line(self.empty), max(1, width))))
        lines = self._layout_at(width).tops[-1] + self._header_lines
        most = self.styles.max_height
        if most is not None and most.cells is not None and lines > most.cells:
            # The scrollbar is there from now on: shown later, all would be laid out twice.
            self.set_reactive(Widget.show_vertical_scrollbar, True)
            self.vertical_scrollbar.display = True
            beside = width - self.scrollbar_size_vertical
            lines = self._layout_at(beside).tops[-1] + self._header_lines
            self.set_reactive(Widget.virtual_size, Size(beside, lines))
        return max(1, lines)

    def on_resize(self) -> None:
        """Fit the columns into the new width."""
        self._update_size()
        self._bring_into_view()

    def _update_size(self) -> None:
        width = self.scrollable_content_region.width
        size = Size(width, max(1, self._layout_at(width).tops[-1] + self._header_lines))
        if self.styles.height is not None and self.styles.height.is_auto:
            self.virtual_size = size
        else:
            resize_content(self, size)

    def _lay_out_again(self) -> None:
        self._laid_out = {}
        if self.is_mounted and self.size:  # one that was never shown has no width to be laid out in
            self._update_size()
            self._bring_into_view()
            self.refresh()

    def _layout_at(self, width: int) -> RowLayout:
        if width not in self._laid_out:
            self._laid_out[width] = RowLayout(
                self.columns, self._rows, width, titled=self.header, row_lines=self.row_lines
            )
        return self._laid_out[width]

    @property
    def _tops(self) -> list[int]:
        return self._layout_at(self.scrollable_content_region.width).tops

    def watch_show_vertical_scrollbar(self) -> None:
        """Fit the columns beside the scrollbar, or in its place."""
        if self.is_mounted:
            self._update_size()

    def notify_style_update(self) -> None:
        """Draw everything anew in other colours."""
        self._style.forget()
        super().notify_style_update()

    # -- drawing ---------------------------------------------------------------------------------------------------

    def _refresh_row(self, index: int) -> None:
        tops = self._tops
        if index + 1 < len(tops):
            top = tops[index] + self._header_lines - self.scroll_offset.y
            self.refresh(Region(0, top, self.size.width, tops[index + 1] - tops[index]))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the list."""
        width, ground = self.size.width, self.rich_style
        if not self._rows:
            lines = wrap(visible_line(self.empty), max(1, width))
            said, style = lines[y] if y < len(lines) else "", self._style("empty")
            # As in an empty line to type in, the first character shows where the focus is.
            cut = 1 if y == 0 and self.has_focus else 0
            return paint([(said[:cut], style + _REVERSED), (said[cut:], style)], width, ground)
        layout = self._layout_at(self.scrollable_content_region.width)
        if y < self._header_lines:
            return paint([(layout.title(), self._style("header"))], width, ground)
        line = y - self._header_lines + self.scroll_offset.y
        if not 0 <= line < layout.tops[-1]:
            return Strip.blank(width, ground)
        index = bisect_right(layout.tops, line) - 1
        return self._row_strip(index, line - layout.tops[index], width)

    def _row_strip(self, index: int, part: int, width: int) -> Strip:
        row, here = self._rows[index], index == self._cursor
        style = self._style("" if row.tone == "plain" else row.tone, "cursor" if here and self.has_focus else "")
        text = self._layout_at(self.scrollable_content_region.width).line(index, part, here)
        return paint([(text, style)], width, style if here and self.has_focus else self._style())
