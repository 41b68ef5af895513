"""What real incidents need is in the hand-written records, and comes back from them."""

import re
from pathlib import Path

import pytest

from afterword.record.absence import Absence
from afterword.record.document import parse, parse_bytes, render
from afterword.record.model import Cause, PromptChange, Record
from afterword.record.vocabulary import (
    AbsenceKind,
    ActorKind,
    CauseKind,
    CauseRole,
    Certainty,
    GapReason,
    PromptChangeKind,
    words,
)
from afterword.record.when import When

FOLDER = Path(__file__).parents[1] / "records"
TEXTS = {path.stem: parse_bytes(path.read_bytes(), path.name) for path in sorted(FOLDER.glob("*.md"))}
RECORDS = {name: parse(text, name) for name, text in TEXTS.items()}
CAUSES = [cause for record in RECORDS.values() for cause in record.causes]
PROMPTS = [change for cause in CAUSES for change in cause.prompts]


def cause(name: str, number: int) -> Cause:
    return RECORDS[name].causes[number - 1]


def times(record: Record) -> list[str]:
    listed = (record.impact_started, record.detected, record.diagnosed, record.mitigated, record.resolved)
    rows = [row.time for row in record.timeline] + [time for cause in record.causes for time in cause.active]
    return [str(time) for time in (*listed, *rows) if isinstance(time, When)]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_all_but_the_rough_one_are_canonical(name: str) -> None:
    assert (render(RECORDS[name]) == TEXTS[name]) is (name != "edited-by-hand")
    assert parse(render(RECORDS[name])) == RECORDS[name]


def test_there_are_enough_of_them() -> None:
    assert len(TEXTS) >= 7


def test_several_causes_have_dates_scope_evals_and_upstream_of_their_own() -> None:
    causes = RECORDS["overlapping-causes"].causes
    assert len({each.active for each in causes}) == len({each.affects for each in causes}) == len(causes)
    assert all(each.upstream and (each.gaps or each.gates or "evals" in each.absences) for each in causes)
    assert {each.role for each in causes} == set(words(CauseRole))


def test_causes_that_hurt_only_together_and_a_chain() -> None:
    first, second = cause("overlapping-causes", 1), cause("overlapping-causes", 2)
    assert (first.only_with, second.only_with, second.leads_to) == ((2,), (1,), (3,))


def test_competing_hypotheses() -> None:
    assert {each.certainty for each in CAUSES} >= set(words(Certainty))
    disputed = RECORDS["disputed"].causes
    assert [each.certainty for each in disputed[:3]] == ["disputed", "inferred", "rejected"]
    assert all(each.evidence for each in disputed[:3])


def test_every_kind_of_cause() -> None:
    assert {each.kind for each in CAUSES} == set(words(CauseKind))


def test_times_as_people_know_them() -> None:
    found = [text for record in RECORDS.values() for text in times(record)]
    for form in (
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)",
        r"\d{4}-\d\d-\d\dT\d\d:\d\dZ",
        r"\d{4}-\d\d-\d\dT\d\d:\d\d-08:00",
        r"\d{4}-\d\d-\d\d",
        r"\d{4}-\d\d",
        r".*~",
        r".*\?",
        r"[^/]+/[^./]+",
        r"[^/]+/\.\.",
        r"\.\./.+",
    ):
        assert any(re.fullmatch(form, text) for text in found), form
    assert all("T" not in text for text in times(RECORDS["day-precise"]))
    assert len(cause("overlapping-causes", 3).active) == 2


def test_prompts_replaced_moved_deleted_and_brought_back() -> None:
    assert {change.kind for change in PROMPTS} == set(PromptChangeKind)
    by_kind: dict[str, PromptChange] = {change.kind: change for change in PROMPTS}
    assert by_kind["moved"].path_before and by_kind["replaced"].path_before
    assert (by_kind["deleted"].after, by_kind["added"].before) == ("", "")
    assert by_kind["re-introduced"].after


def test_a_prompt_change_that_was_the_fix() -> None:
    fix = cause("prompt-fix", 1).prompts[0]
    assert fix.kind is PromptChangeKind.FIX
    assert "fix, not the cause" in fix.note


def test_a_prompt_in_a_constant_and_prompts_of_two_products() -> None:
    constant, other = cause("overlapping-causes", 1).prompts
    assert (constant.path, constant.constant) == ("assistant/prompts.py", "LOCALE_BLOCK")
    assert other.path.startswith("fare-search/")
    assert other.deployed == Absence(AbsenceKind.UNKNOWN)


def test_an_effective_prompt_that_was_in_no_repository() -> None:
    (effective,) = cause("overlapping-causes", 1).effective
    assert effective.versioned == "no"
    assert effective.source.startswith("trace")
    assert len(effective.origins) == 3


def test_impact_with_its_own_denominators_bounds_and_sources() -> None:
    impact = RECORDS["overlapping-causes"].impact
    assert {row.value.split()[0] for row in impact} >= {"~", "peak", "≤", "<"}
    assert len({row.of for row in impact}) >= 3
    assert all(row.source for row in impact)


def test_gates_and_an_early_warning_that_was_overridden() -> None:
    record = RECORDS["overlapping-causes"]
    assert [(gate.result, gate.blocking) for gate in record.causes[0].gates][1] == ("warned", "yes, overridden")
    assert any(row.kind == "warning" for row in record.timeline)
    assert {gap.reason for each in CAUSES for gap in each.gaps} == set(GapReason)


def test_every_kind_of_actor_and_a_self_report_that_is_unverified() -> None:
    actors = {row.actor for record in RECORDS.values() for row in record.timeline}
    assert {re.split(r"[ ,]", actor)[0] for actor in actors} == set(words(ActorKind))
    assert any(row.actor == "ai_agent, unverified" for row in RECORDS["agent-as-actor"].timeline)
    assert all("(" in actor for actor in actors if actor.startswith("person"))


def test_mitigations_that_failed_before_the_one_that_worked() -> None:
    assert [attempt.result for attempt in RECORDS["overlapping-causes"].attempts] == ["failed", "partly", "worked"]


def test_what_was_not_affected_and_what_was_learned_later() -> None:
    record = RECORDS["overlapping-causes"]
    assert "partner API" in record.not_affected
    assert [str(revision.date) for revision in record.revisions] == ["2026-02-09", "2026-02-18T09:30Z"]


def test_no_prompt_no_model_no_eval() -> None:
    record = RECORDS["no-prompt"]
    first = record.causes[0]
    assert set(first.absences) == {"prompt", "settings", "evals"}
    assert {"samples", "eval_case"} <= set(record.absences)
    assert all(absence.is_answer and absence.why for absence in (*first.absences.values(), *record.absences.values()))


def test_all_four_honest_absences() -> None:
    found = {absence.kind for part in (*RECORDS.values(), *CAUSES) for absence in part.absences.values()}
    assert found == set(AbsenceKind)


def test_a_proof_of_the_new_case() -> None:
    case = RECORDS["overlapping-causes"].eval_case
    assert case and case.proof
    sides = [(side.side, side.verdict, side.failed) for side in case.proof.sides]
    assert sides == [("before", "fail", 10), ("after", "pass", 0)]


def test_the_rough_one_has_everything_that_hands_do() -> None:
    text, record = TEXTS["edited-by-hand"], RECORDS["edited-by-hand"]
    assert "\r\n" in text
    by_hand = (
        "<!--",
        "## Appendix",
        "#### Notes of the review",
        "All times are local",
        "|Ticket|",
        "| Team |",
        "ticket:",
    )
    for loose in by_hand:
        assert loose in text and loose not in render(record)
    assert text.index("## Timeline") < text.index("## Summary")
    assert len(record.timeline) == 3
    assert record.causes[0].title == "An example in the prompt was read as a rule"
