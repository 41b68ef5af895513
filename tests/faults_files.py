"""The file system under a walk: what can be written is, what cannot is told, and it is taken up again by itself."""

import json
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from afterword.record.document import parse
from afterword.record.model import Record
from afterword.repo import Repository
from afterword.repo.draft import Draft
from afterword.repo.drafts import Drafts
from tests.faults import obeying, permission_bits_hold
from tests.faults_terminal import NEW, begun, drafts, eventually, kept, summary, terminal
from tests.program import see

TEXT = "For two days the agent promised refunds."


def test_a_draft_folder_made_read_only(root: Path) -> None:
    """It is the program's own folder, whose mode it mends."""
    if not permission_bits_hold():
        pytest.skip("root's privilege over permission bits cannot be given up here")
    folder = root / ".git/afterword/drafts"
    with terminal(root, obeying(NEW)) as t:
        summary(t, TEXT)
        folder.chmod(0o500)
        t.type(" Twice.")
        eventually(lambda: kept(root) == f"{TEXT} Twice.", "the draft")
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_above_it_made_unreadable_and_readable_again(root: Path) -> None:
    if not permission_bits_hold():
        pytest.skip("root's privilege over permission bits cannot be given up here")
    with terminal(root, obeying(NEW)) as t:
        summary(t, TEXT)
        (root / ".git").chmod(0o000)
        see(t.type(" Twice."), "The draft could not be written")
        (root / ".git").chmod(0o755)
        eventually(lambda: kept(root) == f"{TEXT} Twice.", "the draft, with no key pressed")


def test_the_drafts_folder_removed(root: Path) -> None:
    with terminal(root) as t:
        summary(t, TEXT)
        shutil.rmtree(root / ".git/afterword")
        t.type(" Twice.")
        eventually(lambda: drafts(root) and kept(root) == f"{TEXT} Twice.", "the draft")
        assert (root / ".git/afterword/drafts").stat().st_mode & 0o777 == 0o700


def test_the_repository_moved_away_and_back(root: Path) -> None:
    elsewhere = root.with_name("elsewhere")
    with terminal(root) as t:
        summary(t, TEXT)
        root.rename(elsewhere)
        see(t.type(" Twice."), "The draft could not be written", "the repository is not there any more")
        assert not root.exists(), "no folder is made in its place"
        elsewhere.rename(root)
        eventually(lambda: kept(root) == f"{TEXT} Twice.", "the draft, with no key pressed")
        assert t.press("ctrl+q").exit_code() == 0


def test_the_work_tree_removed(root: Path) -> None:
    with terminal(root) as t:
        summary(t, TEXT)
        shutil.rmtree(root)
        see(t.type(" Twice."), "The draft could not be written", "the repository is not there any more")
        see(t.press("ctrl+q"), "Leave all the same?").press("enter").wait_gone("Leave all the same?")
        t.wait("Twice.").press("ctrl+q").wait("Leave all the same?").press("y")
        assert t.exit_code() == 0
        assert t.modes.restored
    assert not root.exists()


def test_the_git_folder_replaced_by_a_file(root: Path) -> None:
    with terminal(root) as t:
        summary(t, TEXT)
        (root / ".git").rename(root / "git")
        (root / ".git").write_text("gitdir: nowhere\n")
        see(t.type(" Twice."), "The draft could not be written", "the repository is not there any more")
        see(t.press("ctrl+s"), "Not saved", "is not inside a git repository")
        (root / ".git").unlink()
        (root / "git").rename(root / ".git")
        eventually(lambda: kept(root) == f"{TEXT} Twice.", "the draft, with no key pressed")


def test_a_killed_save_leaves_nothing_beside_the_record(root: Path) -> None:
    """What is half written lies in git's folder: killed between the two names, only the record is in the work tree."""
    script = """
import os, signal, sys
from pathlib import Path
from afterword.record.model import Record
from afterword.repo import Repository
link = os.link
def killed(*arguments, **options):
    link(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)
os.link = killed
Repository.open(".").drafts.folder.mkdir(parents=True)
Repository.open(".").records.save(Record(title="Wrong refunds"), "wrong-refunds")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert [path.name for path in (root / "docs/postmortems").iterdir()] == ["wrong-refunds.md"]
    assert parse((root / "docs/postmortems/wrong-refunds.md").read_text()).title == "Wrong refunds"


# The clock


def backdate(root: Path, draft: Draft, moment: datetime) -> None:
    """Make a draft one that was written at another time."""
    path = root / f".git/afterword/drafts/{draft.id}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"updated": moment.isoformat()}))


@pytest.mark.parametrize("future", [datetime.now(UTC) + timedelta(days=400), datetime(9999, 12, 31, tzinfo=UTC)])
def test_a_clock_set_back(root: Path, future: datetime) -> None:
    """A draft that was written while the clock was ahead is not the newest for ever."""
    first = Draft(record=Record(title="Written while the clock was ahead"), base_path="docs/postmortems/a.md")
    Repository.open(root).drafts.write(first)
    backdate(root, first, future)
    with terminal(root) as t:
        summary(t).type(TEXT).wait("refunds.")
        eventually(lambda: [draft.record.summary for draft in drafts(root)] == [TEXT, ""], "the later one first")
        t.kill()
    Drafts._newest.clear()  # as it is in another process, which has written nothing here yet
    again = Draft(record=Record(title="Later"), base_path="docs/postmortems/a.md")
    Repository.open(root).drafts.write(again)
    waiting = Repository.open(root).drafts.for_record("docs/postmortems/a.md")
    assert waiting is not None and waiting.record.title == "Later"


def test_drafts_keep_their_order_in_one_process(tmp_path: Path) -> None:
    store = Repository.open(begun(tmp_path / "agent").root).drafts
    for title in "abcabc":
        store.write(Draft(id=title, record=Record(title=title)), over=True)
    assert [draft.record.title for draft in store.list()] == ["c", "b", "a"]
