"""Reach into a record by path: `title`, `causes[0].story`, `eval_case.runner`."""

import re
from typing import Any

from pydantic import BaseModel

from afterword.record.absence import Absence
from afterword.record.model import ActionItem, Cause, EvalCase, Record

_STEP = re.compile(r"(?P<name>[a-z_]+)(?:\[(?P<index>\d+)\])?")


def steps(path: str) -> list[tuple[str, int | None]]:
    """Split a path into names and, for items of a list, their index."""
    found = []
    for part in path.split("."):
        match = _STEP.fullmatch(part)
        if match is None:
            raise ValueError(f"not a path into a record: {path!r}")
        found.append((match["name"], int(match["index"]) if match["index"] is not None else None))
    return found


def get(record: Record, path: str) -> Any:
    """Return the value at `path`; what does not exist yet reads as None."""
    value: Any = record
    for name, index in steps(path):
        value = getattr(value, name, None) if value is not None else None
        if index is not None:
            value = value[index] if value is not None and index < len(value) else None
    return value


def replace(record: Record, path: str, value: Any) -> Record:
    """Return the record with the value at `path` replaced.

    A cause or eval case that does not exist yet comes into being when a field of it is set; an index one past the
    end of a list appends. The new value is validated (ValueError).
    """
    replaced = _replace(record, steps(path), value)
    assert isinstance(replaced, Record)
    return replaced


def text_at(record: Record, path: str) -> str:
    """Return the text at `path`: of an absence its reason; `absences:NAME` leads to one of a table of absences."""
    value = _at(record, path)
    return value.why if isinstance(value, Absence) else str(value)


def put_text(record: Record, path: str, text: str) -> Record:
    """Return the record with the text at `path`, as `text_at` reads it, replaced."""
    base, colon, name = path.partition(":")
    value = _at(record, path)
    new = Absence(value.kind, text) if isinstance(value, Absence) else text
    return replace(record, base, {**get(record, base), name: new} if colon else new)


def _at(record: Record, path: str) -> Any:
    base, colon, name = path.partition(":")
    value = get(record, base)
    return value[name] if colon else value


_NEW: dict[str, Any] = {"causes": Cause, "eval_case": EvalCase}


def _replace(part: BaseModel, path: list[tuple[str, int | None]], value: Any) -> BaseModel:
    (name, index), rest = path[0], path[1:]
    current = getattr(part, name)
    if index is not None:
        items = list(current)
        if index == len(items):
            items.append(_NEW[name]() if rest else value)
        items[index] = _replace(items[index], rest, value) if rest else value
        new: Any = tuple(items)
    elif rest:
        new = _replace(current if current is not None else _NEW[name](), rest, value)
    else:
        new = value
    return part.changed(**{name: new})  # type: ignore[attr-defined,no-any-return]


def next_action_id(record: Record) -> str:
    """Return the first free id for an action item: `A1`, `A2` …"""
    used = {item.id for item in record.actions}
    return next(f"A{n}" for n in range(1, len(used) + 2) if f"A{n}" not in used)


def new_action(record: Record, **fields: Any) -> ActionItem:
    """Return an action item with a free id."""
    return ActionItem(id=next_action_id(record), **fields)
