"""Suites and gates are what the repository shows at HEAD."""

from pathlib import Path

import pytest

from afterword.evals.discovery import Runner, gates, runners
from afterword.repo import Repository
from tests.histories import History

CONFIG = "prompts: [p.txt]\nproviders: [echo]\ntests:\n  - vars: {q: a}\n"
TASK = "from inspect_ai import Task, task\n\n\n@task\ndef refunds():\n    return Task()\n"
WORKFLOW = """\
on: pull_request
jobs:
  evals:
    steps:
      - run: npx promptfoo@0.103 eval --no-progress-bar
      # - run: deepeval test run tests
      - run: |
          inspect eval evals/refunds.py
          pytest -q evals
"""


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repo")


def test_suites_are_found_by_name_by_content_and_by_import(history: History) -> None:
    history.commit(
        "Evals",
        {
            "promptfooconfig.yaml": CONFIG,
            "apps/bot/promptfooconfig.ts": "export default {}\n",
            "evals/support suite.yaml": CONFIG,
            "evals/labels.yaml": "- a\n- b\n",
            "evals/broken.yaml": "{{",
            "evals/deep.yaml": "[" * 200_000,
            "deploy/values.yaml": CONFIG,
            "evals/refunds.py": TASK,
            "tests/test_tone.py": "import deepeval\n",
            "tests/evals/test_refunds.py": "def test_x(): ...\n",
            "tests/test_units.py": "def test_x(): ...\n",
            "scripts/note.py": "# deepeval is mentioned only\n",
        },
    )
    assert runners(Repository.open(history.root)) == (
        Runner("promptfoo", "promptfooconfig.yaml"),
        Runner("promptfoo", "evals/support suite.yaml"),
        Runner("promptfoo", "apps/bot/promptfooconfig.ts"),
        Runner("inspect", "evals/refunds.py", "refunds"),
        Runner("deepeval", "tests/test_tone.py"),
        Runner("pytest", "tests/evals/test_refunds.py"),
    )


def test_gates_are_suites_and_what_ci_calls_without_a_result(history: History) -> None:
    history.commit(
        "CI",
        {
            "promptfooconfig.yaml": CONFIG,
            "evals/refunds.py": TASK,
            ".github/workflows/evals.yml": WORKFLOW,
            ".github/workflows/lint.yml": "jobs: {lint: {steps: [{run: pytest tests}]}}\n",
            ".gitlab-ci.yml": "evals:\n  script:\n    - deepeval test run evals\n",
        },
    )
    found = gates(Repository.open(history.root))
    assert [gate.gate for gate in found] == [
        "promptfoo suite (promptfooconfig.yaml)",
        "Inspect task refunds (evals/refunds.py)",
        "CI runs promptfoo (.github/workflows/evals.yml)",
        "CI runs inspect (.github/workflows/evals.yml)",
        "CI runs pytest (.github/workflows/evals.yml)",
        "CI runs deepeval (.gitlab-ci.yml)",
    ]
    assert {(gate.result, gate.blocking) for gate in found} == {("", "")}


def test_only_what_is_committed_counts(history: History) -> None:
    history.write("promptfooconfig.yaml", CONFIG)
    repository = Repository.open(history.root)
    assert runners(repository) == () and gates(repository) == ()
    history.commit("Config")
    assert len(runners(repository)) == 1
