"""Plain mode on a terminal: every byte that is sent, and what is left when it ends."""

import json
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.histories import ISOLATION, History
from tests.program import AFTERWORD, flat
from tests.terminal import Terminal

MAIL = "henrike.vossberg" + "@" + "post-larkfeld" + ".net"


@contextmanager
def asked(history: History, *arguments: str, **environment: str) -> Iterator[Terminal]:
    """Run plain mode in a terminal that can do nothing but show lines."""
    command = [*AFTERWORD, *(arguments or ("new", "--plain"))]
    env = {**ISOLATION, "TERM": "dumb", "PYTHONPATH": os.environ.get("PYTHONPATH", ""), **environment}
    with Terminal(command, cwd=history.root, env=env) as terminal:
        yield terminal


def draft(history: History) -> dict[str, object]:
    """The one draft that waits."""
    (path,) = (history.root / ".git/afterword/drafts").glob("*.json")
    values: dict[str, object] = json.loads(path.read_text())
    return values


def test_not_one_escape_is_sent_and_values_stand_in_brackets(repository: History) -> None:
    with asked(repository, "new", "--plain", "A title", TERM="xterm-256color") as terminal:
        terminal.wait("Title [A title]:").type("\n").wait("Severity, 1 SEV1", "[undetermined]:").type("2\n")
        terminal.wait("Customers noticed").type(":back\n").wait("[SEV2]:").type(":quit\n")
        assert terminal.exit_code() == 0
        assert b"\x1b" not in terminal.bytes_seen
        assert terminal.modes.restored


def test_an_answer_that_cannot_be_read_is_asked_for_again(repository: History) -> None:
    with asked(repository) as terminal:
        terminal.wait("Title:").type(":go times\n").wait("Impact started:").type("yesterdayish\n")
        terminal.wait("cannot be read as a time").type("2026-03-02 14:05\n").wait("= Mon 2026-03-02 14:05", "Detected:")
        terminal.type(":quit\n")
        assert terminal.exit_code() == 0
    assert draft(repository)["inputs"] == {}


@pytest.mark.parametrize("end", ["\x03", "\x04"], ids=["interrupted", "end of input"])
def test_leaving_in_the_middle_of_a_text_keeps_it_and_says_where(repository: History, end: str) -> None:
    with asked(repository) as terminal:
        terminal.wait("Title:").type("A title\n").wait("Severity").type(":go summary\n").wait("Summary, text:")
        terminal.type("One.\nTwo.\n").settle()
        terminal.type(end)
        assert terminal.exit_code() == (130 if end == "\x03" else 0)
        assert "afterwordedit--plain" in flat(terminal.text())
    assert draft(repository)["record"]["summary"] == "One.\nTwo."  # type: ignore[index]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_loses_no_answer(repository: History, number: signal.Signals) -> None:
    with asked(repository) as terminal:
        terminal.wait("Title:").type("A title\n").wait("Severity").type(":go summary\n").wait("Summary, text:")
        terminal.type("One.\nTwo.\n").settle()
        terminal.signal(number)
        assert terminal.exit_code() == (-number if number is signal.SIGKILL else 128 + number)
    assert draft(repository)["record"]["summary"] == "One.\nTwo."  # type: ignore[index]


def test_a_finding_is_shown_where_a_person_alone_reads_it(repository: History) -> None:
    with asked(repository) as terminal:
        terminal.wait("Title:").type(":go samples\n").wait("A sample?").type("y\n").wait("Paste the text")
        terminal.type(f"write to {MAIL} today\n.\n").wait("Title:").type("\n" * 6).wait("Finding 1 of 1, line 1: EMAIL")
        terminal.wait(f"In: write to >>{MAIL}<< today").type("?\n").wait("k keeps it, and asks why").type("k\n")
        terminal.wait("Why may it be published?").type("our public address\n").wait("0 redacted, 1 kept, 0 undecided")


def test_an_editor_opens_where_the_terminal_can_show_one(repository: History, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "Written elsewhere." > "$1"\n')
    editor.chmod(stat.S_IRWXU)
    with asked(repository, TERM="xterm", EDITOR=str(editor)) as terminal:
        terminal.wait("Title:").type(":go summary\n").wait("Summary, text:").type("e\n").wait("Impact, 4 of 14")
        terminal.type(":quit\n").exit_code()
    assert draft(repository)["record"]["summary"] == "Written elsewhere."  # type: ignore[index]


def test_a_terminal_without_unicode_is_asked_in_what_it_has(repository: History) -> None:
    ascii_only = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with asked(repository, PYTHONIOENCODING="ascii", **ascii_only) as terminal:
        terminal.wait("Title:").type(":go prompt\n").wait("A prompt change?")
        terminal.type("y\n").wait("Which (number").type("\n")
        terminal.wait("A prompt change?").type(":quit\n")
        assert terminal.exit_code() == 0
        assert terminal.bytes_seen.isascii()


def test_the_interface_names_plain_mode_where_it_cannot_start(repository: History) -> None:
    with asked(repository, "new") as terminal:
        terminal.wait("cannot show screens", "afterword new --plain")
        assert terminal.exit_code() == 2
