"""A line or two of static text that repaints itself alone when its words change."""

from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from afterword.tui.widgets.cells import cut, wrap
from afterword.tui.widgets.painting import paint
from afterword.visible import visible_line


class TextLine(Widget):
    """Foreign or own text on a fixed number of lines, wrapped, with an ellipsis where it is longer."""

    def __init__(self, text: str = "", *, lines: int = 1, id: str | None = None, classes: str | None = None) -> None:
        """Show `text` on `lines` lines; the height never changes with the text, so that nothing below it jumps."""
        super().__init__(id=id, classes=classes)
        self.lines = lines
        self._text = text

    @property
    def text(self) -> str:
        """What is shown, raw."""
        return self._text

    def show(self, text: str) -> None:
        """Show other words."""
        if text != self._text:
            self._text = text
            self.refresh(self.size.region)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the fixed number of lines."""
        return self.lines

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, ground = self.size.width, self.rich_style
        rows = wrap(visible_line(self._text), width) if width > 0 else []
        if len(rows) > self.lines:
            rows[self.lines - 1] = cut("".join(rows[self.lines - 1 :]), width)
        return paint([(rows[y].rstrip(), ground)] if y < min(len(rows), self.lines) else [], width, ground)
