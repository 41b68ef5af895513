"""Where a repository is: one question to git, asked before anything large is loaded."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from afterword.repo.errors import RepositoryError
from afterword.repo.runner import QUIET, finish, start, to_text

_PLACES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")
_QUESTIONS = ("--is-bare-repository", "--is-shallow-repository", "--is-inside-work-tree", "--show-toplevel")


@dataclass(frozen=True)
class Place:
    """A work tree that git reads: its root, and the environment in which git finds its parts from any folder."""

    root: Path
    is_shallow: bool
    environment: Mapping[str, str]


class Search:
    """Asks git for the repository around a file or folder; git works while the program goes on."""

    def __init__(self, path: Path) -> None:
        """Start git; RepositoryError where the path or git itself is missing."""
        self._folder = _folder(path)
        self._environment = _absolute_places(self._folder)
        argv = ["git", "-C", str(self._folder), "rev-parse", *_QUESTIONS]
        self._process = start(argv, {**self._environment, **QUIET})

    def where(self, name: str) -> "subprocess.Popen[bytes]":
        """Ask as well where git keeps `name` for this work tree; `kept_in` reads the answer."""
        return start(["git", "-C", str(self._folder), "rev-parse", "--git-path", name], {**self._environment, **QUIET})

    def kept_in(self, asked: "subprocess.Popen[bytes]") -> Path | None:
        """Return what `where` asked for, None where git does not say."""
        done = finish(asked)
        return self._folder / to_text(done.out).removesuffix("\n") if done.status == 0 else None

    def place(self) -> Place:
        """Wait for the answer; RepositoryError says what stands in the way."""
        done = finish(self._process)
        if done.status != 0:
            raise _not_opened(self._folder, done.out, done.err)
        _bare, shallow, _inside, root = to_text(done.out).removesuffix("\n").split("\n", 3)
        return Place(Path(root), shallow == "true", self._environment)


def _folder(path: Path) -> Path:
    if not path.exists():
        raise RepositoryError(f"{path} does not exist.", "Give a folder inside a git repository.")
    return (path if path.is_dir() else path.parent).absolute()


def _absolute_places(folder: Path) -> dict[str, str]:
    """Return git's own place variables, which hooks set relative to the current folder, as absolute paths."""
    return {name: str(folder / os.environ[name]) for name in _PLACES if os.environ.get(name)}


def _not_opened(folder: Path, out: bytes, err: str) -> RepositoryError:
    if "dubious ownership" in err or "unsafe repository" in err:
        return RepositoryError(
            f"Git refuses to read {folder}: the repository belongs to another user.",
            f"If you trust it, run: git config --global --add safe.directory {_top(folder)}",
        )
    if out.startswith(b"true"):
        return RepositoryError(
            f"{folder} is a bare repository: it has no work tree to write a record into.",
            "Open a clone or a linked worktree of it.",
        )
    if "must be run in a work tree" in err:
        return RepositoryError(f"{folder} is inside git's own folder.", "Change to the work tree.")
    if "not a git repository" in err:
        return RepositoryError(
            f"{folder} is not inside a git repository.",
            "Change to the repository whose prompts took part in the incident.",
        )
    said = next((line for line in err.splitlines() if line.startswith("fatal:")), err.strip() or "no reason given")
    return RepositoryError(f"Git cannot open {folder}: {said.removeprefix('fatal:').strip()}.", "")


def _top(folder: Path) -> Path:
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)
