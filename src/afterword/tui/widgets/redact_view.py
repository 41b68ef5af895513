"""A text with its findings marked, to go through them and to mark what was missed, by keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.actions import SkipAction
from textual.binding import Binding
from textual.events import MouseDown
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from afterword.tui.widgets.caret import ARROWS, CTRL_ARROWS, Way
from afterword.tui.widgets.marked_drawing import drawn
from afterword.tui.widgets.marked_text import MarkedText, Span
from afterword.tui.widgets.painting import Styles, paint, repaint_changed, resize_content
from afterword.tui.widgets.passage import Passage

__all__ = ["RedactView", "Span"]

_EMPTY = "There is no text."


class RedactView(ScrollView, can_focus=True):
    """Findings stand between signs: `«1? open»`, `«2× replaced → [EMAIL_1]»`, `«3= kept»`; the current one is reversed.

    It has two states. Going through the findings: up and down (n and N, ] and [) go to the previous and next one,
    page up and down scroll, home and end go to both ends. Marking, begun with v or with shift and an arrow: a caret
    moves with the arrows, v fixes the beginning of the passage (the character under the caret belongs to it), shift
    with an arrow selects as in any editor, enter posts the passage (without a beginning: the word under the caret),
    escape gives up.
    """

    COMPONENT_CLASSES = {
        "redact-view--sign",
        "redact-view--undecided",
        "redact-view--redact",
        "redact-view--keep",
        "redact-view--current",
        "redact-view--selection",
        "redact-view--caret",
    }
    BINDINGS = [
        Binding("n,right_square_bracket", "finding(1)", "Next finding", show=False),
        Binding("N,left_square_bracket", "finding(-1)", "Previous finding", show=False),
        Binding("v", "start_selection", "Mark a passage", show=False),
        Binding("enter", "take_selection", "Take the passage", show=False),
        Binding("escape", "drop_selection", "Give the passage up", show=False),
        *(Binding(key, f"go('{way}')", "Go", show=False) for key, way in ARROWS.items()),
        *(Binding(f"ctrl+{key}", f"go('{way}')", "Go", show=False) for key, way in CTRL_ARROWS.items()),
        *(Binding(f"shift+{key}", f"select('{way}')", "Select", show=False) for key, way in ARROWS.items()),
        *(Binding(f"ctrl+shift+{key}", f"select('{way}')", "Select", show=False) for key, way in CTRL_ARROWS.items()),
    ]

    @dataclass
    class _ViewMessage(Message):
        redact_view: "RedactView"

        @property
        def control(self) -> "RedactView":
            """The view it happened in."""
            return self.redact_view

    @dataclass
    class FindingChosen(_ViewMessage):
        """The author went to a finding."""

        index: int

    @dataclass
    class RangeSelected(_ViewMessage):
        """The author took a passage: characters `start` to `end` of the text."""

        start: int
        end: int

    class MarkingChanged(_ViewMessage):
        """A passage is being marked, its beginning was fixed or let go of, or the marking ended."""

    def __init__(
        self,
        text: str = "",
        spans: Sequence[Span] = (),
        current: int | None = None,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Show `text` (raw) with `spans`, sorted and without overlaps; `current` is the finding to begin with."""
        super().__init__(id=id, classes=classes)
        self._marked = MarkedText(text, spans)
        self._current = current
        self._passage: Passage | None = None
        self._told = (False, False)
        self._painted: dict[int, Strip] = {}
        self._style = Styles(self, "redact-view--")

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def current(self) -> int | None:
        """The finding that the author is at."""
        return self._current

    @property
    def caret(self) -> int | None:
        """The character that the caret is on; None while no passage is being marked."""
        return self._passage.caret.offset if self._passage else None

    @property
    def is_marking(self) -> bool:
        """Whether a passage is being marked: the caret is shown."""
        return self._passage is not None

    @property
    def is_begun(self) -> bool:
        """Whether the beginning of the passage is fixed, so that the arrows extend it."""
        return self._passage is not None and self._passage.is_begun

    @property
    def selection(self) -> tuple[int, int] | None:
        """The passage being marked: its first character, and the one after its last."""
        return self._passage.range(self._marked) if self._passage else None

    def show(self, spans: Sequence[Span], current: int | None = None) -> None:
        """Show other spans on the same text, and the finding `current`; ends the marking of a passage."""
        self._passage = None
        if tuple(spans) != self._marked.spans:
            self._marked.set_spans(spans)
            self._update_size()
        self._current = current
        self._bring_into_view()
        self._draw_changed()

    def show_text(self, text: str, spans: Sequence[Span], current: int | None = None) -> None:
        """Show another text."""
        self._marked = MarkedText(text, (), self._wrap_width)
        self.scroll_to(0, 0, animate=False)
        self._update_size()
        self.show(spans, current)

    # -- going through ---------------------------------------------------------------------------------------------

    def action_finding(self, step: int) -> None:
        """Go to the next or previous finding; at the ends, around."""
        count = len(self._marked.spans)
        if count:
            index = (self._current + step) % count if self._current is not None else (0 if step > 0 else count - 1)
            self._choose(index)

    def _choose(self, index: int) -> None:
        self._passage = None
        self._current = index
        self._bring_into_view()
        self._draw_changed()
        self.post_message(self.FindingChosen(self, index))

    def action_go(self, way: Way) -> None:
        """Move: from finding to finding, or the caret while a passage is marked."""
        if self._passage is not None:
            self._passage.go(way, self._marked, self._page)
            self._show_caret()
        elif way in ("up", "down") and self._marked.spans:
            self.action_finding(1 if way == "down" else -1)
        else:
            self._scroll(way)

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_content_region.height - 1)

    def _scroll(self, way: Way) -> None:
        page, top = self._page, self.scroll_offset.y
        targets = {
            "up": top - 1, "down": top + 1, "page_up": top - page, "page_down": top + page,
            "home": 0, "start": 0, "end": self._marked.height, "finish": self._marked.height,
        }  # fmt: skip
        if way in targets:
            self.scroll_to(y=targets[way], animate=False)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Go to the finding that was clicked."""
        x, y = event.x - self.gutter.left, event.y - self.gutter.top + self.scroll_offset.y
        at = self._marked.span_at(self._marked.offset_at(max(0, x), y))
        if at is not None:
            self._choose(at)

    # -- marking a passage -----------------------------------------------------------------------------------------

    def action_start_selection(self) -> None:
        """Show the caret; when it is shown, fix the beginning of the passage where it is, or let go of it."""
        if self._passage is None:
            self._passage = self._new_passage()
        else:
            self._passage.begin()
        self._draw_changed()

    def action_select(self, way: Way) -> None:
        """Move the caret and take what it passes."""
        self._passage = self._passage or self._new_passage()
        self._passage.extend(way, self._marked, self._page)
        self._show_caret()

    def _new_passage(self) -> Passage:
        """Begin at the current finding where it is in view, else at the first row in view."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        start = 0
        if self._current is not None:
            start = self._marked.spans[self._current].start
        if not top <= self._marked.place(start)[1] < top + height:
            start = self._marked.offset_at(0, top)
        return Passage(start)

    def _show_caret(self) -> None:
        self._bring_into_view()
        self._draw_changed()

    def action_take_selection(self) -> None:
        """Tell which passage was marked."""
        start, end = self._end_marking().taken(self._marked)
        if start < end:
            self.post_message(self.RangeSelected(self, start, end))

    def action_drop_selection(self) -> None:
        """Give the passage up."""
        self._end_marking()

    def _end_marking(self) -> Passage:
        if self._passage is None:
            raise SkipAction
        passage, self._passage = self._passage, None
        self._draw_changed()
        return passage

    # -- layout ----------------------------------------------------------------------------------------------------

    @property
    def _wrap_width(self) -> int:
        # One cell stays free for the caret at the end of a row.
        return max(4, self.scrollable_content_region.width - 1)

    def on_resize(self) -> None:
        """Lay the text out at the new width."""
        self._update_size()
        self._bring_into_view()

    def watch_show_vertical_scrollbar(self) -> None:
        """Lay the text out beside the scrollbar, or in its place."""
        self._update_size()

    def _update_size(self) -> None:
        if self._marked.width != self._wrap_width:
            self._marked.set_width(self._wrap_width)
            self._draw_changed()
        resize_content(self, Size(self.scrollable_content_region.width, self._marked.height))

    def _bring_into_view(self) -> None:
        """Scroll to the caret, or to the whole current finding, with some rows around it."""
        if not self.is_mounted or not self.scrollable_content_region.height:
            return
        if self.caret is not None:
            first = last = self.caret
        elif self._current is not None and self._current < len(self._marked.spans):
            span = self._marked.spans[self._current]
            first, last = span.start, max(span.start, span.end - 1)
        else:
            return
        top, bottom = self._marked.place(first)[1], self._marked.place(last)[1]
        height = self.scrollable_content_region.height
        around = 2 if bottom - top + 5 <= height else 0
        region = Region(0, top, 1, min(bottom - top + 1, height))
        self.scroll_to_region(region, animate=False, force=True, spacing=Spacing(around, 0, around, 0))

    def _draw_changed(self) -> None:
        """Draw what changed, and tell where the marking of a passage began, went on or ended."""
        repaint_changed(self, self._painted)
        if self._told != (self.is_marking, self.is_begun):
            self._told = (self.is_marking, self.is_begun)
            self.post_message(self.MarkingChanged(self))

    # -- drawing ---------------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Draw everything anew in other colours."""
        self._style.forget()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width, ground = self.scrollable_content_region.width, self._style()
        row = y + self.scroll_offset.y
        if not self._marked.text:
            strip = paint([(_EMPTY, self._style("sign"))] if y == 0 else [], width, ground)
        elif row >= self._marked.height:
            strip = Strip.blank(width, ground)
        else:
            strip = paint(drawn(self._marked, row, self._current, self._passage, self._style), width, ground)
        self._painted[y] = strip
        return strip
