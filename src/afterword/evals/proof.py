"""Proves that the new case would have caught the incident: it fails on what was live and passes on the fix."""

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from afterword.errors import AfterwordError, Exit
from afterword.evals.bringing import case_file
from afterword.evals.examples import how_to_configure
from afterword.evals.revisions import Chosen, fix, live
from afterword.evals.side import SideResult, Stop, Task, check_task, run_side
from afterword.evals.worktree import sweep
from afterword.record.model import Proof, ProofSide, Record
from afterword.record.vocabulary import Verdict
from afterword.record.when import When
from afterword.redaction import scan
from afterword.repo import Repository
from afterword.repo.config_evals import EvalsConfig

_EXECUTED = (Verdict.PASS, Verdict.FAIL, Verdict.MIXED)
_PLAIN = re.compile(r"[\w@%+=:,./{}-]+", re.ASCII)
_MOST_VERSIONS = 200


@dataclass(frozen=True)
class Plan:
    """What a proof will run, and on which two revisions."""

    task: Task
    before: Chosen
    after: Chosen

    @property
    def command(self) -> str:
        """The command as configured, with its placeholders."""
        return shown_command(self.task.config)


@dataclass(frozen=True)
class Step:
    """What a proof is doing on one of its sides; `found` is what that side said, once it has ended."""

    side: Literal["before", "after"]
    chosen: Chosen
    doing: str
    found: SideResult | None = None


@dataclass(frozen=True)
class Result:
    """What a proof found. `sentence` says it; `is_conclusive` where both sides were executed without an error."""

    proof: Proof
    before: SideResult
    after: SideResult | None
    is_proved: bool
    is_conclusive: bool
    sentence: str
    hint: str = ""

    @property
    def passes_before(self) -> bool:
        """Whether the case would not have caught the incident; the fix was not run then."""
        return self.before.verdict is Verdict.PASS


def shown_command(config: EvalsConfig) -> str:
    """Return the command as configured, so that it could be typed but for its placeholders."""
    return " ".join(word if _PLAIN.fullmatch(word) else shlex.quote(word) for word in config.command)


def make_task(repository: Repository, record: Record, record_id: str) -> Task:
    """Return what is to be run for a record; AfterwordError where case, command or configuration are missing."""
    config = repository.config.evals
    if config is None:
        raise AfterwordError("The repository does not say how its evals are run.", how_to_configure(repository, record))
    task = Task(case_file(repository, record.eval_case.path if record.eval_case else ""), record_id, config)
    check_task(task)
    # The command is written into the record, which holds nothing that nobody has decided on.
    if scan(" ".join(config.command), repository.config.redaction).findings:
        raise AfterwordError(
            "The command of the evals holds what looks like a secret or personal data, and would be recorded.",
            "Move it to the environment.",
            Exit.REFUSED,
        )
    return task


def plan(repository: Repository, record: Record, record_id: str, before: str = "", after: str = "") -> Plan:
    """Return what a proof of the record's case would run, having run nothing; AfterwordError says what is missing."""
    task = make_task(repository, record, record_id)
    sides = Plan(task, live(repository, record, before), fix(repository, record, after))
    if sides.before.sha == sides.after.sha:
        raise AfterwordError(
            f"Both sides are {sides.before.short}: a fix cannot be what was live.",
            "Commit the fix; or take it under “Prompt diff” as a change of the kind fix; or name it: --after REV.",
        )
    return sides


def prove(
    repository: Repository, plan: Plan, stop: Stop = lambda: False, tell: Callable[[Step], None] = lambda step: None
) -> Result:
    """Run a plan; `stop` is asked often and ends it with `process.Stopped`, `tell` hears each step.

    The fix is run only where the case failed before, since nothing can be proved otherwise.
    """
    sweep(repository)
    ran = datetime.now(UTC)

    def run(side: Literal["before", "after"], chosen: Chosen) -> SideResult:
        found = run_side(repository, plan.task, chosen.sha, stop, lambda doing: tell(Step(side, chosen, doing)))
        tell(Step(side, chosen, "", found))
        return found

    before = run("before", plan.before)
    after = run("after", plan.after) if before.verdict in (Verdict.FAIL, Verdict.MIXED) else None
    sentence, hint = _verdict(plan, before, after)
    versions = ", ".join(dict.fromkeys((*before.versions, *(after.versions if after else ()))))[:_MOST_VERSIONS]
    proof = Proof(
        command=plan.command,
        ran=When.parse(f"{ran:%Y-%m-%dT%H:%MZ}"),
        versions="" if scan(versions, repository.config.redaction).findings else versions,
        sides=(_side("before", plan.before, before), _side("after", plan.after, after or SideResult())),
    )
    is_proved = after is not None and after.verdict is Verdict.PASS
    is_conclusive = after is not None and after.verdict in _EXECUTED
    return Result(proof, before, after, is_proved, is_conclusive, sentence, hint)


def _verdict(plan: Plan, before: SideResult, after: SideResult | None) -> tuple[str, str]:
    was, now = f"{plan.before.short} (before)", f"{plan.after.short} (after)"
    if before.verdict is Verdict.PASS:
        return f"Not proved: the case passes at {was} already, so it would not have caught the incident.", _SAME_CODE
    if after is None:
        return f"Nothing was found out at {was}. {_trouble(before)}", _mending(before)
    if after.verdict is Verdict.PASS:
        return f"Proved: the case fails at {was} and passes at {now}.", ""
    if after.verdict in (Verdict.FAIL, Verdict.MIXED):
        failed = f"{after.count(Verdict.FAIL)} of {after.count(Verdict.FAIL) + after.count(Verdict.PASS)} times"
        return f"Not proved: the case fails at {was}, and {failed} at {now} as well.", _SAME_CODE
    return f"The case fails at {was}, but nothing was found out at {now}. {_trouble(after)}", _mending(after)


_SAME_CODE = (
    "If both sides ran the same code: an environment linked from the checkout may import the checkout; "
    'env = { PYTHONPATH = "src" } puts the revision first. A prompt that stands in the runner\'s configuration comes '
    "from the checkout on both sides: keep it in a file of its own."
)
_BRIDGES = "What a work tree lacks, setup, link, bring and env in the configuration bring there; then run it again."


def _mending(side: SideResult) -> str:
    if side.verdict is Verdict.NOT_RUN:
        return "A case that is skipped proves nothing: have it run, then prove it again."
    return _BRIDGES


def _trouble(side: SideResult) -> str:
    if side.problem:
        return side.problem
    if side.verdict is Verdict.NOT_RUN:
        return f"The case was skipped{f': {side.why}' if side.why else ''}."
    wrong = next((run.why for run in side.runs if run.verdict is Verdict.ERROR), "")
    return f"The case was not judged: {wrong.rstrip('.') or 'the report says error'}."


def _side(side: Literal["before", "after"], chosen: Chosen, result: SideResult) -> ProofSide:
    return ProofSide(
        side=side,
        revision=chosen.short,
        verdict=result.verdict,
        passed=result.count(Verdict.PASS),
        failed=result.count(Verdict.FAIL),
        errors=result.errors,
        duration=spoken(result.seconds) if result.seconds else "",
    )


def spoken(seconds: float) -> str:
    """Return a duration as people write it: `12 s`, `3 min 5 s`."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"
