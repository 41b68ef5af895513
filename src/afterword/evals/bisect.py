"""Finds the commit that made the new eval case fail, among those that touched prompts and settings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil, log2

from afterword.evals.revisions import Chosen
from afterword.evals.side import SideResult, Stop, Task, run_side
from afterword.evals.worktree import sweep
from afterword.record.vocabulary import Verdict
from afterword.repo import Repository
from afterword.repo.errors import RepositoryError
from afterword.repo.history.change import Change
from afterword.repo.history.times import seconds_of

GOOD, BAD, SKIP = "good", "bad", "skip"


@dataclass(frozen=True)
class Suspect:
    """A commit that touched prompts or settings, and which; `ancestors` are the numbers of the suspects before it."""

    sha: str
    short: str
    date: str
    subject: str
    paths: tuple[str, ...]
    ancestors: frozenset[int] = frozenset()


@dataclass
class Search:
    """A bisection over suspects, of which the last one is bad; `left` are those that may be the first bad one."""

    suspects: tuple[Suspect, ...]
    left: set[int] = field(init=False)
    skipped: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.left = set(range(len(self.suspects)))

    def next(self) -> int | None:
        """Return the suspect whose answer halves the rest best; None where no answer tells more."""
        sizes = {number: len(self._up_to(number)) for number in self.left - self.skipped}
        telling = {number: size for number, size in sizes.items() if size < len(self.left)}
        return min(telling, key=lambda number: (abs(2 * telling[number] - len(self.left)), number), default=None)

    def answer(self, number: int, verdict: str) -> None:
        """Take what the case said of a suspect: good, bad or skip."""
        if verdict == SKIP:
            self.skipped.add(number)
        elif verdict == BAD:
            self.left = self._up_to(number)
        else:
            self.left -= self._up_to(number)

    def _up_to(self, number: int) -> set[int]:
        return self.left & (self.suspects[number].ancestors | {number})


@dataclass(frozen=True)
class Found:
    """What a search found: the first bad commits, one where no answer was missing; or why nothing could be said."""

    culprits: tuple[Suspect, ...]
    runs: int
    problem: str = ""


def suspects(repository: Repository, good: Chosen, bad: Chosen) -> tuple[Suspect, ...]:
    """Return the commits between two revisions that touched prompts or settings, each after its ancestors."""
    if repository.runner.attempt("merge-base", "--is-ancestor", good.sha, bad.sha).status != 0:
        raise RepositoryError(
            f"{good.short} does not come before {bad.short}, so that nothing lies between them.",
            "Name others: --good REV --bad REV.",
        )
    listing = repository.runner.run(
        "log", "--topo-order", "--reverse", "--format=%H %P%x00%ct%x00%cs%x00%s", f"{good.sha}..{bad.sha}"
    )
    # Only a newline ends a row: a subject may hold other characters that Python takes for ends of lines.
    rows = [line.split("\0", 3) for line in listing.decode("utf-8", "replace").split("\n") if line]
    touched = _touched(repository, (seconds_of(row[1]) for row in rows), {row[0].split()[0] for row in rows})
    return _connected(repository, rows, touched)


def _touched(repository: Repository, times: Iterable[int], shas: set[str]) -> dict[str, list[str]]:
    """Return for each commit what of prompts and settings it touched, as the prompt picker would show it."""
    first = min(times, default=None)
    touched: dict[str, list[str]] = {}
    if first is not None:
        since = datetime.fromtimestamp(first).astimezone() - timedelta(seconds=1)
        with repository.prompt_changes(since=since, everywhere=True) as changes:
            for change in changes:
                if change.sha in shas:
                    touched.setdefault(change.sha, []).append(_named(change))
    return touched


def _named(change: Change) -> str:
    """Return what changed; in a submodule with its own revisions, since the commit here only moves it."""
    if not change.submodule:
        return change.name
    step = f"{change.before_rev[:7] or 'nothing'} to {change.after_rev[:7] or 'nothing'}"
    return f"{change.name} (submodule {change.submodule}: {step})"


def _connected(repository: Repository, rows: list[list[str]], touched: dict[str, list[str]]) -> tuple[Suspect, ...]:
    reached: dict[str, frozenset[int]] = {}
    found: list[Suspect] = []
    for names, _, date, subject in rows:
        sha, *parents = names.split()
        before = frozenset[int]().union(*(reached.get(parent, frozenset()) for parent in parents))
        reached[sha] = before
        if sha in touched:
            reached[sha] = before | {len(found)}
            found.append(Suspect(sha, repository.abbreviated(sha), date, subject, tuple(touched[sha]), before))
    return tuple(found)


def most_runs(count: int) -> int:
    """Return how many revisions a search among so many suspects runs the case on, both ends included."""
    return 2 + (ceil(log2(count)) if count > 1 else 0)


def find_culprit(
    repository: Repository,
    task: Task,
    good: Chosen,
    bad: Chosen,
    among: tuple[Suspect, ...],
    stop: Stop = lambda: False,
    tell: Callable[[str], None] = lambda text: None,
) -> Found:
    """Run the case between a good and a bad revision; both are tried first, since the search trusts them."""
    sweep(repository)
    runs = 0

    def run(sha: str, name: str) -> tuple[str, SideResult]:
        nonlocal runs
        runs += 1
        side = run_side(repository, task, sha, stop)
        answer = {Verdict.PASS: GOOD, Verdict.FAIL: BAD, Verdict.MIXED: BAD}.get(side.verdict, SKIP)
        tell(f"{name}: {answer}{f' ({side.problem or side.why})' if answer == SKIP else ''}")
        return answer, side

    for chosen, wanted in ((bad, BAD), (good, GOOD)):
        answer, side = run(chosen.sha, chosen.short)
        if answer != wanted:
            return Found((), runs, _not_as_said(chosen, wanted, answer, side))
    search = Search(among)
    while (number := search.next()) is not None:
        suspect = among[number]
        search.answer(number, run(suspect.sha, f"{suspect.short} {suspect.subject}")[0])
    return Found(tuple(among[number] for number in sorted(search.left)), runs)


def _not_as_said(chosen: Chosen, wanted: str, answer: str, side: SideResult) -> str:
    if answer == SKIP:
        why = side.problem or side.why or "the case was not run."
        return f"Nothing was found out at {chosen.short}, which should be {wanted}. {why}"
    said = "passes" if answer == GOOD else "fails"
    return f"The case {said} at {chosen.short}, which should be {wanted}."
