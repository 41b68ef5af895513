"""What was found in a repository's texts, kept beside git's own files for the next time."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from afterword.repo import atomic
from afterword.repo.errors import WriteError
from afterword.repo.regular import read_regular

_FORM = 1
"""The form of the kept file; another one is not read."""
_MOST_TEXTS = 60_000
_MOST_TREES = 4


class Prompt(NamedTuple):
    """Where a prompt stands: a file, or at `line` a constant in one; `blob` names the file's text."""

    path: str
    constant: str
    line: int
    blob: str


class Discovered(NamedTuple):
    """The prompts at a commit, and sentences about files that could not be read for them."""

    prompts: tuple[Prompt, ...]
    problems: tuple[str, ...] = ()


class Held(NamedTuple):
    """What a Python file holds: names and lines of prompt constants, or why that is not known."""

    names: tuple[tuple[str, int], ...] = ()
    problem: str = ""


class Known:
    """The kept findings: of texts by the texts' names, of whole trees by a mark. Without a file nothing is kept."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.blobs: dict[str, Held] = {}
        self._trees: dict[str, Discovered] = {}
        # A damaged file counts as none.
        with suppress(OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
            self._load(json.loads(read_regular(file)) if file is not None else {})

    def tree(self, mark: str) -> Discovered | None:
        """Return what was found in a tree before."""
        return self._trees.get(mark)

    def keep(self, mark: str, found: Discovered, held: Mapping[str, Held]) -> None:
        """Write down what was found, the latest first; a repository that cannot be written to is searched anew."""
        if self._file is None:
            return
        blobs = {**held, **{blob: one for blob, one in self.blobs.items() if blob not in held}}
        trees = {mark: found, **self._trees}
        data = {
            "form": _FORM,
            "trees": {mark: trees[mark] for mark in list(trees)[:_MOST_TREES]},
            "blobs": {blob: blobs[blob] for blob in list(blobs)[:_MOST_TEXTS]},
        }
        with suppress(WriteError, OSError):
            atomic.make_folder(self._file.parent, 0o700)
            atomic.write(self._file, json.dumps(data, separators=(",", ":")).encode(), 0o600)

    def _load(self, data: Any) -> None:
        if data.get("form") != _FORM:
            return
        blobs = {
            blob: Held(tuple((name, line) for name, line in names), why) for blob, (names, why) in data["blobs"].items()
        }
        trees = {
            mark: Discovered(tuple(Prompt(*prompt) for prompt in prompts), tuple(problems))
            for mark, (prompts, problems) in data["trees"].items()
        }
        self.blobs, self._trees = blobs, trees
