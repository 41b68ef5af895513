"""The case that a record names: there at HEAD, with the id and an assertion, and run by the suite."""

from pathlib import Path

import pytest

from afterword.checks import Problem
from afterword.evals.formats import FORMATS
from afterword.evals.present import missing
from afterword.evals.tree import Tree
from afterword.record.model import EvalCase, Proof
from afterword.repo import Repository
from tests.evals.cases import ID, case, record
from tests.histories import History, clone

PATH = f"evals/incidents/{ID}.yaml"
CASE = FORMATS["promptfoo"](case()).text
CONFIG = "prompts: [p.txt]\nproviders: [echo]\ntests:\n  - file://evals/incidents/*.yaml\n"


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repo")


def found(history: History, path: str = PATH, runner: str = "promptfoo", **changes: object) -> list[Problem]:
    described = EvalCase(path=path, runner=runner, proof=changes.pop("proof", None))  # type: ignore[arg-type]
    whole = record(**{"eval_case": described, "status": "published", **changes})
    return missing(ID, whole, Tree(Repository.open(history.root)))


def codes(history: History, path: str = PATH, runner: str = "promptfoo", **changes: object) -> list[str]:
    return [one.code for one in found(history, path, runner, **changes)]


def test_a_case_that_is_there_and_referred_to_is_fine(history: History) -> None:
    assert codes(history) == []
    history.commit("Case", {PATH: CASE, "promptfooconfig.yaml": CONFIG})
    assert codes(history) == codes(history, f"./{PATH}") == codes(history, "https://example.com/x.yaml") == []
    assert missing(ID, record(eval_case=None), Tree(Repository.open(history.root))) == []


def test_a_case_that_disappeared_is_an_error_that_names_the_commit(history: History) -> None:
    history.commit("Case", {PATH: CASE, "promptfooconfig.yaml": CONFIG})
    gone = history.commit("Tidy up", {PATH: None})
    for status in ("draft", "closed"):
        (problem,) = found(history, status=status)
        assert (problem.code, problem.severity) == ("case-gone", "error")
        assert f"deleted in {gone[:7]}" in problem.message
    history.commit("Move", {"evals/moved.yaml": CASE})
    assert "evals/moved.yaml holds the id" in found(history)[0].hint
    shallow = clone(history.root, history.root.parent / "shallow", "--depth=1")
    assert codes(shallow) == ["case-gone"]


def test_a_case_that_never_was_there_is_a_warning_while_the_record_is_written(history: History) -> None:
    history.commit("Config", {"promptfooconfig.yaml": CONFIG})
    (problem,) = found(history, status="in_review")
    assert (problem.code, problem.severity) == ("case-unwritten", "warning")
    assert codes(history, status="draft", proof=Proof(command="x")) == ["case-gone"]
    assert codes(history, status="published") == ["case-gone"]
    history.write(PATH, CASE)
    assert codes(history) == ["case-uncommitted"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CASE.replace(ID, "2026-03-02"), "case-unmarked"),
        (f"# {ID}\n- vars: {{q: a}}\n  assert: [{{type: contains, value: b}}]\n", "case-unmarked"),
        (CASE.replace("  assert:", "  asserts:"), "case-hollow"),
        ("".join(f"# {line}\n" for line in CASE.splitlines()) + "- vars: {}\n", "case-unmarked"),
    ],
)
def test_a_case_without_id_or_assertion_is_an_error(history: History, text: str, code: str) -> None:
    history.commit("Case", {PATH: text, "promptfooconfig.yaml": CONFIG})
    (problem,) = found(history)
    assert (problem.code, problem.severity) == (code, "error")


def test_an_assertion_of_all_tests_counts(history: History) -> None:
    suite = CONFIG.replace("tests:\n", "defaultTest: {assert: [{type: cost}]}\ntests:\n") + f"  - description: {ID}\n"
    history.commit("Suite", {"promptfooconfig.yaml": suite})
    assert codes(history, "promptfooconfig.yaml") == []


@pytest.mark.parametrize(
    ("files", "reached"),
    [
        ({"promptfooconfig.yaml": CONFIG}, True),
        ({"promptfooconfig.yaml": CONFIG.replace("incidents/*", "smoke/*")}, False),
        ({"evals/promptfooconfig.yaml": CONFIG.replace("evals/incidents/*", "incidents/**/*")}, True),
        ({"evals/promptfooconfig.yaml": CONFIG}, True),
        ({"promptfooconfig.yaml": CONFIG.replace("- file://evals/incidents/*.yaml", "- vars: {q: a}")}, False),
        ({"promptfooconfig.yaml": CONFIG.replace("evals/incidents/*.yaml", "make_tests.py:all")}, True),
        ({"promptfooconfig.js": "module.exports = {}\n"}, True),
        ({"promptfooconfig.yaml": "prompts: [a]\n", "Makefile": "e:\n\tpromptfoo eval -t evals/incidents\n"}, True),
        ({"promptfooconfig.yaml": "prompts: [a]\n", "README.md": "see evals/incidents\n"}, False),
        ({}, True),
    ],
)
def test_whether_the_suite_reaches_the_case(history: History, files: dict[str, str], reached: bool) -> None:
    history.commit("Suite", {PATH: CASE, **files})
    assert codes(history) == ([] if reached else ["case-unreached"])


def test_other_runners_reach_by_name(history: History) -> None:
    task = "from inspect_ai import task\n\n@task\ndef t(): ...\n"
    pytest_case = FORMATS["pytest"](case())
    inspect_case = FORMATS["inspect"](case())
    history.commit("A", {pytest_case.path: pytest_case.text, inspect_case.path: inspect_case.text, "evals/t.py": task})
    assert codes(history, pytest_case.path, "pytest") == []
    assert codes(history, inspect_case.path, "inspect") == ["case-unreached"]
    assert codes(history, inspect_case.path, "jsonl") == []
    history.commit("B", {"evals/t.py": task + "# incidents/*.jsonl\n", "evals/case.py": pytest_case.text})
    assert codes(history, inspect_case.path, "inspect") == []
    assert codes(history, "evals/case.py", "pytest") == ["case-unreached"]


def test_aliases_within_aliases_are_not_unfolded(history: History) -> None:
    layers = "".join(f"  - &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
    bomb = f"x:\n  - &l0 [{ID}]\n{layers}tests:\n  - metadata: {{incident: *l29, id: {ID}}}\n    assert: *l29\n"
    history.commit("Bomb", {"promptfooconfig.yaml": f"prompts: [p]\nproviders: [e]\n{bomb}"})
    assert codes(history, "promptfooconfig.yaml") == []


def test_a_reference_of_many_stars_is_not_tried(history: History) -> None:
    stars = CONFIG.replace("evals/incidents/*.yaml", "evals/" + "*a" * 60)
    history.commit("Stars", {PATH: CASE, "promptfooconfig.yaml": stars})
    assert codes(history) == []
