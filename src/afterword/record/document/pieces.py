"""A record laid out as Markdown: a tree of pieces, each with a key and its canonical lines.

Rendering joins the pieces. Rewriting compares the pieces of two records and edits only those that differ.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Key: TypeAlias = tuple[str | int, ...]
"""Where a piece belongs: `("causes", 0, "story")`; list elements are numbered from 0."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Lines that stand or fall together; `cells` are those of a table row or the items of a list."""

    key: Key
    lines: tuple[str, ...]
    cells: tuple[str, ...] = ()
    apart: bool = field(default=True, compare=False)
    """Whether a blank line goes before it."""
    is_prose: bool = field(default=False, compare=False)
    """Whether loose text below it would be read as part of it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; without columns, a list of lines without a head."""

    key: Key
    columns: tuple[str, ...]
    rows: tuple[Leaf, ...]

    @property
    def head(self) -> tuple[str, ...]:
        """The lines above the rows."""
        return (row_line(self.columns), "|" + "---|" * len(self.columns)) if self.columns else ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands under it, and its subsections; the root of a document has no heading."""

    key: Key
    level: int
    heading: Leaf | None
    own: tuple[Leaf | Table, ...] = ()
    children: tuple["Section", ...] = ()


Node: TypeAlias = Leaf | Table | Section


def row_line(cells: Iterable[str]) -> str:
    """Return a table row; a pipe inside a cell is escaped."""
    return "|" + "".join(f" {escaped} |" if (escaped := cell.replace("|", r"\|")) else " |" for cell in cells)


def chunks(node: Node) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """Yield the lines of a tree in order, with whether a blank line goes before them."""
    if isinstance(node, Leaf):
        yield node.apart, node.lines
    elif isinstance(node, Table):
        yield True, node.head or node.rows[0].lines
        for row in node.rows if node.columns else node.rows[1:]:
            yield False, row.lines
    else:
        parts = (*((node.heading,) if node.heading else ()), *node.own, *node.children)
        for part in parts:
            yield from chunks(part)
