"""A diff to read, unified or side by side, with changed words and syntax colours; only what is in view is looked at."""

from bisect import bisect_right
from time import perf_counter

from textual.binding import Binding
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from afterword.repo.diff import parse_diff
from afterword.tui.widgets.cells import cut
from afterword.tui.widgets.diff_page import DiffPage, Overlay
from afterword.tui.widgets.diff_rows import ChangedWords, Half
from afterword.tui.widgets.diff_syntax import Syntax
from afterword.tui.widgets.painting import Styles, paint, repaint_changed, resize_content

_AT_ONCE = 0.005
"""Seconds of looking for words and colours while a page is drawn; the rest is looked for afterwards."""
_SLICE = 0.008
"""Seconds of looking afterwards, before keys are listened to again."""
_SIDEWAYS = 8


class DiffView(ScrollView, can_focus=True):
    """A diff as git wrote it.

    Keys: n and p (] and [) go to the next and previous hunk, up and down (j and k), page up and down, home and end
    (g and G) scroll, s changes between unified and side by side, w between wrapping and cutting long lines,
    left and right scroll cut lines.
    """

    COMPONENT_CLASSES = {
        *(f"diff-view--{name}" for name in ("added", "removed", "hunk", "header", "note", "number", "empty")),
        *(f"diff-view--{name}" for name in ("added-word", "removed-word", "comment", "keyword", "string")),
        *(f"diff-view--{name}" for name in ("digits", "name", "heading", "strong", "emphasis")),
    }
    BINDINGS = [
        Binding("n,right_square_bracket", "next_hunk", "Next hunk", show=False),
        Binding("p,left_square_bracket", "previous_hunk", "Previous hunk", show=False),
        Binding("s", "toggle_layout", "Side by side", show=False),
        Binding("w", "toggle_wrap", "Wrap", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home,g", "jump(0)", "Top", show=False),
        Binding("end,G", "jump(1)", "End", show=False),
        Binding("left", "sideways(-1)", "Left", show=False),
        Binding("right", "sideways(1)", "Right", show=False),
    ]

    def __init__(
        self,
        text: str = "",
        path: str = "",
        *,
        side_by_side: bool = False,
        wrap: bool = True,
        empty: str = "There is no difference.",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Show the unified diff `text`; the name of `path` tells the language. `empty` is said for an empty text."""
        super().__init__(id=id, classes=classes)
        self.empty = empty
        self._wraps = wrap
        self._style = Styles(self, "diff-view--")
        self._wanted: dict[Half, None] = {}
        self._is_looking = False
        self._looked = 0.0
        self._painted: dict[int, Strip] = {}
        self._take(text, path, side_by_side)

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def is_side_by_side(self) -> bool:
        """Whether the two sides stand beside each other."""
        return self._page.is_side_by_side

    @property
    def hunk(self) -> tuple[int, int]:
        """Which hunk is at the top, from 1, and how many there are; (0, 0) for none."""
        heads = self._page.hunk_rows
        row = self._page.row_at(self.scroll_offset.y)
        return (max(1, bisect_right(heads, row)), len(heads)) if heads else (0, 0)

    def show(self, text: str, path: str = "", from_first_hunk: bool = False) -> None:
        """Show another diff, from its first line, or from its first hunk: git's header stands above it."""
        self._take(text, path, self.is_side_by_side)
        self._update_size()
        tops = self._hunk_tops if from_first_hunk else []
        self.scroll_to(0, tops[0] if tops else 0, animate=False, force=True)
        self.refresh()

    def _take(self, text: str, path: str, side_by_side: bool) -> None:
        self._diff = parse_diff(text)
        self._words = ChangedWords(self._diff)
        self._syntax = Syntax(self._diff, path)
        self._wanted.clear()
        self._looked = 0.0
        self._page = self._make_page(side_by_side)

    def _make_page(self, side_by_side: bool) -> DiffPage:
        return DiffPage(self._diff, side_by_side=side_by_side, style=self._style, overlays=self._overlays)

    # -- layout ----------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Lay the rows out at the new width, with the same row at the top."""
        top = self._page.row_at(self.scroll_offset.y)
        self._update_size()
        if 0 < top < len(self._page.rows):
            self.scroll_to(y=self._page.tops[top], animate=False)

    def watch_show_vertical_scrollbar(self) -> None:
        """Lay the rows out beside the scrollbar, or in its place."""
        self._update_size()

    def _update_size(self) -> None:
        page, region = self._page, self.scrollable_content_region
        if not self.show_vertical_scrollbar and len(page.rows) > region.height > 0:
            self.show_vertical_scrollbar = True  # which comes back here: shown later, all would be laid out twice
        elif (width := region.width) > 0:
            page.lay_out(width, self._wraps)
            across = 0 if self._wraps else width + max(0, page.widest - page.room)
            resize_content(self, Size(across, page.height))

    # -- keys ------------------------------------------------------------------------------------------------------

    def action_next_hunk(self) -> None:
        """Go to the next hunk."""
        top = self.scroll_offset.y
        self._go_to(next((y for y in self._hunk_tops if y > top), None))

    def action_previous_hunk(self) -> None:
        """Go to the beginning of this hunk, or to the one before."""
        top = self.scroll_offset.y
        self._go_to(next((y for y in reversed(self._hunk_tops) if y < top), None))

    @property
    def _hunk_tops(self) -> list[int]:
        return [self._page.tops[row] for row in self._page.hunk_rows]

    def _go_to(self, y: int | None) -> None:
        if y is not None:
            self.scroll_to(y=y, animate=False)

    def action_toggle_layout(self) -> None:
        """Change between unified and side by side; the hunk at the top stays there."""
        number, _ = self.hunk
        self._page = self._make_page(not self.is_side_by_side)
        self._update_size()
        if number and self.scroll_offset.y > 0:
            self._go_to(self._hunk_tops[number - 1])
        self.refresh()

    def action_toggle_wrap(self) -> None:
        """Change between wrapping and cutting long lines."""
        top = self._page.row_at(self.scroll_offset.y)
        self._wraps = not self._wraps
        self._update_size()
        self.scroll_to(0, self._page.tops[top], animate=False)
        self.refresh()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages, with one line in common."""
        height = max(1, self.scrollable_content_region.height - 1)
        self.scroll_to(y=self.scroll_offset.y + pages * height, animate=False)

    def action_jump(self, to_end: int) -> None:
        """Go to the top or to the end."""
        self.scroll_to(y=self._page.height if to_end else 0, animate=False)

    def action_sideways(self, step: int) -> None:
        """Scroll cut lines to the side."""
        if not self._wraps:
            self.scroll_to(x=self.scroll_offset.x + step * _SIDEWAYS, animate=False)

    # -- words and colours, looked for after the frame --------------------------------------------------------------

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw another part."""
        self._looked = 0.0
        super().watch_scroll_y(old_value, new_value)

    def _find(self, half: Half) -> None:
        if self._words.known(half) is None:
            self._words.find(half)
        if self._syntax.known(half.hunk, half.line) is None:
            self._syntax.read(half.hunk, half.line)

    def _find_or_want(self, half: Half) -> None:
        """Look for the words and colours of a line now, or where that took too long already, after the frame."""
        if self._looked < _AT_ONCE:
            start = perf_counter()
            self._find(half)
            self._looked += perf_counter() - start
            return
        self._wanted[half] = None
        if not self._is_looking:
            self._is_looking = True
            self.call_later(self._look)

    def _look(self) -> None:
        """Look for the words and colours of lines in view, some milliseconds at a time, and draw them again."""
        end = perf_counter() + _SLICE
        while self._wanted and perf_counter() < end:
            half = next(iter(self._wanted))
            del self._wanted[half]
            self._find(half)
        if self._wanted:
            self.call_later(self._look)
        else:
            self._is_looking = False
            repaint_changed(self, self._painted)

    # -- drawing ---------------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Draw everything anew in other colours."""
        self._style.forget()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        width, ground = self.scrollable_content_region.width, self._style()
        line = y + self.scroll_offset.y
        self._page.lay_out(width, self._wraps)
        if not self._page.rows:
            strip = paint([(cut(self.empty, width), self._style("empty"))] if y == 0 else [], width, ground)
        elif line >= self._page.height:
            strip = Strip.blank(width, ground)
        else:
            pieces, rest = self._page.pieces(line, self.scroll_offset.x)
            strip = paint(pieces, width, rest)
        self._painted[y] = strip
        return strip

    def _overlays(self, half: Half) -> list[Overlay]:
        """Return the colours and changed words of a line; what is not known is looked for."""
        if half.kind == "\\":
            return []
        if self._words.known(half) is None or self._syntax.known(half.hunk, half.line) is None:
            self._find_or_want(half)
        tokens = self._syntax.known(half.hunk, half.line) or ()
        spans = self._words.known(half) or ()
        word = "added-word" if half.kind == "+" else "removed-word"
        return [*tokens, *((start, end, word) for start, end in spans)]
