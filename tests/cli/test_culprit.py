"""`afterword culprit` as people call it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.evals.toy import Toy


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Toy:
    """The toy repository, with a stand-in for promptfoo."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    toy = Toy(tmp_path / "agent")
    toy.stand_in("judge", repeat=2)
    return toy


def test_it_lists_the_suspects_and_runs_nothing(start: Run, toy: Toy) -> None:
    done = start("culprit", "refunds", cwd=toy.root)
    assert done.returncode == 0
    assert done.stdout == f"{toy.bad[:7]}  2026-03-02  Warm the tone\n  prompts/support.txt\n"
    assert "--run" in done.stderr


def test_the_cost_is_said_first(run: Run, toy: Toy) -> None:
    done = run("culprit", "refunds", "--run", cwd=toy.root)
    assert done.returncode == 2 and "there is no terminal to ask on" in done.stderr
    assert "1 commit between them touched prompts or settings." in done.stderr
    assert "on 2 revisions at most: 4 runs (2 revisions, 2 each)" in done.stderr
    assert "may call paid models" in done.stderr and done.stdout == ""


def test_it_finds_the_culprit(run: Run, toy: Toy) -> None:
    before = toy.text
    done = run("culprit", "refunds", "--run", "--yes", cwd=toy.root)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{toy.bad[:7]}  2026-03-02  Warm the tone\n")
    assert toy.text == before and toy.worktrees() == []


def test_a_case_that_does_not_fail_finds_nobody(run: Run, toy: Toy) -> None:
    toy.stand_in("both", "pass")
    done = run("culprit", "refunds", "--run", "--yes", cwd=toy.root)
    assert done.returncode == 1
    assert done.stdout == f"The case passes at {toy.bad[:7]}, which should be bad.\n"


def test_nothing_between_touched_a_prompt(run: Run, toy: Toy) -> None:
    sha = toy.history.commit("Readme", {"README.md": "x\n"})
    done = run("culprit", "refunds", "--good", toy.fixed, "--bad", sha, cwd=toy.root)
    assert done.returncode == 1 and done.stdout == ""
    assert "touched a prompt or a setting." in done.stderr
