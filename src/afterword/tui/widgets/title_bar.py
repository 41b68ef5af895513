"""The top line: what this screen shows, and how the record stands."""

from textual.strip import Strip
from textual.widget import Widget

from afterword.tui.widgets.cells import cut, fill
from afterword.tui.widgets.painting import paint
from afterword.visible import visible_line


class TitleBar(Widget):
    """A title on the left, cut where it must be, and on the right what is always in view."""

    def __init__(self, left: str = "", right: str = "", *, id: str | None = "title") -> None:
        super().__init__(id=id)
        self._left, self._right = left, right

    def show(self, left: str | None = None, right: str | None = None) -> None:
        """Show other words on one side or both; nothing is drawn anew where they are the same."""
        now = (self._left if left is None else left, self._right if right is None else right)
        if now != (self._left, self._right):
            self._left, self._right = now
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width, ground = self.size.width, self.rich_style
        if y > 0:
            return Strip.blank(width, ground)
        right = visible_line(self._right)
        room = max(8, width - len(right) - 4)
        return paint([(f" {fill(cut(visible_line(self._left), room), room)}  {right} ", ground)], width, ground)
