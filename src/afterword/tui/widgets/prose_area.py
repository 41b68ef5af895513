"""A prose field that is silent while idle and repaints only the cells that a key changes."""

import itertools
from functools import lru_cache
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import Location, Selection
from textual.document._document_navigator import DocumentNavigator
from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import TextArea

from afterword.tui.widgets.cells import one_for_one, wrap, wrap_points
from afterword.tui.widgets.painting import Styles, paint, repaint_changed, resize_content
from afterword.tui.widgets.prose_document import ProseDocument, WrappedProse
from afterword.visible import visible

_LEFT_TO_THE_APP = {"f6", "f7"}


class ProseArea(TextArea, inherit_bindings=False):
    """A `TextArea` for prose: soft wrap, a soft example while empty, controls shown visibly, `text` raw.

    Tab leaves the field. Its messages are those of `TextArea`.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"prose-area--control"}
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in TextArea.BINDINGS if isinstance(binding, Binding) and binding.key not in _LEFT_TO_THE_APP
    ]
    selection: Reactive[Selection] = reactive(Selection(), init=False, always_update=True, repaint=False)

    def __init__(
        self,
        text: str = "",
        *,
        example: str = "",
        min_lines: int | None = None,
        max_lines: int | None = None,
        read_only: bool = False,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Hold `text`; `example` shows softly while it is empty.

        With `min_lines` or `max_lines` the height follows the text between the two; without, the field fills its
        container. A field that is `read_only` scrolls with the cursor keys.
        """
        self._painted: dict[int, Strip] = {}
        self._style = Styles(self, "")
        self.min_lines = min_lines
        self.max_lines = max_lines
        super().__init__(
            read_only=read_only,
            show_cursor=not read_only,
            highlight_cursor_line=False,
            placeholder=example,
            id=id,
            classes=classes,
            disabled=disabled,
        )
        self.set_reactive(TextArea.cursor_blink, False)
        self.set_reactive(TextArea.match_cursor_bracket, False)
        if min_lines is not None or max_lines is not None:
            self.styles.height = "auto"
        if text:
            self._set_document(text, None)

    # -- the document ----------------------------------------------------------------------------------------------

    def _set_document(self, text: str, language: str | None) -> None:
        self.document = ProseDocument(text)
        self.wrapped_document = WrappedProse(self.document)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()
        self.refresh()

    def _build_highlight_map(self) -> None:
        """Prose has no highlights; the rows drawn so far stay good, as each is kept under what it shows."""

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """Search nothing: prose has no matching brackets to show."""
        return None

    def _rewrap_and_refresh_virtual_size(self) -> None:
        super()._rewrap_and_refresh_virtual_size()
        repaint_changed(self, self._painted)

    def _refresh_size(self) -> None:
        # A new virtual size asks for a layout and repaints everything; it is needed only where the height changes.
        size = Size(0, self.wrapped_document.height)
        if size != self.virtual_size and self.styles.height is not None and self.styles.height.is_auto:
            needed = self.get_content_height(self.size, self.size, self.content_size.width)
            if needed != self.content_size.height:
                self.virtual_size = size
        resize_content(self, size)

    async def _on_paste(self, event: events.Paste) -> None:
        # Terminals send newlines as carriage returns.
        event.prevent_default()
        event.stop()
        if self.read_only:
            return
        text = event.text.replace("\r\n", "\n").replace("\r", "\n")
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows that the text takes at `width`, within the bounds."""
        least, most = self.min_lines or 1, self.max_lines or 1_000_000
        rows = 0
        if self.text_is_empty:
            rows = len(self._example_rows(width))
        for line in self.document.lines:
            rows += 1 + len(wrap_points(one_for_one(line), width - 1))
            if rows >= most:
                break
        return max(least, min(rows, most))

    @property
    def text_is_empty(self) -> bool:
        """Whether nothing is written."""
        return self.document.line_count == 1 and not self.document.lines[0]

    # -- repainting ------------------------------------------------------------------------------------------------

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        # Every edit and every move ends in a new selection.
        super()._watch_selection(previous_selection, selection)
        repaint_changed(self, self._painted)

    def notify_style_update(self) -> None:
        """Draw everything anew in other colours."""
        self._style.forget()
        super().notify_style_update()

    def _app_theme_changed(self) -> None:
        self._style.forget()
        self._line_cache.clear()
        super()._app_theme_changed()

    # -- drawing ---------------------------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines; the themes of TextArea have no part in it."""
        return ScrollView.render_lines(self, crop)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the field."""
        width = self.scrollable_content_region.width
        strip = self._example_strip(y, width) if self.text_is_empty else self._text_strip(y, width)
        self._painted[y] = strip
        return strip

    def _example_rows(self, width: int) -> list[str]:
        return _wrapped(str(self.placeholder), width - 1)

    def _example_strip(self, y: int, width: int) -> Strip:
        rows = self._example_rows(width)
        row = rows[y] if y < len(rows) else ""
        soft, ground = self._style("text-area--placeholder"), self._style("")
        key = ("example", row, y == 0 and self._draw_cursor, width)
        if (strip := self._line_cache.get(key)) is None:
            pieces = [(row, soft)]
            if key[2]:
                pieces = [(row[:1] or " ", self._style("text-area--cursor")), (row[1:], soft)]
            strip = self._line_cache[key] = paint(pieces, width, ground)
        return strip

    def _text_strip(self, y: int, width: int) -> Strip:
        document = self.wrapped_document
        assert isinstance(document, WrappedProse)
        row = document.row(y + self.scroll_offset.y)
        if row is None:
            return self._row_strip("", "", width, None, None)
        line, start, end, last = row
        text = self.document.lines[line]
        (top, left), (bottom, right) = sorted(self.selection)
        marked = None
        if (top, left) != (bottom, right) and top <= line <= bottom:
            low = max(left if line == top else 0, start) - start
            # One cell more stands for the newline, so that an empty line shows that it is selected.
            high = (min(right, end) if line == bottom else end + last) - start
            marked = (low, high) if low < high else None
        cursor = None
        if self._draw_cursor and self._has_cursor:
            at_line, at = self.selection.end
            if at_line == line and start <= at and (at < end or (last and at == end)):
                cursor = at - start
        section = text[start:end]
        return self._row_strip(section, one_for_one(section), width, cursor, marked)

    def _row_strip(self, raw: str, shown: str, width: int, cursor: int | None, marked: tuple[int, int] | None) -> Strip:
        key = ("row", raw, width, cursor, marked)
        if (strip := self._line_cache.get(key)) is not None:
            return strip
        ground = self._style("")
        cells = shown + " "
        cuts = {0, len(cells)}
        if cursor is not None:
            cuts |= {cursor, cursor + 1}
        if marked is not None:
            cuts |= set(marked)
        if raw is not shown and raw != shown:
            cuts |= {x + more for x, (a, b) in enumerate(zip(raw, shown, strict=True)) if a != b for more in (0, 1)}
        edges = sorted(cut for cut in cuts if 0 <= cut <= len(cells))
        pieces = []
        for a, b in itertools.pairwise(edges):
            style = ground
            if a == cursor:
                style = self._style("text-area--cursor")
            elif marked is not None and marked[0] <= a < marked[1]:
                style = self._style("text-area--selection")
            elif a < len(raw) and raw[a] != shown[a]:
                style = self._style("prose-area--control")
            pieces.append((cells[a:b], style))
        strip = self._line_cache[key] = paint(pieces, width, ground)
        return strip


@lru_cache(64)
def _wrapped(example: str, width: int) -> list[str]:
    lines = visible(example).replace("\t", "    ").split("\n")
    return [row for line in lines for row in wrap(line, width)] if example else [""]
