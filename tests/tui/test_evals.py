"""The walk's two sections on evals: the gates that the repository shows, and the case that it becomes."""

from pathlib import Path

import pytest
import yaml

from afterword.record.model import EvalCase, Gate, Proof
from afterword.record.paths import get
from afterword.redaction import Redaction, Scan
from afterword.repo import Repository
from afterword.repo.draft import RawSample
from tests.histories import History
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking

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


async def test_the_new_case_is_no_gate_that_stood_before_the_change(suite: History) -> None:
    own = "evals/test_incident.py"
    suite.commit(
        "Write the case", {own: "def test_it(answer):\n    assert answer('x')\n", "evals/conftest.py": "x = 1\n"}
    )
    for path, offered in (("", True), (own, False)):
        async with walking(suite.root, now=NOW) as walk:
            walk.walk.session.set("eval_case", EvalCase(path=path, input="x", assertion="equals: x"))
            await walk.go("Eval gap")
            await walk.press("ctrl+g")
            await walk.sees(GATES[0])
            assert (f"({own})" in walk.text) is offered


async def test_that_there_is_no_gate_is_said(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Eval gap")
        await walk.press("ctrl+g")
        await walk.sees("No eval suite was found at HEAD")
        await walk.press("enter")
        await walk.sees("Which gates ran before the change")
        assert not walk.walk.session.record.causes


# New eval case

ASKED = "Where is my refund? I bought it 45 days ago."
CASE = "evals/incidents/wrong-refunds.yaml"


async def describe(walk: Walker, asked: str = ASKED, assertion: str = "does not contain: on its way") -> None:
    """Fill in what a case needs."""
    await walk.go("New eval case")
    await walk.fill("Input", asked)
    await walk.fill("Assertion", assertion)


def said(walk: Walker) -> str:
    """What notifications say; without a terminal they are not drawn."""
    return "\n".join(f"{each.title} {each.message}" for each in walk.app._notifications)


async def test_the_case_is_written_in_the_form_of_the_team_and_noted(suite: History) -> None:
    async with walking(suite.root, now=NOW, title="Wrong refunds") as walk:
        await describe(walk)
        await walk.sees("F6", "Write case")
        await walk.press("f6")
        await walk.sees(CASE, "promptfoo")
        assert f"Written: {CASE}" in said(walk)
        await walk.settle()
        kept = Repository.open(suite.root).drafts.list()[0].record.eval_case
    (test,) = yaml.safe_load((suite.root / CASE).read_text())
    assert test["metadata"]["incident"] == "wrong-refunds" and ASKED in test["vars"].values()
    assert kept is not None and (kept.path, kept.runner, kept.input) == (CASE, "promptfoo", ASKED)


async def test_the_record_is_saved_under_the_id_that_its_case_carries(suite: History) -> None:
    async with walking(suite.root, now=NOW, title="Wrong refunds") as walk:
        await describe(walk)
        await walk.press("f6")
        await walk.sees(CASE)
        await walk.press("ctrl+q")
    async with walking(suite.root, now=NOW, mode="edit") as walk:
        walk.walk.session.set("title", "Another title")
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem", "wrong-refunds.md")
        await walk.press("enter")
        await walk.sees_not("Save the post-mortem")
    assert "Another title" in (suite.root / "docs/postmortems/wrong-refunds.md").read_text()


async def test_what_this_walk_wrote_is_replaced_and_nothing_else(suite: History) -> None:
    async with walking(suite.root, now=NOW, title="Wrong refunds") as walk:
        await describe(walk)
        await walk.press("f6")
        await walk.sees(CASE)
        walk.walk.session.set("eval_case.expected", "no promise")
        await walk.press("f6")
        await walk._until(lambda: "no promise" in (suite.root / CASE).read_text(), "the case written anew")
        suite.write(CASE, "- vars: {mine: yes}\n")
        await walk.press("f6")
        await walk._until(lambda: "exists already" in said(walk), "the refusal")
    assert (suite.root / CASE).read_text() == "- vars: {mine: yes}\n"


@pytest.mark.parametrize("touched", [False, True])
async def test_saved_under_another_name_the_case_goes_along(suite: History, touched: bool) -> None:
    async with walking(suite.root, now=NOW, title="Wrong refunds") as walk:
        await describe(walk)
        await walk.press("f6")
        await walk.sees(CASE)
        if touched:
            suite.write(CASE, f"# mine\n{(suite.root / CASE).read_text()}")
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("shift+tab", "end", "ctrl+u")
        await walk.type("docs/postmortems/day-45.md\n")
        await walk.sees_not("Save the post-mortem")
    record = Repository.open(suite.root).records.get("day-45").record
    (said,) = walk.app.told
    assert record is not None and record.eval_case is not None
    if touched:
        assert record.eval_case.path == CASE and f"{CASE} carries the id wrong-refunds: write day-45 there" in said
        assert (suite.root / CASE).read_text().startswith("# mine")
        return
    assert record.eval_case.path == "evals/incidents/day-45.yaml" and "carries the id" not in said
    assert not (suite.root / CASE).exists()
    (test,) = yaml.safe_load((suite.root / record.eval_case.path).read_text())
    assert test["metadata"]["incident"] == "day-45"


async def name(walk: Walker, path: str) -> None:
    """Type another name over the one in the field."""
    for _ in range(8):
        if walk.label == "File":
            break
        await walk.press("shift+tab")
    await walk.press("end", "ctrl+u")
    await walk.type(path)


async def test_a_name_given_by_hand_is_kept_and_what_this_walk_wrote_moves_there(suite: History) -> None:
    named = "evals/refunds/day 45.yml"
    async with walking(suite.root, now=NOW, title="Wrong refunds") as walk:
        await describe(walk)
        await walk.press("f6")
        await walk.sees(CASE)
        await name(walk, named)
        await walk.press("f6")
        await walk._until(
            lambda: f"Written: {named}" in said(walk) and "--tests 'evals/refunds/day 45.yml'" in said(walk), "the name"
        )
        assert not (suite.root / CASE).exists()
        await name(walk, "evals/refunds.py")
        await walk.press("f6")
        await walk._until(lambda: "is no name for a file of promptfoo" in said(walk), "the refusal")
        await name(walk, "promptfooconfig.yaml")
        await walk.press("f6")
        await walk._until(lambda: "--into FILE" in said(walk), "the refusal")
    assert (suite.root / "promptfooconfig.yaml").read_text() == SUITE
    (test,) = yaml.safe_load((suite.root / named).read_text())
    assert test["metadata"]["incident"] == "wrong-refunds"


@pytest.mark.parametrize(
    ("title", "asked", "assertion", "why"),
    [
        ("Wrong refunds", "", "contains: x", "The case has no input yet"),
        ("Wrong refunds", ASKED, "", "The case has no assertion yet"),
        ("Wrong refunds", ASKED, "no refund", "does not say what to compare"),
        ("Wrong refunds", "I am mira.hollis@" + "fernwood-labs.com", "contains: x", "looks like EMAIL"),
        ("", ASKED, "contains: x", "title"),
    ],
    ids=["input", "assertion", "form", "exposed", "untitled"],
)
async def test_what_cannot_be_written_is_said_and_nothing_is(
    suite: History, title: str, asked: str, assertion: str, why: str
) -> None:
    async with walking(suite.root, now=NOW, title=title) as walk:
        await describe(walk, asked, assertion)
        await walk.press("f6")
        await walk._until(lambda: why in said(walk), why)
        case = walk.walk.session.record.eval_case
        assert "Not written" in said(walk) and "fernwood" not in said(walk) and (case is None or not case.path)
    assert not (suite.root / "evals").exists()


async def test_what_was_redacted_in_a_sample_does_not_reach_the_case(suite: History) -> None:
    text = "user: I am the one with the blue canoe."
    marked = Redaction.from_scan(text, Scan(())).mark(text.index("blue"), len(text) - 1, "NAME")
    async with walking(suite.root, now=NOW, title="Wrong refunds") as walk:
        samples = walk.walk.session.samples
        samples.add(RawSample(text=text))
        samples.decide(0, marked)
        assert marked.is_settled
        await describe(walk, "Why is the blue canoe late?")
        await walk.press("f6")
        await walk._until(lambda: "Not written" in said(walk), "the refusal")
        assert "redacted in a sample" in said(walk)
    assert not (suite.root / "evals").exists()


async def test_without_a_suite_the_runner_has_to_be_named(plain: Path) -> None:
    async with walking(plain, now=NOW, title="Wrong refunds") as walk:
        await describe(walk)
        await walk.press("f6")
        await walk._until(lambda: "under Runner" in said(walk), "the refusal")
        await walk.press("shift+tab", "shift+tab", "shift+tab")
        assert walk.label == "Runner"
        await walk.type("pytest")
        await walk.press("f6")
        await walk.sees("evals/incidents/test_")
    assert len(list((plain / "evals/incidents").glob("test_*.py"))) == 1


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
        if told:
            await walk.sees("Prove the new eval case now?")
            await walk.press("enter")
            await walk.sees_not("Prove the new eval case now?")
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
        await walk.sees("Prove the new eval case now?")
        await walk.press("enter")
        await walk.sees("Wrong refunds", "n New")
        said = next(each.message for each in walk.app._notifications if "Saved" in each.message)
    assert said.startswith("Saved: ") and PROVE in said.split("\n")[1]
