"""A row's fields as texts: read into a row, or kept as they are typed until that can be done."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from afterword.record.model import Record
from afterword.record.part import Part
from afterword.tui.clock import Here
from afterword.tui.fields import Field
from afterword.tui.rows import RowSpec
from afterword.tui.typed import sentence


class RowRefused(ValueError):
    """A row cannot be taken; `field` is the one that it is about, or None where nothing is filled in."""

    def __init__(self, said: str, field: Field | None) -> None:
        super().__init__(said)
        self.field = field


def shown_texts(spec: RowSpec, row: Part | None) -> dict[str, str]:
    """Return what the fields of a row show, by path; of a new one nothing."""
    return {field.path: field.show(getattr(row, field.path)) if row else "" for field in spec.fields}


def waiting_text(texts: Mapping[str, str], shown: Mapping[str, str]) -> str:
    """Return what would be lost without the form: nothing where all is as it was, or empty."""
    if texts == shown or not any(text.strip() for text in texts.values()):
        return ""
    return json.dumps(texts, ensure_ascii=False)


def waiting_texts(typed: str) -> dict[str, str]:
    """Return the texts of a row that waits to be taken, by path."""
    try:
        found = json.loads(typed) if typed else {}
    except ValueError:
        return {}
    return {str(key): str(text) for key, text in found.items()} if isinstance(found, dict) else {}


def read_row(spec: RowSpec, texts: Mapping[str, str], row: Part | None, record: Record, here: Here) -> Part:
    """Return the row that the texts make of `row`, None for a new one; RowRefused says what does not fit."""
    values: dict[str, Any] = {}
    shown = shown_texts(spec, row)
    for field in spec.fields:
        if row is not None and texts[field.path] == shown[field.path]:
            # What nobody touched stays as it is, also where it would be read in another way today.
            values[field.path] = getattr(row, field.path)
            continue
        try:
            values[field.path] = field.read(texts[field.path], here)
        except ValueError as error:
            raise RowRefused(sentence(error), field) from error
    if not any(values[field.path] for field in spec.fields):
        raise RowRefused("Fill in a field.", None)
    try:
        return spec.make(values, record, row)
    except ValueError as error:
        raise _refused(spec, error, values) from error


def _refused(spec: RowSpec, error: ValueError, values: dict[str, Any]) -> RowRefused:
    """Say why the row cannot be taken, in the field that it is about."""
    places = error.errors(include_url=False) if isinstance(error, ValidationError) else []
    about = {place["loc"][0] for place in places if place["loc"]}
    field = next((field for field in spec.fields if field.path in about), None)
    if field is not None and not values[field.path]:
        return RowRefused(f"{field.label} is needed.", field)
    return RowRefused(sentence(error), field or spec.fields[0])
