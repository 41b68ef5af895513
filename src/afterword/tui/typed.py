"""Text that is typed and not part of the record yet: where it belongs, how it reads, why it cannot be taken."""

import json

from pydantic import ValidationError

from afterword.record.model import TIMES
from afterword.tui.sections import SECTIONS


def without_cause(inputs: dict[str, str], gone: int) -> dict[str, str]:
    """Return what is typed, without what belongs to a cause, and with the later causes moved up."""
    kept = {}
    for path, text in inputs.items():
        number, bracket, rest = path.removeprefix("causes[").partition("]")
        if not path.startswith("causes[") or int(number) < gone:
            kept[path] = text
        elif int(number) > gone:
            kept[f"causes[{int(number) - 1}{bracket}{rest}"] = text
    return kept


def readable(typed: str) -> str:
    """Return what was typed in one line; of a row's form, what its fields hold."""
    try:
        fields = json.loads(typed)
    except ValueError:
        return typed.strip()
    return ", ".join(str(text) for text in fields.values() if text) if isinstance(fields, dict) else typed.strip()


def section_of(path: str) -> str:
    """Return the id of the section in which the field at `path` is typed."""
    bare = path.partition("].")[2] if path.startswith("causes[") else path
    per_cause = path.startswith("causes[")
    if bare in TIMES:
        return "times"
    for section in SECTIONS:
        if section.per_cause == per_cause and any(
            field.path and bare.startswith(field.path) for field in section.fields
        ):
            return section.id
    return "incident"


def sentence(error: ValueError) -> str:
    """Return the sentence a person can act on, out of a library's or our own error."""
    if isinstance(error, ValidationError):
        message = error.errors(include_url=False, include_context=False)[0]["msg"]
        return message.removeprefix("Value error, ")
    return str(error)
