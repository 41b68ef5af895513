"""A record whose 72 hours have passed."""

from datetime import datetime

from afterword.checks.problem import Problem
from afterword.record.clock import Clock
from afterword.record.model import Record


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
