"""What git can offer for a section, read when asked for."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from afterword.record.model import Gate, Record, TimelineRow
from afterword.record.when import When
from afterword.repo import Repository
from afterword.tui.column import Column
from afterword.tui.offer import Offer
from afterword.tui.rows import GATES, SETTINGS
from afterword.tui.session import Session

_BEFORE = timedelta(days=7)
"""A change may take days to show: the window opens this long before the impact."""
_AFTER = timedelta(days=1)


def window(record: Record, now: datetime) -> tuple[datetime, datetime]:
    """Return the stretch of history that may hold the change: from a week before impact started to a day after the end.

    Without any time, the two weeks before now.
    """
    started = next((w for w in (record.impact_started, record.detected) if isinstance(w, When)), None)
    ended = next((w for w in (record.resolved, record.mitigated) if isinstance(w, When) and not w.is_open), None)
    since = started.earliest - _BEFORE if started else (ended.earliest if ended else now) - 2 * _BEFORE
    return since, min(ended.latest + _AFTER, now) if ended else now


def impact_of(record: Record) -> tuple[When | None, When | None]:
    """Return when impact started and when it ended, where that is known."""
    started = record.impact_started if isinstance(record.impact_started, When) else None
    return started, next((time for time in (record.mitigated, record.resolved) if isinstance(time, When)), None)


def reader(what: str, session: Session, present: Sequence[Any], root: Path) -> Callable[[], Offer]:
    """Return what reads the offer, to be run in a thread."""
    now = session.here.now()
    if what == "events":
        return lambda: _events(Repository.open(root), session.record, present, now)
    if what == "gates":
        return lambda: _gates(Repository.open(root), session.record, present)
    cause = session.record.causes[session.cause] if session.cause < len(session.record.causes) else None
    changes = cause.prompts if cause else ()
    sides = (changes[-1].before, changes[-1].after) if changes else None
    return lambda: _settings(Repository.open(root), session.record, present, now, sides)


def _events(repository: Repository, record: Record, present: Sequence[TimelineRow], now: datetime) -> Offer:
    since, until = window(record, now)
    known = {row.evidence for row in present if row.evidence}
    found = [candidate for candidate in repository.candidates(since, until) if candidate.evidence not in known]
    rows = [
        TimelineRow(time=found.time, kind=found.kind, actor=found.actor, what=found.what, evidence=found.evidence)
        for found in found
    ]
    told = f"{len(rows)} events from {since:%Y-%m-%d} to {until:%Y-%m-%d}."
    if not rows:
        told = f"Git has no event from {since:%Y-%m-%d} to {until:%Y-%m-%d} that is not in the timeline yet."
    return Offer(rows, _event_cells, _EVENT_COLUMNS, told + shallow_note(repository), "what belongs in the timeline")


_EVENT_COLUMNS = (
    Column("UTC", least=11),
    Column("Kind", least=6),
    Column("What happened", least=20, wraps=True),
)


def _event_cells(row: Any) -> tuple[str, ...]:
    return f"{row.time.earliest:%m-%d %H:%M}", row.kind, row.what


def _settings(
    repository: Repository,
    record: Record,
    present: Sequence[Any],
    now: datetime,
    sides: tuple[str, str] | None,
) -> Offer:
    if sides is None or not sides[1]:
        since, until = window(record, now)
        before, after = repository.commit_at(since), repository.commit_at(until)
        place = (
            f"at {since:%Y-%m-%d} and {until:%Y-%m-%d}, the ends of the window (a prompt change gives exact revisions)"
        )
    else:
        before, after = sides
        place = f"at {before or 'nothing'} and {after}, the revisions of the prompt change"
    comparison = repository.compare_settings(before, after)
    known = {row.setting for row in present}
    rows = [row for row in comparison.rows if row.setting not in known]
    told = f"Read {place}." if rows else f"No model setting was found {place}."
    for problem in comparison.problems[:3]:
        told += f" {problem}"
    return Offer(rows, SETTINGS.cells, SETTINGS.columns, told + shallow_note(repository), "what is right")


def _gates(repository: Repository, record: Record, present: Sequence[Gate]) -> Offer:
    """Offer the suites at HEAD and what CI calls; a result is never guessed. The new case did not stand there yet."""
    from afterword.evals.discovery import gates

    known = {row.gate for row in present}
    own = record.eval_case.path if record.eval_case else ""
    found = [row for row in gates(repository) if not own or f"({own})" not in row.gate]
    rows = [row for row in found if row.gate not in known]
    told = f"{_counted(len(rows))} at HEAD. What each said is yours to add."
    if not found:
        told = "No eval suite was found at HEAD, and no CI workflow that calls one. That may be the gap: no eval."
    elif not rows:
        told = "Every gate that the repository shows at HEAD is in the list already."
    return Offer(rows, _gate_cells, _GATE_COLUMNS, told, "what stood before the change")


def _counted(gates: int) -> str:
    return "1 gate" if gates == 1 else f"{gates} gates"


_GATE_COLUMNS = GATES.columns[:1]


def _gate_cells(row: Any) -> tuple[str, ...]:
    return (row.gate,)


def shallow_note(repository: Repository) -> str:
    """Say what a shallow history cannot show."""
    if not repository.is_shallow:
        return ""
    return " This clone is shallow: older commits are not here (git fetch --unshallow brings them)."
