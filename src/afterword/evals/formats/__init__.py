"""The runners' formats: each writes a case as a file that the runner executes."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from afterword.evals.case import Case
from afterword.evals.formats import inspect, jsonl, promptfoo, pytest
from afterword.evals.formats.written import FOLDER, Written

__all__ = ["FOLDER", "FORMATS", "Written", "form_by_ending", "format_of"]

FORMATS: Mapping[str, Callable[[Case], Written]] = {
    "promptfoo": promptfoo.write,
    "inspect": inspect.write_jsonl,
    "inspect-csv": inspect.write_csv,
    "pytest": pytest.write,
    "jsonl": jsonl.write,
}
"""The formats by the names that `--format` takes."""

_ALSO = {
    **dict.fromkeys(("inspect ai", "inspect-ai", "inspect_ai"), "inspect"),
    **dict.fromkeys(("deepeval",), "pytest"),
    **dict.fromkeys(("langfuse", "langsmith", "braintrust"), "jsonl"),
}


_BY_ENDING = {".yaml": "promptfoo", ".yml": "promptfoo", ".py": "pytest", ".csv": "inspect-csv", ".jsonl": "jsonl"}


def form_by_ending(path: str) -> str | None:
    """Return the format that a file's name speaks for; JSON Lines are plain ones."""
    return _BY_ENDING.get(PurePosixPath(path).suffix)


def format_of(runner: str) -> str | None:
    """Return the format that a runner reads, by the name that a record or a repository has for it."""
    name = " ".join(runner.casefold().split())
    return name if name in FORMATS else _ALSO.get(name)
