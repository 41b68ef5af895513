"""Where the program is started: terminals it does not know, no home, few files, other encodings, a slow git."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults_terminal import NEW, drafts, eventually, kept, leave, summary, terminal
from tests.program import AFTERWORD

TEXT = "Für zwei Tage versprach der Agent Erstattungen: “sofort”, 3 ≤ 4, 好."
ENVIRONMENTS = {
    "a terminal that nobody knows": {"TERM": "no-such-terminal"},
    "a vt100": {"TERM": "vt100", "COLORTERM": None},
    "no home": {"HOME": None, "XDG_CONFIG_HOME": None, "XDG_CACHE_HOME": None},
    "a home that is not there": {"HOME": "/no/such/home"},
    "no language": {"LANG": None, "LC_ALL": None, "LC_CTYPE": None},
    "C": {"LANG": "C", "LC_ALL": "C"},
    "POSIX without coercion": {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "ASCII output": {"PYTHONIOENCODING": "ascii:strict"},
    "Latin output": {"PYTHONIOENCODING": "latin-1:strict"},
    "UTF-16 output": {"PYTHONIOENCODING": "utf-16"},
    "no buffer": {"PYTHONUNBUFFERED": "1"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "warnings": {"PYTHONWARNINGS": "error::BytesWarning", "PYTHONDEVMODE": "1"},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_an_environment(root: Path, name: str) -> None:
    with terminal(root, env=ENVIRONMENTS[name]) as t:
        summary(t).type(TEXT).wait("sofort")
        eventually(lambda: drafts(root) and kept(root) == TEXT, "the draft")
        t.press("ctrl+s").wait("Save the post-mortem").press("enter")
        assert t.exit_code() == 0
        assert t.modes.restored
    assert TEXT in (root / "docs/postmortems/wrong-refunds.md").read_text("utf-8")


@pytest.mark.parametrize("term", [None, "", "dumb"])
def test_a_terminal_that_cannot_show_screens(root: Path, term: str | None) -> None:
    with terminal(root, env={"TERM": term}) as t:
        assert t.exit_code() == 2
        assert "cannot show screens" in t.text()
        assert t.modes.restored


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_streams_that_are_closed(root: Path, closed: tuple[int, ...]) -> None:
    script = "import os, sys\nfor n in map(int, sys.argv[1].split()): os.close(n)\nos.execvp(sys.argv[2], sys.argv[2:])"
    with terminal(root, [sys.executable, "-c", script, " ".join(map(str, closed)), *NEW]) as t:
        assert t.exit_code() == 2
        assert "Traceback" not in t.text()
        assert t.modes.restored


def test_no_terminal_at_all(root: Path) -> None:
    done = subprocess.run(NEW, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr


def test_a_mistake_in_the_configuration_is_told_when_optimised(root: Path) -> None:
    (root / ".afterword.toml").write_text("records_dir = 7\n")
    done = subprocess.run([sys.executable, "-O", *AFTERWORD[1:], "list"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 2
    with terminal(root, [sys.executable, "-O", *AFTERWORD[1:], "new"]) as t:
        assert t.exit_code() == 2
        assert "records_dir" in t.text()


LIMITS = ["RLIMIT_NOFILE, (40, 40)", "RLIMIT_AS, (1 << 30, 1 << 30)", "RLIMIT_NOFILE, (20, 20)"]


@pytest.mark.parametrize("limit", LIMITS)
def test_little_of_everything(root: Path, limit: str) -> None:
    script = f"import os, resource, sys; resource.setrlimit(resource.{limit}); os.execvp(sys.argv[1], sys.argv[1:])"
    with terminal(root, [sys.executable, "-c", script, *NEW]) as t:
        summary(t).type(TEXT).wait("sofort")
        eventually(lambda: drafts(root) and kept(root) == TEXT, "the draft")
        t.press("ctrl+s").wait("Save the post-mortem").press("enter")
        assert t.exit_code() == 0
        assert t.modes.restored
    assert TEXT in (root / "docs/postmortems/wrong-refunds.md").read_text("utf-8")


def test_keys_typed_ahead_of_a_slow_git(root: Path) -> None:
    """Everything goes where it would have gone one by one, and ends in the file."""
    folder = root.parent / "bin"
    folder.mkdir()
    git = folder / "git"
    git.write_text(f'#!/bin/sh\nsleep 0.3\nexec {shutil.which("git")} "$@"\n')
    git.chmod(git.stat().st_mode | stat.S_IXUSR)
    with terminal(root, env={"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}) as t:
        t.wait("What shall we call it").press("ctrl+n", "ctrl+n").type(TEXT).press("ctrl+g", "escape")
        t.press("ctrl+n", "ctrl+n").type("2026-03-02 10:00 detection tool: first ticket\n").press("escape")
        t.press("ctrl+r", "ctrl+r").wait("What happened, to whom", "sofort")
        eventually(lambda: drafts(root) and kept(root) == TEXT, "the draft")
        leave(t)
    (draft,) = drafts(root)
    assert [event.what for event in draft.record.timeline] == ["first ticket"]
