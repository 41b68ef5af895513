"""When a commit became part of the main line, and with which deployment it went out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from afterword.record.when import When
from afterword.repo.globs import Globs
from afterword.repo.history.log import window
from afterword.repo.history.times import moment_of, when
from afterword.repo.runner import Runner, to_text

_REMOTE = "refs/remotes/origin/HEAD"
_LOCAL = ("main", "master", "trunk", "develop")
_MOST_TAGS = 500
_CLOCKS_DIFFER = timedelta(days=2)
"""A tag may carry an earlier time than the commit that it marks."""
_FORMAT = "--format=%H%x00%P%x00%ct"


class Step(NamedTuple):
    """One commit of the main line."""

    sha: str
    parents: tuple[str, ...]
    committed: datetime


@dataclass(frozen=True)
class Arrival:
    """How a commit came to the main line `branch`: by which merge ("" where it stands on the line itself), and when.

    `time` is None where the line does not have it.
    """

    branch: str
    merge: str = ""
    time: When | None = None


@dataclass(frozen=True)
class Deployment:
    """The first tag of a deployment that contains a commit, and its time."""

    tag: str
    time: When


def main_line(runner: Runner) -> tuple[str, str]:
    """Return the reference of the default branch and the name people call it by; HEAD where none stands out."""
    asked = [_REMOTE, *(f"refs/heads/{name}" for name in _LOCAL)]
    listing = to_text(runner.run("for-each-ref", "--format=%(refname) %(symref)", *asked))
    there = dict(entry.split(" ", 1) for entry in listing.split("\n") if entry)
    for reference in asked:
        if reference in there:
            return reference, (there[reference] or reference).removeprefix("refs/remotes/").removeprefix("refs/heads/")
    return "HEAD", "HEAD"


def steps(runner: Runner, line: str, since: datetime | None, until: datetime | None) -> list[Step]:
    """Return the commits of the main line in a window, newest first."""
    listing = runner.run("log", "-z", "--first-parent", _FORMAT, "--no-show-signature", *window(since, until), line)
    fields = listing.decode().removesuffix("\0").split("\0")
    return [
        Step(sha, tuple(parents.split()), moment_of(stamp))
        for sha, parents, stamp in zip(*[iter(fields)] * 3, strict=False)
    ]


class Arrivals:
    """When commits arrived on the main line, and their first deployment; asks git when asked.

    One object serves one window, whose part of the main line is `line`; other commits are looked for from where
    they are to the end of the line.
    """

    def __init__(self, runner: Runner, reference: str, branch: str, line: list[Step], tags: Globs) -> None:
        self._runner = runner
        self._reference, self._branch = reference, branch
        self._line = line
        self._tags = tags

    def brought(self) -> list[str]:
        """Return all commits that came to the main line in the window, also those written long before."""
        return list(self._brought)

    def in_window(self, sha: str) -> datetime | None:
        """Return when a commit came to the main line, where that was in the window; without asking git again."""
        step = self._brought.get(sha)
        return step.committed if step is not None else None

    def of(self, sha: str) -> Arrival:
        """Return how a commit came to the main line."""
        step = self._brought.get(sha) or self._later(sha)
        if step is None:
            return Arrival(self._branch)
        return Arrival(self._branch, "" if step.sha == sha else step.sha, when(step.committed))

    def deployment(self, sha: str, committed: datetime) -> Deployment | None:
        """Return the first deployment that contains a commit; None where no tag says so."""
        later = [tag for tag in self._deploy_tags if tag[1] >= committed - _CLOCKS_DIFFER][:_MOST_TAGS]
        if not later:
            return None
        # Asked for all tags at once, git walks the history once.
        form = ("--sort=creatordate", "--count=1", "--format=%(refname)")
        done = self._runner.attempt("for-each-ref", *form, f"--contains={sha}", *(name for name, _ in later))
        name = to_text(done.out).removesuffix("\n")
        return (
            Deployment(name.removeprefix("refs/tags/"), when(dict(later)[name])) if done.status == 0 and name else None
        )

    @cached_property
    def _brought(self) -> dict[str, Step]:
        if not self._line:
            return {}
        below = [f"^{sha}" for sha in self._line[-1].parents[:1]]
        listing = self._runner.run("rev-list", "--parents", self._line[0].sha, *below)
        return _brought(_graph(listing), reversed(self._line))

    def _later(self, sha: str) -> Step | None:
        """Look for a commit that was not part of the main line yet at the end of the window."""
        if self._runner.attempt("merge-base", "--is-ancestor", sha, self._reference).status != 0:
            return None
        line = [step for step in self._whole_line if step.sha == sha]
        if line:
            return line[0]
        listing = self._runner.run("rev-list", "--parents", self._reference, f"^{sha}^@")
        graph = _graph(listing)
        first = [step for step in self._whole_line if step.sha in graph]
        return _brought(graph, reversed(first)).get(sha)

    @cached_property
    def _whole_line(self) -> list[Step]:
        return steps(self._runner, self._reference, None, None)

    @cached_property
    def _deploy_tags(self) -> list[tuple[str, datetime]]:
        """Return the tags that mark a deployment, the earliest first."""
        listing = self._runner.run(
            "for-each-ref", "--sort=creatordate", "--format=%(refname)%00%(creatordate:unix)", "refs/tags"
        )
        found = []
        for entry in listing.splitlines():
            name, _, stamp = to_text(entry).partition("\0")
            if stamp.isdigit() and self._tags.matches(name.removeprefix("refs/tags/")):
                found.append((name, moment_of(stamp)))
        return found


def _graph(listing: bytes) -> dict[str, tuple[str, ...]]:
    graph = {}
    for entry in listing.decode().splitlines():
        sha, *parents = entry.split()
        graph[sha] = tuple(parents)
    return graph


def _brought(graph: dict[str, tuple[str, ...]], line: Iterable[Step]) -> dict[str, Step]:
    """Return for each commit the first step of the line, which comes oldest first, that contains it."""
    found: dict[str, Step] = {}
    for step in line:
        for sha in _new(graph, step.sha, found):
            found[sha] = step
    return found


def _new(graph: dict[str, tuple[str, ...]], start: str, known: dict[str, Step]) -> Iterator[str]:
    """Yield the commits below `start` that are not known yet."""
    waiting, seen = [start], {start}
    while waiting:
        sha = waiting.pop()
        yield sha
        for parent in graph.get(sha, ()):
            if parent in graph and parent not in known and parent not in seen:
                seen.add(parent)
                waiting.append(parent)
