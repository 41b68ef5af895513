"""Committing from the walk: a hook that hangs is ended with Ctrl+C, and a commit on no branch is told before."""

from pathlib import Path

from afterword.repo import Repository
from tests.histories import History
from tests.program import reads
from tests.tui.conftest import NOW
from tests.tui.driver import walking


async def test_a_hook_that_hangs_is_stopped_with_ctrl_c(plain: Path) -> None:
    history = History.at(plain)
    history.hook("pre-commit", "sleep 600")
    head = history.head()
    async with walking(plain, now=NOW, title="Wrong refunds") as walk:
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("right", "enter")
        await walk.sees("Committing…", "Stop it")
        await walk.press("enter", "escape", "ctrl+c")
        await reads(walk, "Saved as docs/postmortems/wrong-refunds.md, not committed.", "you stopped it")
        await walk.press("enter")
        await walk.sees_not("Save the post-mortem")
    assert history.head() == head and len(Repository.open(plain).records.list()) == 1


async def test_a_commit_on_no_branch_is_told_before(plain: Path) -> None:
    History.at(plain).git("switch", "--quiet", "--detach")
    async with walking(plain, now=NOW, title="Wrong refunds") as walk:
        await walk.press("ctrl+s")
        await reads(walk, "Save the post-mortem", "a commit would be on no branch")
