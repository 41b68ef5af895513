"""`afterword check`: the list of problems, for people, CI and pre-commit."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from afterword.cli.output import Output
from afterword.cli.places import shown
from afterword.errors import AfterwordError, Exit

if TYPE_CHECKING:
    from afterword.checks import Problem
    from afterword.cli.reports import Checked
    from afterword.record.model import Cause
    from afterword.redaction import Rules
    from afterword.repo import Repository
    from afterword.repo.store import StoredRecord

DESCRIPTION = """\
Report the problems of records: open questions, times that contradict each
other, unknown words, blaming wording, secrets and personal data in the text.
Offending lines are compared with the prompts at HEAD: one that is back is an
error, one that is back in other words (65 % alike or more) a warning, both at
the prompt's file and line. A record's eval case must be at HEAD, with the
record's id and an assertion; one that disappeared is an error, one that
nothing refers to a warning.

  afterword check
  afterword check 2026-03-02-refunds --format github
  afterword check docs/postmortems/*.md        (works outside a repository too)

An error is what a reviewer would send back; a warning is advice. The exit code
is 1 when there is an error, also when a file does not parse.

pre-commit:
  - id: afterword
    entry: afterword check
    language: system
    files: ^docs/postmortems/[^/]+\\.md$

--format json prints {"schema": "afterword/check/1", "records":
[{"id", "path"}], "problems": [{"id", "path", "line", "code", "severity",
"message", ...}]}. The id is the record's; where a line is back, path and
line are the prompt's.
"""
_FORMATS = ("text", "json", "github", "junit")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "records",
        nargs="*",
        metavar="ID or PATH",
        help="records, files or folders; every record when none is given",
    )
    parser.add_argument("--format", choices=_FORMATS, default="text", help="how to report (default: text)")


def run(arguments: Namespace, out: Output) -> int:
    """Report problems; 1 where one of them is an error."""
    from afterword.cli.reports import REPORTS

    repository = _repository(arguments.records)
    found = _found(arguments.records, repository)
    checked = _checked(found, repository, out)
    REPORTS[arguments.format](checked, out)
    if not found:
        where = repository.records.folder if repository else "the folders given"
        out.note(f"Nothing to check: no record in {where}.")
    errors = any(problem.severity == "error" for one in checked for problem in one.problems)
    return int(Exit.PROBLEMS if errors else Exit.FINE)


def _is_path(asked: str) -> bool:
    return "/" in asked or asked.endswith(".md") or Path(asked).exists()


def _repository(asked: list[str]) -> "Repository | None":
    """Open the repository around what is checked; explicit paths do without one."""
    from afterword.repo import Repository
    from afterword.repo.errors import RepositoryError

    paths = [Path(one) for one in asked if _is_path(one)]
    only_paths = bool(asked) and len(paths) == len(asked)
    try:
        return Repository.open(paths[0].parent if only_paths and paths[0].is_file() else ".")
    except RepositoryError:
        if only_paths:
            return None
        raise


def _found(asked: list[str], repository: "Repository | None") -> "list[StoredRecord]":
    from afterword.cli.which import which
    from afterword.repo.store import Store

    if not asked and repository:
        return sorted(repository.records.list(), key=lambda one: one.id)
    store = repository.records if repository else Store(Path.cwd())
    found: dict[Path, StoredRecord] = {}
    for one in asked:
        if _is_path(one):
            files = _files(Path(one))
        else:
            files = [store.get(which(one, [stored.id for stored in store.list()])).path]
        for file in files:
            found.setdefault(file.absolute(), store.read(file.absolute()))
    return list(found.values())


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.glob("*.md"))
    if not path.is_file():
        raise AfterwordError(f"{path} does not exist.", "Give a record's id, or the path of its file.")
    return [path]


def _checked(found: "list[StoredRecord]", repository: "Repository | None", out: Output) -> "list[Checked]":
    if not found:
        return []
    from afterword.cli.reports import Checked

    people = repository.people() if repository else ()
    severities = repository.config.severities if repository else None
    now = datetime.now(UTC)
    rules = repository.config.redaction if repository else None
    back = _back(found, repository, out) if repository else {}
    cases = _cases(found, repository) if repository else {}
    checked = []
    for one in found:
        problems = _problems(one, now, people, severities, rules, cases.get(one.path, []))
        problems += back.get(one.path, ())
        checked.append(Checked(one.id, shown(one.path), problems))
    return checked


def _back(found: "list[StoredRecord]", repository: "Repository", out: Output) -> "dict[Path, list[Problem]]":
    """Compare what records say must not come back with the prompts at HEAD."""
    records = [
        (one, one.record) for one in found if one.record and any(_compared(cause) for cause in one.record.causes)
    ]
    if not records or not repository.has_commits:
        return {}
    from dataclasses import replace

    from afterword.checks import nearer, returned
    from afterword.checks.returned import not_in_clone
    from afterword.repo.returned import standing, versions_of

    prompts, lacking = standing(repository)
    versions, missing = versions_of(
        repository, [change for _, record in records for cause in record.causes for change in cause.prompts]
    )
    if missing:
        why = " (its history is shallow)" if repository.is_shallow else ""
        out.note(f"{missing} recorded versions of prompts are not in this clone{why}, and were not compared.")
    problems: dict[Path, list[Problem]] = {}
    for one, record in records:
        own = [versions[change] for cause in record.causes for change in cause.prompts if change in versions]
        known = [text for sides in own for text in sides if text]
        back = [
            *returned(record, prompts, name=one.id, known=known),
            *nearer(record, prompts, versions, name=one.id),
            *(not_in_clone(record, lacking) if lacking else ()),
        ]
        problems[one.path] = [replace(each, path=each.path and shown(repository.root / each.path)) for each in back]
    return problems


def _cases(found: "list[StoredRecord]", repository: "Repository") -> "dict[Path, list[Problem]]":
    """Look for the eval cases that records name, in the tree at HEAD."""
    records = [(one, one.record) for one in found if one.record and one.record.eval_case]
    if not records:
        return {}
    from afterword.evals.present import missing
    from afterword.evals.tree import Tree

    tree = Tree(repository)
    return {one.path: missing(one.id, record, tree) for one, record in records}


def _compared(cause: "Cause") -> bool:
    return bool(cause.offending or cause.prompts)


def _problems(
    stored: "StoredRecord",
    now: datetime,
    people: tuple[str, ...],
    severities: tuple[str, ...] | None,
    rules: "Rules | None",
    cases: "list[Problem]",
) -> "list[Problem]":
    from afterword.checks import Problem, check, placed
    from afterword.record.document import locate
    from afterword.record.vocabulary import SEVERITIES
    from afterword.redaction import scan

    if stored.record is None:
        error = stored.error
        assert error is not None
        line, message = getattr(error, "line", None), getattr(error, "problem", error.message)
        return [Problem("unreadable", "", "save", "error", message, error.hint, line)]
    problems = check(
        stored.record,
        now=now,
        people=people,
        severities=severities or SEVERITIES,
        scan=lambda text: scan(text, rules).findings,
    )
    return sorted(placed([*problems, *cases], locate(stored.text)), key=lambda problem: problem.line or 0)
