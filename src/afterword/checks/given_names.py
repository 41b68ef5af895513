"""Given names, by which a sentence about somebody can be told from one about a system."""

from functools import cache
from importlib.resources import files


@cache
def given_names() -> frozenset[str]:
    """Return common given names in lower case; those that are everyday words or products too are left out."""
    text = files(__package__).joinpath("given_names.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word.casefold() for line in lines for word in line.split())
