"""What the time of day says about a record: its 72 hours from resolution to review, and times that lie ahead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from afterword.record.absence import Absence
from afterword.record.vocabulary import Status
from afterword.record.when import When

Moment = When | Absence | None
TIMES = ("impact_started", "detected", "acknowledged", "diagnosed", "mitigated", "resolved")
"""The times of an incident, in the order in which things usually happen."""
ALLOWED = timedelta(hours=72)
ClockState = Literal["unresolved", "unknown", "running", "due", "overdue", "done"]


class Timed(Protocol):
    """What the clock is read from: a record, or what a list keeps of one."""

    @property
    def status(self) -> Status:
        """How far the post-mortem has come."""

    @property
    def resolved(self) -> Moment:
        """When the incident was resolved."""


@dataclass(frozen=True)
class Clock:
    """The 72-hour clock of a record at the moment `now`; it stops when the record is handed to review.

    Where the resolution is known to the day only, `due` is the earliest moment that fits, and "overdue" is
    said only when it is certain.
    """

    record: Timed
    now: datetime

    @property
    def due(self) -> datetime | None:
        """The end of the 72 hours, counted from the earliest moment of resolution that fits."""
        resolved = self.record.resolved
        return resolved.earliest + ALLOWED if isinstance(resolved, When) and not resolved.is_open else None

    @property
    def state(self) -> ClockState:
        """Where the clock stands; "due" is the time between perhaps and certainly overdue."""
        resolved = self.record.resolved
        if self.record.status is not Status.DRAFT:
            return "done"
        if resolved is None or (isinstance(resolved, When) and resolved.is_open):
            return "unresolved"
        if not isinstance(resolved, When):
            return "unknown"
        if self.now - ALLOWED >= resolved.latest:
            return "overdue"
        return "running" if self.now < resolved.earliest + ALLOWED else "due"

    @property
    def text(self) -> str:
        """The clock in a few words: `71 h 12 m left`, `overdue by 3 h`."""
        state = self.state
        resolved = self.record.resolved
        if not isinstance(resolved, When) or state in ("done", "unresolved", "unknown"):
            return {"done": "done", "unknown": "resolution unknown"}.get(state, "not resolved yet")
        if state == "overdue":
            return f"overdue by {_length(self.now - ALLOWED - resolved.latest)}"
        if state == "due":
            return "due now"
        left = _length(resolved.earliest + ALLOWED - self.now)
        return f"{left} left" if resolved.precision in ("second", "minute") else f"at least {left} left"


def lie_ahead(record: object, now: datetime) -> list[tuple[str, When]]:
    """Return the times of an incident, by their names in the record, that certainly lie in the future."""
    times = ((name, getattr(record, name)) for name in TIMES)
    return [
        (name, when)
        for name, when in times
        if isinstance(when, When) and not when.is_approximate and when.earliest > now
    ]


def _length(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 96:
        return f"{hours // 24} d"
    if hours:
        return f"{hours} h {minutes} m" if minutes else f"{hours} h"
    return f"{minutes} m"
