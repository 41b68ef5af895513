"""The 72 hours that a team has, from resolution, to hand a post-mortem to its reviewers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from afterword.checks.problem import Problem
from afterword.record.model import Record
from afterword.record.vocabulary import Status
from afterword.record.when import When

ALLOWED = timedelta(hours=72)
ClockState = Literal["unresolved", "unknown", "running", "due", "overdue", "done"]


@dataclass(frozen=True)
class Clock:
    """The 72-hour clock of a record at the moment `now`; it stops when the record is handed to review.

    Where the resolution is known to the day only, `due` is the earliest moment that fits, and "overdue" is
    said only when it is certain.
    """

    record: Record
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


def deadline(record: Record, now: datetime) -> list[Problem]:
    """Report a record whose 72 hours have passed; advice only, since nobody can repair it."""
    clock = Clock(record, now)
    if clock.state != "overdue":
        return []
    return [
        Problem(
            "deadline",
            "resolved",
            "save",
            "warning",
            f"The 72 hours since resolution have passed ({clock.text}).",
            "Hand it to review with honest gaps instead of waiting for the rest.",
        )
    ]


def _length(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    hours, minutes = divmod(minutes, 60)
    if hours >= 96:
        return f"{hours // 24} d"
    if hours:
        return f"{hours} h {minutes} m" if minutes else f"{hours} h"
    return f"{minutes} m"
