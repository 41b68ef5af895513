"""A value of a record as text to compare, and the difference between two such texts."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from afterword.record.part import Part

_MOST_LINES = 200_000
"""Lines of one text times lines of the other that are compared; beyond that one text replaces the other."""
_CONTEXT = 3


def told(value: Any) -> str:
    """Return a value as a person reads it, its fields line by line."""
    if value is None:
        return ""
    if isinstance(value, Part):
        fields = ((name, told(getattr(value, name))) for name in type(value).model_fields)
        return "\n".join(_field(name.replace("_", " "), text) for name, text in fields if text)
    if isinstance(value, tuple):
        parts = [told(each) for each in value]
        return "\n\n".join(parts) if any(isinstance(each, Part) for each in value) else ", ".join(parts)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {told(each)}" for name, each in value.items())
    return str(value)


def _field(name: str, text: str) -> str:
    return f"{name}:\n{text}" if "\n" in text else f"{name}: {text}"


def diff_of(name: str, before: str, after: str) -> str:
    """Return the difference of two texts as hunks that carry `name`, "" where there is none."""
    old, new = (text.split("\n") if text else [] for text in (before, after))
    return "".join(_hunk(name, old, new, codes) for codes in _groups(old, new))


def _groups(old: Sequence[str], new: Sequence[str]) -> list[list[tuple[str, int, int, int, int]]]:
    start = next((at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None)
    start = min(len(old), len(new)) if start is None else start
    if (len(old) - start) * (len(new) - start) > _MOST_LINES:
        return [[("replace", start, len(old), start, len(new))]]
    return [*SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_CONTEXT)]


def _hunk(name: str, old: Sequence[str], new: Sequence[str], codes: list[tuple[str, int, int, int, int]]) -> str:
    lines = []
    for kind, old_at, old_end, new_at, new_end in codes:
        if kind == "equal":
            lines += [f" {line}" for line in old[old_at:old_end]]
        else:
            lines += [f"-{line}" for line in old[old_at:old_end]]
            lines += [f"+{line}" for line in new[new_at:new_end]]
    old_at, new_at = codes[0][1], codes[0][3]
    old_count, new_count = codes[-1][2] - old_at, codes[-1][4] - new_at
    places = f"-{old_at + bool(old_count)},{old_count} +{new_at + bool(new_count)},{new_count}"
    return "\n".join([f"@@ {places} @@ {name}", *lines]) + "\n"
