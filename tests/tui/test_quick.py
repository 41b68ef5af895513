"""Rows typed in one line."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.record.model import ActionItem, Record, TimelineRow
from afterword.record.vocabulary import ActorKind, EventKind, words
from afterword.record.when import When
from afterword.tui.clock import Here
from afterword.tui.quick import action_item, due_date, timeline_row

NOON = Here(ZoneInfo("Europe/Berlin"), None, datetime(2026, 3, 3, 11, 0, tzinfo=UTC))  # a Tuesday


@pytest.mark.parametrize(
    ("typed", "time", "kind", "actor", "what", "evidence"),
    [
        ("11:40 the page came", "2026-03-03T11:40+01:00", "", "", "the page came", ""),
        (
            "yesterday 14:05 detection customer: first ticket [ticket 8841]",
            "2026-03-02T14:05+01:00",
            "detection",
            "customer",
            "first ticket",
            "ticket 8841",
        ),
        (
            "2026-03-02T14:05Z person (on-call): paged",
            "2026-03-02T14:05Z",
            "",
            "person (on-call)",
            "paged",
            "",
        ),
        ("9am deploy, tool: v2", "2026-03-03T09:00+01:00", "deploy", "tool", "v2", ""),
        ("now resolution: done", "2026-03-03T12:00+01:00", "resolution", "", "done", ""),
        (
            "08:40 ai_agent, unverified: said it passed",
            "2026-03-03T08:40+01:00",
            "",
            "ai_agent, unverified",
            "said it passed",
            "",
        ),
        ("2026-03 the provider changed weights", "2026-03", "", "", "the provider changed weights", ""),
        (
            "08:40 note: see https://example.com/a",
            "2026-03-03T08:40+01:00",
            "note",
            "",
            "see https://example.com/a",
            "",
        ),
        (
            "08:40 reason: the clause was gone",
            "2026-03-03T08:40+01:00",
            "",
            "",
            "reason: the clause was gone",
            "",
        ),
        ("08:40 deploy went out", "2026-03-03T08:40+01:00", "", "", "deploy went out", ""),
    ],
)
def test_a_timeline_line_is_understood(typed: str, time: str, kind: str, actor: str, what: str, evidence: str) -> None:
    row = timeline_row(typed, NOON)
    assert (str(row.time), row.kind, row.actor, row.what, row.evidence) == (time, kind, actor, what, evidence)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Begin with the time"),
        ("14:05", "Say what happened"),
        ("the page came", "cannot be read as a time"),
    ],
)
def test_a_line_without_time_or_event_says_what_is_missing(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        timeline_row(typed, NOON)


plain_words = st.lists(st.from_regex(r"x[a-z]{2,9}", fullmatch=True), min_size=1, max_size=6).map(" ".join)


@given(
    what=plain_words,
    kind=st.sampled_from(["", *words(EventKind)]),
    actor=st.sampled_from(["", *words(ActorKind), "person (on-call)", "ai_agent, unverified"]),
    evidence=st.sampled_from(["", "commit 4f1c2d9", "ticket 8841"]),
)
def test_every_part_of_a_line_finds_its_place(what: str, kind: str, actor: str, evidence: str) -> None:
    head = " ".join(filter(None, (kind, actor)))
    typed = f"2026-03-02T14:05Z {head + ': ' if head else ''}{what}{f' [{evidence}]' if evidence else ''}"
    row = TimelineRow(time=When.parse("2026-03-02T14:05Z"), kind=kind, actor=actor, what=what, evidence=evidence)
    assert timeline_row(typed, NOON) == row


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            "prevent: run the evals on every prompt change @ml-platform in 2 weeks",
            ("prevent", "run the evals on every prompt change", "@ml-platform", "2026-03-17"),
        ),
        (
            "add a case for late refunds @support friday",
            ("", "add a case for late refunds", "@support", "2026-03-06"),
        ),
        ("add a case by 2026-03-20 @support", ("", "add a case", "@support", "2026-03-20")),
        ("cover the 10 largest prompts", ("", "cover the 10 largest prompts", "", "None")),
        ("plan the cases for 2026", ("", "plan the cases for 2026", "", "None")),
    ],
)
def test_an_action_line_is_understood(typed: str, expected: tuple[str, str, str, str]) -> None:
    item = action_item(typed, NOON, Record())
    assert (item.type, item.action, item.owner, str(item.due)) == expected


def test_actions_are_numbered_past_those_there_are() -> None:
    record = Record(actions=(ActionItem(id="A1"), ActionItem(id="A3")))
    assert action_item("add a case", NOON, record).id == "A2"


@pytest.mark.parametrize("typed", ["@owner", "", "prevent: "])
def test_an_action_without_words_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="Say what will be done"):
        action_item(typed, NOON, Record())


@pytest.mark.parametrize(
    ("typed", "day"),
    [("tomorrow", "2026-03-04"), ("wed", "2026-03-04"), ("+10 d", "2026-03-13"), ("~2026-04", "2026-04~")],
)
def test_deadlines_lie_ahead(typed: str, day: str) -> None:
    assert str(due_date(typed, NOON)) == day


@pytest.mark.parametrize("typed", ["14:05", "soon", "2026", "next year"])
def test_what_is_no_deadline_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"deadline|day"):
        due_date(typed, NOON)
