"""What git says has changed in a file, as text and as lines to look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from afterword.repo.errors import RepositoryError
from afterword.repo.runner import Runner, empty_tree

_HUNK = re.compile(r"@@ -(\d{1,15})(?:,(\d{1,15}))? \+(\d{1,15})(?:,(\d{1,15}))? @@ ?(.*)", re.DOTALL)

Kind = Literal[" ", "+", "-", "\\"]


def diff_text(runner: Runner, before: str, after: str, path: str, path_before: str = "") -> str:
    """Return git's diff of a file between two commits; an empty name stands for "nothing there yet".

    The options are the user's own, so the text equals what `git diff A B -- PATHS` prints. Bytes that are not
    UTF-8 become U+FFFD.
    """
    sides = [sha or empty_tree(runner) for sha in (before, after)]
    paths = list(dict.fromkeys(filter(None, (path_before, path))))
    options = ("--no-color", "--no-ext-diff", "--no-textconv")
    done = runner.attempt("diff", *options, *sides, "--", *paths, literal=True)
    if done.status != 0:
        raise RepositoryError(
            f"The change of {path} cannot be shown: a text of it is not in this clone.",
            "It was never fetched, or is damaged; fetch it while online (`git fetch --refetch`).",
        )
    return done.out.decode("utf-8", "replace")


class DiffLine(NamedTuple):
    """One line of a hunk with its number on either side; None where it is not there.

    `raw` is the line as git wrote it; `\\\\` is the kind of "No newline at end of file".
    """

    raw: str
    kind: Kind
    old_no: int | None
    new_no: int | None

    @property
    def text(self) -> str:
        """The line without its mark."""
        return self.raw[1:]


@dataclass(frozen=True)
class Hunk:
    """One run of changes with the lines around it."""

    header: str
    old_start: int
    old_count: int
    new_start: int
    new_count: int
    heading: str
    lines: tuple[DiffLine, ...]


@dataclass(frozen=True)
class FileDiff:
    """The changes of one file: what stands before the first hunk, the hunks, what stands after the last."""

    header: tuple[str, ...]
    hunks: tuple[Hunk, ...]
    trailer: tuple[str, ...] = ()

    @property
    def is_binary(self) -> bool:
        """Whether git shows no lines because the file is not text."""
        return any(line.startswith(("Binary files ", "GIT binary patch")) for line in self.header)


@dataclass(frozen=True)
class Diff:
    """A whole diff; `text` is what it was parsed from, to the byte."""

    files: tuple[FileDiff, ...]
    ends_with_newline: bool = True

    @cached_property
    def hunks(self) -> tuple[Hunk, ...]:
        """The hunks of all files, in order."""
        return tuple(hunk for file in self.files for hunk in file.hunks)

    @property
    def counts(self) -> tuple[int, int]:
        """How many lines were added and removed."""
        kinds = [line.kind for hunk in self.hunks for line in hunk.lines]
        return kinds.count("+"), kinds.count("-")

    @property
    def text(self) -> str:
        """The diff as git wrote it."""
        return "\n".join(self._raw()) + ("\n" if self.ends_with_newline else "")

    def _raw(self) -> Iterator[str]:
        for file in self.files:
            yield from file.header
            for hunk in file.hunks:
                yield hunk.header
                yield from (line.raw for line in hunk.lines)
            yield from file.trailer


def parse_diff(text: str) -> Diff:
    """Read a unified diff, git's or one from a record, whose last newline may be missing; never fails.

    Counts in hunk headers decide what is content. What fits nowhere is kept as header or trailer.
    """
    if not text:
        return Diff((), ends_with_newline=False)
    ends = text.endswith("\n")
    lines = text.removesuffix("\n").split("\n")
    files: list[FileDiff] = []
    at = 0
    while at < len(lines):
        file, at = _file(lines, at)
        files.append(file)
    return Diff(tuple(files), ends)


def _file(lines: list[str], at: int) -> tuple[FileDiff, int]:
    start = at
    while at < len(lines) and not _HUNK.match(lines[at]) and not (at > start and _opens_file(lines[at])):
        at += 1
    header = lines[start:at]
    hunks = []
    while at < len(lines) and (match := _HUNK.match(lines[at])):
        hunk, at = _hunk(lines, at, match)
        hunks.append(hunk)
    rest = at
    while at < len(lines) and hunks and not _HUNK.match(lines[at]) and not _opens_file(lines[at]):
        at += 1
    return FileDiff(tuple(header), tuple(hunks), tuple(lines[rest:at])), at


def _opens_file(line: str) -> bool:
    return line.startswith("diff --")


def _hunk(lines: list[str], at: int, match: re.Match[str]) -> tuple[Hunk, int]:
    old_start, old_count, new_start, new_count = (int(n) if n is not None else 1 for n in match.groups()[:4])
    old, new, old_end, new_end = old_start, new_start, old_start + old_count, new_start + new_count
    header, found = lines[at], []
    at += 1
    while at < len(lines):
        raw = lines[at]
        kind = raw[:1] or " "  # editors strip the mark of an empty line
        if kind == "\\":
            found.append(DiffLine(raw, "\\", None, None))
        elif kind == " " and old < old_end and new < new_end:
            found.append(DiffLine(raw, " ", old, new))
            old, new = old + 1, new + 1
        elif kind == "-" and old < old_end:
            found.append(DiffLine(raw, "-", old, None))
            old += 1
        elif kind == "+" and new < new_end:
            found.append(DiffLine(raw, "+", None, new))
            new += 1
        else:
            break
        at += 1
    return Hunk(header, old_start, old_count, new_start, new_count, match[5], tuple(found)), at
