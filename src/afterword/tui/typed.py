"""Text that is typed and not part of the record yet: where it belongs, how it reads, why it cannot be taken."""

import json
import re

from pydantic import ValidationError

from afterword.record.clock import TIMES
from afterword.tui.sections import SECTIONS

_PATH = re.compile(r"(?P<cause>causes\[\d+\]\.?)?(?P<name>[a-z_]*)")


def _sections(per_cause: bool) -> dict[str, str]:
    """Map the fields that are asked for to their sections."""
    asked = [section for section in SECTIONS if section.per_cause == per_cause]
    return {field.path.partition(".")[0]: section.id for section in asked for field in section.fields if field.path}


_OF_RECORD = {"causes": "causes"} | dict.fromkeys(TIMES, "times") | _sections(per_cause=False)
_OF_CAUSE = {"effective": "prompts", "offending": "prompts"} | _sections(per_cause=True)


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
    match = _PATH.match(path)
    assert match is not None
    if match["cause"]:
        return _OF_CAUSE.get(match["name"], "causes")
    return _OF_RECORD.get(match["name"], "incident")


def sentence(error: ValueError) -> str:
    """Return the sentence a person can act on, out of a library's or our own error."""
    if isinstance(error, ValidationError):
        message = error.errors(include_url=False, include_context=False)[0]["msg"]
        return message.removeprefix("Value error, ")
    return str(error)
