"""How a team's evals could be configured, by the runner that its repository shows."""

import json
import shlex
import textwrap

from afterword.evals.discovery import Runner, runners
from afterword.evals.formats import form_by_ending, format_of
from afterword.record.model import Record
from afterword.repo import Repository
from afterword.repo.config import OWN_FILE, SHARED_FILE

_WIDTH = 70
"""Columns that an example may take."""
_LINKED = (".venv", "node_modules", ".env")


def how_to_configure(repository: Repository, record: Record) -> str:
    """Return the sentence that says where the configuration goes, and below it an example for the team's runner."""
    own = (repository.root / OWN_FILE).exists()
    file, table = (OWN_FILE, "evals") if own else (SHARED_FILE, "tool.afterword.evals")
    shown = "\n".join(f"  {line}" for line in [f"[{table}]", *_lines(repository, record)])
    return f"Say so in {file}, for example:\n\n{shown}"


def _lines(repository: Repository, record: Record) -> list[str]:
    known = runners(repository)
    kind = _kind(record, known)
    command, more = _command(kind, known)
    lines = [*_quoted("command", command), *more]
    linked = [name for name in _LINKED if (repository.root / name).exists()]
    lines += [f"link = {json.dumps(linked)}"] if linked else []
    if kind in ("pytest", "inspect", "inspect-csv") and (repository.root / "src").is_dir():
        lines.append('env = { PYTHONPATH = "src" }')
    return lines


def _quoted(name: str, text: str) -> list[str]:
    """Return a TOML string in lines that a terminal does not wrap, so that it can be copied from there."""
    plain = f"{name} = {json.dumps(text, ensure_ascii=False)}"
    if len(plain) <= _WIDTH or "\\" in text or '"' in text:
        return [plain]
    # TOML takes a backslash at the end of a line for nothing, together with the white space of the next one.
    shown = " \\\n  ".join(textwrap.wrap(text, _WIDTH - 4 - len(name), break_long_words=False, break_on_hyphens=False))
    return f'{name} = """{shown}"""'.split("\n")


def _kind(record: Record, known: tuple[Runner, ...]) -> str:
    """Return the form of the case: as the record names it, as its file shows it, as the repository has suites."""
    case = record.eval_case
    named = format_of(case.runner) if case else None
    shown = form_by_ending(case.path) if case else None
    return named or shown or next((form for one in known if (form := format_of(one.kind))), "pytest")


def _command(kind: str, known: tuple[Runner, ...]) -> tuple[str, list[str]]:
    if kind == "promptfoo":
        config = next((one.path for one in known if one.kind == "promptfoo"), "promptfooconfig.yaml")
        return f"npx promptfoo eval -c {shlex.quote(config)} --tests {{case}} --output {{out}}", []
    if kind in ("inspect", "inspect-csv"):
        task = next(
            (f"{one.path}@{one.what}" for one in known if one.kind == "inspect"), "evals/incidents.py@incidents"
        )
        words = f"inspect eval {shlex.quote(task)} -T dataset={{tree}}/{{case}} --log-dir {{out}}"
        reader = "csv_dataset" if kind == "inspect-csv" else "json_dataset"
        return words, [f"# The task takes the dataset as a parameter: def task(dataset): … {reader}(dataset)"]
    if kind == "jsonl":
        return "python evals/run.py {case} {out}", ['report = "junit"  # a program of yours that writes JUnit XML']
    return "pytest {case} --junitxml={out}", []
