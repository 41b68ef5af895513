"""Inspect for real, where it is installed: `make test-inspect`."""

import json
import sys
from importlib.util import find_spec

import pytest

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


@pytest.mark.skipif(find_spec("inspect_ai") is None, reason="inspect-ai is not installed")
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
