"""What is open is asked for, where it is; an honest absence is an answer."""

from typing import Any

import pytest

from afterword.checks import SECTIONS, answered, completeness, vocabulary
from afterword.record.absence import Absence
from afterword.record.model import ActionItem, Cause, EvalCase, Record, Redactions, Sample, Upstream
from tests.checks.records import NOT_APPLICABLE, complete, when


def errors(record: Record) -> list[tuple[str, str]]:
    return [(p.section, p.part) for p in completeness(record) if p.severity == "error"]


def test_a_complete_record_has_nothing_open() -> None:
    assert completeness(complete()) == []
    assert set(answered(complete()).values()) == {"done"}


def test_an_empty_record_is_open_in_every_section() -> None:
    states = answered(Record())
    assert tuple(states) == SECTIONS
    assert set(states.values()) == {"open"}
    assert {section for section, _ in errors(Record())} >= {
        "incident", "times", "summary", "impact", "timeline", "causes", "samples", "mitigation", "eval_case",
        "actions", "lessons",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "section", "part"),
    [
        ({"title": ""}, "incident", "title"),
        ({"severity": "undetermined"}, "incident", "severity"),
        ({"owner": ""}, "incident", "owner"),
        ({"customers_noticed": None}, "incident", "customers_noticed"),
        ({"impact_started": None}, "times", "impact_started"),
        ({"resolved": None}, "times", "resolved"),
        ({"summary": ""}, "summary", "summary"),
        ({"impact": ()}, "impact", "impact"),
        ({"timeline": ()}, "timeline", "timeline"),
        ({"causes": ()}, "causes", "causes"),
        ({"samples": ()}, "samples", "samples"),
        ({"samples": (Sample(text="x"),)}, "samples", "samples[0]"),
        ({"samples": (Sample(text="x", redactions=Redactions(reviewed=False)),)}, "samples", "samples[0]"),
        ({"immediate_fix": ""}, "mitigation", "immediate_fix"),
        ({"eval_case": None}, "eval_case", "eval_case"),
        ({"eval_case": EvalCase()}, "eval_case", "eval_case"),
        ({"actions": ()}, "actions", "actions"),
        ({"went_wrong": ""}, "lessons", "went_wrong"),
    ],
)
def test_each_gap_is_asked_for_where_it_is(change: dict[str, Any], section: str, part: str) -> None:
    assert errors(complete(**change)) == [(section, part)]
    assert answered(complete(**change))[section] != "done"


@pytest.mark.parametrize(
    ("change", "section", "part"),
    [
        ({"title": ""}, "causes", "causes[0]"),
        ({"role": ""}, "causes", "causes[0].role"),
        ({"kind": ""}, "causes", "causes[0].kind"),
        ({"story": ""}, "causes", "causes[0].story"),
        ({"upstream": None}, "causes", "causes[0].upstream"),
        ({"prompts": ()}, "prompts", "causes[0].prompts"),
        ({"settings": ()}, "settings", "causes[0].settings"),
        ({"gaps": ()}, "evals", "causes[0].gaps"),
    ],
)
def test_each_cause_answers_its_ai_questions(change: dict[str, Any], section: str, part: str) -> None:
    cause = complete().causes[0].changed(**change)
    assert errors(complete(causes=(cause,))) == [(section, part)]


def test_absences_are_answers_and_pending_is_not() -> None:
    bare = (
        complete()
        .causes[0]
        .changed(
            prompts=(),
            settings=(),
            gaps=(),
            absences=dict.fromkeys(("prompt", "settings", "evals"), NOT_APPLICABLE),
        )
    )
    record = complete(
        causes=(bare,),
        samples=(),
        eval_case=None,
        actions=(),
        impact=(),
        detected=Absence("unknown"),
        absences={
            "samples": Absence("not published"),
            "eval_case": Absence("not applicable", "no eval exists"),
            "actions": Absence("unknown"),
            "impact": Absence("still pending"),
        },
    )
    problems = completeness(record)
    assert [(p.code, p.section, p.severity) for p in problems] == [("pending", "impact", "warning")]
    assert answered(record)["impact"] == "open"
    assert answered(record)["prompts"] == answered(record)["samples"] == "done"


def test_still_pending_is_an_error_once_the_record_was_reviewed() -> None:
    record = complete(status="reviewed", detected=Absence("still pending"))
    assert [(p.part, p.severity) for p in completeness(record)] == [("detected", "error")]


def test_a_rejected_hypothesis_owes_no_evidence() -> None:
    rejected = Cause(
        title="Cache", role="root cause", kind="other", certainty="rejected", story="Ruled out by replay.",
        upstream=Upstream(answer="no"),
    )  # fmt: skip
    assert errors(complete(causes=(*complete().causes, rejected))) == []


def test_timeline_shows_detection_and_mitigation() -> None:
    first, second = complete().timeline
    assert errors(complete(timeline=(first,))) == [("timeline", "timeline")]
    assert errors(complete(timeline=(second,), detected=Absence("unknown"))) == []


def test_every_action_has_owner_date_and_its_own_id() -> None:
    bare = ActionItem(id="A1", type="prevent", action="Run the suite")
    messages = [
        p.message for p in completeness(complete(actions=(bare, bare.changed(owner="@x", due=when("2026-04")))))
    ]
    assert messages == ["Action A1 has no owner.", "Action A1 has no due date.", "Action A1 exists twice."]
    assert completeness(complete(actions=(bare.changed(state="dropped"),))) == []


def test_left_over_words_are_found_with_their_line() -> None:
    (problem,) = completeness(complete(summary="One.\n\nTODO: numbers"))
    assert (problem.code, problem.part, problem.offset) == ("unfinished", "summary", 2)


def test_unknown_words_name_the_nearest_and_the_allowed() -> None:
    cause = complete().causes[0].changed(role="root case", kind="model config")
    problems = vocabulary(complete(causes=(cause,), severity="S2"), ("S1", "S2"))
    assert [(p.excerpt, p.severity) for p in problems] == [("root case", "error"), ("model config", "error")]
    assert "“root cause”" in problems[0].hint and "contributing" in problems[0].hint
    assert "“model_config”" in problems[1].hint
    (severity,) = vocabulary(complete(severity="SEV9"))
    assert severity.part == "severity" and "SEV1, SEV2, SEV3, SEV4, undetermined" in severity.hint


def test_own_words_of_a_team_are_only_remarked_upon() -> None:
    row = complete().timeline[0].changed(kind="standup", actor="person (support lead)")
    (problem,) = vocabulary(complete(timeline=(row,)))
    assert (problem.part, problem.severity) == ("timeline[0]", "warning")
