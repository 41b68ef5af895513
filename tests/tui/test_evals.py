"""The walk's two sections on evals: the gates that the repository shows, and the case that it becomes."""

from pathlib import Path

import pytest

from afterword.record.model import EvalCase, Gate, Proof
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


# After saving

EVALS = '[tool.afterword.evals]\ncommand = "pytest {case} --junitxml={out}"\n'
PROVE = "Next: afterword prove wrong-refunds shows"


@pytest.mark.parametrize(
    ("configured", "case", "told"),
    [
        (EVALS, EvalCase(path="evals/incidents/refunds.py"), True),
        ("", EvalCase(path="evals/incidents/refunds.py"), False),
        (EVALS, EvalCase(input="Where is my refund?"), False),
        (EVALS, EvalCase(path="evals/incidents/refunds.py", proof=Proof(command="pytest")), False),
        (EVALS, None, False),
    ],
    ids=["to prove", "not configured", "not written", "proved", "no case"],
)
@pytest.mark.parametrize("commit", ["no", "yes"])
async def test_after_saving_the_next_step_is_the_proof(
    suite: History, configured: str, case: EvalCase | None, told: bool, commit: str
) -> None:
    suite.commit("Configure", {"pyproject.toml": configured})
    async with walking(suite.root, now=NOW, title="Wrong refunds") as walk:
        if case is not None:
            walk.walk.session.set("eval_case", case)
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press(*["right"] * (commit == "yes"), "enter")
        await walk.sees_not("Save the post-mortem")
    (said,) = walk.app.told
    assert said.startswith("Saved") and (PROVE in said) is told


async def test_on_the_home_screen_the_next_step_is_told_as_well(suite: History) -> None:
    suite.commit("Configure", {"pyproject.toml": EVALS})
    async with walking(suite.root, now=NOW, mode="home") as walk:
        await walk.press("n")
        await walk.sees("What shall we call it")
        walk.walk.session.set("title", "Wrong refunds")
        walk.walk.session.set("eval_case", EvalCase(path="evals/incidents/refunds.py"))
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("enter")
        await walk.sees("Wrong refunds", "n New")
        said = next(each.message for each in walk.app._notifications if "Saved" in each.message)
    assert said.startswith("Saved: ") and PROVE in said.split("\n")[1]
