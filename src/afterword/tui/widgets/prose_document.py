"""What stands behind a prose field: raw text kept to the character, wrapped by what is drawn for it."""

from collections.abc import Sequence
from typing import Any, overload

from textual.document._document import Document, EditResult, Location
from textual.document._wrapped_document import WrappedDocument

from afterword.tui.widgets.cells import one_for_one, wrap_points


class ProseDocument(Document):
    """A document whose lines end at LF alone, so that its text is what was loaded, character for character."""

    def __init__(self, text: str) -> None:
        self._newline = "\n"
        self._lines = text.split("\n")

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Put `text` in the place of a range; one that goes on below the last line ends with it."""
        (top, left), (bottom, right) = sorted((self._inside(start), self._inside(end)))
        replaced = self.get_text_range((top, left), (bottom, right))
        new = text.split("\n")
        end_column = len(new[-1]) + (left if len(new) == 1 else 0)
        new[0] = self._lines[top][:left] + new[0]
        new[-1] += self._lines[bottom][right:]
        self._lines[top : bottom + 1] = new
        return EditResult((top + len(new) - 1, end_column), replaced)

    def _inside(self, place: Location) -> Location:
        last = len(self._lines) - 1
        return place if place[0] <= last else (last, len(self._lines[last]))


class _ShownLines(Sequence[str]):
    """The lines of a document as they are drawn, made when they are asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def __len__(self) -> int:
        return self._document.line_count

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        lines = self._document.lines[at]
        return one_for_one(lines) if isinstance(lines, str) else [one_for_one(line) for line in lines]


class _ShownDocument:
    """The part of a document's interface that wrapping and navigation use, over its drawn lines."""

    def __init__(self, document: Document) -> None:
        self.lines = _ShownLines(document)

    @property
    def line_count(self) -> int:
        return len(self.lines)

    def get_line(self, at: int) -> str:
        return self.lines[at]

    def __getitem__(self, at: int) -> str:
        return self.lines[at]


class WrappedProse(WrappedDocument):
    """A wrapped view of a prose document; one edit wraps the lines it touches, and knows its height at once."""

    _width: int
    _wrap_offsets: list[list[int]]
    _offset_to_line_info: list[tuple[int, int]]
    _line_index_to_offsets: list[list[int]]

    def __init__(self, document: Document, width: int = 0) -> None:
        shown: Any = _ShownDocument(document)
        super().__init__(shown, width)

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self._offset_to_line_info)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap every line anew."""
        self._width = width
        self._wrap_offsets = [wrap_points(line, width) if width else [] for line in self.document.lines]
        self._offset_to_line_info = []
        self._line_index_to_offsets = []
        self._place_from(0)

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap the lines of an edit; the rows below are renumbered only where their number changed."""
        last = len(self._wrap_offsets) - 1
        top = min(start[0], old_end[0], last)
        old_bottom = min(max(start[0], old_end[0]), last)
        new_bottom = max(start[0], new_end[0])
        width = self._width
        wrapped = [wrap_points(line, width) if width else [] for line in self.document.lines[top : new_bottom + 1]]
        same_rows = [*map(len, wrapped)] == [*map(len, self._wrap_offsets[top : old_bottom + 1])]
        self._wrap_offsets[top : old_bottom + 1] = wrapped
        if not same_rows:
            self._place_from(top)

    def _place_from(self, line: int) -> None:
        """Number the rows from a line on."""
        rows, places = self._offset_to_line_info, self._line_index_to_offsets
        at = places[line][0] if line < len(places) else len(rows)
        del rows[at:], places[line:]
        for index in range(line, len(self._wrap_offsets)):
            count = len(self._wrap_offsets[index]) + 1
            places.append([*range(at, at + count)])
            rows.extend((index, section) for section in range(count))
            at += count

    def row(self, y: int) -> tuple[int, int, int, bool] | None:
        """Return (line, first column, end column, whether it is the line's last row); None below the end."""
        if not 0 <= y < len(self._offset_to_line_info):
            return None
        line, section = self._offset_to_line_info[y]
        points = self._wrap_offsets[line]
        start = points[section - 1] if section else 0
        last = section == len(points)
        return line, start, len(self.document[line]) if last else points[section], last

    def get_sections(self, line_index: int) -> list[str]:
        """Return the rows of a line as they are drawn."""
        text = self.document[line_index]
        points = self._wrap_offsets[line_index]
        return [text[a:b] for a, b in zip([0, *points], [*points, len(text)], strict=True)]

    def get_tab_widths(self, line_index: int) -> list[int]:
        """Return nothing: a tab is drawn as one visible character."""
        return []
