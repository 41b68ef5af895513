"""Everything that may have been typed or pasted is looked at for secrets, with a place that leads there."""

import json
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest

from afterword.checks import SECTIONS, blameless, exposed, placed
from afterword.checks.parts import undecided, written
from afterword.record.absence import Absence
from afterword.record.document import locate, render
from afterword.record.model import (
    Attempt,
    Cause,
    EffectivePrompt,
    EvalCase,
    External,
    Gate,
    LineOrigin,
    OffendingLines,
    Part,
    Proof,
    ProofSide,
    Record,
    Revision,
    Sample,
    Upstream,
)
from afterword.record.paths import put_text, text_at
from tests.checks.records import complete, when
from tests.checks.test_exposed import Hit

MARK = "zq4mark"
Step = str | int


def full() -> Record:
    """Return a record with something in every field."""
    record = complete()
    (first,) = record.causes
    (prompt,) = first.prompts
    first = first.changed(
        affects=("support-agent",),
        evidence="replayed",
        upstream=Upstream(answer="yes", detail="incident page"),
        prompts=(
            prompt.changed(path_before="old.md", constant="RULES", before="4f1c2d9", after="8a0b1c2", note="A note."),
        ),
        effective=(EffectivePrompt(source="trace", text="a\nb", origins=(LineOrigin(line="a", origin="deleted"),)),),
        offending=(OffendingLines(path="prompts/system.md", revision="4f1c2d9", text="bad"),),
        gates=(Gate(gate="ci", result="passed", blocking="yes"),),
    )
    second = Cause(
        title="Second",
        absences={name: Absence("not applicable", "why") for name in ("prompt", "settings", "evals")},  # type: ignore[misc]
    )
    third = first.changed(prompts=(prompt.changed(deployed=Absence("unknown", "why")),))
    return record.changed(
        authors=("@support-oncall",),
        tags=("tone",),
        related=("2026-01-14-old",),
        external=External(state="not_needed", why="internal"),
        acknowledged=Absence("unknown", "why"),
        impact=(record.impact[0].changed(scope="EU", source="tickets"),),
        not_affected="Voice.",
        timeline=(record.timeline[0].changed(evidence="ticket"),),
        causes=(first, second, third),
        samples=(record.samples[0].changed(title="One", model="m", note="A note."),),
        absences={"attempts": Absence("not applicable", "why")},
        eval_case=EvalCase(
            path="evals/x.yaml",
            runner="promptfoo",
            input="in",
            expected="out",
            assertion="not",
            note="A note.",
            proof=Proof(
                command="run", versions="v1", sides=(ProofSide(side="before", revision="4f1c2d9", duration="1 s"),)
            ),
        ),
        actions=(record.actions[0].changed(evidence="link"),),
        open_questions="None.",
        revisions=(Revision(date=when("2026-03-05"), text="Learned."),),
    )


def with_attempt() -> Record:
    return complete(attempts=(Attempt(what="Restart", result="failed", evidence="trace"),))


EXEMPT = {"diff", "side"}
"""git says what is in a diff; the side of a proof is before or after."""


def strings(value: Any, way: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Yield the way to each string in a record that is free text."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield way
    elif isinstance(value, Absence):
        yield (*way, "why")
    for step, each in steps(value):
        yield from strings(each, (*way, step))


def steps(value: Any) -> list[tuple[Step, Any]]:
    """Return what a value of a record holds."""
    if isinstance(value, Part):
        return [(name, getattr(value, name)) for name in type(value).model_fields if name not in EXEMPT]
    if isinstance(value, tuple):
        return list(enumerate(value))
    return list(value.items()) if isinstance(value, dict) else []


def put(value: Any, way: tuple[Step, ...]) -> Any:
    """Return a value with MARK at the end of a way."""
    if not way:
        return MARK
    step, *rest = way
    if isinstance(value, Absence):
        return Absence(value.kind, MARK)
    if isinstance(value, Part):
        return value.changed(**{str(step): put(getattr(value, str(step)), tuple(rest))})
    if isinstance(value, dict):
        return value | {step: put(value[step], tuple(rest))}
    return tuple(put(each, tuple(rest)) if index == step else each for index, each in enumerate(value))


WAYS = [(full, way) for way in strings(full())]
WAYS += [(with_attempt, way) for way in strings(with_attempt()) if way[0] == "attempts"]


@pytest.mark.parametrize(
    ("make", "way"), WAYS, ids=lambda each: ".".join(map(str, each)) if type(each) is tuple else ""
)
def test_a_value_in_any_field_is_written_with_its_place(make: Any, way: tuple[Step, ...]) -> None:
    record = put(make(), way)
    found = [each for each in written(record) if MARK in each.text]
    assert len(found) == 1, way
    part, section, _, path = found[0]
    if path or "labels" not in way:
        assert text_at(record, path) == MARK
        assert text_at(put_text(record, path, "other"), path) == "other"
    assert section in SECTIONS
    assert part.split("[")[0].split(".")[0] == (way[1] if way[0] == "absences" else way[0])
    known = locate(render(record))
    parent = part[: max(part.rfind("."), part.rfind("["), 0)]
    assert part in known or parent in known, part


@pytest.mark.parametrize(
    ("way", "part", "section"),
    [
        (("owner",), "owner", "incident"),
        (("tags", 0), "tags", "incident"),
        (("acknowledged", "why"), "acknowledged", "times"),
        (("impact", 0, "scope"), "impact[0]", "impact"),
        (("timeline", 0, "actor"), "timeline[0]", "timeline"),
        (("timeline", 0, "evidence"), "timeline[0]", "timeline"),
        (("causes", 0, "affects", 0), "causes[0].affects", "causes"),
        (("causes", 0, "effective", 0, "text"), "causes[0].effective[0].text", "prompts"),
        (("causes", 0, "effective", 0, "source"), "causes[0].effective[0]", "prompts"),
        (("causes", 0, "settings", 0, "before"), "causes[0].settings[0]", "settings"),
        (("causes", 0, "gates", 0, "gate"), "causes[0].gates[0]", "evals"),
        (("samples", 0, "model"), "samples[0]", "samples"),
        (("eval_case", "input"), "eval_case.input", "eval_case"),
        (("actions", 0, "owner"), "actions[0]", "actions"),
        (("revisions", 0, "text"), "revisions[0]", "lessons"),
    ],
)
def test_the_place_is_where_it_can_be_changed(way: tuple[Step, ...], part: str, section: str) -> None:
    assert (part, section, MARK) in [each[:3] for each in written(put(full(), way))]


def test_a_secret_pasted_into_an_effective_prompt_is_reported_in_its_line() -> None:
    address = "mia.k@" + "example.net"
    cause = full().causes[0].changed(effective=(EffectivePrompt(source="trace", text=f"You help.\nAsk {address}."),))
    record = full().changed(causes=(cause,))

    def scan(text: str) -> list[Hit]:
        at = text.find(address)
        return [Hit(at, at + len(address))] if at >= 0 else []

    text = render(record)
    (problem,) = placed(exposed(record, scan), locate(text))
    assert problem.section == "prompts"
    assert problem.line is not None
    assert address in text.split("\n")[problem.line - 1]
    assert address not in json.dumps([problem.message, problem.hint, problem.excerpt])


def test_what_was_decided_upon_and_what_git_says_is_not_asked_about_again() -> None:
    record = complete(samples=(Sample(text=MARK),))
    assert MARK in [each.text for each in written(record)]
    assert MARK not in [each.text for each in undecided(record)]
    assert "-a\n+b" not in [each.text for each in written(record)]
    assert not {"4f1c2d9", "8a0b1c2"} & {each.text for each in written(full())}


def test_wording_of_owners_and_evidence_is_nobody_s_concern() -> None:
    bad = "The engineer forgot to test."
    timeline = (full().timeline[0].changed(evidence=bad),)
    cause = full().causes[0].changed(effective=(EffectivePrompt(source=bad, text=bad),))
    assert blameless(full().changed(owner=bad, tags=(bad,), timeline=timeline, causes=(cause,))) == []
