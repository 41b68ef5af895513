"""Plain JSONL, `{input, expected, metadata}`: what Langfuse, LangSmith and Braintrust take as dataset items."""

import json
from typing import Any

from afterword.evals.case import Case, assertion_line
from afterword.evals.formats.written import FOLDER, Written

_HOW = """\
Upload the line as an item of the dataset that your experiment runs on:
  Braintrust: dataset.insert(**item)
  Langfuse:   create_dataset_item(dataset_name=…, input=…, expected_output=item["expected"], metadata=…)
  LangSmith:  create_example(dataset_name=…, inputs={"input": …}, outputs={"expected": …}, metadata=…)
The assertion is in metadata: these services keep it, their scorers decide by it."""


def item_of(case: Case) -> dict[str, Any]:
    """Return the case as one item; `expected` is never empty."""
    said = assertion_line(case.assertion)
    metadata = {
        "description": f"{case.id}: {case.title}" if case.title else case.id,
        **case.metadata,
        "assertion": case.assertion.kind.value,
        "value": case.assertion.value,
    }
    return {"input": case.input, "expected": case.expected or said, "metadata": metadata}


def one_line(values: Any) -> str:
    """Return an object as a line of JSON that every reader of lines takes as one."""
    text = json.dumps(values, ensure_ascii=False)
    for letter in "\x85\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text + "\n"


def write(case: Case) -> Written:
    """Return a file with the item as its only line."""
    return Written(f"{FOLDER}/{case.id}.jsonl", one_line(item_of(case)), "jsonl", _HOW)
