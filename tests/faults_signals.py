"""Signals and connections: whatever ends or stops the program, what was typed is kept and the terminal given back."""

import os
import shlex
import signal
import termios
import time
from pathlib import Path

import pytest

from tests.faults_terminal import (
    NEW,
    attributes,
    drafts,
    eventually,
    kept,
    resumed,
    stop,
    summary,
    terminal,
)
from tests.program import AFTERWORD

TEXT = "For two days the agent promised refunds whatever the policy."
ENDINGS = [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM]


@pytest.mark.parametrize("number", ENDINGS, ids=lambda number: number.name)
def test_told_to_end(root: Path, number: signal.Signals) -> None:
    with terminal(root) as t:
        before = attributes(t)
        summary(t).type(TEXT).signal(number)
        assert t.exit_code() == 128 + number
        assert t.modes.restored
        assert attributes(t) == before
    assert kept(root) == TEXT


def test_told_to_end_twice(root: Path) -> None:
    with terminal(root) as t:
        summary(t, TEXT).signal(signal.SIGTERM).signal(signal.SIGHUP).signal(signal.SIGINT)
        assert t.exit_code() == 128 + signal.SIGTERM
        assert t.modes.restored
    assert kept(root) == TEXT


def test_ctrl_c_as_a_key_ends_nothing(root: Path) -> None:
    with terminal(root) as t:
        summary(t, TEXT).press("ctrl+c").wait("Ctrl+Q leaves").press("ctrl+q")
        assert t.exit_code() == 0
        assert t.modes.restored


@pytest.mark.parametrize("at", [0.0, 0.2, 0.35, 0.5, 0.7, 1.0])
def test_told_to_end_while_it_starts(root: Path, at: float) -> None:
    """At whatever moment, no terminal is left behind in which nothing can be typed."""
    with terminal(root) as t:
        before = attributes(t)
        time.sleep(at)
        t.signal(signal.SIGTERM)
        assert t.exit_code() in (-signal.SIGTERM, 128 + signal.SIGTERM)
        assert t.modes.restored
        assert attributes(t) == before


def test_stopped_and_back(root: Path) -> None:
    with terminal(root) as t:
        before = attributes(t)
        summary(t, TEXT)
        taken, shown = t.modes, t.screen()
        stop(t)
        assert t.modes.restored
        assert attributes(t) == before
        assert kept(root) == TEXT, "a stopped job may never go on"
        t.signal(signal.SIGCONT).wait_until(lambda t: t.modes == taken and t.screen() == shown, "the screen as it was")
        t.type(" Twice.").wait("policy. Twice.").press("ctrl+q")
        assert t.exit_code() == 0
        assert t.modes.restored
        assert attributes(t) == before
    assert kept(root) == f"{TEXT} Twice."


def test_stopped_while_the_window_changes(root: Path) -> None:
    with terminal(root) as t:
        summary(t, TEXT)
        stop(t)
        t.resize(110, 34).signal(signal.SIGCONT)
        t.wait_until(lambda t: "Esc" in t.screen()[-1] or "^N" in t.screen()[-1], "the key bar on the new last line")
        t.wait("What happened, to whom", "policy.").press("ctrl+q")
        assert t.exit_code() == 0


@pytest.mark.parametrize("times", [1, 3])
def test_told_to_go_on_without_having_stopped(root: Path, times: int) -> None:
    with terminal(root) as t:
        before = attributes(t)
        summary(t, TEXT)
        taken, shown = t.modes, t.screen()
        for _ in range(times):
            t.signal(signal.SIGCONT).settle()
        t.wait_until(lambda t: t.modes == taken and t.screen() == shown, "the screen as it was")
        t.type(" Twice.").wait("policy. Twice.").press("ctrl+q")
        assert t.exit_code() == 0
        assert t.modes.restored
        assert attributes(t) == before
    assert kept(root) == f"{TEXT} Twice."


def test_stopped_without_being_asked(root: Path) -> None:
    """SIGSTOP cannot be caught: whoever has the terminal meanwhile leaves it as they like."""
    with terminal(root) as t:
        before = attributes(t)
        summary(t, TEXT)
        taken, shown = t.modes, t.screen()
        stop(t, signal.SIGSTOP)
        termios.tcsetattr(t._master, termios.TCSANOW, before)
        t._emulator.feed(b"\x1b[?1049l\x1b[?25h\x1b[?1003l\x1b[?2004l\x1b[<ushell$ ")
        t.signal(signal.SIGCONT).wait_until(lambda t: t.modes == taken and t.screen() == shown, "the screen as it was")
        t.type(" Twice.").wait("policy. Twice.").press("ctrl+q")
        assert t.exit_code() == 0
        assert t.modes.restored
        assert attributes(t) == before


def test_a_job_of_a_shell(root: Path) -> None:
    """With job control, as in life: stopped, in the background, and back."""
    with terminal(root, ["bash", "--norc", "--noprofile", "-i"], env={"PS1": "shell> "}) as t:
        t.wait("shell>").type(shlex.join(NEW) + "\n")
        summary(t, TEXT)
        taken, shown = t.modes, t.screen()
        children = Path(f"/proc/{t.pid}/task/{t.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGTSTP)
        t.wait("Stopped").wait_until(lambda t: t.modes.restored or not t.modes.alternate_screen, "the shell's modes")
        t.type("bg\n").wait("&").settle().type("echo still a $((40+2)) shell\n").wait("still a 42 shell")
        t.type("fg\n").wait_until(lambda t: t.modes == taken and t.screen() == shown, "the screen as it was")
        t.type(" Twice.").wait("policy. Twice.").press("ctrl+q").wait("The draft is kept")
        t.type("stty -a | grep -c ' icanon.* echo '; exit\n")
        t.exit_code()
    assert kept(root) == f"{TEXT} Twice."


def test_a_connection_that_drops_in_mid_frame(root: Path) -> None:
    """The program ends by itself, and promptly: the last resort would be five seconds."""
    with terminal(root) as t:
        summary(t, TEXT)
        t.type(" Twice.").press("ctrl+n", "ctrl+r", "ctrl+n", "ctrl+r")
        begun_at = time.monotonic()
        t.hang_up()
        assert t.exit_code() in (128 + signal.SIGHUP, -signal.SIGHUP)
        print(f"ended after {time.monotonic() - begun_at:.1f} s")
    assert kept(root).startswith(TEXT)
    resumed(root, "What happened, to whom")


def test_the_end_of_what_is_typed(root: Path) -> None:
    """No signal comes where the program has no controlling terminal: the end of its input is the end."""
    script = """import os, signal, sys
pid = os.fork()
if pid == 0:
    os.setsid()
    os.execvp(sys.argv[1], sys.argv[1:])
signal.signal(signal.SIGHUP, signal.SIG_IGN)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""
    with terminal(root, [AFTERWORD[0], "-c", script, *NEW]) as t:
        summary(t, TEXT).hang_up()
        eventually(lambda: drafts(root) and kept(root) == TEXT, "the draft")
        assert t.exit_code() == 128 + signal.SIGHUP


def test_hangups_ignored(root: Path) -> None:
    """As under nohup: the program still ends when there is nothing more to read."""
    script = (
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execvp(sys.argv[1], sys.argv[1:])"
    )
    with terminal(root, [AFTERWORD[0], "-c", script, *NEW]) as t:
        summary(t, TEXT).hang_up()
        assert t.exit_code() == 128 + signal.SIGHUP
    assert kept(root) == TEXT
