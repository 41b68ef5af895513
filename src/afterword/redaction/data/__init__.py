"""Word lists and token forms that the detectors read."""

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[str, ...]:
    """Return the lines of a list, without blank ones and comments."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def listed(name: str, key: str) -> tuple[str, ...]:
    """Return the words of all lines of a list that begin with a key."""
    return tuple(word for row in rows(name) for first, *words in [row.split()] if first == key for word in words)
