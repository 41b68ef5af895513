"""`afterword case` writes the record's eval case where the team's runner finds it, and `check` watches it."""

import json
from pathlib import Path

import pytest
import yaml

from afterword.record.document import parse, render
from afterword.record.model import EvalCase
from tests.cli.conftest import Run
from tests.evals.cases import ID, record
from tests.histories import History

RECORD = f"docs/postmortems/{ID}.md"
CASE = f"evals/incidents/{ID}.yaml"
CONFIG = (Path(__file__).parent.parent / "evals/promptfoo/01-inline-indented.yaml").read_text()


@pytest.fixture
def saved(history: History) -> History:
    """A repository with a promptfoo suite, and a record that describes a case."""
    history.commit("Suite", {"promptfooconfig.yaml": CONFIG, RECORD: render(record(status="in_review"))})
    return history


def case_in(history: History) -> EvalCase:
    case = parse((history.root / RECORD).read_text(), RECORD).eval_case
    assert case is not None
    return case


def test_the_case_is_written_in_the_form_that_the_repository_shows(start: Run, saved: History) -> None:
    before = (saved.root / RECORD).read_text()
    done = start("case", "refunds", cwd=saved.root)
    assert (done.returncode, done.stdout) == (0, f"{CASE}\n"), done.stderr
    assert f"--tests {CASE}" in done.stderr
    (test,) = yaml.safe_load((saved.root / CASE).read_text())
    assert test["vars"] == {"question": "Where is my refund? I bought it 45 days ago."}
    assert (case_in(saved).path, case_in(saved).runner) == (CASE, "promptfoo")
    after = (saved.root / RECORD).read_text()
    assert set(before.splitlines()) <= set(after.splitlines())
    again = start("case", "refunds", cwd=saved.root / "docs")
    assert (again.returncode, (saved.root / RECORD).read_text()) == (0, after)


def test_a_case_that_says_something_else_is_not_written_over(run: Run, saved: History) -> None:
    saved.write(CASE, "- vars: {}\n")
    done = run("case", "refunds", cwd=saved.root)
    assert done.returncode == 3 and "exists already" in done.stderr
    assert (saved.root / CASE).read_text() == "- vars: {}\n" and case_in(saved).path == ""


@pytest.mark.parametrize("form", ["inspect", "inspect-csv", "pytest", "jsonl"])
def test_print_writes_nothing(run: Run, saved: History, form: str) -> None:
    done = run("case", "refunds", "--format", form, "--print", cwd=saved.root)
    assert done.returncode == 0 and ID in done.stdout
    assert saved.git("status", "--porcelain") == ""


def test_into_a_list_only_lines_are_added(run: Run, saved: History) -> None:
    done = run("case", "refunds", "--into", "../promptfooconfig.yaml", cwd=saved.root / "docs")
    assert done.returncode == 0, done.stderr
    numbers = saved.git("diff", "--numstat", "--", "promptfooconfig.yaml").split("\t")
    assert int(numbers[0]) > 8 and numbers[1] == "0"
    assert (case_in(saved).path, case_in(saved).runner) == ("promptfooconfig.yaml", "promptfoo")
    saved.commit("Case")
    assert run("check", cwd=saved.root).returncode == 0
    again = run("case", "refunds", "--into", "promptfooconfig.yaml", cwd=saved.root)
    assert again.returncode == 3 and "holds the id" in again.stderr


def test_what_cannot_be_proved_is_refused_and_the_text_printed(run: Run, saved: History) -> None:
    saved.write("suite.yaml", "prompts: [a]\nproviders: [echo]\ntests: file://tests/*.yaml\n")
    done = run("case", "refunds", "--into", "suite.yaml", cwd=saved.root)
    assert done.returncode == 3 and "refers to its tests (file://tests/*.yaml)" in done.stderr
    (test,) = yaml.safe_load(done.stdout)
    assert test["metadata"]["incident"] == ID
    assert case_in(saved).path == "" and "tests: file://" in (saved.root / "suite.yaml").read_text()


def test_nothing_that_nobody_decided_upon_is_written(run: Run, saved: History) -> None:
    mail = "mira.hollis@" + "fernwood-labs.com"
    described = EvalCase(input=f"I am {mail}", assertion="contains: x")
    saved.commit("Mail", {RECORD: render(record(eval_case=described))})
    for more in ((), ("--print",), ("--into", "promptfooconfig.yaml")):
        done = run("case", "refunds", *more, cwd=saved.root)
        assert done.returncode == 3 and "EMAIL" in done.stderr
        assert mail not in done.stdout + done.stderr
    assert saved.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--into", "nowhere.yaml"), "cannot be read"),
        (("--into", "../outside.yaml"), "not in this repository"),
        (("--into", ".git/config"), "not in this repository"),
        (("--into", "promptfooconfig.yaml", "--format", "jsonl"), "not allowed with"),
    ],
)
def test_what_does_not_fit_is_said(run: Run, saved: History, arguments: tuple[str, ...], why: str) -> None:
    done = run("case", "refunds", *arguments, cwd=saved.root)
    assert done.returncode == 2 and why in done.stderr


def test_without_a_suite_the_form_has_to_be_named(run: Run, history: History) -> None:
    history.commit("Record", {RECORD: render(record())})
    done = run("case", ID, cwd=history.root)
    assert done.returncode == 2 and "No eval suite was found" in done.stderr and "--format" in done.stderr
    assert run("case", ID, "--format", "jsonl", cwd=history.root).returncode == 0
    assert json.loads((history.root / f"evals/incidents/{ID}.jsonl").read_text())["metadata"]["incident"] == ID


def test_a_name_given_in_the_record_is_the_name_of_the_file(run: Run, saved: History) -> None:
    named = "evals/refunds/day-45.yaml"
    case = record(status="in_review").eval_case
    assert case is not None
    saved.commit("Name", {RECORD: render(record(eval_case=case.changed(path=named)))})
    done = run("case", "refunds", cwd=saved.root)
    assert (done.returncode, done.stdout) == (0, f"{named}\n"), done.stderr
    assert f"file://{named}" in done.stderr and case_in(saved).path == named
    done = run("case", "refunds", "--format", "pytest", "--print", cwd=saved.root)
    assert done.returncode == 0 and f"pytest evals/incidents/test_{ID.replace('-', '_')}.py" in done.stderr


@pytest.mark.parametrize(
    "path", ["../out.yaml", ".git/x.yaml", "/etc/x.yaml", "evals/x.txt", "https://example.com/x.yaml"]
)
def test_a_name_that_does_not_fit_is_refused(run: Run, saved: History, path: str) -> None:
    case = record().eval_case
    assert case is not None
    saved.commit("Name", {RECORD: render(record(eval_case=case.changed(path=path)))})
    done = run("case", "refunds", cwd=saved.root)
    assert done.returncode == 2 and f"{path} is no name for a file of promptfoo" in done.stderr
    assert saved.git("status", "--porcelain") == ""


def test_check_says_what_became_of_the_case(run: Run, saved: History) -> None:
    run("case", "refunds", cwd=saved.root)
    assert "[case-uncommitted]" in run("check", cwd=saved.root).stdout
    saved.commit("Case", {"promptfooconfig.yaml": CONFIG + f"  - file://{CASE}\n"})
    assert run("check", cwd=saved.root).stdout == ""
    saved.commit("Tidy up", {CASE: None})
    done = run("check", cwd=saved.root)
    assert done.returncode == 1 and f"error: The eval case {CASE} is not there at HEAD (deleted in" in done.stdout
    line = int(done.stdout.split(":")[1])
    assert (saved.root / RECORD).read_text().splitlines()[line - 1] == "### New eval case"
