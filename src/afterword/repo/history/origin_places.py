"""The places at HEAD that have a line, and which of them it most likely came from."""

from collections import Counter
from typing import NamedTuple

from afterword.repo.history.origin_lines import Hit

_KEPT = 200
"""Places of one line that are remembered; the others are only counted."""


class Place(NamedTuple):
    """A line of a file at HEAD that gives a pasted line."""

    path: str
    line_no: int
    hit: Hit
    is_prompt: bool


class Places:
    """All places at HEAD, by the number of the pasted line."""

    def __init__(self) -> None:
        self._found: dict[int, list[Place]] = {}
        self._count: Counter[int] = Counter()
        self._lines_in: Counter[str] = Counter()

    def add(self, number: int, place: Place) -> None:
        """Remember a place."""
        self._count[number] += 1
        self._lines_in[place.path] += 1
        kept = self._found.setdefault(number, [])
        if len(kept) < _KEPT:
            kept.append(place)

    def likeliest(self) -> dict[int, tuple[Place, int]]:
        """Return for each line the likeliest place, and how many other files have it."""
        return {
            number: (min(places, key=self._order), self._count[number] - 1) for number, places in self._found.items()
        }

    def _order(self, place: Place) -> tuple[bool, bool, int, int, str]:
        """Prompts go first; then the file that has most of the pasted lines, for they came together."""
        hit = place.hit
        return hit.is_weak, not place.is_prompt, hit.rank, -self._lines_in[place.path], place.path
