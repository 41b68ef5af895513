"""What the tests of faults in a terminal share: a repository, a walk begun in it, and what is left of it."""

import contextlib
import os
import signal
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from afterword.repo import Repository
from afterword.repo.draft import Draft
from tests.histories import History
from tests.program import AFTERWORD
from tests.terminal import Terminal

NEW = [*AFTERWORD, "new", "Wrong refunds"]
PATIENCE = 60.0
"""Seconds to wait for what has to come: the machine may be loaded, so that nothing is measured by them."""


def begun(root: Path) -> History:
    """A repository with one commit, a prompt in it."""
    history = History(root)
    history.commit("Begin", {"prompts/system.md": "Be kind.\n"}, at="2026-03-01T10:00:00+00:00")
    return history


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The work tree of such a repository."""
    return begun(tmp_path / "agent").root


def terminal(root: Path, command: list[str] = NEW, **options: Any) -> Terminal:
    """The program in a terminal, not started yet."""
    return Terminal(command, cwd=root, timeout=PATIENCE, **options)


def summary(terminal: Terminal, text: str = "") -> Terminal:
    """Go to the summary of a walk that begins, and type into it."""
    terminal.wait("What shall we call it").press("ctrl+n", "ctrl+n").wait("What happened, to whom")
    if not text:
        return terminal
    root = Path(str(terminal.cwd))
    terminal.type(text).wait(text.split()[-1])
    return terminal.wait_until(lambda _: kept(root) == text, "the draft on disk").settle()


def drafts(root: Path) -> list[Draft]:
    """The drafts of a repository, every one of them whole."""
    found, problems = Repository.open(root).drafts.scan()
    assert not problems
    return list(found)


def kept(root: Path) -> str:
    """The summary in the one draft there is; until there is one, words that nobody typed."""
    found = drafts(root)
    assert len(found) < 2
    return str(found[0].record.summary) if found else "(no draft)"


def eventually(true: Callable[[], Any], what: str, seconds: float = PATIENCE) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.02)


def attributes(terminal: Terminal) -> list[Any]:
    """The line discipline's state, every bit of it."""
    return termios.tcgetattr(terminal._master)


def state(pid: int) -> str:
    """What a process does, in one letter: `T` is stopped."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def is_stopped(terminal: Terminal) -> bool:
    return state(terminal.pid) == "T"


def stop(terminal: Terminal, number: signal.Signals = signal.SIGTSTP) -> None:
    """Stop the program and wait until it stands still, and until all that it had written is read."""
    os.kill(terminal.pid, number)
    eventually(lambda: is_stopped(terminal), "the program to be stopped")
    terminal.settle()


def resumed(root: Path, *words: str) -> None:
    """See the words again after `afterword edit`."""
    with terminal(root, [*AFTERWORD, "edit"]) as again:
        again.wait(*words).press("ctrl+q")
        assert again.exit_code() == 0


def leave(terminal: Terminal) -> None:
    """Leave from wherever the walk is."""
    while terminal.is_running:
        terminal.press("ctrl+q")
        with contextlib.suppress(AssertionError):
            terminal.exit_code(timeout=1.0)
    assert terminal.exit_code() == 0
