import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from afterword.redaction import OwnPattern, Rules, Scan, child_process, scan, scan_apart

LETTER = "Dear Ada Lovelace,\nwrite to ada@lovelace.org or call +44 20 8123 4567.\n"
SLOW = LETTER * 14_000
"""A megabyte: seconds of work for the engine, and stopped in its midst."""
LONG = LETTER * 4_000
"""A second of work for the engine, done to its end."""
UNSCANNED = Scan((), complete=False, stopped_at=0)


def children(parent: int) -> list[int]:
    """Return the process ids of the scanning children of a process."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    return [int(pid) for pid, owner, command in rows if int(owner) == parent and "child_start" in command]


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def gone(pid: int) -> bool:
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return not listed or listed.startswith("Z")


class Scanning(threading.Thread):
    """A scan of a text in a thread, as an interface runs it."""

    def __init__(self, text: str, cancelled: Callable[[], bool] | None = None) -> None:
        super().__init__(daemon=True)
        self.text, self.cancelled = text, cancelled
        self.result: Scan | None = None
        self.start()

    def run(self) -> None:
        self.result = scan_apart(self.text, cancelled=self.cancelled)

    def child(self) -> int:
        """Return the process id of the child once it has said that it is ready and has the text."""
        until(lambda: any(child.ready for child in child_process._running))
        return children(os.getpid())[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing here",
        LETTER,
        "\x00 ada@lovelace.org \x00",
        "lone \ud800 halves \udc00\ud83d and \ud83d\ude00 a pair of them, then ada@lovelace.org",
        "😀é中 ada@lovelace.org \\u00e9 \x1b[31mDear Zoë Quinn,",
        "\ud83d" * 50_000 + "\ude00 ada@lovelace.org",
        '{"text": null}\nnull\n"ready"\n' + LETTER,
    ],
    ids=["empty", "harmless", "letter", "nul", "surrogates", "astral", "pair over a seam", "looks like the protocol"],
)
def test_a_child_finds_what_the_engine_finds(text: str) -> None:
    assert scan_apart(text) == scan(text)


def test_a_text_of_several_chunks_has_the_same_findings() -> None:
    """Longer than what is written to the child, read from it and searched by the engine at a time."""
    text = "".join(f"{n} Dear Ada Lovelace, mail a{n}@lovelace.org from 10.0.{n % 200}.7\n" for n in range(5_000))
    found = scan(text)
    assert len(text) > 2 * 128_000 and len(found.findings) > 10_000
    assert scan_apart(text) == found


def test_rules_names_and_time_reach_the_child() -> None:
    rules = Rules((OwnPattern("TICKET", r"TK-\d{4}", "a ticket"),), ("*@lovelace.org",), ("corp.acme.io",))
    text = "TK-1234 for ada@lovelace.org, seen by Byron on db.corp.acme.io"
    found = scan_apart(text, rules, known_names=["Byron"])
    assert [each.label for each in found.findings] == ["TICKET", "PERSON", "HOSTNAME"]
    assert found == scan(text, rules, known_names=["Byron"])
    assert scan_apart(LETTER * 2000, seconds=0.0) == UNSCANNED
    assert scan_apart(" " * 4_100_000).stopped_at == 4_000_000


def test_a_killed_child_is_an_unscanned_text_and_not_a_clean_one() -> None:
    scanning = Scanning(SLOW)
    os.kill(scanning.child(), signal.SIGKILL)
    scanning.join(20)
    assert scanning.result == UNSCANNED


def test_cancelling_stops_the_child() -> None:
    asked = threading.Event()
    scanning = Scanning(SLOW, asked.is_set)
    pid = scanning.child()
    asked.set()
    scanning.join(20)
    assert scanning.result == UNSCANNED
    until(lambda: gone(pid))


def test_a_child_hears_no_ctrl_c_and_shows_no_text() -> None:
    scanning = Scanning(SLOW)
    pid = scanning.child()
    assert os.getsid(pid) != os.getsid(0)
    command = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True).stdout
    assert "Lovelace" not in command
    os.kill(pid, signal.SIGKILL)
    scanning.join(20)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_does_not_outlive_its_parent(how: signal.Signals) -> None:
    code = f"from afterword.redaction import scan_apart; scan_apart({LETTER!r} * 14000)"
    parent = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    until(lambda: bool(children(parent.pid)))
    [pid] = children(parent.pid)
    time.sleep(1.0)
    os.kill(parent.pid, how)
    parent.wait(20)
    until(lambda: gone(pid))


def test_a_parent_that_ends_leaves_no_child() -> None:
    code = (
        "import sys, threading; from afterword.redaction import scan_apart\n"
        f"threading.Thread(target=scan_apart, args=({LETTER!r} * 14000,), daemon=True).start(); sys.stdin.read()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.Popen([sys.executable, "-c", code], env=environment, stdin=subprocess.PIPE)
    until(lambda: bool(children(ended.pid)))
    [pid] = children(ended.pid)
    assert ended.stdin is not None
    ended.stdin.close()
    assert ended.wait(20) == 0
    until(lambda: gone(pid))


def test_other_threads_keep_their_turn() -> None:
    scanning, waits, last = Scanning(LONG), [], time.monotonic()
    while scanning.is_alive():
        time.sleep(0.005)
        waits.append(time.monotonic() - last)
        last = time.monotonic()
    assert scanning.result is not None and scanning.result.complete
    assert sorted(waits)[len(waits) * 99 // 100] < 0.05


def test_modules_of_the_working_directory_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "re", "queue", "afterword", "phonenumbers", "stdnum"):
        (tmp_path / f"{name}.py").write_text("open('was-run', 'w').close()\nraise SystemExit(7)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), *sys.path])
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = scan_apart(LETTER)
    assert [each.label for each in found.findings] == ["PERSON", "EMAIL", "PHONE"]
    assert not (tmp_path / "was-run").exists()


def interpreter(folder: Path, script: str) -> str:
    """Return a program that stands in for the interpreter."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize(
    "answer",
    [
        "nonsense",
        "[[0, 5]]",
        '[[0, 400000, "EMAIL"]]\n{"complete": true, "stopped_at": null, "count": 1}',
        '[[5, 9, "EMAIL"], [3, 4, "EMAIL"]]\n{"complete": true, "stopped_at": null, "count": 2}',
        '{"complete": true, "stopped_at": null, "count": 3}',
        '{"complete": true}',
        "{}",
        "7",
        "",
    ],
)
def test_a_child_that_answers_nonsense_is_not_believed(
    answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = tmp_path / "replies"
    replies.write_text(f'"ready"\n{answer}\n')
    monkeypatch.setattr(sys, "executable", interpreter(tmp_path, f"cat '{replies}'"))
    assert scan_apart(LETTER) == UNSCANNED


@pytest.mark.parametrize("script", ["exit 1", "echo Welcome; exec cat >/dev/null"])
def test_where_no_child_can_run_this_process_scans(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", interpreter(tmp_path, script))
    assert scan_apart(LETTER) == scan(LETTER)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    assert scan_apart(LETTER) == scan(LETTER)


def test_a_child_leaves_no_trace_of_the_text_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    scanning = Scanning(SLOW)
    os.kill(scanning.child(), signal.SIGABRT)
    scanning.join(20)
    assert scanning.result == UNSCANNED
    assert capfd.readouterr() == ("", "")
