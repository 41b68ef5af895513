"""A post-mortem being written, as it lies in its draft: the record, what is only typed, samples with their raw text."""

import re
import secrets
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from afterword.record.model import Record

SCHEMA = "afterword-draft/1"


def _storable(value: Any) -> Any:
    """Replace lone surrogates, which neither JSON readers nor UTF-8 take."""
    return re.sub("[\ud800-\udfff]", "\ufffd", value) if isinstance(value, str) else value


Raw = Annotated[str, BeforeValidator(_storable)]
"""Text exactly as it came, but for what cannot be stored."""


class RawSample(BaseModel):
    """A failing output before redaction, with what was typed about it.

    `redaction` is the state of the decisions, in the form that the redaction gives and takes; `source` says
    where the text came from.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    title: Raw = ""
    model: Raw = ""
    at: Raw = ""
    failed: Raw = ""
    trials: Raw = ""
    note: Raw = ""
    source: Raw = ""
    text: Raw = ""
    redaction: dict[str, Any] = {}


class Kept(BaseModel):
    """A value in the author's own words that was looked at and stays, with the reason."""

    model_config = ConfigDict(frozen=True)

    value: Raw
    label: str
    why: str = ""


def now() -> datetime:
    """Return the time by the clock, which somebody may have set."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return an id for a new draft: when it was begun, and a few letters that make it unique."""
    return f"{now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


class Draft(BaseModel):
    """A post-mortem being written; immutable, `model_copy(update=…)` makes the next state.

    `base_path` (relative to the root) and `base_text` are the saved record this walk started from, None for a
    new one. `inputs` holds text that is typed but not part of the record yet, by path into the record. `placeholders`
    is the state of those that stand in the record's own words, in the form that the redaction gives and takes.
    `promised_id` is the id that the eval case's file carries while the record itself is not saved yet.
    `writer` is this process's mark and `taken_from` the mark and count of the state that was loaded; they
    tell whether somebody else wrote since.
    """

    model_config = ConfigDict(frozen=True, extra="allow", validate_by_name=True, validate_by_alias=True)

    format: Annotated[str, Field(alias="schema")] = SCHEMA
    id: str = Field(default_factory=new_id)
    record: Record = Record()
    base_path: str | None = None
    base_text: Raw | None = None
    inputs: dict[Raw, Raw] = {}
    samples: tuple[RawSample, ...] = ()
    kept: tuple[Kept, ...] = ()
    placeholders: dict[str, Any] = {}
    section: str = ""
    promised_id: str = ""
    created: datetime = Field(default_factory=now)
    updated: datetime = Field(default_factory=now)
    writer: str = Field(default_factory=lambda: secrets.token_hex(8))
    taken_from: Annotated[str, Field(exclude=True)] = ""

    def keeps(self, value: str, label: str) -> bool:
        """Whether a value, in any spelling, was looked at in the author's own words and stays."""
        if not self.kept:
            return False
        from afterword.redaction.same_value import normal_form

        form = normal_form(value, label)
        return any(each.label == label and normal_form(each.value, label) == form for each in self.kept)
