"""The walk as its author meets it: sections, fields, rows, drafts."""

import asyncio
import json
from pathlib import Path
from weakref import ref

import pytest

from afterword.cli.demo.making import Demo
from afterword.record.paths import get
from afterword.repo import Repository
from afterword.tui.sections import SECTIONS
from tests.tui.conftest import NOW
from tests.tui.driver import walking


async def test_typing_reaches_the_record_and_the_draft(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.type("Agent promised refunds")
        await walk.fill("Owner", "@support")
        await walk.settle()
        assert "Agent promised refunds" in walk.lines[0]
    draft = Repository.open(plain).drafts.list()[0]
    assert (draft.record.title, draft.record.owner) == ("Agent promised refunds", "@support")


async def test_a_draft_is_written_without_being_asked(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.type("Half a tit")
        await walk._until(lambda: bool(Repository.open(plain).drafts.list()), "a draft on disk")
        await walk._until(
            lambda: Repository.open(plain).drafts.list()[0].record.title == "Half a tit", "the title in it"
        )


async def test_leaving_keeps_the_draft_and_edit_resumes_where_it_was(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.type("Agent promised refunds")
        await walk.go("Summary")
        await walk.type("It began on Monday.")
        await walk.press("ctrl+q")
    async with walking(plain, mode="edit", now=NOW) as walk:
        await walk.sees("What happened, to whom", "It began on Monday.")


@pytest.mark.parametrize(
    ("typed", "understood", "recorded"),
    [
        ("yesterday 14:05", "Mon 2026-03-02 14:05 UTC", "2026-03-02T14:05Z"),
        ("2026-03", "2026-03", "2026-03"),
        ("now", "Tue 2026-03-03 12:00 UTC", "2026-03-03T12:00Z"),
        ("unknown", "unknown, an answer", "unknown"),
        ("not applicable (nobody was paged)", "an answer", "not applicable (nobody was paged)"),
    ],
)
async def test_a_time_shows_at_once_how_it_was_understood(
    plain: Path, typed: str, understood: str, recorded: str
) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Times")
        await walk.type(typed)
        await walk.sees(understood)
        await walk.press("tab")
        await walk.settle()
        assert str(walk.walk.session.record.impact_started) == recorded


async def test_a_time_that_cannot_be_read_is_kept_and_forbids_saving(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Times")
        await walk.type("half past")
        await walk.press("tab")
        await walk.settle()
        assert walk.walk.session.record.impact_started is None
        await walk.press("ctrl+s")
        await walk.sees("■", "half past")
    async with walking(plain, mode="edit", now=NOW) as walk:
        await walk.go("Times")
        await walk.sees("half past")


async def test_one_line_makes_a_timeline_row_in_its_place(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Timeline")
        await walk.type("10:20 mitigation: prompt restored\n")
        await walk.type("08:40 detection customer: first ticket [ticket 8841]\n")
        await walk.sees("first ticket", "prompt restored")
        rows = walk.walk.session.record.timeline
        assert [str(row.time) for row in rows] == ["2026-03-03T08:40Z", "2026-03-03T10:20Z"]
        assert (rows[0].kind, rows[0].actor, rows[0].evidence) == ("detection", "customer", "ticket 8841")


async def test_a_line_left_unfinished_survives_and_is_told(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Timeline")
        await walk.type("08:40 detection: first tick")
        await walk.sees("= 2026-03-03T08:40Z · detection")
        await walk.press("ctrl+q")
    async with walking(plain, mode="edit", now=NOW) as walk:
        await walk.sees("08:40 detection: first tick")
        await walk.press("enter")
        await walk.settle()
        assert walk.walk.session.record.timeline[0].what == "first tick"
        assert not walk.walk.session.draft.inputs


async def test_a_removed_row_comes_back(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Action items")
        await walk.type("prevent: run the evals @ml in 2 weeks\n")
        await walk.sees("A1", "2026-03-17")
        await walk.press("escape", "ctrl+d")
        await walk.sees("Nothing here yet")
        await walk.press("ctrl+z")
        await walk.sees("run the evals", "2026-03-17")


async def test_a_row_form_keeps_what_is_typed_into_it(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Impact")
        await walk.press("a")
        await walk.sees("Add measure")
        await walk.type("wrong promises")
        await walk.press("tab")
        await walk.type("~ 0.8 %")
        await walk.settle()
        typed = Repository.open(plain).drafts.list()[0].inputs
        assert json.loads(typed["impact[0]"])["value"] == "~ 0.8 %"
        await walk.press("ctrl+s")
        await walk.sees("wrong promises", "~ 0.8 %")
        await walk.settle()
        assert not walk.walk.session.draft.inputs


async def test_nothing_to_say_is_an_answer(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("New eval case")
        await walk.press("f4")
        await walk.sees("nothing to write here")
        await walk.press("tab")
        await walk.type("no model took part")
        await walk.press("enter")
        await walk.settle()
        assert str(walk.walk.session.record.absences["eval_case"]) == "not applicable (no model took part)"
        await walk.sees("✓ New eval case")


async def test_several_causes_have_fields_of_their_own(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Root cause")
        await walk.fill("Cause", "A tone edit removed the clause")
        await walk.settle()
        await walk.press("shift+tab", "a")
        await walk.sees("Cause 2 of 2")
        await walk.fill("Cause", "A higher temperature")
        await walk.press("ctrl+t")
        await walk.sees("Cause 1 of 2", "A tone edit removed the clause")
        titles = [cause.title for cause in walk.walk.session.record.causes]
        assert titles == ["A tone edit removed the clause", "A higher temperature"]


async def test_what_is_typed_while_a_walk_ends_is_kept(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.type("Agent promised refunds")
        await walk.settle()
        walk.walk._autosave.stop()  # as leaving does, while the screen is still there
        await walk.type(" twice")
        walk.walk.settle()
        assert Repository.open(plain).drafts.list()[0].record.title == "Agent promised refunds twice"


@pytest.mark.parametrize("turns", [1, 8, 16, 24])
async def test_a_section_asked_for_while_its_form_is_being_made(plain: Path, turns: int) -> None:
    """As on a busy machine: the next form is made ahead, and the key comes in the middle of that."""
    async with walking(plain, now=NOW) as walk:
        await walk.go("Times")
        for label in ("Detected", "Resolved"):
            await walk.fill(label, "10:55")
        await walk.press("ctrl+q")
    async with walking(plain, mode="edit", now=NOW) as walk:
        await walk.press("ctrl+r")
        await walk.walk.query_one("#form-times").remove()
        ahead = asyncio.create_task(walk.walk._prepare_next())
        for _ in range(turns):  # of the event loop, by which the form is there in part
            await asyncio.sleep(0)
        await walk.walk.go(SECTIONS.index(walk.walk.section) + 1)
        await ahead
        await walk.settle()
        await walk.sees("Tue 2026-03-03 10:55", "Resolved")
        assert str(walk.walk.session.record.resolved) == "2026-03-03T10:55Z"


async def test_what_follows_from_typing_does_not_move_the_list_s_cursor_back(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.type("Agent promised refunds")
        await walk.press("ctrl+l", "down", "down")
        await walk._until(lambda: not walk.walk._settling, "what was typed to be read")
        await walk.press("enter")
        await walk.sees("What happened, to whom")


async def test_progress_and_clock_are_always_in_view(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.sees("not resolved yet", "0/14")
        await walk.go("Times")
        await walk.fill("Resolved", "10:55")
        await walk.press("tab")
        await walk.go("Summary")
        await walk.type("One paragraph.")
        await walk.settle()
        await walk.go("Lessons")
        await walk.sees("70 h 55 m left", "✓ Summary", "1/14")


async def test_git_events_are_offered_and_only_the_marked_ones_taken(demo: Demo) -> None:
    async with walking(demo.path, now=NOW, resolved="today 09:00") as walk:
        await walk.go("Timeline")
        await walk.press("escape", "ctrl+g")
        await walk.sees("what git knows", "Space marks")
        offered = len(walk.app.screen._offer.rows)  # type: ignore[attr-defined]
        await walk.press("down", "space", "space", "enter")
        await walk.sees("in the order it happened")
        rows = walk.walk.session.record.timeline
        assert offered > 5
        assert len(rows) == 2
        assert all(row.evidence for row in rows)


async def test_a_prompt_change_is_taken_as_git_prints_it(demo: Demo) -> None:
    async with walking(demo.path, now=NOW, resolved="today 09:00") as walk:
        await walk.go("Prompt diff")
        await walk.press("enter")
        await walk.sees("Prompt changes", "prompts/support/sys")
        screen = walk.app.screen
        while not any(one.change.sha == demo.bad_commit for one in screen._ranked):  # type: ignore[attr-defined]
            await walk.pilot.pause(0.02)
        at = [one.change.sha for one in screen._ranked].index(demo.bad_commit)  # type: ignore[attr-defined]
        await walk.press(*["down"] * at)
        await walk.sees("Make the tone warmer", "say yes first")
        await walk.press("enter")
        await walk.sees("Which prompt changed", demo.bad_commit[:7])
        change = get(walk.walk.session.record, "causes[0].prompts[0]")
    repository = Repository.open(demo.path)
    assert change.after == repository.short(demo.bad_commit)
    assert change.diff == repository.diff(f"{demo.bad_commit}~1", demo.bad_commit, change.path).rstrip("\n")


async def test_settings_are_read_at_both_revisions_of_the_change(demo: Demo) -> None:
    async with walking(demo.path, now=NOW, resolved="today 09:00") as walk:
        await walk.go("Model & config")
        await walk.press("ctrl+g")
        await walk.sees("temperature", "0.2", "Space marks what is right")
        await walk.press("enter")
        await walk.sees("Which model, under which settings")
        row = get(walk.walk.session.record, "causes[0].settings[0]")
        assert row.setting.startswith("gen_ai.request.")
        assert "config/models.yaml:" in row.read_from


async def test_closed_screens_go_while_nobody_types(plain: Path) -> None:
    closed = []
    async with walking(plain, now=NOW) as walk:
        for _ in range(20):
            await walk._send("f5")
            closed.append(ref(walk.app.screen))
            await walk._send("escape")
        await walk._until(lambda: sum(screen() is not None for screen in closed) < 5, "closed screens to go")


async def test_help_names_the_keys_and_the_palette_calls_them(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.press("f1")
        await walk.sees("What shall we call it", "Go to the next section")
        await walk.press("escape", "f2")
        await walk.sees("What would you like to do")
        await walk.type("preview")
        await walk.sees("Show this section as it will read")
        await walk.press("enter")
        await walk.sees("Preview: Incident")
