"""The eval suites that a repository shows at HEAD: by their files, by what Python imports, by what CI calls."""

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from afterword.evals.tree import Tree
from afterword.evals.yaml_data import read_data
from afterword.record.model import Gate
from afterword.repo.repository import Repository

_CONFIG = re.compile(r"promptfoo(?:config)?[\w.-]*\.(?:ya?ml|json|[cm]?[jt]s|py)", re.IGNORECASE)
_NEAR = re.compile(r"(?:^|[/_.-])(?:evals?|promptfoo|evaluations?)(?:[/_.-]|$)", re.IGNORECASE)
_CI = re.compile(
    r"\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci/config\.ya?ml|\.?azure-pipelines[\w.-]*\.ya?ml|"
    r"bitbucket-pipelines\.ya?ml|\.buildkite/[^/]+\.ya?ml|\.drone\.ya?ml|Jenkinsfile|cloudbuild\.ya?ml|"
    r"\.woodpecker(?:/[^/]+)?\.ya?ml|\.travis\.ya?ml"
)
_CALLS = {
    "promptfoo": re.compile(r"promptfoo(?:@[\w.^~-]+)?[ \t]+(?:eval|redteam)\b|promptfoo/promptfoo-action"),
    "inspect": re.compile(r"\binspect[ \t]+(?:eval|eval-set|eval-retry)\b"),
    "deepeval": re.compile(r"\bdeepeval[ \t]+test\b"),
    "pytest": re.compile(r"\bpytest\b[^\n#]*\bevals?\b"),
    "braintrust": re.compile(r"\bbraintrust[ \t]+(?:eval|push)\b|braintrustdata/eval-action"),
}
_IMPORTS = {
    "inspect": re.compile(r"^\s*(?:from|import) inspect_ai\b", re.MULTILINE),
    "deepeval": re.compile(r"^\s*(?:from|import) deepeval\b", re.MULTILINE),
    "braintrust": re.compile(r"^\s*(?:from|import) braintrust\b", re.MULTILINE),
    "langsmith": re.compile(
        r"^\s*from langsmith[\w.]* import .*\b(?:evaluate|aevaluate|testing|expect)\b", re.MULTILINE
    ),
    "langfuse": re.compile(r"^\s*(?:from|import) langfuse\b(?=[\s\S]*(?:get_dataset|run_experiment))", re.MULTILINE),
}
_TASK = re.compile(r"^@task\b(?:\([^)]*\))?\s*\n(?:@[^\n]*\n)*(?:async )?def (\w+)", re.MULTILINE)
_TEST_FILE = re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_test)\.py$")
_MOST = 200
"""Files of one sort that are read."""
_ORDER = ("promptfoo", "inspect", "deepeval", "pytest", "braintrust", "langsmith", "langfuse", "ci")
_NAMES = {"inspect": "Inspect", "deepeval": "DeepEval", "braintrust": "Braintrust"}


class Runner(NamedTuple):
    """A suite in the repository: its runner, the file that shows it, and what CI calls or a task is called."""

    kind: str
    path: str
    what: str = ""


def runners(repository: Repository) -> tuple[Runner, ...]:
    """Return the suites at HEAD, promptfoo's first, those nearest to the root first; none before the first commit."""
    return runners_in(Tree(repository))


@lru_cache(maxsize=1)
def runners_in(tree: Tree) -> tuple[Runner, ...]:
    """Return the suites of a tree that is open already; those that CI calls are not among them."""
    found = {*_promptfoo(tree), *_python(tree)}
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.kind), one.path.count("/"), one.path, one.what)))


def gates(repository: Repository) -> tuple[Gate, ...]:
    """Return the gates to offer for a record: suites, and what CI calls; what they said is the author's to answer."""
    tree = Tree(repository)
    suites = [Gate(gate=f"{_suite(one)} ({one.path})") for one in runners_in(tree)]
    return (*suites, *(Gate(gate=f"CI runs {one.what} ({one.path})") for one in called(tree)))


def _suite(one: Runner) -> str:
    if one.kind == "inspect":
        return f"Inspect task {one.what}" if one.what else "Inspect tasks"
    return f"{_NAMES.get(one.kind, one.kind)} {'tests' if one.kind in ('pytest', 'deepeval') else 'suite'}"


def called(tree: Tree) -> tuple[Runner, ...]:
    """Return what CI calls: kind `ci`, the workflow file, and the runner that it calls."""
    paths = [path for path in tree.files if _CI.fullmatch(path)][:_MOST]
    tree.read(paths)
    found = []
    for path in sorted(paths):
        text = "\n".join(line for line in (tree.text(path) or "").split("\n") if not line.lstrip().startswith("#"))
        found += [Runner("ci", path, name) for name, call in _CALLS.items() if call.search(text)]
    return tuple(found)


def _promptfoo(tree: Tree) -> list[Runner]:
    named = [path for path in tree.files if _CONFIG.fullmatch(PurePosixPath(path).name)]
    near = [path for path in tree.files if path.endswith((".yaml", ".yml")) and _NEAR.search(path)]
    maybe = sorted({*near} - {*named}, key=lambda path: (path.count("/"), path))[:_MOST]
    tree.read(maybe)
    others = [path for path in maybe if not _CI.fullmatch(path) and is_config(loaded(tree.text(path)))]
    return [Runner("promptfoo", path) for path in (*named, *others)]


def loaded(text: str | None) -> Any:
    """Return what a YAML text holds; None where it cannot be read, or is nested deeper than any suite."""
    try:
        return read_data(text) if text else None
    except ValueError:
        return None


def is_config(data: Any) -> bool:
    """Whether a parsed file is a promptfoo configuration."""
    return isinstance(data, dict) and "prompts" in data and ("providers" in data or "targets" in data)


def _python(tree: Tree) -> list[Runner]:
    words = ("inspect_ai", "deepeval", "braintrust", "langsmith", "langfuse")
    paths = tree.mentioning(words, ":/*.py")[:_MOST]
    tree.read(paths)
    found: list[Runner] = []
    for path in paths:
        text = tree.text(path) or ""
        kinds = [kind for kind, imports in _IMPORTS.items() if imports.search(text)]
        if "inspect" in kinds:
            found += [Runner("inspect", path, name) for name in _TASK.findall(text)]
        found += [Runner(kind, path) for kind in kinds if kind != "inspect"]
    known = {one.path for one in found}
    tests = [path for path in tree.files if _TEST_FILE.search(path) and _NEAR.search(path.rpartition("/")[0])]
    return [*found, *(Runner("pytest", path) for path in tests if path not in known)]
