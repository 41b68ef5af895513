"""Two versions of one record: what only one side changed is taken, what both changed is theirs to choose."""

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from afterword.record.absence import Absence
from afterword.record.combining import Combined, combine
from afterword.record.document import parse, render, rewrite
from afterword.record.model import ActionItem, Cause, ImpactRow, Record, SettingRow
from tests.checks.records import complete, when
from tests.examples import examples
from tests.record.strategies import records

BASE = complete()
ROW = BASE.timeline[0]


def both(theirs: dict[str, Any], mine: dict[str, Any], base: Record = BASE, **chosen: Any) -> Combined:
    return combine(base, base.changed(**theirs), base.changed(**mine), chosen)


def open_parts(outcome: Combined) -> list[str]:
    return [each.place.path for each in outcome.differences if each.is_open]


def test_fields_that_one_side_changed_are_taken() -> None:
    outcome = both({"summary": "Theirs.", "severity": "SEV1"}, {"title": "Mine", "lucky": "Mine."})
    assert outcome.record == BASE.changed(summary="Theirs.", severity="SEV1", title="Mine", lucky="Mine.")
    assert open_parts(outcome) == [] and len(outcome.differences) == 4


def test_a_field_that_both_changed_is_open_and_mine_stands_till_then() -> None:
    outcome = both({"summary": "Theirs."}, {"summary": "Mine."})
    assert open_parts(outcome) == ["summary"] and outcome.record.summary == "Mine."
    assert both({"summary": "Theirs."}, {"summary": "Mine."}, summary="theirs").record.summary == "Theirs."


def test_the_same_change_on_both_sides_is_no_difference() -> None:
    assert both({"summary": "Same."}, {"summary": "Same."}).differences == ()


def test_rows_added_by_both_stand_together() -> None:
    theirs, mine = ROW.changed(what="Theirs"), ROW.changed(time=when("2026-03-04"), what="A wholly other event")
    outcome = both({"timeline": (*BASE.timeline, theirs)}, {"timeline": (mine, *BASE.timeline)})
    assert [row.what for row in outcome.record.timeline] == [
        "A wholly other event",
        "First ticket",
        "Prompt restored",
        "Theirs",
    ]
    assert open_parts(outcome) == []


def test_a_row_that_one_removed_and_the_other_changed_is_open() -> None:
    outcome = both({"timeline": BASE.timeline[1:]}, {"timeline": (ROW.changed(evidence="8841"), BASE.timeline[1])})
    (difference,) = outcome.differences
    assert difference.is_open and difference.theirs is None
    assert len(outcome.record.timeline) == 2
    assert len(both({"timeline": BASE.timeline[1:]}, {"timeline": (ROW.changed(evidence="8841"), BASE.timeline[1])},
                    **{difference.key: "theirs"}).record.timeline) == 1  # fmt: skip


def test_halves_of_two_rows_are_never_put_together() -> None:
    row = BASE.impact[0]
    outcome = both({"impact": (row.changed(value="2 %"),)}, {"impact": (row.changed(of="chats"),)})
    assert open_parts(outcome) == ["impact[0]"]
    assert outcome.record.impact[0] in (row.changed(value="2 %"), row.changed(of="chats"))


def test_an_action_item_is_one_by_its_number_and_combined_by_field() -> None:
    item = BASE.actions[0]
    outcome = both(
        {"actions": (item.changed(state="done", evidence="#42"),)},
        {"actions": (item.changed(action="Something else entirely", owner="@evals"),)},
    )
    assert outcome.record.actions == (
        item.changed(state="done", evidence="#42", action="Something else entirely", owner="@evals"),
    )
    assert open_parts(outcome) == []


def test_two_new_action_items_of_one_number_are_both_kept() -> None:
    theirs, mine = ActionItem(id="A2", action="Alert on refunds"), ActionItem(id="A2", action="Write a runbook")
    outcome = both({"actions": (*BASE.actions, theirs)}, {"actions": (*BASE.actions, mine)})
    assert [(item.id, item.action) for item in outcome.record.actions[1:]] == [
        ("A2", "Alert on refunds"),
        ("A3", "Write a runbook"),
    ]


def test_words_of_a_list_are_combined_one_by_one() -> None:
    base = BASE.changed(services=("a", "b"))
    outcome = both({"services": ("a", "b", "theirs")}, {"services": ("b", "mine")}, base)
    assert sorted(outcome.record.services) == ["b", "mine", "theirs"] and open_parts(outcome) == []


def test_the_order_that_one_side_changed_is_taken_and_of_two_orders_one_is_chosen() -> None:
    rows = tuple(ImpactRow(measure=name, value="1") for name in ("tickets sold", "calls lost", "refunds owed"))
    base = BASE.changed(impact=rows)
    assert both({"impact": rows[::-1]}, {"title": "x"}, base).record.impact == rows[::-1]
    theirs, mine = {"impact": rows[::-1]}, {"impact": (rows[1], rows[0], rows[2])}
    assert both(theirs, mine, base).record.impact == mine["impact"]
    assert both(theirs, mine, base, **{"impact.order": "theirs"}).record.impact == rows[::-1]


def test_causes_name_each_other_rightly_after_both_added_one() -> None:
    first, second = BASE.causes[0], Cause(title="Caches kept the old prompt", role="amplifier", story="TTL of a day.")
    base = BASE.changed(causes=(first, second.changed(leads_to=(1,))))
    theirs = Cause(title="No gate on prompts", role="contributing", story="Prompts are not code here.", leads_to=(2,))
    outcome = both(
        {"causes": (theirs, base.causes[0], second.changed(leads_to=(2,)))},
        {"causes": (base.causes[0].changed(only_with=(2,)), base.causes[1])},
        base,
    )
    causes = outcome.record.causes
    by_title = {cause.title: number for number, cause in enumerate(causes, 1)}
    assert causes[by_title[theirs.title] - 1].leads_to == (by_title[first.title],)
    assert causes[by_title[second.title] - 1].leads_to == (by_title[first.title],)
    assert causes[by_title[first.title] - 1].only_with == (by_title[second.title],)
    assert open_parts(outcome) == []
    assert outcome.followed("causes[0].story") == f"causes[{by_title[first.title] - 1}].story"
    assert outcome.followed("summary") == "summary"


def test_an_absence_against_new_rows_is_a_question() -> None:
    base = BASE.changed(impact=())
    rows, why = (ImpactRow(measure="refunds"),), Absence("not applicable", "nobody was hit")
    theirs, mine = {"impact": rows}, {"absences": {"impact": why}}
    outcome = both(theirs, mine, base)
    assert open_parts(outcome) == ["impact"]
    assert (outcome.record.impact, outcome.record.absences) == ((), {"impact": why})
    taken = both(theirs, mine, base, impact="theirs").record
    assert (taken.impact, taken.absences) == (rows, {})


def test_an_absence_of_a_cause_against_new_rows_is_a_question() -> None:
    cause = BASE.causes[0].changed(settings=())
    base = BASE.changed(causes=(cause,))
    told = cause.changed(absences={"settings": Absence("unknown")})
    row = SettingRow(setting="top_p", before="1", after="0.9")
    theirs, mine = {"causes": (cause.changed(settings=(row,)),)}, {"causes": (told,)}
    assert open_parts(both(theirs, mine, base)) == ["causes[0].settings"]


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_what_is_not_taken_is_told(side: Any) -> None:
    (difference,) = both({"summary": "Theirs."}, {"summary": "Mine."}).differences
    other = ("theirs", "Theirs.") if side == "mine" else ("mine", "Mine.")
    assert difference.left({"summary": side}) == other


@given(st.tuples(records, records, records))
@settings(max_examples=examples(10, 20), deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_any_three_records_give_one_that_can_be_saved(sides: tuple[Record, Record, Record]) -> None:
    base, theirs, mine = sides
    for outcome in (combine(base, base, mine, {}).record, combine(base, mine, base, {}).record):
        wrong = [name for name in Record.model_fields if getattr(outcome, name) != getattr(mine, name)]
        assert not wrong, [(getattr(base, name), getattr(mine, name), getattr(outcome, name)) for name in wrong]
    record = combine(base, theirs, mine, {}).record
    assert parse(rewrite(render(theirs), record)) == record
