"""The tables of a record: which columns they have, and how rows become parts and parts become rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from afterword.record import model
from afterword.record.blocks import Block
from afterword.record.document.inline import cell_text, split_cells
from afterword.record.document.parts import build, read_count, read_time
from afterword.record.document.pieces import Key, Leaf, Table, row_line
from afterword.record.document.source import Held, HeldTable, Own
from afterword.record.part import Part
from afterword.record.text import line


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title and the field it holds; `kind` is "text", "time" or "count"."""

    title: str
    field: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with a part of the record in each row."""

    part: type[Part]
    columns: tuple[Column, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The column titles."""
        return tuple(column.title for column in self.columns)

    def write(self, key: Key, parts: Sequence[Part]) -> tuple[Table, ...]:
        """Return the table of some parts; nothing where there are none."""
        if not parts:
            return ()
        rows = (self._row((*key, number), part) for number, part in enumerate(parts))
        return (Table((*key, "table"), self.titles, tuple(rows)),)

    def _row(self, key: Key, part: Part) -> Leaf:
        values = (getattr(part, column.field) for column in self.columns)
        cells = tuple("" if value is None else str(value) for value in values)
        return Leaf(key, (row_line(cells),), cells, apart=False)

    def read(self, key: Key, own: Own, before: int | None = None) -> tuple[Part, ...]:
        """Claim the table with these columns and return a part a row; `before` is a line it must stand above."""
        end = own.end if before is None else before
        tables = [block for block in own.blocks if block.kind == "table" and block.start < end]
        heads = {block: head(own, block) for block in tables}
        found = next((block for block in tables if self._is_head(heads[block])), None)
        if found is None:
            return ()
        self._refuse_second(own, found, heads)
        columns = heads[found]
        rows = range(found.start + 2, found.end)
        parts = tuple(self._part(own, number, row_cells(own, number, columns)) for number in rows)
        held = tuple(Held((*key, index), number, number + 1, row=True) for index, number in enumerate(rows))
        own.claimed.append(HeldTable((*key, "table"), found.start, found.end, columns, held))
        return parts

    def _is_head(self, titles: tuple[str, ...]) -> bool:
        return self.columns[0].title.casefold() in folded(titles)

    def _refuse_second(self, own: Own, found: Block, heads: Mapping[Block, tuple[str, ...]]) -> None:
        for block, titles in heads.items():
            if block.start > found.start and folded(self.titles) <= folded(titles):
                own.source.fail(
                    block.start,
                    f"a second table with the columns of the one in line {found.start + 1}.",
                    "Join the two tables into one.",
                )

    def _part(self, own: Own, number: int, cells: Mapping[str, str]) -> Part:
        values: dict[str, Any] = {}
        for column in self.columns:
            text = cells.get(column.title.casefold(), "")
            if column.kind == "time":
                values[column.field] = read_time(own.source, number, column.title, text) if text else None
            elif column.kind == "count":
                values[column.field] = read_count(own.source, number, column.title, text)
            else:
                values[column.field] = text
        return build(self.part, values, own.source, number)


def folded(titles: Sequence[str]) -> set[str]:
    """Return column titles as they are compared."""
    return {title.casefold() for title in titles}


def head(own: Own, block: Block) -> tuple[str, ...]:
    """Return the column titles of a table block."""
    return tuple(line(cell_text(cell)) for cell in split_cells(own.source.value(block.start)))


def row_cells(own: Own, number: int, columns: Sequence[str]) -> dict[str, str]:
    """Return the cells of a row by folded column title; of two columns of one title, the first."""
    cells: dict[str, str] = {}
    for title, raw in zip(columns, split_cells(own.source.value(number)), strict=False):
        cells.setdefault(title.casefold(), line(cell_text(raw)))
    return cells


IMPACT = Rows(
    model.ImpactRow,
    (
        Column("Measure", "measure"),
        Column("Value", "value"),
        Column("Of", "of"),
        Column("Scope", "scope"),
        Column("When", "when", "time"),
        Column("Source", "source"),
    ),
)
TIMELINE = Rows(
    model.TimelineRow,
    (
        Column("Time", "time", "time"),
        Column("Kind", "kind"),
        Column("Actor", "actor"),
        Column("What happened", "what"),
        Column("Evidence", "evidence"),
    ),
)
ORIGINS = Rows(model.LineOrigin, (Column("Line", "line"), Column("Origin", "origin")))
SETTINGS = Rows(
    model.SettingRow,
    (
        Column("Setting", "setting"),
        Column("Before", "before"),
        Column("After", "after"),
        Column("Read from", "read_from"),
    ),
)
GATES = Rows(model.Gate, (Column("Gate", "gate"), Column("Result", "result"), Column("Blocking", "blocking")))
ATTEMPTS = Rows(
    model.Attempt,
    (
        Column("Time", "time", "time"),
        Column("What was tried", "what"),
        Column("Result", "result"),
        Column("Evidence", "evidence"),
    ),
)
SIDES = Rows(
    model.ProofSide,
    (
        Column("Side", "side"),
        Column("Revision", "revision"),
        Column("Verdict", "verdict"),
        Column("Passed", "passed", "count"),
        Column("Failed", "failed", "count"),
        Column("Errors", "errors", "count"),
        Column("Duration", "duration"),
    ),
)
ACTIONS = Rows(
    model.ActionItem,
    (
        Column("Id", "id"),
        Column("Type", "type"),
        Column("Action", "action"),
        Column("Owner", "owner"),
        Column("Due", "due", "time"),
        Column("State", "state"),
        Column("Evidence", "evidence"),
    ),
)
