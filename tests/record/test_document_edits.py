"""A file that was edited by hand and is walked again keeps every byte that the walk does not change."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from afterword.record import model
from afterword.record.absence import Absence
from afterword.record.document import DocumentError, parse, render, rewrite
from afterword.record.document.reading import read
from afterword.record.document.rewriting import merged
from afterword.record.vocabulary import AbsenceKind, GapReason
from afterword.record.when import When
from tests.record.edits import by_hand, walked
from tests.record.strategies import records
from tests.record.test_document import EXAMPLE

thorough = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
ROUGH = (Path(__file__).parents[1] / "records" / "edited-by-hand.md").read_bytes().decode()
EVENT = model.TimelineRow(time=When.parse("2026-06-01T10:00+02:00"), kind="note", what="a | b")


def changes(old: str, new: str) -> list[tuple[list[str], list[str]]]:
    """What a line diff shows: removed and added lines, change by change."""
    before, after = old.split("\n"), new.split("\n")
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(before[a:b], after[c:d]) for tag, a, b, c, d in codes if tag != "equal"]


def edited(text: str, record: model.Record) -> list[tuple[list[str], list[str]]]:
    new = rewrite(text, record)
    assert parse(new) == record
    return changes(text, new)


@given(st.data())
@thorough
def test_nothing_changed_means_not_a_byte_changed(data: st.DataObject) -> None:
    text = data.draw(by_hand(render(data.draw(records))))
    try:
        record = parse(text)
    except DocumentError:
        assume(False)
    assert rewrite(text, record) == text
    assert merged(read(text, "x"), record) == text
    assert parse(render(record)) == record


@given(st.data())
@thorough
def test_any_record_can_be_written_into_any_file(data: st.DataObject) -> None:
    text = data.draw(by_hand(render(data.draw(records))))
    try:
        record = parse(text)
    except DocumentError:
        assume(False)
    other = data.draw(records)
    wanted = data.draw(st.one_of(st.just(other), walked(record, other)))
    try:
        assert parse(rewrite(text, wanted)) == wanted
    except DocumentError as error:
        # Rare: hand-written text that would get a meaning once the piece beside it is gone. Refused, never wrong.
        assert "added by hand" in error.problem
        event("refused")


@given(records, records)
@thorough
def test_a_canonical_file_stays_canonical(one: model.Record, other: model.Record) -> None:
    assert rewrite(render(one), other) == render(other)
    edited_by_pieces = merged(read(render(one), "x"), other)
    assert parse(edited_by_pieces) == other


def test_the_rough_file_is_kept_to_the_byte() -> None:
    assert "\r\n" in ROUGH and not ROUGH.endswith("\n")
    assert rewrite(ROUGH, parse(ROUGH)) == ROUGH


def test_one_field_is_one_line() -> None:
    record = parse(ROUGH)
    assert edited(ROUGH, record.changed(severity="SEV1")) == [
        (
            ['severity: "SEV2"      # raised from SEV3 on day two\r'],
            ["severity: SEV1      # raised from SEV3 on day two\r"],
        )
    ]
    assert edited(ROUGH, record.changed(diagnosed=When.parse("2026-06-01"))) == [([], ["diagnosed: 2026-06-01\r"])]
    assert edited(ROUGH, record.changed(customers_noticed=None)) == [(["customers_noticed: yes\r"], [])]


def test_the_title_is_changed_in_both_places() -> None:
    assert edited(ROUGH, parse(ROUGH).changed(title="Menu bot")) == [
        (["title: 'Menu bot invented allergens: \"may contain\" everywhere'\r"], ["title: Menu bot\r"]),
        (['# Menu bot invented allergens: "may contain" everywhere\r'], ["# Menu bot\r"]),
    ]


def test_a_title_heading_that_differs_stays_until_the_title_changes() -> None:
    text = EXAMPLE.replace("\n# Support", "\n# Our support")
    assert parse(text).title.startswith("Support agent")
    assert "\n# Our support" in rewrite(text, parse(text).changed(owner="@x"))
    assert "\n# New\n" in rewrite(text, parse(text).changed(title="New"))


def test_a_list_of_keys_keeps_its_form_and_comments() -> None:
    record = parse(ROUGH)
    assert edited(ROUGH, record.changed(authors=("@new", *record.authors))) == [([], ["  - '@new'\r"])]
    assert edited(ROUGH, record.changed(authors=record.authors[:1])) == [(["  - '@food-safety'\r"], [])]
    assert edited(ROUGH, record.changed(tags=("a, b",))) == [(["tags: [menus, safety]\r"], ["tags: ['a, b']\r"])]


def test_a_changed_row_keeps_the_columns_of_its_own_table() -> None:
    record = parse(ROUGH)
    rows = record.timeline
    assert edited(ROUGH, record.changed(timeline=(*rows[:1], rows[1].changed(kind="warning"), *rows[2:]))) == [
        (
            [
                '| 2026-06-01T11:40:05+02:00 |   Restaurant asked why water "may contain nuts"   | detection | MENU-311'
                " | customer | mail |\r"
            ],
            [
                '| 2026-06-01T11:40:05+02:00 |   Restaurant asked why water "may contain nuts"   | warning   | MENU-311'
                " | customer | mail |\r"
            ],
        )
    ]
    assert edited(ROUGH, record.changed(timeline=(*rows[:1], EVENT, *rows[1:]))) == [
        ([], [r"| 2026-06-01T10:00+02:00 | a \| b | note | | | |" + "\r"])
    ]
    assert edited(ROUGH, record.changed(timeline=rows[1:])) == [
        (["|2026-06-01T09:00+02:00|New prompt live for all restaurants|trigger|MENU-290|tool|commit 3e7a0b1|\r"], [])
    ]


def test_a_moved_row_takes_its_other_columns_along() -> None:
    record = parse(ROUGH)
    first, second = record.actions
    new = rewrite(ROUGH, record.changed(actions=(second, first.changed(state="dropped"))))
    rows = [line.strip() for line in new.split("\n") if line.startswith(("| A1", "| A2"))]
    assert rows == [
        "| A2 | Case for dishes without data | @menus | 2026-06-19 | open | high | MENU-313 |",
        "| A1 | Refuse to answer without data | @menus | 2026-06-12 | dropped | high | MENU-312 |",
    ]


def test_a_column_that_is_missing_is_added_when_it_has_something_to_say() -> None:
    record = parse(ROUGH)
    row = record.impact[0].changed(scope="DE")
    head, rule, changed = rewrite(ROUGH, record.changed(impact=(row,))).split("### Impact\r\n\r\n")[1].split("\r\n")[:3]
    assert head == "| Source | Measure | Value | Of | Scope |"
    assert rule == "| --- | --- | ---: | --- |---|"
    assert changed == "| menu diff | dishes with a false warning | 1,912 | dishes | DE |"


def test_a_new_cause_in_front_changes_only_the_number_of_the_next() -> None:
    record = parse(ROUGH)
    ((removed, added),) = edited(ROUGH, record.changed(causes=(model.Cause(title="Review"), *record.causes)))
    assert removed == ["### Cause 1: An example in the prompt was read as a rule ###\r"]
    assert added[0] == "### Cause 1: Review\r"
    assert added[-1] == "### Cause 2: An example in the prompt was read as a rule\r"


def test_a_removed_cause_goes_with_all_its_lines() -> None:
    new = rewrite(ROUGH, parse(ROUGH).changed(causes=()))
    assert "#### Notes of the review" not in new
    assert new.split("## Root cause\r\n")[1].startswith("\r\n## Sample failing outputs")


def test_a_new_section_comes_at_its_place() -> None:
    record = parse(ROUGH)
    cause = record.causes[0]
    attempts = (model.Attempt(what="Restart", result="failed"),)
    new = rewrite(ROUGH, record.changed(attempts=attempts, lucky="No one was at risk."))
    assert new.index("### Immediate fix") < new.index("### Mitigations tried") < new.index("### Action items")
    assert new.index("### What went wrong") < new.index("### Where we got lucky") < new.index("### Open questions")
    gates = (model.Gate(gate="suite", result="passed"),)
    offending = (model.OffendingLines(path="menus/prompt.txt", text="- Soup"),)
    new = rewrite(ROUGH, record.changed(causes=(cause.changed(gates=gates, offending=offending),)))
    assert new.index("#### Prompt diff") < new.index("#### Offending lines") < new.index("#### Why evals")
    assert new.index("| suite | passed | |") < new.index("Not covered: the suite")


def test_an_absence_is_replaced_by_what_is_there_and_back() -> None:
    text = EXAMPLE.replace("\n", "\r\n").replace("## Timeline", "## timeline")
    record = parse(text)
    unknown = Absence(AbsenceKind.UNKNOWN)
    without = record.changed(timeline=(), absences={"timeline": unknown})
    new = rewrite(text, without)
    assert "## timeline\r\n\r\nUnknown\r\n\r\n## Root cause" in new
    assert rewrite(new, record) == text


def test_text_around_a_table_stays_around_it() -> None:
    record = parse(ROUGH)
    new = rewrite(ROUGH, record.changed(timeline=(EVENT,)))
    before, _, after = new.partition(r"| 2026-06-01T10:00+02:00 | a \| b | note | | | |")
    assert "All times are local" in before.split("## Timeline")[1]
    assert "Times before 09:00" in after.split("### Raw chat log")[0]
    none = rewrite(ROUGH, record.changed(timeline=()))
    assert parse(none).timeline == ()
    assert "All times are local; CEST is UTC+2.\r\n\r\nTimes before 09:00" in none


def test_a_gap_is_edited_in_its_place() -> None:
    record = parse(ROUGH)
    cause = record.causes[0]
    gap = model.Gap(reason=GapReason.NO_EVAL, text="none for water.")
    changed = cause.changed(gaps=(cause.gaps[0], cause.gaps[1].changed(text="too noisy."), gap))
    removed, added = zip(*edited(ROUGH, record.changed(causes=(changed,))), strict=True)
    assert [line for lines in removed for line in lines] == [
        "Noisy metric: the share of warnings is not tracked by restaurant.\r"
    ]
    assert [line.strip() for lines in added for line in lines if line.strip()] == [
        "Noisy metric: too noisy.",
        "No eval: none for water.",
    ]


def test_causes_numbered_by_hand_keep_their_numbers_until_they_change() -> None:
    causes = (model.Cause(title="one", leads_to=(2,)), model.Cause(title="two"))
    text = render(model.Record(causes=causes)).replace("Cause 1:", "Cause 3:")
    text = text.replace("Cause 2:", "Cause 1:").replace("| Leads to | Cause 2 |", "| Leads to | Cause 1 |")
    record = parse(text)
    assert record.causes == causes
    assert edited(text, record.changed(lucky="x"))[0][1] == ["", "x", ""]
    new = rewrite(text, record.changed(causes=(*causes, model.Cause(title="three"))))
    assert [line for line in new.split("\n") if line.startswith("### Cause")] == [
        "### Cause 1: one",
        "### Cause 2: two",
        "### Cause 3: three",
    ]
    assert "| Leads to | Cause 2 |" in new


@pytest.mark.parametrize("ending", ["", "\n", "\n\n\n"])
def test_the_end_of_the_file_stays(ending: str) -> None:
    text = EXAMPLE.replace("## Timeline", "##  Timeline").rstrip("\n") + ending
    new = rewrite(text, parse(text).changed(revisions=(model.Revision(date=When.parse("2026-05"), text="More."),)))
    assert new.endswith(f"## Revisions\n\n- 2026-05: More.{ending}")


def test_text_that_would_change_its_meaning_is_not_written() -> None:
    stray = "| Time | Note |\n|---|---|\n| later | x |\n"
    text = EXAMPLE.replace("\n## Root cause", f"\nMore:\n\n{stray}\n## Root cause")
    record = parse(text)
    with pytest.raises(DocumentError, match="added by hand"):
        rewrite(text, record.changed(timeline=()))


@given(st.data())
@thorough
def test_one_changed_part_touches_no_other_line(data: st.DataObject) -> None:
    text = data.draw(by_hand(render(data.draw(records))))
    try:
        record = parse(text)
    except DocumentError:
        assume(False)
    if record.timeline and data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(record.timeline) - 1))
        rows = list(record.timeline)
        rows[at] = rows[at].changed(what=f"{rows[at].what} more")
        wanted = record.changed(timeline=tuple(rows))
    else:
        wanted = record.changed(owner=f"{record.owner} more")
    before, after = text.split("\n"), rewrite(text, wanted).split("\n")
    if len(after) < len(before):
        # An absence beside the rows that it denies goes with the first change there.
        denied = before.pop(next(i for i in range(len(before)) if i == len(after) or after[i] != before[i]))
        assert Absence.parse(denied)
    if len(after) == len(before) + 1:
        place = next(i for i in range(len(after)) if i == len(before) or after[i] != before[i])
        assert after[:place] + after[place + 1 :] == before
    else:
        assert len(after) == len(before)
        # A column that the table did not have is added in its two head lines as well.
        assert sum(old != new for old, new in zip(before, after, strict=True)) <= 3
