"""The 72-hour clock, and clocks that run backwards."""

from datetime import UTC, datetime

import pytest

from afterword.checks import Clock, check, chronology, deadline
from afterword.record.absence import Absence
from afterword.record.model import TimelineRow
from tests.checks.records import complete, when

NOW = datetime(2026, 3, 3, 11, 43, tzinfo=UTC)


@pytest.mark.parametrize(
    ("resolved", "now", "state", "text"),
    [
        ("2026-03-03T10:55Z", NOW, "running", "71 h 12 m left"),
        ("2026-03-03T11:55+01:00", NOW, "running", "71 h 12 m left"),
        ("2026-03-03T10:55Z", datetime(2026, 3, 6, 13, 56, tzinfo=UTC), "overdue", "overdue by 3 h"),
        ("2026-03-03T10:55Z", datetime(2026, 4, 6, 13, 55, tzinfo=UTC), "overdue", "overdue by 31 d"),
        ("2026-03-03", NOW, "running", "at least 60 h 17 m left"),
        ("2026-03-03", datetime(2026, 3, 6, 12, tzinfo=UTC), "due", "due now"),
        ("2026-03-03", datetime(2026, 3, 7, 1, tzinfo=UTC), "overdue", "overdue by 1 h"),
    ],
)
def test_clock_tells_what_is_left(resolved: str, now: datetime, state: str, text: str) -> None:
    clock = Clock(complete(resolved=when(resolved)), now)
    assert (clock.state, clock.text) == (state, text)


def test_clock_without_a_resolution_and_after_hand_over() -> None:
    assert Clock(complete(resolved=None), NOW).text == "not resolved yet"
    assert Clock(complete(resolved=Absence("unknown")), NOW).text == "resolution unknown"
    assert Clock(complete(status="in_review"), NOW).text == "done"


def test_an_overdue_record_is_advised_not_failed() -> None:
    late = datetime(2026, 3, 9, tzinfo=UTC)
    assert [(p.code, p.severity) for p in deadline(complete(), late)] == [("deadline", "warning")]
    assert deadline(complete(), NOW) == []


@pytest.mark.parametrize(
    ("change", "part", "severity"),
    [
        ({"detected": "2026-03-02T14:04Z"}, "detected", "error"),
        ({"resolved": "2026-03-03T10:19Z"}, "resolved", "error"),
        ({"mitigated": "2026-03-01"}, "mitigated", "error"),
        ({"acknowledged": "2026-03-03T08:39Z"}, "acknowledged", "error"),
        ({"detected": "2026-03-03T10:25Z", "acknowledged": None}, "mitigated", "warning"),
    ],
)
def test_a_clock_that_runs_backwards_is_told_once(change: dict[str, str | None], part: str, severity: str) -> None:
    record = complete(**{name: text and when(text) for name, text in change.items()})
    assert [(p.part, p.severity) for p in chronology(record) if p.code == "clock-backwards"] == [(part, severity)]


@pytest.mark.parametrize(
    "change",
    [
        {"detected": "2026-03-02"},
        {"detected": "2026-03-02T14:00Z~"},
        {"detected": "2026-03-02T15:05+01:00"},
        {"mitigated": "2026-03"},
        {"diagnosed": "2026-03-04"},
        {"resolved": "2026-03-03T10:20Z/.."},
    ],
)
def test_times_that_may_agree_are_left_alone(change: dict[str, str]) -> None:
    assert chronology(complete(**{name: when(text) for name, text in change.items()})) == []


def test_rows_outside_the_incident_are_fine() -> None:
    early = TimelineRow(time=when("2025-11"), kind="change", actor="tool", what="Clause added")
    assert chronology(complete(timeline=(early, *complete().timeline))) == []


def test_times_ahead_and_due_dates_behind_are_questioned() -> None:
    now = datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert [(p.code, p.part) for p in chronology(complete(), now)] == [
        ("time-ahead", "mitigated"),
        ("time-ahead", "resolved"),
    ]
    action = complete().actions[0].changed(due=when("2025-03-20"))
    assert [p.code for p in chronology(complete(actions=(action,)))] == ["due-before-incident"]


def test_a_prompt_deployed_before_its_commit_is_questioned() -> None:
    cause = complete().causes[0]
    change = cause.prompts[0].changed(committed=when("2026-03-02T18:00Z"))
    (problem,) = chronology(complete(causes=(cause.changed(prompts=(change,)),)))
    assert (problem.section, problem.severity) == ("prompts", "warning")


def test_the_whole_check_keeps_the_order_of_the_walk() -> None:
    record = complete(title="", lucky="The engineer forgot it.", summary="Human error.", severity="SEV9")
    assert [p.section for p in check(record, now=NOW)] == ["incident", "incident", "summary", "lessons"]
    assert check(complete(), now=NOW) == []
