"""A configuration file as a tree in which every value knows its line."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Leaf(NamedTuple):
    """One value as it stands in the file, and its line."""

    text: str
    line: int


@dataclass(slots=True)
class Branch:
    """A mapping, or a list whose keys are "0", "1" …; what several names refer to is one object.

    `origins` says of keys whose value is written elsewhere, where that is.
    """

    is_list: bool
    line: int
    items: dict[str, "Node"] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)


Node = Leaf | Branch


def rooted(node: Node) -> Branch:
    """Return the root of a file: a file that is one bare value has no settings."""
    return node if isinstance(node, Branch) else Branch(False, node.line)


def origin(name: str, line: int) -> str:
    """Return how it is said that a value is written at another place of the file."""
    return f"from `{name}` (line {line})"
