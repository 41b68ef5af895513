"""Nothing can be written: read-only folders and full disks. Each is told in a sentence, and what was typed survives."""

import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from afterword.errors import AfterwordError
from afterword.record.document import parse
from afterword.record.model import Record
from afterword.repo import Repository
from afterword.repo.draft import Draft
from afterword.repo.errors import WriteError
from afterword.tui.autosave import Autosave
from tests.faults import full_disk, obeying, on_a_small_disk, permission_bits_hold
from tests.histories import History
from tests.program import AFTERWORD, flat, reads, see
from tests.terminal import Terminal
from tests.tui.driver import walking

NEW = [*AFTERWORD, "new", "Wrong refunds"]
NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
RECORD = "docs/postmortems/wrong-refunds.md"
SUMMARY = "The agent promised refunds. " * 500
"""More than the small disk has room for."""
SMALL = 9_000


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """A repository with one commit; at the end its folders can be removed again."""
    history = History(tmp_path / "agent")
    history.commit("Begin", {"README.md": "# Agent\n"}, at="2026-03-01T10:00:00+00:00")
    yield history
    for folder in (history.root, history.root / ".git", *history.root.glob(".git/*"), *history.root.glob(".git/*/*")):
        if folder.is_dir():
            folder.chmod(0o755)


@pytest.fixture
def locked(history: History) -> History:
    """The same, in a place where a read-only folder stops the program."""
    if not permission_bits_hold():
        pytest.skip("root's privilege over permission bits cannot be given up here")
    return history


def kept(history: History) -> Record:
    """The record in the one draft there is."""
    (draft,) = Repository.open(history.root).drafts.list()
    return draft.record


def drafted(terminal: Terminal, history: History, title: str) -> Terminal:
    """Wait until the draft on disk has this title."""
    drafts = Repository.open(history.root).drafts
    return terminal.wait_until(
        lambda _: [draft.record.title for draft in drafts.list()] == [title], f"the draft of {title!r}"
    )


# The draft

LEAVE = "The draft could not be written. Leave all the same?"


def test_leaving_where_no_draft_can_be_written(locked: History) -> None:
    (locked.root / ".git").chmod(0o555)
    with Terminal(obeying(NEW), cwd=locked.root) as terminal:
        terminal.wait("What shall we call it").type(" again").wait("Wrong refunds again")
        see(terminal, "The draft could not be written", "/.git is read-only for you. Make it writable")
        see(terminal.press("ctrl+q"), LEAVE, "Leave and lose it")
        terminal.press("enter").wait_gone("Leave all the same?")
        (locked.root / ".git").chmod(0o755)
        assert terminal.press("ctrl+q").exit_code() == 0
    assert kept(locked).title == "Wrong refunds again"


def test_leaving_with_the_knowledge_of_what_is_lost(locked: History) -> None:
    (locked.root / ".git").chmod(0o555)
    with Terminal(obeying(NEW), cwd=locked.root) as terminal:
        terminal.wait("What shall we call it").type(" again").wait("Wrong refunds again")
        see(terminal.press("ctrl+q"), LEAVE, "Leave and lose it")
        assert terminal.press("y").exit_code() == 0
        said = "".join(terminal.main_screen())
        assert "What was typed since the last draft is lost" in said
        assert "The draft is kept" not in said
    assert Repository.open(locked.root).drafts.list() == []


def test_leaving_on_a_full_disk(history: History) -> None:
    with Terminal(on_a_small_disk(NEW, SMALL), cwd=history.root) as terminal:
        drafted(terminal.wait("What shall we call it").press("ctrl+n", "ctrl+n"), history, "Wrong refunds")
        see(terminal.wait("What happened").paste(SUMMARY), "The draft could not be written")
        see(terminal, "the disk or quota is full. Free some space")
        see(terminal.press("ctrl+q"), LEAVE, "Leave and lose it")
        terminal.press("enter").wait_gone("Leave all the same?").wait("promised refunds").press("ctrl+q")
        assert see(terminal, LEAVE).press("y").exit_code() == 0
    assert kept(history).title == "Wrong refunds", "the last state that there was room for"


def test_what_cannot_be_drafted_is_told_once_at_a_time(locked: History) -> None:
    """In a pile the notes would hide the form and every dialog."""
    (locked.root / ".git").chmod(0o555)
    with Terminal(obeying(NEW), cwd=locked.root) as terminal:
        terminal.wait("What shall we call it").wait("could not be written")
        for word in ("again", "and", "again"):
            terminal.type(f" {word}").settle(0.6)
            assert terminal.wait("The draft could not be written").text().count("The draft could not be written") == 1
        terminal.press("ctrl+s").wait("Save the post-mortem").wait_gone("could not be written")


async def test_the_draft_is_written_once_there_is_room_again(history: History) -> None:
    async with walking(history.root, now=NOW, title="Wrong refunds") as walk:
        await walk.go("Summary")
        await walk.settle()
        with full_disk():
            await walk.type("The agent promised refunds.")
            await walk._until(
                lambda: any("quota is full" in each.message for each in walk.app._notifications), "a note"
            )
        await walk.type(" Twice.")
        await walk.press("ctrl+q")
    assert kept(history).summary == "The agent promised refunds. Twice."


def test_a_failing_draft_never_keeps_the_interface_waiting(history: History) -> None:
    """The error is told to an interface that is at that moment writing the draft itself."""
    history.write(".git/afterword", "not a folder\n")
    telling, written = threading.Event(), threading.Event()
    in_time: list[bool] = []

    def failed(_: AfterwordError) -> None:
        telling.set()
        in_time.append(written.wait(10))

    autosave = Autosave(history.root, failed)
    autosave.later(Draft(record=Record(title="one")))
    assert telling.wait(10)
    with pytest.raises(WriteError):
        autosave.now(Draft(record=Record(title="two")))
    written.set()
    autosave.stop()
    assert in_time == [True]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_on_a_full_disk(history: History, number: signal.Signals) -> None:
    with Terminal(on_a_small_disk(NEW, SMALL), cwd=history.root) as terminal:
        drafted(terminal.wait("What shall we call it").press("ctrl+n", "ctrl+n"), history, "Wrong refunds")
        see(terminal.wait("What happened").paste(SUMMARY), "the disk or quota is full").signal(number)
        assert terminal.exit_code() == 128 + number
        assert terminal.modes.restored
        said = " ".join(" ".join(terminal.main_screen()).split())
        assert "the disk or quota is full" in said
        assert "Traceback" not in said
    assert kept(history).title == "Wrong refunds"


def two_notes(terminal: Terminal, said: str) -> Terminal:
    """Ask for the editor, and wait for another note than that of the draft to say this.

    A note goes by itself: on a loaded machine the draft's may be gone before the editor's comes, and is told anew
    after more was typed.
    """
    for _ in range(5):
        see(terminal, "The draft could not be written", said)
        terminal.press("ctrl+o")
        try:
            return terminal.wait_until(
                lambda t: flat(t.text()).count(flat(said)) == 2, f"{said!r} of the draft and of the editor", timeout=9
            )
        except AssertionError as error:
            last = error
            terminal.type(".")
    raise last


def test_the_editor_where_its_file_cannot_be_made(locked: History) -> None:
    (locked.root / ".git").chmod(0o555)
    with Terminal(obeying(NEW), cwd=locked.root, env={"EDITOR": "true"}) as terminal:
        terminal.wait("What shall we call it").press("ctrl+n", "ctrl+n").wait("What happened").type("Twice.")
        two_notes(terminal.wait("Twice."), "read-only for you").wait("Twice.")


def test_the_editor_on_a_full_disk(history: History) -> None:
    with Terminal(on_a_small_disk(NEW, SMALL), cwd=history.root, env={"EDITOR": "true"}) as terminal:
        terminal.wait("What shall we call it").press("ctrl+n", "ctrl+n").wait("What happened").paste(SUMMARY)
        two_notes(terminal, "quota is full").wait("promised refunds")
    assert not list(history.root.glob(".git/afterword/field-*"))


@pytest.mark.parametrize(
    ("editor", "said"),
    [("rm", "rm left no file"), ("vi 'x", "$EDITOR cannot be read"), ("no-such-editor", "could not be started")],
)
def test_an_editor_that_does_not_give_the_text_back(history: History, editor: str, said: str) -> None:
    with Terminal(NEW, cwd=history.root, env={"EDITOR": editor}) as terminal:
        terminal.wait("What shall we call it").press("ctrl+n", "ctrl+n").wait("What happened").type("Twice.")
        see(terminal.wait("Twice.").press("ctrl+o"), said).wait("Twice.")


def test_a_draft_that_cannot_be_discarded(locked: History) -> None:
    with Terminal(NEW, cwd=locked.root) as terminal:
        terminal.wait("What shall we call it").press("ctrl+q")
        assert terminal.exit_code() == 0
    (locked.root / ".git/afterword/drafts").chmod(0o555)
    with Terminal(obeying(AFTERWORD), cwd=locked.root) as terminal:
        terminal.wait("Wrong refunds").press("ctrl+d").wait("Discard the draft").press("y")
        see(terminal, ".git/afterword/drafts is read-only for you")
        assert terminal.press("ctrl+q").exit_code() == 0
    assert kept(locked).title == "Wrong refunds"


# The record


def save(terminal: Terminal) -> Terminal:
    """Ask for the record to be saved, as it stands."""
    terminal.wait("What shall we call it").press("ctrl+s").wait("Save the post-mortem")
    return terminal.press("enter")


def test_saving_into_a_read_only_work_tree(locked: History) -> None:
    locked.root.chmod(0o555)
    with Terminal(obeying(NEW), cwd=locked.root) as terminal:
        see(save(terminal), f"{locked.root.name} is read-only for you. Make it writable or choose another folder")
        assert kept(locked).title == "Wrong refunds"
        locked.root.chmod(0o755)
        assert terminal.press("enter").exit_code() == 0
    assert parse((locked.root / RECORD).read_text()).title == "Wrong refunds"
    assert Repository.open(locked.root).drafts.list() == []


def test_saving_where_no_draft_can_be_written(locked: History) -> None:
    """The work tree takes the record: nothing typed has to be lost."""
    (locked.root / ".git").chmod(0o555)
    with Terminal(obeying(NEW), cwd=locked.root) as terminal:
        save(terminal)
        assert terminal.exit_code() == 0
        assert f"Saved: {RECORD}" in terminal.main_screen()
    assert parse((locked.root / RECORD).read_text()).title == "Wrong refunds"


def test_saving_where_a_file_has_the_folders_name(history: History) -> None:
    history.write("docs", "not a folder\n")
    with Terminal(NEW, cwd=history.root) as terminal:
        see(save(terminal), "docs is not a folder")
        terminal.press("escape").wait_gone("Save the post-mortem").press("ctrl+q")
        assert terminal.exit_code() == 0
    assert kept(history).title == "Wrong refunds"
    assert (history.root / "docs").read_text() == "not a folder\n"


async def test_saving_on_a_full_disk(history: History) -> None:
    async with walking(history.root, now=NOW, title="Wrong refunds") as walk:
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.settle()
        with full_disk():
            await walk.press("enter")
            await reads(walk, "wrong-refunds.md could not be written: the disk or quota is full. Free some space")
        assert not [path for path in (history.root / "docs").rglob("*") if path.is_file()]
        assert kept(history).title == "Wrong refunds"
        await walk.press("enter")
        await walk.sees_not("Save the post-mortem")
    assert parse((history.root / RECORD).read_text()).title == "Wrong refunds"


def commit(terminal: Terminal) -> Terminal:
    """Ask for the record to be saved and committed."""
    terminal.wait("What shall we call it").press("ctrl+s").wait("Save the post-mortem")
    return terminal.press("right").wait("[yes]").press("enter")


def test_a_commit_that_cannot_be_written(locked: History) -> None:
    with Terminal(obeying(NEW), cwd=locked.root) as terminal:
        drafted(terminal.wait("What shall we call it"), locked, "Wrong refunds")
        (locked.root / ".git").chmod(0o555)
        see(commit(terminal), f"Saved as {RECORD}, not committed.")
        (locked.root / ".git").chmod(0o755)
        terminal.press("right").wait("[yes]").press("enter")
        assert terminal.exit_code() == 0
        assert "Saved and committed" in "".join(terminal.main_screen())
    assert locked.git("show", "--name-only", "--format=", "HEAD") == RECORD


@pytest.mark.parametrize("key", ["escape", "enter"])
def test_a_hook_that_refuses_leaves_the_record_saved(history: History, key: str) -> None:
    history.hook("pre-commit", "echo 'the linter says no' >&2; exit 1")
    with Terminal(NEW, cwd=history.root) as terminal:
        see(commit(terminal), f"Saved as {RECORD}, not committed.", "a commit hook of this repository refused it")
        terminal.press(key)
        assert terminal.exit_code(timeout=5) == 0
        assert f"Saved: {RECORD}" in terminal.main_screen()
    assert parse((history.root / RECORD).read_text()).title == "Wrong refunds"
    assert history.git("status", "--porcelain") == "?? docs/"


# The terminal


def test_a_connection_that_drops_ends_the_program(history: History) -> None:
    """No program is left behind that waits for a terminal nobody has, or keeps a processor busy."""
    with Terminal(NEW, cwd=history.root) as terminal:
        terminal.wait("What shall we call it").type(" again").wait("refunds again")
        terminal.hang_up()
        assert terminal.exit_code(timeout=15) in (128 + signal.SIGHUP, -signal.SIGHUP)
    assert kept(history).title == "Wrong refunds again"
