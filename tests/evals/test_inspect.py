"""Inspect for real, where it is installed: `make test-inspect`."""

import json
import sys
from importlib.util import find_spec

import pytest

from afterword.evals.case import Assertion, Case, Kind
from afterword.evals.formats import FORMATS, inspect
from afterword.evals.proof import plan, prove
from afterword.repo import Repository
from tests.evals.toy import ID, Toy

CASE = f"evals/incidents/{ID}.jsonl"
SAMPLE = {"id": ID, "input": "I want my money back.", "target": "policy", "metadata": {"afterword": ID}}
TASK = '''\
"""Asks the toy agent instead of a model."""
from inspect_ai import Task, task
from inspect_ai.dataset import json_dataset
from inspect_ai.model import ModelOutput
from inspect_ai.scorer import includes
from inspect_ai.solver import solver

import sys
sys.path.insert(0, ".")
from agent import answer

@solver
def toy():
    async def solve(state, generate):
        state.output = ModelOutput.from_content("toy", answer(state.input_text))
        return state
    return solve

@task
def incidents(dataset):
    return Task(dataset=json_dataset(dataset), solver=toy(), scorer=includes())
'''


pytestmark = pytest.mark.skipif(find_spec("inspect_ai") is None, reason="inspect-ai is not installed")


def test_inspect_fails_before_and_passes_after(toy: Toy) -> None:
    toy.history.write(CASE, json.dumps(SAMPLE) + "\n")
    toy.history.write("evals/incidents.py", TASK)
    toy.record(case=CASE)
    words = ["-m", "inspect_ai", "eval", "evals/incidents.py@incidents", "-T", "dataset={tree}/{case}"]
    options = ["--log-dir", "{out}", "--model", "mockllm/model", "--display", "none"]
    toy.configure([sys.executable, *words, *options], report="inspect")
    repository = Repository.open(toy.root)
    result = prove(repository, plan(repository, toy.saved, ID))
    assert result.is_proved, (result.sentence, result.before.tail)
    assert result.proof.versions.startswith("inspect_ai ")


@pytest.mark.parametrize(("form", "reader"), [("inspect", "json_dataset"), ("inspect-csv", "csv_dataset")])
def test_the_case_as_it_is_written_is_judged_by_the_scorer_as_it_is_shown(toy: Toy, form: str, reader: str) -> None:
    case = Case(
        ID, "Refunds", "I want my money back.", "", Assertion(Kind.NOT_CONTAINS, "on its way"), {"incident": ID}
    )
    written = FORMATS[form](case)
    toy.history.write(written.path, written.text)
    assert inspect.SCORER.splitlines()[5].strip() in written.how_to_run
    task = TASK.replace("from inspect_ai.scorer import includes\n", inspect.SCORER)
    toy.history.write("evals/incidents.py", task.replace("includes()", "incident()").replace("json_dataset", reader))
    toy.record(case=written.path)
    words = ["-m", "inspect_ai", "eval", "evals/incidents.py@incidents", "-T", "dataset={tree}/{case}"]
    options = ["--log-dir", "{out}", "--model", "mockllm/model", "--display", "none"]
    toy.configure([sys.executable, *words, *options], report="inspect")
    repository = Repository.open(toy.root)
    result = prove(repository, plan(repository, toy.saved, ID))
    assert result.is_proved, (result.sentence, result.before.tail)
