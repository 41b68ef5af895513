"""Two who write one record: the later one is told, sees the difference and chooses; nothing typed is lost."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from afterword.record.document import parse, render
from afterword.repo import Repository
from afterword.repo.draft import Draft
from afterword.tui.autosave import Autosave
from tests.checks.records import complete
from tests.histories import History
from tests.program import reads
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking

ID = "2026-03-02-refunds"
FILE = f"docs/postmortems/{ID}.md"
OWN = "\n## What the bank said\n\n*  nothing   yet\n"


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A repository with one saved record."""
    history = History(tmp_path / "agent")
    history.commit("Add post-mortem", {FILE: render(complete(status="in_review"))})
    return history


def change(history: History, edit: Callable[[str], str]) -> str:
    """Change the record's file as a colleague, an editor or a pull does; return what it says then."""
    text = edit((history.root / FILE).read_bytes().decode())
    history.write(FILE, text)
    return text


def said(text: str) -> Callable[[str], str]:
    """An edit of the summary, and a section of their own."""
    old = "The support agent promised refunds that policy forbids."
    return lambda before: before.replace(old, text).replace("\n## Root cause", f"{OWN}\n## Root cause")


def on_disk(history: History) -> str:
    return (history.root / FILE).read_bytes().decode()


def drafts(history: History) -> list[Draft]:
    return Repository.open(history.root).drafts.list()


def aside(history: History) -> str:
    return "".join(path.read_text() for path in (history.root / ".git/afterword/aside").glob("*.md"))


async def write_summary(walk: Walker, text: str) -> None:
    await walk.go("Summary")
    await walk.type(text)
    await walk.settle()


async def noted(walk: Walker, words: str) -> None:
    """Wait until this was told in passing."""
    await walk._until(lambda: any(words in each.message for each in walk.app._notifications), words)


async def save(walk: Walker) -> None:
    await walk.press("ctrl+s")
    await walk.sees("Save the post-mortem")
    await walk.press("enter")


async def test_what_only_one_side_changed_is_merged_and_shown(history: History) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.type(" again")
        await walk.settle()
        change(history, said("A colleague wrote this."))
        await save(walk)
        await reads(walk, "was changed by somebody else since this walk began", "Compare the two")
        await walk.press("enter")
        await reads(walk, "changed on disk since you began", "theirs Summary", "mine Incident: Title", "all decided")
        await reads(walk, "Only they changed it", "A colleague wrote this.")
        await walk.press("enter")
        await walk.sees("Save the post-mortem")
        await walk.press("enter")
        await walk._until(lambda: drafts(history) == [], "the record to be saved")
    record = parse(on_disk(history))
    assert (record.title, record.summary) == ("Support agent promised refunds again", "A colleague wrote this.")
    assert OWN in on_disk(history)


@pytest.mark.parametrize(("key", "stands", "left"), [("m", "Mine.", "Theirs."), ("t", "Theirs.", "Mine.")])
async def test_what_both_changed_is_chosen_and_the_rest_is_kept(
    history: History, key: str, stands: str, left: str
) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await write_summary(walk, " Mine.")
        change(history, said("Theirs."))
        await save(walk)
        await reads(walk, "was changed by somebody else")
        await walk.press("enter")
        await reads(walk, "? Summary", "1 of 1 part to decide", "Both of you changed it", "Theirs", "Yours", "Mine.")
        await walk.press("enter")
        await noted(walk, "Still to decide")
        await walk.press(key)
        await reads(walk, "all decided")
        await walk.press("enter")
        await reads(walk, "Save the post-mortem")
        await walk.press("enter")
        await walk._until(lambda: drafts(history) == [], "the record to be saved")
        assert any("What was not taken is in .git/afterword/aside" in line for line in walk.app.told)
    assert stands in parse(on_disk(history)).summary and left not in on_disk(history) and OWN in on_disk(history)
    assert left in aside(history) and "## Summary" in aside(history)


async def test_a_draft_whose_record_was_pulled_is_told_at_opening(history: History) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await write_summary(walk, " Mine.")
        await walk.press("ctrl+q")
    change(history, said("Pulled."))
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await reads(walk, "changed on disk since you began", "? Summary")
        await walk.press("escape")
        await walk.sees("What happened, to whom", "Mine.")
        await save(walk)
        await reads(walk, "was changed by somebody else")
        await walk.press("enter")
        await walk.press("t", "enter")
        await reads(walk, "Save the post-mortem")
        await walk.press("escape")
        await walk.go("Summary")
        await walk.sees("Pulled.")
        await walk.sees_not("Mine.")


@pytest.mark.parametrize(
    "edit", [lambda text: text.replace("\n", "\r\n"), lambda text: text + OWN], ids=["CRLF", "own"]
)
async def test_a_file_that_says_the_same_is_taken_without_a_question(
    history: History, edit: Callable[[str], str]
) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.type(" again")
        await walk.settle()
        text = change(history, edit)
        await save(walk)
        await reads(walk, "was changed by somebody else")
        await walk.press("enter")
        await noted(walk, "changed on disk in what the walk does not touch")
        await walk.sees("Save the post-mortem")
        await walk.press("enter")
        await walk._until(lambda: drafts(history) == [], "the record to be saved")
    assert on_disk(history) == text.replace("agent promised refunds\r", "agent promised refunds again\r").replace(
        "agent promised refunds\n", "agent promised refunds again\n"
    )


async def test_a_file_that_does_not_parse_any_more_is_not_touched(history: History) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.type(" again")
        await walk.settle()
        text = change(history, lambda before: f"<<<<<<< HEAD\n{before}")
        await save(walk)
        await reads(walk, "was changed by somebody else")
        await walk.press("enter")
        await noted(walk, f"{FILE}, line 1: a merge conflict is not resolved")
    assert on_disk(history) == text and drafts(history)[0].record.title.endswith(" again")


async def test_a_renamed_record_is_saved_under_its_new_name(history: History) -> None:
    new = FILE.replace("refunds", "promises")
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.type(" again")
        await walk.settle()
        history.git("mv", FILE, new)
        await save(walk)
        await reads(walk, "is not there any more. It stands as", "Save it there")
        await walk.press("enter")
        await walk._until(lambda: drafts(history) == [], "the record to be saved")
    assert not (history.root / FILE).exists()
    assert parse((history.root / new).read_text()).title.endswith(" again")


async def test_a_folder_in_the_place_of_the_file(history: History) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.type(" again")
        await walk.settle()
        (history.root / FILE).unlink()
        (history.root / FILE).mkdir()
        await save(walk)
        await reads(walk, "is a folder now. Save it under a new name")
    assert drafts(history)[0].record.title.endswith(" again")


# Two programs on one draft


def other_writes(history: History, **changes: object) -> Draft:
    """Write the one draft as another process does."""
    store = Repository.open(history.root).drafts
    loaded = store.load(store.list()[0].id)
    draft = loaded.model_copy(update={"record": loaded.record.changed(**changes)})
    store.write(draft)
    return draft


async def test_what_another_process_wrote_elsewhere_in_the_draft_is_taken(history: History) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.type(" again")
        await walk.settle()
        other_writes(history, lucky="It was closed on Sunday.")
        await walk.type(" and again")
        await noted(walk, "Taken from the other version: Lessons: Where we got lucky")
        await walk.settle()
    (draft,) = drafts(history)
    assert draft.record.title.endswith("again and again") and draft.record.lucky == "It was closed on Sunday."


async def test_what_both_wrote_into_the_draft_is_compared(history: History) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.type(" mine")
        await walk.settle()
        other_writes(history, title="Theirs")
        await walk.type(" too")
        await reads(walk, "Another afterword wrote this draft as well", "? Incident: Title", "Keep both")
        await walk.press("t", "enter")
        await walk.sees("What shall we call it", "Theirs")
        await walk.settle()
    (draft,) = drafts(history)
    assert draft.record.title == "Theirs" and "mine too" in aside(history)


async def test_both_drafts_are_kept_where_the_author_says_so(history: History) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.type(" mine")
        await walk.settle()
        other_writes(history, title="Theirs")
        await walk.type(" too")
        await reads(walk, "Keep both")
        await walk.press("escape")
        await noted(walk, "kept as a draft of its own")
        await walk.type("!")
        await walk.settle()
    titles = sorted(draft.record.title for draft in drafts(history))
    assert titles == ["Support agent promised refunds mine too!", "Theirs"]


async def test_leaving_while_another_process_writes_the_draft_keeps_both(history: History) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.type(" mine")
        await walk.settle()
        other_writes(history, title="Theirs")
        walk.walk.session.draft = walk.walk.session.draft.model_copy(update={"section": "times"})
        await walk.press("ctrl+q")
    titles = sorted(draft.record.title for draft in drafts(history))
    assert titles == ["Support agent promised refunds mine", "Theirs"]


async def test_a_draft_that_was_removed_elsewhere_is_not_lost(history: History) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.type(" mine")
        await walk.settle()
        (path,) = (history.root / ".git/afterword/drafts").glob("*.json")
        path.unlink()
        await walk.type(" too")
        await reads(walk, "saved or removed by another afterword", "Go on here")
        await walk.press("enter")
    assert [draft.record.title for draft in drafts(history)] == ["Support agent promised refunds mine too"]


async def test_saving_leaves_the_draft_that_another_process_went_on_with(history: History) -> None:
    async with walking(history.root, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.type(" mine")
        await walk.settle()
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.settle()
        other_writes(history, title="Theirs")
        await walk.press("enter")
        await walk._until(lambda: "mine" in on_disk(history) or "Another afterword" in walk.text, "an outcome")
    assert [draft.record.title for draft in drafts(history)] == ["Theirs"]


def test_the_sign_of_life_of_an_open_draft_is_renewed_and_ends_with_it(history: History) -> None:
    draft = Draft(record=complete())
    autosave = Autosave(history.root, lambda error: None)
    autosave.now(draft)
    mark = Repository.open(history.root).drafts.path(draft.id).with_suffix(".open")
    os.utime(mark, (1, 1))
    autosave.renew_claim()
    end = time.monotonic() + 10
    while mark.stat().st_mtime == 1 and time.monotonic() < end:
        time.sleep(0.01)
    assert mark.stat().st_mtime > 1
    autosave.stop()
    autosave.renew_claim()
    assert not mark.exists()
