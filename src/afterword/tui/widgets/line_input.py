"""A one-line text field that is silent while idle and repaints only the cells that a key changes."""

import itertools

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from afterword.tui.widgets.cells import cut, index_at_cell, one_for_one, width_of
from afterword.tui.widgets.painting import Styles, changed_cells, paint
from afterword.visible import visible_line


class LineInput(Input):
    """An `Input` without a blinking cursor, which selects nothing on focus and shows control characters."""

    value: Reactive[str] = reactive("", init=False, repaint=False)
    selection: Reactive[Selection] = reactive(Selection.cursor(0), repaint=False)

    def __init__(
        self,
        value: str = "",
        placeholder: str = "",
        *,
        max_length: int = 0,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
        compact: bool = False,
    ) -> None:
        """Make a field holding `value`; `placeholder` is a soft example, `max_length` 0 means no limit."""
        self._painted: Strip | None = None
        super().__init__(
            value,
            visible_line(placeholder),
            max_length=max_length,
            select_on_focus=False,
            id=id,
            classes=classes,
            disabled=disabled,
            compact=compact,
        )
        self.set_reactive(Input.cursor_blink, False)

    def _watch_value(self, value: str) -> None:
        # As in Input, without the layout of the whole screen that a new virtual size asks for.
        self.set_reactive(LineInput.virtual_size, Size(self.content_width, 1))
        self.post_message(self.Changed(self, value, None))
        if self._initial_value:
            self.cursor_position = len(value)
            self._initial_value = False
        else:
            self.selection = self.selection
        self._repaint_changed()

    def watch_selection(self) -> None:
        """Repaint what the cursor left and where it went."""
        self._repaint_changed()

    def _repaint_changed(self) -> None:
        if not self.is_mounted:
            return
        before, after = self._painted, self.render_line(0)
        changed = (0, self.size.width) if before is None else changed_cells(before, after)
        if changed is not None:
            self.refresh(Region(changed[0], 0, changed[1] - changed[0], 1))

    @property
    def content_width(self) -> int:
        """The cells that the value takes, with one for the cursor at its end."""
        return width_of(one_for_one(self.value)) + 1

    def _position_to_cell(self, position: int) -> int:
        return width_of(one_for_one(self.value[:position]))

    def _cell_offset_to_index(self, offset: int) -> int:
        return index_at_cell(one_for_one(self.value), offset + self.scroll_offset.x)

    def render_line(self, y: int) -> Strip:
        """Draw the visible part of the value with the cursor; only that part is looked at."""
        ground = self.rich_style
        width = self.scrollable_content_region.width + 1
        if y != 0:
            return Strip.blank(self.size.width, ground)
        self._painted = paint(self._pieces(width, ground), width, ground)
        return self._painted

    def _pieces(self, width: int, ground: Style) -> list[tuple[str, Style]]:
        style = Styles(self, "input--")
        if not self.value:
            soft = style("placeholder")
            text = cut(str(self.placeholder), width - 1) or " "
            return [(text[:1], style("cursor")), (text[1:], soft)] if self.has_focus else [(text, soft)]
        shown = one_for_one(self.value) + " "
        left = index_at_cell(shown, self.scroll_offset.x)
        right = left + index_at_cell(shown[left : left + width], width)
        if not self.has_focus:
            return [(shown[left:right], ground)]
        cursor, selected = style("cursor"), style("selection")
        low, high = sorted(self.selection)
        at = self.selection.end
        cuts = sorted({left, right, *(x for x in (low, high, at, at + 1) if left < x < right)})
        return [
            (shown[a:b], cursor if a == at else selected if low <= a < high else ground)
            for a, b in itertools.pairwise(cuts)
        ]

    def _on_paste(self, event: events.Paste) -> None:
        # Input keeps the first line alone; here several lines become one, so that nothing pasted is lost.
        event.prevent_default()
        event.stop()
        text = " ".join(line for line in event.text.splitlines() if line.strip())
        if text:
            self.replace(text, *self.selection)

    def action_paste(self) -> None:
        """Paste from the app's clipboard, as one line."""
        self._on_paste(events.Paste(self.app.clipboard))
