"""$EDITOR in every state that an editor can be in: the text is never lost, and the terminal is the program's again."""

import os
import signal
import stat
from pathlib import Path

import pytest

from tests.faults_terminal import attributes, eventually, is_stopped, kept, summary, terminal
from tests.program import see
from tests.terminal import Terminal

TEXT = "For two days the agent promised refunds."


def editor(root: Path, script: str, name: str = "editor") -> str:
    """An editor that does this; its file is `$1`."""
    path = root.parent / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def opened(root: Path, command: str) -> Terminal:
    """A walk in the summary, with this as its editor."""
    return summary(terminal(root, env={"EDITOR": command}).start(), TEXT)


def left(root: Path) -> list[Path]:
    """What lies in the draft folder beside the drafts, and beside the marks of a program that has them open."""
    own = (".json", ".open", ".turn")
    return [path for path in (root / ".git/afterword").rglob("*") if path.is_file() and path.suffix not in own]


def leave(t: Terminal) -> None:
    """Leave, with the terminal as it was."""
    assert t.press("ctrl+q").exit_code() == 0
    assert t.modes.restored
    t.close()


UNCHANGED = {
    "crashes": ("kill -SEGV $$", "was ended by signal 11"),
    "is killed": ("kill -KILL $$", "was ended by signal 9"),
    "fails": ("exit 1", "ended with status 1"),
    "fails and empties the file": (': > "$1"; exit 3', "ended with status 3"),
    "removes the file": ('rm "$1"', "left no file"),
    "makes a folder of it": ('rm "$1"; mkdir "$1"', "left no file"),
}


@pytest.mark.parametrize("name", UNCHANGED)
def test_an_editor_that_gives_nothing_back(root: Path, name: str) -> None:
    script, said = UNCHANGED[name]
    t = opened(root, editor(root, script))
    before, shown = attributes(t), t.modes
    see(t.press("ctrl+o"), said).wait_until(lambda t: t.modes == shown, "the program's own modes")
    assert attributes(t) == before
    t.type(" Twice.").wait("refunds. Twice.").wait_until(lambda _: kept(root) == f"{TEXT} Twice.", "the draft")
    leave(t)
    assert left(root) == []


CHANGED = {
    "writes": ('echo "Other words." > "$1"', "Other words."),
    "writes and fails": ('echo "Other words." > "$1"; exit 1', "Other words."),
    "replaces the file": ('echo "Other words." > "$1.new"; mv "$1.new" "$1"', "Other words."),
    "leaves NUL and no newline": (r'printf "Other \000words" > "$1"', "Other �words"),
    "leaves what is not UTF-8": (r'printf "Other \377\303 words" > "$1"', "Other �� words"),
    "leaves a backup": ('cp "$1" "$1~"; cp "$1" ".$1.swp"; echo "Other words." > "$1"', "Other words."),
    "changes the modes": (
        r'echo "Other words." > "$1"; stty -echo -onlcr raw; printf "\033[?1049h\033[?25h\033[?1000h\033[>1u"',
        "Other words.",
    ),
}


@pytest.mark.parametrize("name", CHANGED)
def test_an_editor_that_gives_something_back(root: Path, name: str) -> None:
    script, text = CHANGED[name]
    with terminal(root, env={"EDITOR": f"{editor(root, script)} "}) as t:
        before = attributes(t)
        summary(t, TEXT)
        shown = t.modes
        t.press("ctrl+o").wait("words").wait_until(lambda _: kept(root).replace("\0", "") == text, "the draft")
        if "modes" not in name:
            assert t.modes == shown
        else:
            t._emulator.keyboard_level -= 1  # what the editor pushed and did not take back is beyond our reach
        assert left(root) == []
        t.type("!").wait_until(lambda _: "!" in kept(root), "typing to go on")
        leave_with(t, before)


def leave_with(t: Terminal, before: list[object]) -> None:
    """Leave, with the terminal as it was to the last bit."""
    assert t.press("ctrl+q").exit_code() == 0
    assert t.modes.restored
    assert attributes(t) == before


def test_an_emptied_file_comes_back(root: Path) -> None:
    """It ended well, so that the author may have meant it; one key takes it back."""
    t = opened(root, editor(root, ': > "$1"'))
    t.press("ctrl+o").wait_until(lambda _: kept(root) == "", "the empty text").press("ctrl+z")
    t.wait("refunds.").wait_until(lambda _: kept(root) == TEXT, "the text again")
    leave(t)


def test_a_command_line_with_spaces(root: Path) -> None:
    script = editor(root, 'test "$1 $2" = "--wait two words" && echo "$1 and $2" > "$3"', "my editor")
    t = opened(root, f"'{script}' --wait 'two words'")
    t.press("ctrl+o").wait("--wait and two words")
    leave(t)


def test_what_an_editor_saves_for_a_rescue_stays(root: Path) -> None:
    t = opened(root, editor(root, 'echo "half a text" > "$(dirname "$1")/.field.md.swp"; kill -HUP $$'))
    see(t.press("ctrl+o"), "was ended by signal 1", "What the editor left beside it is in")
    leave(t)
    assert [path.name for path in left(root)] == [".field.md.swp", "field.md"] or len(left(root)) == 2
    assert {path.parent.stat().st_mode & 0o777 for path in left(root)} == {0o700}


@pytest.mark.parametrize("whom", ["$$", "0"], ids=["itself", "the whole job"])
def test_an_editor_that_is_suspended(root: Path, whom: str) -> None:
    """The shell gets the terminal, as if the program had been stopped; both go on together."""
    number = "STOP" if whom == "$$" else "TSTP"
    script = f'trap : TSTP; kill -{number} {whom}; echo "Other words." > "$1"'
    t = opened(root, editor(root, script))
    t.press("ctrl+o")
    eventually(lambda: is_stopped(t), "the program to stop with its editor")
    t.wait_until(lambda t: t.modes.cooked and not t.modes.alternate_screen, "the terminal to be given back")
    os.kill(t.pid, signal.SIGCONT)
    t.wait("Other words.").wait_until(lambda _: kept(root) == "Other words.", "the draft")
    leave(t)


def test_killed_while_the_editor_runs(root: Path) -> None:
    """What was typed before is in the draft, whatever becomes of the editor."""
    t = terminal(root, env={"EDITOR": editor(root, 'touch "$0.runs"; exec sleep 60')}).start()
    summary(t).type(TEXT).wait("refunds.").press("ctrl+o")
    eventually((root.parent / "editor.runs").exists, "the editor")
    eventually(lambda: kept(root) == TEXT, "the draft")
    t.kill()
    t.close()
    assert kept(root) == TEXT
