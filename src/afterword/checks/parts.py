"""The texts of a record that were written by people, each with its place."""

from collections.abc import Iterator
from typing import NamedTuple

from afterword.record.model import Cause, Record


class Written(NamedTuple):
    """A text with the part of the record that holds it and the section of the walk that edits it."""

    part: str
    section: str
    text: str


def written(record: Record) -> Iterator[Written]:
    """Return prose, titles, rows and notes in the record's order; no samples, diffs or settings."""
    for found in _all(record):
        if found.text:
            yield found


def _all(record: Record) -> Iterator[Written]:
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
        yield Written(f"revisions[{index}]", "save", revision.text)
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
        yield Written(f"{part}.{name}", _SECTION_OF.get(name, name), absence.why)


_SECTION_OF = {"attempts": "mitigation", "prompt": "prompts"}
