"""The real program, ended from outside: nothing typed is lost, and `afterword edit` offers to go on."""

import signal
import sys
import time
from pathlib import Path

import pytest

from tests.histories import History
from tests.terminal import Terminal

AFTERWORD = [sys.executable, "-m", "afterword"]
LAST = "policy."
TEXT = "For two days the agent promised refunds whatever the policy."


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit."""
    history = History(tmp_path / "agent")
    history.commit("Begin", {"prompts/system.md": "Be kind.\n"}, at="2026-03-01T10:00:00+00:00")
    return history.root


def begin(repository: Path) -> Terminal:
    """Start a walk, and type into the summary and half a line into the timeline."""
    terminal = Terminal([*AFTERWORD, "new", "Wrong refunds"], cwd=repository, size=(80, 24)).start()
    terminal.wait("What shall we call it").press("ctrl+n", "ctrl+n").wait("What happened, to whom")
    return terminal


def resumed(repository: Path, *words: str) -> None:
    """See the words again after `afterword edit`."""
    with Terminal([*AFTERWORD, "edit"], cwd=repository, size=(80, 24)) as terminal:
        terminal.wait("Wrong refunds", *words)


def test_killed_a_second_after_the_last_key(repository: Path) -> None:
    terminal = begin(repository)
    terminal.type(TEXT).wait(LAST)
    time.sleep(1)
    terminal.kill()
    resumed(repository, "What happened, to whom", LAST)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_at_once_after_the_last_key(repository: Path, number: signal.Signals) -> None:
    terminal = begin(repository)
    terminal.type(TEXT).signal(number)
    assert terminal.exit_code() == 128 + number
    assert terminal.modes.restored
    terminal.close()
    resumed(repository, "What happened, to whom", LAST)


def test_the_line_goes_dead(repository: Path) -> None:
    terminal = begin(repository)
    terminal.type(TEXT).wait(LAST)
    terminal.hang_up()
    resumed(repository, "What happened, to whom", LAST)


def test_half_a_row_and_a_half_filled_form_survive(repository: Path) -> None:
    terminal = begin(repository)
    terminal.press("ctrl+n").wait("How much, of what").press("a").wait("Add measure").type("wrong promises")
    time.sleep(1)
    terminal.kill()
    with Terminal([*AFTERWORD, "edit"], cwd=repository, size=(80, 24)) as again:
        again.wait("How much, of what").press("a").wait("Add measure", "wrong promises")


def test_a_pasted_sample_survives_unredacted_in_the_draft_alone(repository: Path) -> None:
    secret = "sk-" + "proj-" + "Zq7" * 16
    terminal = Terminal([*AFTERWORD, "new", "Wrong refunds"], cwd=repository, size=(80, 24)).start()
    terminal.wait("What shall we call it").press(*["ctrl+n"] * 9).wait("What did the model say")
    terminal.press("a").wait("What was said").paste(f"key {secret}\nanswer: yes").wait("answer: yes")
    time.sleep(1)
    terminal.kill()
    with Terminal([*AFTERWORD, "edit"], cwd=repository, size=(80, 24)) as again:
        again.wait("not looked through").press("enter").wait("undecided: r redacts").press("ctrl+q")
        again.wait("What did the model say").press("ctrl+q")
        again.exit_code()
    drafts = list((repository / ".git/afterword/drafts").iterdir())
    assert [path.stat().st_mode & 0o777 for path in drafts] == [0o600]
    files = [path for path in repository.rglob("*") if path.is_file() and path not in drafts]
    assert not any(secret.encode() in path.read_bytes() for path in files)
