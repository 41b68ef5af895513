"""One part that is not the same in both versions of a record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Side = Literal["mine", "theirs"]
SIDES: tuple[Side, Side] = ("mine", "theirs")


@dataclass(frozen=True)
class Place:
    """Where a part stands: a key that no choice elsewhere changes, its path into a record, the row that it is of."""

    key: str = ""
    path: str = ""
    row: Any = None

    def field(self, name: str) -> "Place":
        """Return the place of a field of this part."""
        dot = "." if self.path else ""
        return Place(f"{self.key}{dot}{name}", f"{self.path}{dot}{name}", self.row)

    def item(self, identity: str, index: int, row: Any) -> "Place":
        """Return the place of one item of this list."""
        return Place(f"{self.key}/{identity}", f"{self.path}[{index}]", row)


@dataclass(frozen=True)
class Difference:
    """A part as it was, as they have it and as I have it; None where it does not exist.

    `key` stays the same whatever else is chosen; `path` leads to the part in one of the versions.
    """

    place: Place
    base: Any
    theirs: Any
    mine: Any
    is_order: bool = False
    """Whether only the order of a list differs."""

    @property
    def key(self) -> str:
        """The name by which a choice is remembered."""
        return self.place.key

    @property
    def is_open(self) -> bool:
        """Whether both changed it, differently: nobody but the author can say which holds."""
        return bool(self.theirs != self.base and self.mine != self.base)

    def side(self, chosen: Mapping[str, Side]) -> Side:
        """Return whose version is taken: the chosen one, else that of the only one who changed it, else mine."""
        return chosen.get(self.key) or ("theirs" if self.mine == self.base else "mine")

    def taken(self, chosen: Mapping[str, Side]) -> Any:
        """Return the version that is taken."""
        return self.theirs if self.side(chosen) == "theirs" else self.mine

    def left(self, chosen: Mapping[str, Side]) -> tuple[Side, Any] | None:
        """Return whose words are not taken, where they wrote any."""
        side: Side = "mine" if self.side(chosen) == "theirs" else "theirs"
        value = self.mine if side == "mine" else self.theirs
        return None if value == self.base or value is None or value == () or value == "" else (side, value)
