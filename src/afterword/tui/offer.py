"""What git offers for a section."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from afterword.record.part import Part
from afterword.tui.column import Column


@dataclass(frozen=True)
class Offer:
    """Rows that git knows of, and a sentence on what they are or why there are none."""

    rows: Sequence[Part]
    cells: Callable[[Part], tuple[str, ...]]
    columns: Sequence[Column]
    told: str
    marking: str = ""
    """What is worth taking: `what belongs in the timeline`."""
