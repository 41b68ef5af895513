"""Strips from pieces of visible text, and which cells differ between two of them."""

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from afterword.tui.widgets.cells import cut, width_of


class Styles:
    """The styles of a widget's components laid over its own, with transparent colours blended; kept until forgotten."""

    def __init__(self, widget: Widget, prefix: str) -> None:
        """`prefix` stands before each name, as in `row-list--`."""
        self._widget = widget
        self._prefix = prefix
        self._known: dict[tuple[str, ...], Style] = {}

    def forget(self) -> None:
        """Look the colours up anew, for they may have changed."""
        self._known.clear()

    def __call__(self, *names: str) -> Style:
        """Return the widget's own style with components over it, the last on top; empty names count for nothing."""
        style = self._known.get(names)
        if style is None:
            style = self._known[names] = self._blend(names)
        return style

    def _blend(self, names: tuple[str, ...]) -> Style:
        _, _, background, colour = self._widget.colors
        style = self._widget.rich_style
        for name in filter(None, names):
            component = self._widget.get_component_styles(f"{self._prefix}{name}")
            background += component.background
            if component.has_rule("color"):
                plain = component.color
                colour = background.get_contrast_text(plain.a) if component.auto_color else background + plain
            style += component.text_style
        return style + Style.from_color(colour.rich_color, background.rich_color)


def paint(pieces: Iterable[tuple[str, Style]], width: int, ground: Style) -> Strip:
    """Draw pieces of visible text one after the other, cut or filled with `ground` to exactly `width` cells."""
    segments: list[Segment] = []
    used = 0
    for text, style in pieces:
        cells = width_of(text)
        if used + cells > width:
            text = cut(text, width - used, ellipsis="")
            cells = width_of(text)
        if text:
            if segments and segments[-1].style is style:
                text = segments.pop().text + text
            segments.append(Segment(text, style))
            used += cells
    if used < width:
        segments.append(Segment(" " * (width - used), ground))
    return Strip(segments, width)


def changed_cells(before: Strip, after: Strip) -> tuple[int, int] | None:
    """Return the first and the last-but-one cell between which two strips differ, or None where they are equal."""
    if before is after or list(before) == list(after):
        return None
    width = max(before.cell_length, after.cell_length)
    if before.cell_length != after.cell_length or not (_is_single(before) and _is_single(after)):
        return 0, width
    old, new = _cells(before), _cells(after)
    differing = [x for x in range(width) if old[x] != new[x]]
    return (differing[0], differing[-1] + 1) if differing else None


def _is_single(strip: Strip) -> bool:
    return (
        len(strip.text) == strip.cell_length and width_of(strip.text) == strip.cell_length and strip.text.isprintable()
    )


def _cells(strip: Strip) -> list[tuple[str, Style | None]]:
    return [(character, segment.style) for segment in strip for character in segment.text]


def repaint_changed(view: ScrollView, painted: dict[int, Strip]) -> None:
    """Mark the cells of a view that differ from `painted`, the strips that its `render_line` drew last."""
    if not view.is_mounted:
        return
    for y in range(view.scrollable_content_region.height):
        before = painted.get(y)
        after = view.render_line(y)
        # A row that was never drawn is going to be, without being asked for.
        changed = None if before is None else changed_cells(before, after)
        if changed is not None:
            view.refresh(Region(changed[0], y, changed[1] - changed[0], 1))


def resize_content(view: ScrollView, size: Size) -> None:
    """Give a view of fixed size another virtual size; set plainly, that would lay out and repaint the whole screen."""
    if size != view.virtual_size:
        view.set_reactive(Widget.virtual_size, size)
        if view.is_mounted:
            view._scroll_update(size)
            view._refresh_scrollbars()
