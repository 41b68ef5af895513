"""`afterword prove` as people call it: what it asks, records and refuses, and that it leaves nothing behind."""

import difflib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.evals.toy import ID, RECORD, Toy
from tests.program import AFTERWORD
from tests.terminal import Terminal


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Toy:
    """The toy repository, with a stand-in for promptfoo; work trees go to a folder of their own."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    toy = Toy(tmp_path / "agent")
    toy.stand_in("judge")
    return toy


def left_behind(toy: Toy) -> list[str]:
    return [*toy.worktrees(), *(path.name for path in (toy.root.parent / "temporary").iterdir())]


def test_the_proof_goes_into_the_record(start: Run, toy: Toy) -> None:
    done = start("prove", "refunds", "--yes", cwd=toy.root)
    assert done.returncode == 0, done.stderr
    assert f"Proved: the case fails at {toy.bad[:7]} (before) and passes at {toy.fixed[:7]} (after)." in done.stdout
    proof = toy.proof
    assert proof is not None and proof.ran is not None
    assert proof.command.endswith("stand_in.py judge {out}") and proof.versions.startswith("promptfoo 0.119.6")
    before, after = proof.sides
    assert (before.revision, before.verdict, before.failed, before.passed) == (toy.bad[:7], "fail", 1, 0)
    assert (after.revision, after.verdict, after.failed, after.passed) == (toy.fixed[:7], "pass", 0, 1)
    assert before.duration.endswith(" s")
    assert left_behind(toy) == []


def test_it_says_first_what_will_be_run(run: Run, toy: Toy) -> None:
    toy.stand_in("judge", repeat=2, setup=["true"], env={"KEY": "hush"})
    said = run("prove", "refunds", "--yes", cwd=toy.root).stderr
    assert "Runs      2 times on each of two revisions, each for 10 min at most" in said
    live = f"{toy.bad[:7]}  2026-03-02  Warm the tone  (live in the incident, from prompts/support.txt)"
    fix = f"{toy.fixed[:7]}  2026-03-03  Bring the policy back  (the fix, from prompts/support.txt)"
    assert f"Before    {live}" in said and f"After     {fix}" in said
    assert "Setup     true, first in each work tree" in said and "stand_in.py judge {out}" in said
    assert "Set       KEY, in the environment" in said and "hush" not in said
    assert "may call paid models" in said


def test_without_a_terminal_it_wants_to_be_told(run: Run, toy: Toy) -> None:
    before = toy.text
    done = run("prove", "refunds", cwd=toy.root)
    assert done.returncode == 2 and "there is no terminal to ask on" in done.stderr and "--yes" in done.stderr
    assert toy.text == before and done.stdout == ""


def test_on_a_terminal_it_asks(toy: Toy) -> None:
    with Terminal([*AFTERWORD, "prove", "refunds"], cwd=toy.root, size=(100, 30)) as terminal:
        terminal.wait("Run it? [y/N]").type("n\r").wait("Nothing was run.")
    assert toy.proof is None
    with Terminal([*AFTERWORD, "prove", "refunds"], cwd=toy.root, size=(100, 30)) as terminal:
        terminal.wait("Run it? [y/N]").type("y\r").wait("The proof is in")
    assert toy.proof is not None


def test_every_other_byte_of_a_hand_edited_record_stays(run: Run, toy: Toy) -> None:
    text = toy.text.replace("## Lessons", "## Our own heading\n\n*  kept   as it is\n\n## Lessons")
    text = text.replace("severity: SEV2", "severity:   'SEV2'   # agreed")
    toy.history.write(RECORD, text)
    assert run("prove", "refunds", "--yes", cwd=toy.root).returncode == 0
    lines = toy.text.splitlines()
    changes = [line for line in difflib.ndiff(text.splitlines(), lines) if line[0] in "+-"]
    assert {line[0] for line in changes} == {"+"} and len(changes) < 10
    assert any("stand_in.py judge {out}" in line for line in changes)
    assert run("prove", "refunds", "--yes", cwd=toy.root).returncode == 0
    assert len(toy.text.splitlines()) == len(lines)


def test_what_is_not_proved_is_recorded_as_it_is(run: Run, toy: Toy) -> None:
    toy.stand_in("judge", "flaky")
    done = run("prove", "refunds", "--yes", cwd=toy.root)
    assert done.returncode == 1 and "Not proved" in done.stdout
    assert toy.proof is not None and toy.proof.sides[1].verdict == "mixed"


@pytest.mark.parametrize(
    ("words", "code"), [(("judge", "error"), 2), (("crash",), 2), (("both", "pass"), 1), (("both", "no_assertions"), 2)]
)
def test_where_nothing_was_found_out_the_record_stays(run: Run, toy: Toy, words: tuple[str, ...], code: int) -> None:
    before = toy.text
    toy.stand_in(*words)
    done = run("prove", "refunds", "--yes", cwd=toy.root)
    assert done.returncode == code
    assert toy.text == before and "The proof is in" not in done.stderr


def test_a_crash_shows_what_the_command_said(run: Run, toy: Toy) -> None:
    toy.stand_in("crash")
    done = run("prove", "refunds", "--yes", cwd=toy.root)
    assert "The command's last words:" in done.stderr and "the runner has a fault" in done.stderr


# Ended from outside


def started(toy: Toy, mark: Path) -> "subprocess.Popen[bytes]":
    """Start a proof whose command hangs, with a child in the background, and wait until it does."""
    toy.stand_in("hang", str(mark))
    program = subprocess.Popen(
        [sys.executable, "-m", "afterword", "prove", "refunds", "--yes"],
        cwd=toy.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until(lambda: mark.exists() and mark.read_text() != "")
    return program


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def running(mark: Path) -> bool:
    """Whether a process that was started with this mark among its words is still there."""
    listing = subprocess.run(["ps", "-ewwo", "args="], capture_output=True, text=True, check=True).stdout
    return str(mark) in listing


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ended_it_leaves_no_process_and_no_work_tree(toy: Toy, tmp_path: Path, number: signal.Signals) -> None:
    before, mark = toy.text, tmp_path / "mark"
    program = started(toy, mark)
    assert running(mark) and left_behind(toy) != []
    program.send_signal(number)
    assert program.wait(30) == 130
    assert not running(mark)
    assert left_behind(toy) == [] and toy.text == before


def test_ctrl_c_on_a_terminal(toy: Toy, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    toy.stand_in("hang", str(mark))
    with Terminal([*AFTERWORD, "prove", "refunds", "--yes"], cwd=toy.root, size=(100, 30)) as terminal:
        until(lambda: mark.exists() and mark.read_text() != "")
        terminal.press("ctrl+c")
        assert terminal.exit_code() == 130
    assert not running(mark) and left_behind(toy) == []


def test_after_a_kill_the_next_start_tidies_up(run: Run, toy: Toy, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    program = started(toy, mark)
    program.kill()
    program.wait(30)
    # Nobody could end what it had started; in this test we do.
    os.killpg(int(mark.read_text()), signal.SIGKILL)
    assert len(left_behind(toy)) == 3
    toy.stand_in("judge")
    assert run("prove", ID, "--yes", cwd=toy.root).returncode == 0
    assert left_behind(toy) == []


def test_a_proof_that_still_runs_is_not_tidied_up(run: Run, toy: Toy, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    program = started(toy, mark)
    toy.stand_in("judge")
    assert run("prove", ID, "--yes", cwd=toy.root).returncode == 0
    assert len(left_behind(toy)) == 3 and running(mark)
    program.send_signal(signal.SIGINT)
    assert program.wait(30) == 130
    assert left_behind(toy) == []
