"""At a terminal: nothing that it would obey but our own, colours only where they are welcome."""

import sys

import pytest

from tests.histories import ISOLATION, History
from tests.terminal import Terminal

AFTERWORD = [sys.executable, "-m", "afterword"]


def shown(history: History, *arguments: str, columns: int = 80, **environment: str) -> tuple[str, bytes, int]:
    """Run a command in a terminal; return its screen, the bytes it sent and its exit code."""
    env = {**ISOLATION, **environment}
    with Terminal([*AFTERWORD, *arguments], cwd=history.root, env=env, size=(columns, 24)) as terminal:
        code = terminal.exit_code()
        return terminal.text(), terminal.bytes_seen, code


@pytest.fixture
def hostile(history: History) -> History:
    """A history whose subject and path would move the cursor and hide text."""
    subject = "Warmer \x1b]0;owned\x07\x1b[2J tone \u202e with a subject longer than a line of a terminal is"
    history.commit(subject, {"prompts/" + "deep/" * 12 + "system.md": "x\n"}, at="2026-03-01T10:00:00+00:00")
    history.write("docs/postmortems/2026-03-01-x.md", "---\nschema: afterword/1\ntitle: a\x1b[31mb\n---\n")
    return history


def test_foreign_control_characters_become_visible(hostile: History) -> None:
    text, sent, code = shown(hostile, "prompts", "--since", "2026-01", columns=120)
    assert code == 0
    assert b"\x1b]0;" not in sent and b"\x1b[2J" not in sent and "\u202e".encode() not in sent
    assert "␛" in text
    text, sent, _ = shown(hostile, "show", "x")
    assert "a␛[31mb" in text
    assert b"\x1b[31m" not in sent


def test_each_change_stays_on_one_line_of_80_columns(hostile: History) -> None:
    text, _, _ = shown(hostile, "prompts", "--since", "2026-01")
    first, *below = [line for line in text.splitlines() if line]
    assert "system.md" in first and first.endswith("…")
    assert below and all(line.startswith("    ") and len(line) <= 80 for line in below)


def test_colours_can_be_refused(hostile: History) -> None:
    coloured = shown(hostile, "prompts", "--since", "2026-01")[1]
    assert b"\x1b[33m" in coloured
    plain = shown(hostile, "prompts", "--since", "2026-01", NO_COLOR="1")[1]
    assert b"\x1b[" not in plain


@pytest.mark.parametrize("command", [["new", "Title"], ["edit"], []])
@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_show_screens_gets_a_sentence(history: History, term: str, command: list[str]) -> None:
    text, sent, code = shown(history, *command, TERM=term)
    assert code == 2
    assert "cannot show screens" in text
    assert b"\x1b" not in sent
