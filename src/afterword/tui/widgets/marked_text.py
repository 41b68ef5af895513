"""A text with its findings marked, laid out in rows: every character drawn once, in order, with our signs between."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from afterword.tui.widgets.cells import ShownLine, index_at_cell, show_line, width_of, wrap_points
from afterword.visible import visible_line

State = Literal["undecided", "redact", "keep"]
_SIGNS: dict[State, str] = {"undecided": "?", "redact": "×", "keep": "="}


@dataclass(frozen=True, slots=True)
class Span:
    """A finding to show: characters `start` to `end` of the text, its label, and what would stand there instead."""

    start: int
    end: int
    state: State = "undecided"
    label: str = ""
    replacement: str = ""


class Piece(NamedTuple):
    """A run of drawn characters of one row."""

    text: str
    span: int | None
    """The finding that it belongs to."""
    is_sign: bool
    """Whether it is ours and not of the text."""
    offset: int
    """The character of the text that it begins with, or that a sign stands beside."""
    begin: int
    """Where it begins in what is drawn for its line."""


class _Sign(NamedTuple):
    at: int
    text: str
    span: int
    opens: bool


class MarkedText:
    """The layout of one text at one width; spans must not overlap."""

    def __init__(self, text: str, spans: Sequence[Span] = (), width: int = 80) -> None:
        self.text = text
        self.spans: tuple[Span, ...] = ()
        self.width = width
        self._lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        self._on_line: dict[int, list[int]] = {}
        self._points: list[list[int]] = []
        self._tops: list[int] = []
        self._line = lru_cache(256)(self._lay_out_line)
        self._place(spans)
        self.set_width(width)

    # -- what is laid out ------------------------------------------------------------------------------------------

    def set_width(self, width: int) -> None:
        """Lay everything out at another width."""
        self.width = width
        self._points = [self._wrap(line) for line in range(len(self._lines))]
        self._number()

    def set_spans(self, spans: Sequence[Span]) -> None:
        """Show other spans; only the lines that they touch are laid out anew."""
        changed = {span for _, span in set(enumerate(self.spans)) ^ set(enumerate(spans))}
        self._place(spans)
        for line in {line for span in changed for line in self._lines_of(span)}:
            self._points[line] = self._wrap(line)
        self._number()

    def _place(self, spans: Sequence[Span]) -> None:
        self.spans = tuple(spans)
        self._on_line = {}
        for at, span in enumerate(self.spans):
            for line in self._lines_of(span):
                self._on_line.setdefault(line, []).append(at)
        self._line.cache_clear()

    def _lines_of(self, span: Span) -> range:
        return range(self.line_of(span.start), self.line_of(max(span.start, span.end - 1)) + 1)

    def _number(self) -> None:
        self._tops = [0, *accumulate(len(points) + 1 for points in self._points)]

    def _wrap(self, line: int) -> list[int]:
        text = self._line(line)[0].text if line in self._on_line else show_line(self._lines[line]).text
        return wrap_points(text, self.width)

    def line_of(self, offset: int) -> int:
        """Return the line that a character is on."""
        return min(bisect_right(self._starts, offset) - 1, len(self._lines) - 1)

    def _lay_out_line(self, line: int) -> tuple[ShownLine, list[tuple[int, _Sign]]]:
        """Return a line as drawn, and where our signs are in it."""
        start, raw = self._starts[line], self._lines[line]
        signs: list[_Sign] = []
        for at in self._on_line.get(line, ()):
            span = self.spans[at]
            if start <= span.start:
                signs.append(_Sign(span.start - start, f"«{at + 1}{_SIGNS[span.state]} ", at, True))
            if span.end <= start + len(raw) + 1:
                said = f" → {visible_line(span.replacement)}" if span.state == "redact" and span.replacement else ""
                signs.append(_Sign(min(span.end - start, len(raw)), f"{said}»", at, False))
        shown = show_line(raw, [(sign.at, sign.text) for sign in signs])
        placed = []
        for number, sign in enumerate(signs):
            following = sum(len(other.text) for other in signs[number:] if other.at == sign.at)
            placed.append((shown.index(sign.at) - following, sign))
        return shown, placed

    # -- rows ------------------------------------------------------------------------------------------------------

    @property
    def height(self) -> int:
        """The number of rows."""
        return self._tops[-1]

    def _row(self, y: int) -> tuple[int, int, int]:
        """Return the line of a row, and where the row begins and ends in what is drawn for that line."""
        line = bisect_right(self._tops, y) - 1
        points = self._points[line]
        part = y - self._tops[line]
        begin = points[part - 1] if part else 0
        return line, begin, points[part] if part < len(points) else len(self._line(line)[0].text)

    def pieces(self, y: int) -> Iterator[Piece]:
        """Yield the pieces of a row, in order."""
        line, begin, end = self._row(y)
        shown, signs = self._line(line)
        start = self._starts[line]
        edges: list[tuple[int, int, int | None, bool]] = []
        inside: int | None = None
        at = 0
        for index, sign in signs:
            edges.append((at, index, inside, False))
            edges.append((index, index + len(sign.text), sign.span, True))
            at = index + len(sign.text)
            inside = sign.span if sign.opens else None
        if signs and not signs[0][1].opens:
            edges[0] = (*edges[0][:2], signs[0][1].span, False)
        elif not signs and self._on_line.get(line):
            inside = self._on_line[line][0]
        edges.append((at, len(shown.text), inside, False))
        for low, high, span, is_sign in edges:
            low, high = max(low, begin), min(high, end)
            if low < high:
                yield Piece(shown.text[low:high], span, is_sign, start + shown.offset(low), low)

    def offsets(self, piece: Piece, y: int) -> list[int]:
        """Return, for each drawn character of a piece of row `y`, the character of the text that it stands for."""
        line, _, _ = self._row(y)
        shown, _ = self._line(line)
        return [self._starts[line] + shown.offset(piece.begin + x) for x in range(len(piece.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return (column in cells, row) at which a character is drawn; the end of the text has a place too."""
        line = self.line_of(offset)
        shown, _ = self._line(line)
        index = shown.index(offset - self._starts[line])
        part = bisect_right(self._points[line], index)
        y = self._tops[line] + part
        _, begin, _ = self._row(y)
        return width_of(shown.text[begin:index]), y

    def offset_at(self, x: int, y: int) -> int:
        """Return the character at a column of a row; right of a row, its last place."""
        y = max(0, min(y, self.height - 1))
        line, begin, end = self._row(y)
        shown, _ = self._line(line)
        index = begin + index_at_cell(shown.text[begin:end], x)
        is_last = y + 1 == self._tops[line + 1]
        if index >= end and not is_last:
            index = end - 1
        return min(self._starts[line] + shown.offset(index), self._starts[line] + len(self._lines[line]))

    def span_at(self, offset: int) -> int | None:
        """Return the finding that a character belongs to."""
        for at in self._on_line.get(self.line_of(offset), ()):
            if self.spans[at].start <= offset < self.spans[at].end:
                return at
        return None
