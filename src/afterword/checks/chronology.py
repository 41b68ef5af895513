"""Times that contradict each other: a clock that runs backwards."""

from collections.abc import Iterator
from datetime import datetime

from afterword.checks.problem import Problem, Severity
from afterword.record.clock import lie_ahead
from afterword.record.model import Record
from afterword.record.when import When

_ORDER: tuple[tuple[str, str, Severity], ...] = (
    ("impact_started", "detected", "error"),
    ("impact_started", "mitigated", "error"),
    ("impact_started", "resolved", "error"),
    ("detected", "acknowledged", "error"),
    ("detected", "diagnosed", "warning"),
    ("detected", "mitigated", "warning"),
    ("mitigated", "resolved", "error"),
    ("acknowledged", "resolved", "warning"),
)
"""What cannot be (error) or rarely is (warning) the other way round; a diagnosis may come last."""


def chronology(record: Record, now: datetime | None = None) -> list[Problem]:
    """Report times that certainly contradict each other; imprecise times that may agree are left alone.

    Rows of the timeline outside the incident are fine. With `now`, times that lie ahead are reported too.
    """
    problems = [*_clock(record), *_causes(record), *_actions(record)]
    return problems + list(_ahead(record, now)) if now else problems


def _certainly_after(first: When, second: When) -> bool:
    """Whether `first` starts after every moment at which `second` may have started."""
    return not (first.is_approximate or second.is_approximate) and first.earliest >= second.latest


def _clock(record: Record) -> Iterator[Problem]:
    blamed: set[str] = set()
    for earlier, later, severity in _ORDER:
        first, second = getattr(record, earlier), getattr(record, later)
        if not (isinstance(first, When) and isinstance(second, When)) or later in blamed:
            continue
        if _certainly_after(first, second):
            blamed.add(later)
            yield Problem(
                "clock-backwards",
                f"{later}",
                "times",
                severity,
                f"The clock runs backwards: {_words(later)} {second.text} is before {_words(earlier)} {first.text}.",
                "Check the day and the offset of both times.",
                excerpt=second.text,
            )


def _causes(record: Record) -> Iterator[Problem]:
    for index, cause in enumerate(record.causes):
        for span in cause.active:
            if isinstance(record.resolved, When) and _certainly_after(span, record.resolved):
                yield Problem(
                    "clock-backwards",
                    f"causes[{index}]",
                    "causes",
                    "warning",
                    f"Cause {index + 1} became active at {span.text}, after the incident was resolved "
                    f"({record.resolved.text}).",
                    "Check the day and the offset of both times.",
                    excerpt=span.text,
                )
        for number, change in enumerate(cause.prompts):
            deployed, committed = change.deployed, change.committed
            if isinstance(deployed, When) and committed and _certainly_after(committed, deployed):
                yield Problem(
                    "clock-backwards",
                    f"causes[{index}].prompts[{number}]",
                    "prompts",
                    "warning",
                    f"{change.path} was deployed at {deployed.text}, before it was committed at {committed.text}.",
                    "Check both times; a committer's clock can be wrong: then say so in the note.",
                    excerpt=deployed.text,
                )


def _actions(record: Record) -> Iterator[Problem]:
    for index, action in enumerate(record.actions):
        if not (action.due and isinstance(record.impact_started, When)):
            continue
        if _certainly_after(record.impact_started, action.due):
            yield Problem(
                "due-before-incident",
                f"actions[{index}]",
                "actions",
                "warning",
                f"Action {action.id} is due {action.due.text}, before the incident began.",
                "Check the year of the due date.",
                excerpt=action.due.text,
            )


def _ahead(record: Record, now: datetime) -> Iterator[Problem]:
    for name, when in lie_ahead(record, now):
        yield Problem(
            "time-ahead",
            name,
            "times",
            "error",
            f"The time {_words(name)} ({when.text}) lies in the future.",
            "Check the day and the offset; leave it open if it has not happened yet.",
            excerpt=when.text,
        )


def _words(name: str) -> str:
    return {"impact_started": "impact started"}.get(name, name)
