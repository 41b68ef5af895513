"""Rows of tables: the form that asks for their fields, the line they are typed in, and text that waits."""

import json
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from afterword.record.clock import TIMES
from afterword.record.model import (
    ActionItem,
    Attempt,
    Cause,
    EffectivePrompt,
    Gap,
    Gate,
    ImpactRow,
    LineOrigin,
    Part,
    PromptChange,
    Record,
    Redactions,
    Revision,
    Sample,
    SettingRow,
    TimelineRow,
)
from afterword.record.paths import get
from afterword.record.vocabulary import Answer, GapReason, PromptChangeKind
from afterword.record.when import When
from afterword.tui.editors.prompts_editor import CHANGE, EFFECTIVE
from afterword.tui.editors.samples_editor import SAVED
from afterword.tui.rows import (
    ACTIONS,
    ATTEMPTS,
    GAPS,
    GATES,
    IMPACT,
    REVISIONS,
    SETTINGS,
    TIMELINE,
    RowSpec,
)
from afterword.tui.screens.row_form import RowForm
from afterword.tui.sections import SECTIONS
from afterword.tui.typed import section_of
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking

MOMENT = When.parse("2026-03-02T14:05+01:00")
WHOLE: list[tuple[RowSpec, Part]] = [
    (
        IMPACT,
        ImpactRow(measure="promises", value="31", of="chats", scope="EU", when=MOMENT, source="dashboard"),
    ),
    (TIMELINE, TimelineRow(time=MOMENT, kind="note", actor="tool", what="deployed", evidence="4f1c2d9")),
    (SETTINGS, SettingRow(setting="temperature", before="0.2", after="0.7", read_from="console")),
    (GATES, Gate(gate="suite", result="passed", blocking="yes")),
    (GAPS, Gap(reason=GapReason.NOT_COVERED, text="No case asks.\n\nNobody thought of it.")),
    (ATTEMPTS, Attempt(time=MOMENT, what="rolled back", result="partly", evidence="4f1c2d9")),
    (
        ACTIONS,
        ActionItem(id="A7", type="prevent", action="run", owner="@ml", due=When.parse("2026"), evidence="#3"),
    ),
    (REVISIONS, Revision(date=MOMENT, text="confirmed")),
    (
        CHANGE,
        PromptChange(
            path="prompts/b.md",
            path_before="prompts/a.md",
            constant="PROMPT",
            before="9ab03e1",
            after="4f1c2d9",
            kind=PromptChangeKind.MOVED,
            committed=MOMENT,
            deployed=MOMENT,
            diff="--- a\n+++ b\r",
            note="Look at line 3.",
        ),
    ),
    (
        EFFECTIVE,
        EffectivePrompt(
            source="trace 7f3a",
            versioned=Answer.NO,
            text="Be kind.",
            origins=(LineOrigin(line="Be kind.", origin="nowhere"),),
        ),
    ),
    (
        SAVED,
        Sample(
            title="promises",
            model="gpt-4o",
            at=MOMENT,
            failed=4,
            trials=10,
            redactions=Redactions(total=1, labels={"EMAIL": 1}, reviewed=True, reviewer="@ml"),
            text="[EMAIL_1]",
            note="Wrong.",
        ),
    ),
]


def inputs(walk: Walker) -> dict[str, str]:
    """What is typed and not part of the record."""
    return walk.walk.session.draft.inputs


def told(walk: Walker) -> str:
    """What notifications say; without a terminal they are not drawn."""
    return " ".join(notification.message for notification in walk.app._notifications)


async def put(walk: Walker, title: str, **rows: Any) -> None:
    """Go to a section that holds rows."""
    for path, value in rows.items():
        walk.walk.session.set(path, value)
    await walk.go(title)


# The form


@pytest.mark.parametrize(("spec", "row"), WHOLE, ids=lambda it: type(it).__name__ if isinstance(it, Part) else "")
async def test_editing_one_field_of_a_row_leaves_all_others(spec: RowSpec, row: Part, plain: Path) -> None:
    text = next(field for field in spec.fields if type(row).model_fields[field.path].annotation is str)
    taken: list[Part | None] = []
    async with walking(plain, now=NOW) as walk:
        session = walk.walk.session
        form = RowForm(spec, row, session.record, session.time_here, "", lambda _: None)
        await walk.app.push_screen(form, taken.append)
        await walk.sees(f"Edit {spec.noun}")
        for _ in list(spec.fields)[: list(spec.fields).index(text)]:
            await walk.press("tab")
        await walk.type("X ")
        await walk.press("home", "X", "ctrl+s")
    assert taken[0] is not None
    assert getattr(taken[0], text.path) != getattr(row, text.path)
    assert taken[0] == row.changed(**{text.path: getattr(taken[0], text.path)})


async def test_enter_goes_through_the_fields_and_takes_the_row_on_the_last(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Eval gap")
        await walk.press("a")
        await walk.sees("Add gate")
        assert "Enter Next field" in walk.text
        await walk.type("promptfoo suite\n")
        await walk.type("n\n")
        assert not get(walk.walk.session.record, "causes[0].gates")
        assert "Enter Take it" in walk.text
        await walk.type("y\n")
        await walk.sees("promptfoo suite", "not run")
        gate = get(walk.walk.session.record, "causes[0].gates[0]")
        assert (gate.gate, gate.result, gate.blocking) == ("promptfoo suite", "not run", "yes")


async def test_enter_in_a_line_with_a_reading_below_goes_on_too(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Mitigation")
        await walk.press("tab", "a")
        await walk.sees("Add attempt")
        await walk.type("09:20\nrolled back\n\ncommit 4f1c2d9\n")
        await walk.sees("rolled back")
        attempt = walk.walk.session.record.attempts[0]
        assert (str(attempt.time), attempt.what, attempt.evidence) == (
            "2026-03-03T09:20Z",
            "rolled back",
            "commit 4f1c2d9",
        )


async def test_enter_in_prose_is_a_new_line_and_ctrl_s_takes_the_row(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Eval gap")
        await walk.press("tab", "a")
        await walk.sees("Add reason")
        await walk.type("not_c\nNo case asks.\n\nNobody thought of it.")
        assert "Enter New line" in walk.text
        await walk.press("ctrl+s")
        await walk.sees("No case asks. Nobody thought of it.")
        assert get(walk.walk.session.record, "causes[0].gaps[0]").text == "No case asks.\n\nNobody thought of it."


async def test_a_field_that_is_needed_is_named(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Lessons")
        await walk.press("tab", "tab", "tab", "tab", "a")
        await walk.sees("Add revision")
        await walk.press("tab")
        await walk.type("confirmed\n")
        await walk.sees("Date is needed.")


# Going back


async def test_a_field_that_cannot_be_read_is_quoted_as_it_may_be_shown(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Mitigation")
        await walk.press("tab", "a")
        await walk.sees("Add attempt")
        await walk.paste("at\u202enoon")
        await walk.press("ctrl+s")
        await walk._until(lambda: walk.text.count("'at<U+202E>noon' cannot be read") == 2, "both notes")
        assert "\u202e" not in walk.text


async def test_esc_keeps_what_was_typed_for_a_new_row(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Impact")
        await walk.press("a")
        await walk.type("wrong promises")
        await walk.press("escape")
        await walk.sees("How much, of what")
        assert "Kept as typed" in told(walk)
        assert not walk.walk.session.record.impact
        await walk.press("ctrl+q")
    async with walking(plain, mode="edit", now=NOW) as walk:
        await walk.sees("How much, of what")
        await walk.press("a")
        await walk.sees("Add measure", "wrong promises")
        await walk.press("ctrl+s")
        await walk.sees("How much, of what")
        assert walk.walk.session.record.impact[0].measure == "wrong promises"
        assert not inputs(walk)


async def test_esc_keeps_what_was_changed_in_a_row_and_emptying_drops_it(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await put(walk, "Impact", impact=(ImpactRow(measure="promises"),))
        await walk.press("enter")
        await walk.sees("Edit measure")
        await walk.type(" of refunds")
        await walk.press("escape", "enter")
        await walk.sees("Edit measure", "promises of refunds")
        assert walk.walk.session.record.impact == (ImpactRow(measure="promises"),)
        await walk.press(*["backspace"] * len("promises of refunds"), "escape")
        assert not inputs(walk)
        await walk.press("enter")
        await walk.sees("Edit measure", "promises")


async def test_esc_without_a_change_keeps_nothing_and_says_nothing(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await put(walk, "Impact", impact=(ImpactRow(measure="promises", when=MOMENT),))
        await walk.press("enter")
        await walk.sees("Edit measure")
        await walk.press("escape")
        await walk.sees("How much, of what")
        assert not inputs(walk)
        assert not told(walk)


async def test_text_that_waits_follows_its_row(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await put(walk, "Impact", impact=(ImpactRow(measure="first"), ImpactRow(measure="second")))
        await walk.press("down", "enter")
        await walk.type(" half")
        await walk.press("escape", "a")
        await walk.type("new")
        await walk.press("escape", "up", "ctrl+d")
        assert {path: json.loads(text)["measure"] for path, text in inputs(walk).items()} == {
            "impact[0]": "second half",
            "impact[1]": "new",
        }
        await walk.press("ctrl+z")
        assert sorted(inputs(walk)) == ["impact[1]", "impact[2]"]
        await walk.press("down", "ctrl+d")
        assert sorted(inputs(walk)) == ["impact[1]"]


# The way from the list of what is open


async def test_go_there_opens_the_form_that_holds_the_typed_text(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Mitigation")
        await walk.press("tab", "a")
        await walk.sees("Add attempt")
        await walk.press("tab")
        await walk.type("rolled ba")
        await walk.press("escape")
        await walk.sees("What stopped it")
        await walk.go("Save")
        await walk.sees("rolled ba")
        place = next(at for at, item in enumerate(walk.walk.form.editors()[0].items) if "rolled ba" in item.message)
        await walk.press(*["down"] * place, "enter")
        await walk.sees("Add attempt", "rolled ba")


async def test_going_on_to_a_section_opens_no_form(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Impact")
        await walk.press("a")
        await walk.type("wrong promises")
        await walk.press("escape", "ctrl+n", "ctrl+r")
        await walk.sees("How much, of what")
        assert not isinstance(walk.app.screen, RowForm)


async def test_a_pasted_prompt_counts_where_it_was_typed_and_is_found_again(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        change = PromptChange(path="prompts/a.md")
        await put(walk, "Prompt diff", **{"causes[0]": Cause(prompts=(change,))})
        await walk.press("p")
        await walk.sees("Add effective prompt")
        await walk.type("trace 7f3a")
        await walk.press("escape")
        await walk.sees("Which prompt changed")
        assert list(inputs(walk)) == ["causes[0].effective[0]"]
        problem = next(problem for problem in walk.walk.session.problems() if problem.code == "not-understood")
        assert problem.section == "prompts"
        assert walk.walk.form.editors()[0].focus_part(problem.part)
        await walk.sees("Add effective prompt", "trace 7f3a")


@pytest.mark.parametrize("name", Cause.model_fields)
def test_every_field_of_a_cause_has_its_section(name: str) -> None:
    section = next(section for section in SECTIONS if section.id == section_of(f"causes[1].{name}[new]"))
    assert section.per_cause
    asked = [section.id for section in SECTIONS if section.per_cause and name in [f.path for f in section.fields]]
    assert section.id in (asked or ["prompts", "causes"])


@pytest.mark.parametrize("name", Record.model_fields)
def test_every_field_of_a_record_has_its_section(name: str) -> None:
    sections = [section for section in SECTIONS if not section.per_cause]
    asked = [each.id for each in sections if name in [field.path.partition(".")[0] for field in each.fields]]
    expected = ["times"] if name in TIMES else asked or (["causes"] if name == "causes" else ["incident"])
    assert [section_of(f"{name}[3]")] == expected
    assert section_of("timeline.new") == "timeline"


# The line


async def test_the_empty_list_says_how_its_line_works(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        for title in ("Timeline", "Action items"):
            await walk.go(title)
            shown = " ".join(line[line.find("│") + 1 :].strip() for line in walk.lines)
            assert isinstance(walk.app.focused, Input)
            assert "a adds one" not in walk.text
            assert "Type a row below" in shown
            await walk.press("escape")
            assert not isinstance(walk.app.focused, Input)


async def test_the_kinds_are_shown_until_one_is_read(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Timeline")
        await walk.type("02:03 response person (on-call): paged")
        await walk.sees("= 2026-03-03T02:03Z", "kinds: trigger change", "…")
        for _ in range(len("response person (on-call): paged")):
            await walk.press("backspace")
        await walk.type("escalation person (on-call): paged")
        await walk.sees("escalation · person (on-call)")
        assert "kinds:" not in walk.text


async def test_typing_in_a_line_waits_for_a_pause_before_all_is_checked(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Action items")
        checked: list[str] = []
        settle = walk.walk.settle

        def counted(always: bool = False) -> None:
            checked.append("")
            settle(always)

        monkeypatch.setattr(walk.walk, "settle", counted)
        await walk.type("prevent: run the suite when a prompt changes")
        assert len(checked) < 10
        assert inputs(walk)["actions.new"].endswith("changes")
