"""A column of a table, as every list of rows lays it out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, the least width it may shrink to, and whether its cells wrap or are elided."""

    title: str
    least: int = 4
    most: int | None = None
    wraps: bool = False
    right: bool = False
