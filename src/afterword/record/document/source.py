"""The text of a file as lines, blocks and places that errors can name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NoReturn, TypeAlias

from afterword.record.absence import Absence
from afterword.record.blocks import Block, Blocks, read_blocks
from afterword.record.document.pieces import Key
from afterword.record.document.problem import DocumentError
from afterword.record.text import block_text, line


class Source:
    """A file's lines, each without its LF; a CRLF file keeps its CRs, and gets them in what is added."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.ends_with_newline = text.endswith("\n")
        self.lines = text.removesuffix("\n").split("\n")
        self.crlf = self.lines[0].endswith("\r") and "\n" in text
        if self.crlf and not self.ends_with_newline:
            self.lines[-1] += "\r"
        self.blocks = Blocks((), frozenset(), None)

    def read_body(self, start: int) -> None:
        """Read the block structure of the lines from `start` on."""
        self.blocks = read_blocks([""] * start + self.lines[start:])

    def value(self, number: int) -> str:
        """Return line `number` (0-based) without the CR of a CRLF file."""
        return self.lines[number].removesuffix("\r") if self.crlf else self.lines[number]

    def text(self, start: int, end: int) -> str:
        """Return lines `start` to `end` as one text."""
        return "\n".join(self.value(number) for number in range(start, end))

    def is_blank(self, number: int) -> bool:
        """Whether a line is empty but for spaces."""
        return not self.lines[number].strip(" \t\r")

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Leave out the blank lines at both ends of a range."""
        while start < end and self.is_blank(start):
            start += 1
        while start < end and self.is_blank(end - 1):
            end -= 1
        return start, end

    def written(self, lines: Iterable[str]) -> list[str]:
        """Return new lines in the file's own line ends."""
        return [f"{each}\r" if self.crlf else each for each in lines]

    def joined(self, lines: list[str]) -> str:
        """Return edited lines as the file's new text."""
        text = "\n".join(lines)
        if self.ends_with_newline:
            return f"{text}\n"
        return text.removesuffix("\r") if self.crlf else text

    def fail(self, number: int, problem: str, hint: str = "") -> NoReturn:
        """Refuse the file because of line `number` (0-based)."""
        raise DocumentError(self.name, number + 1, problem, hint)


@dataclass(frozen=True, slots=True)
class Held:
    """Lines of a file that a piece of the record was read from; a `row` needs no blank line before it."""

    key: Key
    start: int
    end: int
    row: bool = False


@dataclass(frozen=True, slots=True)
class Loose:
    """Lines of a file that are no part of the record; `level` is that of an unknown heading."""

    start: int
    end: int
    level: int = 0
    row: bool = False


@dataclass(frozen=True, slots=True)
class HeldTable:
    """A table of a file; `columns` are its titles in its own order, none for a list of lines."""

    key: Key
    start: int
    end: int
    columns: tuple[str, ...]
    items: tuple["Held | Loose", ...]


@dataclass(frozen=True, slots=True)
class HeldSection:
    """A section of a file, down to the next heading of its level."""

    key: Key
    level: int
    start: int
    end: int
    own: tuple["Held | HeldTable | Loose", ...]
    children: tuple["HeldSection | Loose", ...]


Item: TypeAlias = Held | HeldTable | HeldSection | Loose


@dataclass
class Own:
    """What stands under one heading, before the next one: read piece by piece; what nobody claims is loose."""

    source: Source
    start: int
    end: int
    heading: int
    claimed: list[Held | HeldTable] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        """The blocks in it."""
        return [block for block in self.source.blocks.top if self.start <= block.start < self.end]

    def claim(self, key: Key, start: int, end: int) -> None:
        """Say that lines belong to a piece."""
        self.claimed.append(Held(key, start, end))

    def line_of(self, block: Block) -> str:
        """Return a paragraph as one line."""
        return line(self.source.text(block.start, block.end))

    def absence(self) -> tuple[Absence, Block] | None:
        """Return the absence that stands first in it, where one does."""
        first = next(iter(self.blocks), None)
        if first is None or first.kind != "paragraph":
            return None
        absence = Absence.parse(self.line_of(first))
        return (absence, first) if absence else None

    def prose(self, key: Key, start: int, end: int) -> str:
        """Claim the lines of a range, but for blank ones around, and return them as they stand."""
        start, end = self.source.trim(start, end)
        if start < end:
            self.claim(key, start, end)
        return block_text(self.source.text(start, end))

    def fence(self, key: Key) -> tuple[str, Block] | None:
        """Claim the first fence and return its content."""
        block = next((block for block in self.blocks if block.kind == "fence"), None)
        if block is None:
            return None
        self.claim(key, block.start, block.end)
        opening = self.source.value(block.start)
        indent = len(opening) - len(opening.lstrip(" "))
        lines = [self.source.value(number) for number in range(block.start + 1, block.end - 1)]
        if indent:
            lines = [each[min(indent, len(each) - len(each.lstrip(" "))) :] for each in lines]
        return "\n".join(lines), block

    def items(self) -> tuple[Held | HeldTable | Loose, ...]:
        """Return everything in it, in order."""
        return tuple(with_loose(self.source, self.start, self.end, self.claimed))


def with_loose(
    source: Source, start: int, end: int, claimed: Iterable[Held | HeldTable], *, rows: bool = False
) -> list[Held | HeldTable | Loose]:
    """Return the claimed pieces of a range in order, with what is loose between them; `rows` as those of a list."""
    items: list[Held | HeldTable | Loose] = []
    at = start
    for piece in [*sorted(claimed, key=lambda piece: piece.start), None]:
        loose = source.trim(at, piece.start if piece else end)
        if loose[0] < loose[1]:
            items.append(Loose(*loose, row=rows))
        if piece:
            items.append(piece)
            at = piece.end
    return items
