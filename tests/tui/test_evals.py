"""The walk's two sections on evals: the gates that the repository shows, and the case that it becomes."""

from pathlib import Path

import pytest

from afterword.record.model import Gate
from afterword.record.paths import get
from tests.histories import History
from tests.tui.conftest import NOW
from tests.tui.driver import walking

SUITE = "prompts: [p.txt]\nproviders: [echo]\ntests:\n  - vars: {question: a}\n"
WORKFLOW = "on: pull_request\njobs:\n  evals:\n    steps:\n      - run: npx promptfoo eval\n"
GATES = ["promptfoo suite (promptfooconfig.yaml)", "CI runs promptfoo (.github/workflows/evals.yml)"]


@pytest.fixture
def suite(tmp_path: Path) -> History:
    """A repository with a promptfoo suite that CI runs."""
    history = History(tmp_path / "suite")
    files = {"promptfooconfig.yaml": SUITE, ".github/workflows/evals.yml": WORKFLOW}
    history.commit("Run evals", files, at="2026-03-01T10:00:00+00:00")
    return history


# Eval gap


async def test_the_gates_of_the_repository_are_offered_and_their_results_left_open(suite: History) -> None:
    async with walking(suite.root, now=NOW) as walk:
        await walk.go("Eval gap")
        await walk.press("ctrl+g")
        await walk.sees("what git knows", "2 gates at HEAD", "promptfoo suite (promptfooconfig.yaml)")
        await walk.press("space", "down", "space", "enter")
        await walk.sees("Which gates ran before the change", GATES[0])
        assert get(walk.walk.session.record, "causes[0].gates") == tuple(Gate(gate=gate) for gate in GATES)
        await walk.press("ctrl+g")
        await walk.sees("in the list already")


async def test_a_gate_that_stands_in_the_list_is_not_offered_again(suite: History) -> None:
    async with walking(suite.root, now=NOW) as walk:
        walk.walk.session.set("causes[0].gates", (Gate(gate=GATES[0], result="passed"),))
        await walk.go("Eval gap")
        await walk.press("ctrl+g")
        await walk.sees("1 gate at HEAD", GATES[1])
        await walk.sees_not(GATES[0])
        await walk.press("escape")
        await walk.sees("Which gates ran before the change", "passed")


async def test_that_there_is_no_gate_is_said(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Eval gap")
        await walk.press("ctrl+g")
        await walk.sees("No eval suite was found at HEAD")
        await walk.press("enter")
        await walk.sees("Which gates ran before the change")
        assert not walk.walk.session.record.causes
