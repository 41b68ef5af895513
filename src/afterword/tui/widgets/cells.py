"""How raw text lies in terminal cells: made visible, measured, wrapped and cut, with offsets both ways."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rich.cells import cell_len

from afterword.visible import visible, visible_line

TAB = 4
"""Cells between tab stops."""

# Characters that take one cell each: Latin, Greek, Cyrillic, punctuation, arrows, control pictures, box drawing.
_ONE_CELL = (
    *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x482), (0x2010, 0x2014), (0x2018, 0x201F), (0x2022, 0x2022)),
    *((0x2026, 0x2026), (0x2190, 0x21FF), (0x2212, 0x2212), (0x2400, 0x2421), (0x2500, 0x25FC), (0x2713, 0x2713)),
)
_PLAIN = frozenset(chr(code) for first, last in _ONE_CELL for code in range(first, last + 1))


# Patterns of wide sets of characters take longer to compile than a first frame should wait.
@cache
def _cluster() -> re.Pattern[str]:
    marks = "\u0300-\u036f\u0483-\u0489\ufe00-\ufe0f\u20d0-\u20ff"
    return re.compile(f"[^{marks}][{marks}]*|.", re.DOTALL)


@cache
def _special() -> re.Pattern[str]:
    return re.compile("\t|[^\x00-\x1f\x7f-\uffff\U00010000-\U0010ffff]+|[^\t]", re.DOTALL)


def is_plain(text: str) -> bool:
    """Whether every character of `text` surely takes one cell, so that offsets are columns."""
    return (text.isascii() and text.isprintable()) or _PLAIN.issuperset(text)


def width_of(text: str) -> int:
    """Count the cells that visible text takes."""
    return len(text) if is_plain(text) else cell_len(text)


def one_for_one(text: str) -> str:
    """Make text visible with one character for each, so that offsets stay what they are while it is edited."""
    if (text.isascii() and text.isprintable()) or (visible(text) == text and "\n" not in text and "\t" not in text):
        return text
    return "".join(_stand_in(character) for character in text)


@lru_cache(512)
def _stand_in(character: str) -> str:
    if character == "\t":
        return "\u2409"
    shown = visible_line(character)
    return shown if len(shown) == 1 else "\ufffd"


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield (length in characters, width in cells) of each character with the marks that belong to it."""
    for match in _cluster().finditer(text):
        cluster = match[0]
        yield len(cluster), cell_len(cluster)


def index_at_cell(text: str, cell: int) -> int:
    """Return the index of the character that covers a cell; the length of `text` where it ends before."""
    if is_plain(text):
        return max(0, min(cell, len(text)))
    index = at = 0
    for length, width in clusters(text):
        if at + width > cell:
            return index
        index += length
        at += width
    return index


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """Shorten visible text to `width` cells; the ellipsis shows that something is missing."""
    if width <= 0:
        return ""
    if width_of(text) <= width:
        return text
    room = width - width_of(ellipsis)
    if room < 0:
        return ellipsis[:width]
    return text[: index_at_cell(text, room)] + ellipsis


def fill(text: str, width: int) -> str:
    """Bring visible text to exactly `width` cells, cut or padded."""
    shown = cut(text, width)
    return shown + " " * (width - width_of(shown))


def wrap_points(text: str, width: int) -> list[int]:
    """Return where the second and further rows of visible text begin, broken after spaces where that is possible."""
    if width <= 0 or (len(text) <= width and width_of(text) <= width):
        return []
    return plain_points(text, width) if is_plain(text) else [*_wide_points(text, width)]


def plain_points(text: str, width: int, start: int = 0) -> list[int]:
    """Return the same of a text from `start` on, every character of which takes one cell."""
    points, length = [], len(text)
    while length - start > width:
        after_space = text.rfind(" ", start, start + width) + 1
        start = after_space if after_space > start else start + width
        points.append(start)
    return points


def _wide_points(text: str, width: int) -> Iterator[int]:
    start = index = used = 0
    chance, used_at_chance = 0, 0
    for length, cells in clusters(text):
        if used + cells > width and index > start:
            if chance > start:
                start, used = chance, used - used_at_chance
            else:
                start, used = index, 0
            yield start
        index += length
        used += cells
        if cells == 2 or text[index - 1] == " ":
            chance, used_at_chance = index, used


def wrap(text: str, width: int) -> list[str]:
    """Return the rows of visible text at `width` cells."""
    points = wrap_points(text, width)
    return [text[start:end] for start, end in zip([0, *points], [*points, len(text)], strict=True)]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of raw text as it is drawn: tabs expanded, controls visible, with insertions of our own."""

    text: str
    starts: Sequence[int] | None
    """Where each raw character begins in `text`, with the end of the last one; None where both are the same."""

    def index(self, offset: int) -> int:
        """Return where the raw character at `offset` is drawn."""
        return offset if self.starts is None else self.starts[offset]

    def offset(self, index: int) -> int:
        """Return the raw character drawn at `index`; an insertion counts to the character before it."""
        if self.starts is None:
            return index
        return max(0, min(bisect_right(self.starts, index) - 1, len(self.starts) - 1))


def _parts(raw: str) -> Iterator[tuple[str, int]]:
    """Yield what is drawn for pieces of raw text, with their raw length; a tab stays for its column to be found."""
    if is_plain(raw):
        yield raw, len(raw)
        return
    for match in _special().finditer(raw):
        piece = match[0]
        yield (piece if piece == "\t" else visible_line(piece)), len(piece)


def show_line(raw: str, insertions: Sequence[tuple[int, str]] = ()) -> ShownLine:
    """Lay out one line without its newline; `insertions` are (offset, text) in order, drawn before that offset."""
    if not insertions and "\t" not in raw and ((raw.isascii() and raw.isprintable()) or visible(raw) == raw):
        return ShownLine(raw, None)
    parts: list[str] = []
    starts: list[int] = []
    at = column = start = 0
    for end, inserted in (*insertions, (len(raw), "")):
        for part, length in _parts(raw[start:end]):
            shown = " " * (TAB - column % TAB) if part == "\t" else part
            starts.extend(range(at, at + length) if len(shown) == length else [at] * length)
            parts.append(shown)
            at += len(shown)
            column += width_of(shown)
        parts.append(inserted)
        at += len(inserted)
        column += width_of(inserted)
        start = end
    starts.append(at)
    return ShownLine("".join(parts), starts)
