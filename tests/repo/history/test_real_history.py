"""A real history, of a project that moved all its prompts once: what plain git tells is found, in every window."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from afterword.repo.history.ranking import Group, ranked
from tests.histories import History
from tests.repo.repositories import opened

BUNDLE = Path(os.environ.get("AFTERWORD_HISTORY", "../shared/data/fabric-prompts.bundle"))
pytestmark = pytest.mark.skipif(not BUNDLE.is_file(), reason="the bundle is kept beside the project, not in it")
MOVE = "2dc279f"
"""The commit that moved 271 prompts."""


@pytest.fixture(scope="module")
def fabric(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The history, checked out."""
    root = tmp_path_factory.mktemp("fabric") / "repo"
    history = History(root)
    history.git("fetch", "--quiet", str(BUNDLE.absolute()), "refs/heads/main:refs/heads/main", "--update-head-ok")
    history.git("reset", "--hard", "--quiet")
    return history


def truth(history: History, since: datetime, until: datetime) -> set[tuple[str, str]]:
    """Return commit and path of every prompt file that git says was touched in a window."""
    is_prompt = opened(history).pathways.kind
    options = ("--format=%x01%H", "--name-only", "--no-renames", "-c")
    listing = history.git("log", *options, f"--since={since.isoformat()}", f"--until={until.isoformat()}")
    found, sha = set(), ""
    for line in listing.splitlines():
        if line.startswith("\x01"):
            sha = line[1:]
        elif line and is_prompt(line) == "prompt":
            found.add((sha, line))
    return found


def test_every_change_that_git_knows_is_found_in_every_window(fabric: History) -> None:
    start, compared = datetime(2024, 2, 1, tzinfo=UTC), 0
    while start < datetime(2025, 11, 1, tzinfo=UTC):
        end = start + timedelta(days=10)
        found = set()
        for change in opened(fabric).prompt_changes(start, end):
            found |= {(change.sha, change.path), (change.sha, change.path_before)}
        wanted = truth(fabric, start, end)
        assert wanted <= found, f"from {start:%Y-%m-%d}"
        compared += bool(wanted)
        start = end
    assert compared >= 20


def test_the_restructuring_is_a_move_and_stands_below_every_edit(fabric: History) -> None:
    found = ranked(opened(fabric).prompt_changes(datetime(2025, 7, 1, tzinfo=UTC), datetime(2025, 7, 10, tzinfo=UTC)))
    groups = [one.group for one in found]
    edits = {one.change.sha for one in found if one.group is Group.BEFORE}
    moves = {one.change.sha for one in found if one.group is Group.MOVED}
    assert groups == sorted(groups) and set(groups) == {Group.BEFORE, Group.MOVED}
    assert len(edits) == 7 and len(moves) == 1
    assert moves.pop().startswith(MOVE)
