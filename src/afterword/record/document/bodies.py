"""What stands under a heading, written and read: prose, a table, a dated list, an honest absence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from afterword.record.absence import Absence
from afterword.record.blocks import Block, guard, unguard
from afterword.record.document.parts import build, read_time
from afterword.record.document.pieces import Key, Leaf, Table
from afterword.record.document.source import Held, HeldTable, Loose, Own, with_loose
from afterword.record.document.tables import Rows
from afterword.record.model import Revision

Values: TypeAlias = dict[str, Any]
"""Field values read for one part; those under "absences" by part name."""


class Body(Protocol):
    """Writes some fields of a part under a heading, and reads them from there."""

    def write(self, part: Any, at: Key) -> tuple[Leaf | Table, ...]:
        """Return the pieces for `part`, whose key is `at`."""

    def read(self, own: Own, at: Key) -> Values:
        """Claim pieces and return the values that they hold."""


def absence_leaf(part: Any, name: str, at: Key) -> tuple[Leaf, ...]:
    """Return the line that says why there is nothing to say."""
    absence = part.absences.get(name)
    if absence is None:
        return ()
    text = str(absence)
    return (Leaf((*at, name, "absence"), (text[0].upper() + text[1:],)),)


def read_absence(own: Own, name: str, at: Key) -> dict[str, Absence]:
    """Claim the line that says why there is nothing to say."""
    found = own.absence()
    if found is None:
        return {}
    absence, block = found
    own.claim((*at, name, "absence"), block.start, block.end)
    return {name: absence}


def prose_leaf(key: Key, text: str) -> tuple[Leaf, ...]:
    """Return prose, escaped so that no line of it is structure."""
    return (Leaf(key, tuple(guard(text).split("\n")), is_prose=True),) if text else ()


class Nothing:
    """A heading without fields of its own."""

    def write(self, part: Any, at: Key) -> tuple[Leaf | Table, ...]:
        """Return no pieces."""
        return ()

    def read(self, own: Own, at: Key) -> Values:
        """Claim nothing."""
        return {}


@dataclass(frozen=True, slots=True)
class Prose:
    """Everything under the heading is one text."""

    field: str

    def write(self, part: Any, at: Key) -> tuple[Leaf | Table, ...]:
        """Return the text."""
        return prose_leaf((*at, self.field), getattr(part, self.field))

    def read(self, own: Own, at: Key) -> Values:
        """Claim all lines."""
        return {self.field: unguard(own.prose((*at, self.field), own.start, own.end))}


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of parts, or why there is none."""

    field: str
    rows: Rows

    def write(self, part: Any, at: Key) -> tuple[Leaf | Table, ...]:
        """Return the table or the absence."""
        listed = getattr(part, self.field)
        return self.rows.write((*at, self.field), listed) or absence_leaf(part, self.field, at)

    def read(self, own: Own, at: Key) -> Values:
        """Claim table and absence."""
        absences = read_absence(own, self.field, at)
        return {self.field: self.rows.read((*at, self.field), own), "absences": absences}


@dataclass(frozen=True, slots=True)
class Absent:
    """The heading above a list of parts: there, only why there are none."""

    field: str

    def write(self, part: Any, at: Key) -> tuple[Leaf | Table, ...]:
        """Return the absence."""
        return absence_leaf(part, self.field, at)

    def read(self, own: Own, at: Key) -> Values:
        """Claim the absence."""
        return {"absences": read_absence(own, self.field, at)}


_DATED = re.compile(r" {0,3}[-*+][ \t]+(?P<date>\S+):(?:[ \t]+(?P<text>.*))?", re.DOTALL)


class Dated:
    """A list of revisions: `- 2026-04-02: what was learned`."""

    def write(self, part: Any, at: Key) -> tuple[Leaf | Table, ...]:
        """Return a line a revision."""
        lines = (f"- {revision.date}: {revision.text}".rstrip(" ") for revision in part.revisions)
        leaves = tuple(Leaf((*at, "revisions", i), (text,), apart=False) for i, text in enumerate(lines))
        return (Table((*at, "revisions", "list"), (), leaves),) if leaves else ()

    def read(self, own: Own, at: Key) -> Values:
        """Claim the items that start with a date."""
        revisions: list[Revision] = []
        held: list[Held | HeldTable] = []
        for start, end in _items(own.blocks):
            start, end = own.source.trim(start, min(end, own.end))
            match = _DATED.match(own.source.text(start, end))
            # An item without a digit in front is a note; a date that is none must not be lost as one.
            if match is None or (not match["date"][0].isdigit() and not match["date"].startswith("../")):
                continue
            date = read_time(own.source, start, "the revision's date", match["date"])
            values = {"date": date, "text": match["text"] or ""}
            held.append(Held((*at, "revisions", len(revisions)), start, end, row=True))
            revisions.append(build(Revision, values, own.source, start))
        if held:
            own.claimed.append(_list((*at, "revisions", "list"), own, held))
        return {"revisions": tuple(revisions)}


def _items(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    return [item for block in blocks for item in block.items]


def _list(key: Key, own: Own, held: list[Held | HeldTable]) -> HeldTable:
    start, end = held[0].start, held[-1].end
    items = tuple(
        item for item in with_loose(own.source, start, end, held, rows=True) if isinstance(item, Held | Loose)
    )
    return HeldTable(key, start, end, (), items)
