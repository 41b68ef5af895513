"""Inspect AI: a dataset of one sample, as JSON Lines or CSV, and the scorer that reads its assertion."""

import csv
import io
import json
from typing import Any

from afterword.evals.case import Case, Kind, assertion_line
from afterword.evals.formats.jsonl import one_line
from afterword.evals.formats.written import FOLDER, Written

SCORER = '''\
import json
import re

from inspect_ai.scorer import CORRECT, INCORRECT, Score, accuracy, scorer


@scorer(metrics=[accuracy()])
def incident():
    """Score a sample by the assertion in its metadata."""

    def holds(kind, value, said):
        if kind == "contains":
            return value.casefold() in said.casefold()
        if kind == "not_contains":
            return value.casefold() not in said.casefold()
        if kind == "regex":
            return re.search(value, said) is not None
        if kind == "equals":
            return said == value
        if kind == "json_schema":
            from jsonschema import ValidationError, validate

            try:
                validate(json.loads(said), json.loads(value))
            except (ValueError, ValidationError):
                return False
            return True
        raise ValueError(f"{kind} needs another scorer: model_graded_qa()")

    async def score(state, target):
        said = state.output.completion
        held = holds(state.metadata["assertion"], state.metadata["value"], said)
        return Score(value=CORRECT if held else INCORRECT, answer=said)

    return score
'''
"""A scorer for a task of the team: it reads the sample's assertion."""


def sample_of(case: Case) -> dict[str, Any]:
    """Return the case as Inspect reads it; the target of a rubric is the rubric, as graders expect it."""
    meant = case.assertion.kind in (Kind.CONTAINS, Kind.EQUALS, Kind.RUBRIC)
    metadata = {
        "description": f"{case.id}: {case.title}" if case.title else case.id,
        **case.metadata,
        "expected": case.expected,
        "assertion": case.assertion.kind.value,
        "value": case.assertion.value,
    }
    target = case.assertion.value if meant else case.expected or assertion_line(case.assertion)
    return {"id": case.id, "input": case.input, "target": target, "metadata": metadata}


def write_jsonl(case: Case) -> Written:
    """Return a dataset as JSON Lines."""
    path = f"{FOLDER}/{case.id}.jsonl"
    return Written(path, one_line(sample_of(case)), "inspect", _how(case, path, "json_dataset"))


def write_csv(case: Case) -> Written:
    """Return a dataset as CSV; its metadata column holds JSON."""
    sample = sample_of(case)
    sample["metadata"] = json.dumps(sample["metadata"], ensure_ascii=False)
    rows = io.StringIO()
    writer = csv.DictWriter(rows, list(sample), lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerow(sample)
    path = f"{FOLDER}/{case.id}.csv"
    return Written(path, rows.getvalue(), "inspect", _how(case, path, "csv_dataset"))


def _how(case: Case, path: str, reader: str) -> str:
    if case.assertion.kind is Kind.RUBRIC:
        return (
            f'Add it to a task: Task(dataset={reader}("{path}"), solver=…, scorer=model_graded_qa())\n'
            "The target is the rubric."
        )
    shown = "".join(f"  {each}".rstrip() + "\n" for each in SCORER.splitlines()).rstrip()
    return (
        f'Add it to a task: Task(dataset={reader}("{path}"), solver=…, scorer=incident())\n'
        f"with this scorer, which reads the assertion from the sample's metadata:\n\n{shown}"
    )
