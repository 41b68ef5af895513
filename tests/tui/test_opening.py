"""The first frame of a walk, before its record is read: what it shows, and what becomes of keys typed into it."""

import sys
from pathlib import Path

import pytest

from afterword.record.model import Record
from afterword.repo import Repository
from afterword.repo.draft import Draft
from tests.histories import History
from tests.program import AFTERWORD
from tests.terminal import Terminal


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A repository in which one draft waits, begun at its summary."""
    history = History(tmp_path / "repository")
    history.commit("Begin", {"README.md": "An agent.\n"})
    record = Record(title="Refunds promised", summary="Seen at that hour.", tags=("refunds", "tone"))
    Repository.open(history.root).drafts.write(Draft(record=record, section="summary"))
    return history.root


def test_what_is_typed_before_the_record_is_read_lands_in_the_field(waiting: Path) -> None:
    with Terminal([*AFTERWORD, "edit"], cwd=waiting) as terminal:
        terminal.wait("Summary").type("Typed ahead. ")
        terminal.wait("Typed ahead. Seen at that hour.").press("ctrl+q")
        assert terminal.exit_code() == 0
    assert Repository.open(waiting).drafts.list()[0].record.summary == "Typed ahead. Seen at that hour."


def test_keys_that_go_elsewhere_are_taken_in_their_order(waiting: Path) -> None:
    with Terminal([*AFTERWORD, "edit"], cwd=waiting) as terminal:
        terminal.wait("Seen at that hour").press("ctrl+r", "ctrl+r").type(" in March")
        terminal.wait("What shall we call it", "Refunds promised in March")


def test_leaving_at_once_keeps_the_draft(waiting: Path) -> None:
    with Terminal([*AFTERWORD, "edit"], cwd=waiting) as terminal:
        terminal.wait("Seen at that hour").press("ctrl+q")
        assert terminal.exit_code() == 0
        assert terminal.modes.restored
        assert "The draft is kept" in "\n".join(terminal.main_screen())
    assert len(Repository.open(waiting).drafts.list()) == 1


def test_a_draft_that_is_not_what_it_seemed_is_told_once_the_terminal_is_back(waiting: Path) -> None:
    draft = next((waiting / ".git/afterword/drafts").glob("*.json"))
    draft.write_text(draft.read_text().replace('"title":"Refunds promised"', '"title":["no text"]'))
    with Terminal([*AFTERWORD, "edit"], cwd=waiting) as terminal:
        terminal.wait("No post-mortems yet")
        assert list(draft.parent.glob("*.damaged"))


def test_typed_ahead_on_the_home_screen_opens_the_first_line(waiting: Path) -> None:
    with Terminal(AFTERWORD, cwd=waiting) as terminal:
        terminal.wait("Afterword").press("enter")
        terminal.wait("What happened, to whom", "Seen at that hour.")


HEAVY = ("git", "pydantic", "yaml", "markdown_it", "afterword.record.model", "afterword.redaction", "afterword.checks")
ASKED = """
import sys
from afterword.tui.{module} import {screen} as Screen
def look(*_, **__):
    with open({out!r}, "w") as file:
        print(*[name for name in {heavy!r} if name in sys.modules], file=file, end="")
Screen.run_worker = look
from afterword.cli import main
main({arguments!r})
"""


@pytest.mark.parametrize(
    ("arguments", "module", "screen"),
    [([], "screens.home", "HomeScreen"), (["edit"], "screens.opening", "OpeningScreen")],
)
def test_the_first_frame_needs_neither_record_nor_git_library(
    waiting: Path, tmp_path: Path, arguments: list[str], module: str, screen: str
) -> None:
    out = tmp_path / "loaded"
    script = ASKED.format(module=module, screen=screen, out=str(out), heavy=HEAVY, arguments=arguments)
    with Terminal([sys.executable, "-c", script], cwd=waiting) as terminal:
        terminal.wait_until(lambda _: out.exists(), "the first frame")
        terminal.wait("Leave")
    assert out.read_text() == ""
