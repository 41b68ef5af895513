"""What a section of the walk is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from afterword.tui.fields import Field

# The sections are wanted for the first frame, their tables when one is shown.
if TYPE_CHECKING:
    from afterword.tui.rows import RowSpec


@dataclass(frozen=True, kw_only=True)
class RowsField(Field):
    """A table of the record."""

    table: str
    """What it is called in `rows`."""
    gather: str = ""
    """What git can offer for it: "events", "settings" or "gates"."""

    @property
    def spec(self) -> "RowSpec":
        """What its rows are."""
        from afterword.tui import rows

        spec: RowSpec = getattr(rows, self.table)
        return spec


class PromptsField(Field):
    """The prompt changes of a cause, picked from history."""


class SamplesField(Field):
    """The sample outputs, each redacted by decisions."""


class SaveField(Field):
    """What is still open, and the way to the file."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One step of the walk."""

    id: str
    title: str
    question: str
    guidance: str
    example: str
    fields: Sequence[Field]
    per_cause: bool = False
    """Whether the fields belong to the current cause."""
    absent: str = ""
    """The part that may be answered with an absence instead: of the cause where `per_cause`, else of the record."""
