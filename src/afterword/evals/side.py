"""One side of a proof: the case run at one revision, as often as configured, and what the reports said."""

import os
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.errors import AfterwordError
from afterword.evals.bringing import bring
from afterword.evals.process import FLOOD, NOT_FOUND, TIMEOUT, Ended, run_command
from afterword.evals.reports import Run, Unreadable, read_report
from afterword.evals.worktree import Worktree, worktree
from afterword.record.vocabulary import Verdict
from afterword.repo import Repository
from afterword.repo.config_evals import EvalsConfig, Words

_PLACEHOLDER = re.compile(r"\{(case|out|id|root|tree)\}")
_GIT_PLACES = frozenset(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_PREFIX")
) | frozenset(("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE"))
"""What `git rev-parse --local-env-vars` names: it belongs to one repository, and the work tree is another place."""
_ENDINGS = {"promptfoo": ".json", "junit": ".xml", "inspect": ""}
_QUIET = {
    # An answer from a cache says nothing about this revision.
    "PROMPTFOO_CACHE_ENABLED": "false",
    "PROMPTFOO_DISABLE_TELEMETRY": "1",
    "PROMPTFOO_DISABLE_UPDATE": "1",
    # Its own archive is packed in a way that Python reads from 3.14 on only.
    "INSPECT_LOG_FORMAT": "json",
}
_VERSION_TIMEOUT = 30

Stop = Callable[[], bool]
Tell = Callable[[str], None]
"""Hears what is being done, as a part of a sentence: `run 2 of 10`."""
MAKING = "making the work tree"


def _unheard(doing: str) -> None:
    """Hear nothing."""


@dataclass(frozen=True)
class Task:
    """What is run: the case's file relative to the repository, the record's id, and how."""

    case: str
    record_id: str
    config: EvalsConfig


@dataclass(frozen=True)
class SideResult:
    """What one revision said. `problem` is a sentence where a run found nothing out; `tail` is what was printed last.

    `why` is the first failure in the runner's words.
    """

    runs: tuple[Run, ...] = ()
    problem: str = ""
    tail: str = ""
    versions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    seconds: float = 0.0

    def count(self, verdict: Verdict) -> int:
        """Return how many runs ended so."""
        return sum(run.verdict is verdict for run in self.runs)

    @property
    def errors(self) -> int:
        """How many runs found nothing out."""
        return self.count(Verdict.ERROR) + bool(self.problem)

    @property
    def verdict(self) -> Verdict:
        """The verdict over all runs."""
        passed, failed = self.count(Verdict.PASS), self.count(Verdict.FAIL)
        if self.errors:
            return Verdict.ERROR
        if passed and failed:
            return Verdict.MIXED
        return Verdict.FAIL if failed else Verdict.PASS if passed else Verdict.NOT_RUN

    @property
    def words(self) -> str:
        """The verdict as people say it: `fail`, `pass`, `6 of 10 failed`, `error`, `not run`."""
        passed, failed = self.count(Verdict.PASS), self.count(Verdict.FAIL)
        if self.verdict is Verdict.MIXED:
            return f"{failed} of {passed + failed} failed"
        times = f", {passed + failed} times" if passed + failed > 1 and not self.errors else ""
        return f"{self.verdict}{times}"

    @property
    def whys(self) -> tuple[str, ...]:
        """Why runs did not pass, in the runner's words, each once."""
        said = (run.why for run in self.runs if run.verdict is not Verdict.PASS and run.why)
        return tuple(dict.fromkeys(said))

    @property
    def why(self) -> str:
        """Why the first run that did not pass did not."""
        return next(iter(self.whys), "")


def run_side(
    repository: Repository, task: Task, sha: str, stop: Stop = lambda: False, tell: Tell = _unheard
) -> SideResult:
    """Run the case at a commit in a work tree of its own; what goes wrong there is in the result."""
    start = time.monotonic()
    tell(MAKING)
    with worktree(repository, sha) as tree:
        remarks = (*tree.remarks, *bring(repository, task.config, task.case, tree.folder))
        result = _Bench(repository.root, tree, task, stop, tell).result()
    return replace(result, remarks=remarks, seconds=time.monotonic() - start)


class _Bench:
    """A work tree in which the case is run."""

    def __init__(self, root: Path, tree: Worktree, task: Task, stop: Stop, tell: Tell) -> None:
        self._root = root
        self._tree = tree
        self._task = task
        self._config = task.config
        self._stop, self._tell = stop, tell

    def result(self) -> SideResult:
        for command in self._config.setup:
            self._tell(f"setup, {' '.join(command)}")
            ended = self._execute(command)
            if ended.problem or ended.status:
                return SideResult(problem=f"The setup command `{' '.join(command)}` {_how(ended)}.", tail=ended.tail)
        whole = SideResult(versions=tuple(self._version()))
        for number in range(self._config.repeat):
            self._tell(f"run {number + 1} of {self._config.repeat}")
            one = self._once(number)
            whole = SideResult(
                (*whole.runs, *one.runs), one.problem, one.tail, tuple(dict.fromkeys((*whole.versions, *one.versions)))
            )
            # After an error there is no proof any more, and each run may cost money.
            if whole.errors:
                break
        return whole

    def _once(self, number: int) -> SideResult:
        out = self._tree.reports / f"report-{number}{_ENDINGS.get(self._config.report, '')}"
        ended = self._execute(self._config.command, str(out))
        if ended.problem or ended.status < 0:
            return SideResult(problem=f"The command {_how(ended)}.", tail=ended.tail)
        if self._config.exit_codes:
            return _by_exit_code(ended)
        try:
            report = read_report(self._config.report, out, self._task.record_id)
        except Unreadable as error:
            return SideResult(problem=f"The command {_how(ended)}, and its report {error}.", tail=ended.tail)
        if report.runs:
            return SideResult(report.runs, versions=report.versions)
        there = f"{report.others} {'case' if report.others == 1 else 'cases'}" if report.others else "no case at all"
        return SideResult(problem=f"The report has {there}; none carries {self._task.record_id}.", tail=ended.tail)

    def _version(self) -> Iterable[str]:
        if self._config.version:
            words = self._filled(self._config.version)
            ended = run_command(words, self._tree.folder, self._environment(), _VERSION_TIMEOUT, self._stop)
            lines = ended.tail.splitlines() if not ended.problem and ended.status == 0 else []
            yield from lines[:1]

    def _execute(self, command: Words, out: str = "") -> Ended:
        words = self._filled(command, out)
        return run_command(words, self._tree.folder, self._environment(out), self._config.timeout, self._stop)

    def _filled(self, words: Words, out: str = "") -> list[str]:
        values = {"case": self._task.case, "out": out, "id": self._task.record_id}
        values |= {"root": str(self._root), "tree": str(self._tree.folder)}
        return [_PLACEHOLDER.sub(lambda match: values[match[1]], word) for word in words]

    def _environment(self, out: str = "") -> dict[str, str]:
        around = {name: value for name, value in os.environ.items() if name not in _GIT_PLACES}
        own = {name: self._filled((value,), out)[0] for name, value in self._config.env}
        return {**around, **_QUIET, "PWD": str(self._tree.folder), **own}


def _how(ended: Ended) -> str:
    """Return how a command ended, as the rest of a sentence."""
    if ended.problem == NOT_FOUND:
        return f"could not be started ({ended.tail.lower()})"
    if ended.problem == TIMEOUT:
        return f"took longer than {ended.seconds:.0f} s and was ended"
    if ended.problem == FLOOD:
        return "printed more than 256 MB and was ended"
    if ended.status < 0:
        return f"was killed by signal {-ended.status}"
    return f"ended with {ended.status}"


def _by_exit_code(ended: Ended) -> SideResult:
    verdict = {0: Verdict.PASS, 1: Verdict.FAIL}.get(ended.status)
    if verdict is None:
        problem = f"The command {_how(ended)}, which is neither a pass (0) nor a failure (1)."
        return SideResult(problem=problem, tail=ended.tail)
    return SideResult((Run(verdict),))


def check_task(task: Task) -> None:
    """Refuse a case whose path looks like an option to the runner."""
    if task.case.startswith("-"):
        raise AfterwordError(f"The eval case {task.case} begins with a hyphen.", "Rename it.")
