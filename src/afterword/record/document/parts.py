"""From the words of a file to checked values, refusing with line and expectation what does not fit."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from afterword.record.document.source import Source
from afterword.record.part import Part
from afterword.record.when import When

P = TypeVar("P", bound=Part)


def build(part: type[P], values: Mapping[str, Any], source: Source, number: int) -> P:
    """Make a part of what was read in line `number`."""
    try:
        return part.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"]).replace("_", " ")
        if first["input"] is None and first["type"] == "value_error":
            source.fail(number, f"the {field} is missing.", "Write a time such as 2026-03-02T14:05Z.")
        expected = first.get("ctx", {}).get("expected", "")
        said = f'"{first["input"]}" is not one of {expected}' if expected else first["msg"]
        source.fail(number, f"{field or 'this'} does not fit: {said}.", "Correct it, or take it out.")


def read_time(source: Source, number: int, label: str, text: str) -> When:
    """Read a time, or refuse line `number`."""
    try:
        return When.parse(text)
    except ValueError as error:
        source.fail(number, f"{label}: {error}")


def read_count(source: Source, number: int, label: str, text: str) -> int:
    """Read a whole number; a blank is 0."""
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 4000):
        source.fail(number, f'{label} is not a whole number: "{shortened(text)}".', "Write digits only, such as 4.")
    return int(text)


def shortened(text: str) -> str:
    """Return text short enough for a sentence."""
    return text if len(text) <= 60 else f"{text[:57]}..."
