"""Tables of fields and values: one row a field, in any order; rows with other fields are left alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from afterword.record.document.pieces import Key, Leaf, Table, row_line
from afterword.record.document.source import Held, HeldTable, Loose, Own
from afterword.record.document.tables import head, row_cells

FIELD, VALUE = "Field", "Value"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A row that was read: its value and its line (0-based)."""

    value: str
    number: int


def field_table(key: Key, values: Mapping[str, tuple[str, str]]) -> Table:
    """Return a table of label and value by field name."""
    rows = (
        Leaf((*key, name), (row_line((label, value)),), (label, value), apart=False)
        for name, (label, value) in values.items()
    )
    return Table((*key, "fields"), (FIELD, VALUE), tuple(rows))


def read_fields(
    key: Key, own: Own, labels: Mapping[str, str], at: Callable[[int], bool] = lambda start: True
) -> tuple[dict[str, FieldRow], HeldTable | None]:
    """Claim the first field table (of those that `at` allows by first line) and return its values by field name."""
    for block in own.blocks:
        if block.kind == "table" and at(block.start):
            columns = head(own, block)
            if {FIELD.casefold(), VALUE.casefold()} <= {title.casefold() for title in columns}:
                found, items = _read_rows(key, own, columns, range(block.start + 2, block.end), labels)
                held = HeldTable((*key, "fields"), block.start, block.end, columns, tuple(items))
                own.claimed.append(held)
                return found, held
    return {}, None


def _read_rows(
    key: Key, own: Own, columns: Sequence[str], rows: range, labels: Mapping[str, str]
) -> tuple[dict[str, FieldRow], list[Held | Loose]]:
    names = {label.casefold(): name for name, label in labels.items()}
    found: dict[str, FieldRow] = {}
    items: list[Held | Loose] = []
    for number in rows:
        cells = row_cells(own, number, columns)
        label = cells.get(FIELD.casefold(), "")
        name = names.get(label.casefold())
        if name is None:
            items.append(Loose(number, number + 1, row=True))
            continue
        if name in found:
            own.source.fail(
                number,
                f'"{label}" stands twice in this table, first in line {found[name].number + 1}.',
                "Keep one of the two rows.",
            )
        found[name] = FieldRow(cells.get(VALUE.casefold(), ""), number)
        items.append(Held((*key, name), number, number + 1, row=True))
    return found, items
