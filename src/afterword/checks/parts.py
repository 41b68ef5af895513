"""The texts of a record that may have been typed or pasted, each with its place."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from afterword.record.absence import Absence
from afterword.record.model import (
    Cause,
    EffectivePrompt,
    EvalCase,
    OffendingLines,
    PromptChange,
    Proof,
    ProofSide,
    Record,
    Sample,
)
from afterword.record.part import Part


class Written(NamedTuple):
    """A text with the part of the record that holds it and the section of the walk that edits it.

    `path` leads to the text itself (`timeline[3].what`), as `record.paths` reads it, or to the absence whose reason the
    text is; `absences:NAME` is one of a table of absences. It is empty where no path leads there.
    """

    part: str
    section: str
    text: str
    path: str = ""


def written(record: Record) -> Iterator[Written]:
    """Return every text of a record in its order, down to the cells of its rows.

    Left out are what git says (diffs, revisions) and words that are the record's own (status, kinds of changes).
    """
    for name in type(record).model_fields:
        if name != "absences":
            yield from _texts(_Place(name, name, _SECTION_OF.get(name, name)), getattr(record, name))
    for name, absence in record.absences.items():
        yield from _texts(_Place(name, f"absences:{name}", _SECTION_OF.get(name, name)), absence)


def undecided(record: Record) -> Iterator[Written]:
    """Return what may hold a secret unseen: what `written` does, and the diffs.

    Left out are the samples' texts, which somebody decided upon finding by finding.
    """
    for found in written(record):
        if not _SAMPLE_TEXT.fullmatch(found.part):
            yield found
    for at, cause in enumerate(record.causes):
        for index, change in enumerate(cause.prompts):
            part = f"causes[{at}].prompts[{index}]"
            if change.diff:
                yield Written(part, "prompts", change.diff, f"{part}.diff")


_SAMPLE_TEXT = re.compile(r"samples\[\d+\]\.text")
_REVISION = re.compile(r"[0-9a-f]{7,64}")

_SECTION_OF = {
    **dict.fromkeys(("title", "status", "severity", "owner", "authors", "services", "tags", "related"), "incident"),
    **dict.fromkeys(("impact_started", "detected", "acknowledged", "diagnosed", "mitigated", "resolved"), "times"),
    **dict.fromkeys(("customers_noticed", "external"), "incident"),
    "not_affected": "impact",
    **dict.fromkeys(("immediate_fix", "attempts"), "mitigation"),
    **dict.fromkeys(("went_well", "went_wrong", "lucky", "open_questions", "revisions"), "lessons"),
}
_SECTION_IN_CAUSE = {
    **dict.fromkeys(("prompt", "prompts", "effective", "offending"), "prompts"),
    "settings": "settings",
    **dict.fromkeys(("evals", "gates", "gaps"), "evals"),
}


class _Place(NamedTuple):
    """Where in a record something stands: the part it is told by, the path to it, the section that edits it."""

    part: str
    path: str
    section: str

    def item(self, index: int, is_part: bool) -> "_Place":
        """Return the place of an item of a list; words of a list are told by the list."""
        path = f"{self.path}[{index}]" if self.path else ""
        return _Place(f"{self.part}[{index}]" if is_part else self.part, path, self.section)

    def field(self, name: str, own: bool, section: str) -> "_Place":
        """Return the place of a field; cells of a row are told by the row."""
        return _Place(f"{self.part}.{name}" if own else self.part, f"{self.path}.{name}" if self.path else "", section)


def _texts(place: _Place, value: object) -> Iterator[Written]:
    """Yield the texts in a value of the record, whatever it is made of."""
    if isinstance(value, str):
        if value and not isinstance(value, Enum) and not _REVISION.fullmatch(value):
            yield Written(place.part, place.section, value, place.path)
    elif isinstance(value, Absence):
        yield from _texts(place, value.why)
    elif isinstance(value, Mapping):
        for name in value:
            yield from _texts(place._replace(path=""), name)
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _texts(place.item(index, isinstance(each, Part)), each)
    elif isinstance(value, Part):
        yield from _fields(place, value)


def _fields(place: _Place, value: Part) -> Iterator[Written]:
    """Yield the texts of a part; cells have the place of their row, captions that of what they belong to."""
    own = _WITH_PLACES.get(type(value), frozenset())
    for name in type(value).model_fields:
        if (type(value), name) in _LEFT_OUT:
            continue
        inner = _SECTION_IN_CAUSE.get(name, place.section) if isinstance(value, Cause) else place.section
        yield from _texts(place.field(name, name in own, inner), getattr(value, name))
    if isinstance(value, Cause):
        for name, absence in value.absences.items():
            yield from _texts(
                _Place(f"{place.part}.{name}", f"{place.path}.absences:{name}", _SECTION_IN_CAUSE[name]), absence
            )


_LEFT_OUT = {(PromptChange, "diff"), (ProofSide, "side"), (Cause, "absences")}
_WITH_PLACES: dict[type[Part], frozenset[str]] = {
    Cause: frozenset(Cause.model_fields) - {"title"},
    EffectivePrompt: frozenset({"text", "origins"}),
    OffendingLines: frozenset({"text"}),
    Sample: frozenset({"text", "note"}),
    EvalCase: frozenset(EvalCase.model_fields),
    Proof: frozenset({"sides"}),
}


def prose(record: Record) -> Iterator[Written]:
    """Return sentences: prose, titles, what happened, what was done, notes; no names, values or quotations."""
    return (found for found in _sentences(record) if found.text)


def _sentences(record: Record) -> Iterator[Written]:
    yield Written("title", "incident", record.title)
    yield Written("external", "incident", record.external.why)
    yield Written("summary", "summary", record.summary)
    for index, row in enumerate(record.impact):
        yield Written(f"impact[{index}]", "impact", row.measure)
        yield Written(f"impact[{index}]", "impact", row.source)
    yield Written("not_affected", "impact", record.not_affected)
    for index, event in enumerate(record.timeline):
        yield Written(f"timeline[{index}]", "timeline", event.what)
    for index, cause in enumerate(record.causes):
        yield from _cause(f"causes[{index}]", cause)
    yield from _later(record)


def _later(record: Record) -> Iterator[Written]:
    for index, sample in enumerate(record.samples):
        yield Written(f"samples[{index}]", "samples", sample.title)
        yield Written(f"samples[{index}].note", "samples", sample.note)
    yield Written("immediate_fix", "mitigation", record.immediate_fix)
    for index, attempt in enumerate(record.attempts):
        yield Written(f"attempts[{index}]", "mitigation", attempt.what)
    if record.eval_case:
        yield Written("eval_case.note", "eval_case", record.eval_case.note)
    for index, action in enumerate(record.actions):
        yield Written(f"actions[{index}]", "actions", action.action)
    for part in ("went_well", "went_wrong", "lucky", "open_questions"):
        yield Written(part, "lessons", getattr(record, part))
    for index, revision in enumerate(record.revisions):
        yield Written(f"revisions[{index}]", "lessons", revision.text)
    for name, absence in record.absences.items():
        yield Written(name, _SECTION_OF.get(name, name), absence.why)


def _cause(part: str, cause: Cause) -> Iterator[Written]:
    yield Written(part, "causes", cause.title)
    yield Written(f"{part}.story", "causes", cause.story)
    yield Written(f"{part}.evidence", "causes", cause.evidence)
    for index, change in enumerate(cause.prompts):
        yield Written(f"{part}.prompts[{index}]", "prompts", change.note)
    for index, gap in enumerate(cause.gaps):
        yield Written(f"{part}.gaps[{index}]", "evals", gap.text)
    for name, absence in cause.absences.items():
        yield Written(f"{part}.{name}", _SECTION_IN_CAUSE[name], absence.why)
