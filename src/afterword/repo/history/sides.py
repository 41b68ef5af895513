"""The two texts of a change, and the diff between them, whether the prompt is a file or a constant in one."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from afterword.record.vocabulary import PromptChangeKind
from afterword.repo.diff import diff_text
from afterword.repo.errors import RepositoryError
from afterword.repo.history.change import Change
from afterword.repo.history.submodules import submodule_runner
from afterword.repo.prompts.constants import constants_in
from afterword.repo.runner import Runner
from afterword.repo.texts import read_text

_DIFFERENT = 1
"""The status of `git diff --no-index` where it found a difference."""


class Side(NamedTuple):
    """One version of a prompt: `rev` is "" where there is none."""

    rev: str
    path: str
    constant: str = ""


def sides(change: Change) -> tuple[Side, Side]:
    """Return what a change is the difference of."""
    before = Side(change.before_rev, change.path_before, change.constant_before)
    after = Side(change.after_rev, change.path, change.constant)
    if change.kind is PromptChangeKind.ADDED:
        before = before._replace(rev="")
    if change.kind is PromptChangeKind.DELETED:
        after = after._replace(rev="")
    return before, after


def runner_of(runner: Runner, submodule: str) -> Runner:
    """Return what runs git where a prompt lives; RepositoryError where its submodule is not checked out."""
    if not submodule:
        return runner
    inner = submodule_runner(runner, submodule)
    if inner is None:
        raise RepositoryError(
            f"The submodule {submodule} is not checked out, so its prompts cannot be read.",
            "Run: git submodule update --init",
        )
    return inner


def diff_sides(runner: Runner, before: Side, after: Side, submodule: str = "") -> str:
    """Return git's diff between two versions; that of constants compares their texts, not the files around them."""
    runner = runner_of(runner, submodule)
    old, new = (side._replace(path=side.path.removeprefix(f"{submodule}/")) for side in (before, after))
    if before.constant or after.constant:
        return _diff_texts(runner, old, new)
    return diff_text(runner, old.rev, new.rev, new.path, old.path)


def text_of(runner: Runner, side: Side, submodule: str = "") -> str:
    """Return the text of one version, "" where there is none."""
    if not side.rev:
        return ""
    path = side.path.removeprefix(f"{submodule}/") if submodule else side.path
    text = read_text(runner_of(runner, submodule), side.rev, path).text
    if not side.constant:
        return text
    found = next((one.text for one in constants_in(text).found if one.name == side.constant), None)
    if found is None:
        raise RepositoryError(f"There is no constant {side.constant} in {side.path} at {side.rev[:7]}.", "")
    return found


def _diff_texts(runner: Runner, before: Side, after: Side) -> str:
    """Let git compare two texts that are no files of their own; names in the header say where they stand."""
    with tempfile.TemporaryDirectory(prefix="afterword-") as folder:
        names = [_put(Path(folder), mark, side, text_of(runner, side)) for mark, side in (("a", before), ("b", after))]
        options = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-prefix", "--no-index")
        done = Runner(Path(folder)).attempt("diff", *options, "--", *names, literal=True)
    if done.status > _DIFFERENT:
        raise RepositoryError(f"git cannot compare the two versions of {after.constant or after.path}.", "")
    return done.out.decode("utf-8", "replace")


def _put(folder: Path, mark: str, side: Side, text: str) -> str:
    """Write a text under a name that says where it stands; return the name."""
    if not side.rev:
        return "/dev/null"
    name = f"{mark}/{side.path}" + (f":{side.constant}" if side.constant else "")
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes((text if text.endswith("\n") else f"{text}\n").encode("utf-8", "surrogateescape"))
    return name
