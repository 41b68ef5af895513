"""Whether the case that a record names is still there at HEAD, carries the id, asserts, and is run."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from afterword.checks import Problem
from afterword.evals.discovery import is_config, loaded, runners_in
from afterword.evals.formats import format_of
from afterword.evals.formats.pytest import is_test_file
from afterword.evals.tree import Tree
from afterword.record.model import Record
from afterword.record.vocabulary import Status
from afterword.repo.globs import Globs, check_pattern
from afterword.repo.regular import real

_YAML = (".yaml", ".yml")
_MOST_STARS = 8
_BEING_WRITTEN = (Status.DRAFT, Status.IN_REVIEW)


def missing(record_id: str, record: Record, tree: Tree) -> list[Problem]:
    """Return what is wrong with the place of a record's eval case: at most one error and one warning.

    A case in another repository (its path is an address) is not looked for, nor is anything before the first commit.
    """
    case = record.eval_case
    if case is None or not case.path or "://" in case.path or not tree.files:
        return []
    path = _inside(case.path, tree)
    if path not in tree.files:
        return [_gone(record_id, record, path, tree)]
    return _in_file(path, record_id, case.runner, tree)


def _in_file(path: str, record_id: str, runner: str, tree: Tree) -> list[Problem]:
    text = tree.text(path)
    if text is None:
        return [
            _problem(
                "case-unread",
                "warning",
                f"The eval case {path} was not read: it is not in this clone, or too large.",
                "",
            )
        ]
    if not _names(text, record_id):
        where = _elsewhere(record_id, path, tree)
        return [
            _problem(
                "case-unmarked", "error", f"{path} does not hold the id {record_id}: the eval case is gone.", where
            )
        ]
    if path.endswith(_YAML) and (said := _in_yaml(loaded(text), path, record_id)):
        return [said]
    if not _reached(path, text, runner, tree):
        return [
            _problem(
                "case-unreached",
                "warning",
                f"Nothing at HEAD refers to the eval case {path}: the suite may not run it.",
                "Refer to it in the suite's configuration, or name it in CI.",
            )
        ]
    return []


def _problem(code: str, severity: Any, message: str, hint: str) -> Problem:
    return Problem(code, "eval_case", "eval_case", severity, message, hint)


def _inside(path: str, tree: Tree) -> str:
    """Return a path as git has it: from the root, without `./`, through links of the work tree."""
    plain = posixpath.normpath(path.strip().removeprefix("/"))
    if plain in tree.files:
        return plain
    root = real(tree.repository.root)
    target = real(root / plain)
    return target.relative_to(root).as_posix() if target.is_relative_to(root) else plain


def _names(text: str, record_id: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(record_id)}(?![\w-])", text) is not None


def _gone(record_id: str, record: Record, path: str, tree: Tree) -> Problem:
    """Say that the file is not at HEAD: an error where it was once, or where the record is past its review."""
    case = record.eval_case
    assert case is not None
    if (tree.repository.root / path).is_file():
        return _problem("case-uncommitted", "warning", f"The eval case {case.path} is not committed.", "Commit it.")
    done = tree.repository.runner.attempt(
        "log", "-1", "--diff-filter=D", "--format=%h", "HEAD", "--", path, literal=True
    )
    commit = done.out.decode("ascii", "replace").strip() if done.status == 0 else ""
    if not commit and not case.proof and record.status in _BEING_WRITTEN:
        message = f"The eval case {case.path} is not written yet."
        return _problem("case-unwritten", "warning", message, f"Write it: afterword case {record_id}")
    when = f" (deleted in {commit})" if commit else ""
    hint = _elsewhere(record_id, path, tree) or "Bring it back, or correct the file in the record."
    return _problem("case-gone", "error", f"The eval case {case.path} is not there at HEAD{when}.", hint)


def _elsewhere(record_id: str, path: str, tree: Tree) -> str:
    """Say which other file holds the id, if one does that can be a case."""
    others = [each for each in tree.mentioning([record_id]) if each != path and not each.endswith((".md", ".html"))]
    return f"{others[0]} holds the id: if the case moved there, correct the file in the record." if others else ""


def _in_yaml(data: Any, path: str, record_id: str) -> Problem | None:
    """Return what is wrong with the case in a promptfoo file; None where all is well or the file is something else."""
    tests = data.get("tests") if isinstance(data, dict) else data
    if not isinstance(tests, list):
        return None
    own = [test for test in tests if isinstance(test, dict) and _names(_said(test), record_id)]
    if not own:
        message = f"{path} holds the id {record_id}, but no test of it does: the eval case is gone."
        return _problem("case-unmarked", "error", message, "Put the test back, with the id in its description.")
    default = data.get("defaultTest") if isinstance(data, dict) else None
    if any(_asserts(test) for test in own) or _asserts(default) or isinstance(default, str):
        return None
    message = f"The eval case in {path} asserts nothing: it passes whatever the model says."
    return _problem("case-hollow", "error", message, "Write its assertions under `assert`.")


def _said(test: dict[Any, Any]) -> str:
    """Return the texts of a test that may hold the id; nothing nested, which aliases can make endless."""
    metadata = test.get("metadata")
    values = [test.get("description"), *(metadata.values() if isinstance(metadata, dict) else ())]
    return "\n".join(value for value in values if isinstance(value, str))


def _asserts(test: Any) -> bool:
    return isinstance(test, dict) and (bool(test.get("assert")) or bool(test.get("assertScoringFunction")))


def _reached(path: str, text: str, runner: str, tree: Tree) -> bool:
    """Whether something at HEAD runs a case; True as well where that cannot be read."""
    kind = format_of(runner) or ("pytest" if path.endswith(".py") else "")
    if kind == "pytest":
        return is_test_file(path) or _mentioned(path, tree)
    if kind not in ("promptfoo", "inspect", "inspect-csv"):
        return True
    if kind == "promptfoo" and is_config(loaded(text)):
        return True
    suites = [one.path for one in runners_in(tree) if one.kind == kind.partition("-")[0]]
    if not suites:
        return True
    if kind == "promptfoo" and any(_refers(suite, path, tree) for suite in suites):
        return True
    return _mentioned(path, tree)


def _mentioned(path: str, tree: Tree) -> bool:
    folder, name = posixpath.split(path)
    words = [name, *([f"{posixpath.basename(folder)}/", folder] if folder else ())]
    records = real(tree.repository.records.folder)
    root = real(tree.repository.root)
    found = tree.mentioning(words)
    return any(
        each != path and not (root / each).is_relative_to(records) and not each.endswith(".md") for each in found
    )


def _refers(config: str, path: str, tree: Tree) -> bool:
    """Whether a promptfoo configuration takes its tests from a file; True where its tests are made by a program."""
    data = loaded(tree.text(config))
    if not isinstance(data, dict):
        return True
    return any(_leads_to(each, posixpath.dirname(config), path) for each in _references(data.get("tests")))


def _references(tests: Any) -> Iterator[str]:
    for each in tests if isinstance(tests, list) else [tests]:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict) and isinstance(each.get("path"), str):
            yield each["path"]


def _leads_to(reference: str, folder: str, path: str) -> bool:
    plain = reference.removeprefix("file://")
    if re.search(r"\.(?:[cm]?[jt]s|py)(?::\w+)?$|\{\{|^\w+://", plain):
        return True
    pattern = posixpath.normpath(posixpath.join(folder, plain))
    if pattern.count("*") > _MOST_STARS:
        return True
    return not check_pattern(pattern) and (Globs((pattern,)).matches(path) or path.startswith(f"{pattern}/"))
