"""What a list shows of a record, without the record: short enough to be kept for the next list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from afterword.record.absence import Absence
from afterword.record.clock import TIMES, Clock, Moment, lie_ahead
from afterword.record.vocabulary import ActionState, Status
from afterword.record.when import When

if TYPE_CHECKING:
    from afterword.record.model import Record

_OWN = ("title", "status", "severity", "owner", "services", "tags", *TIMES)
_COUNTS = ("planned", "lasting_errors", "lasting_warnings")
_SETTLED = (ActionState.DONE, ActionState.DROPPED)
_KINDS = {**dict.fromkeys(("title", "severity", "owner"), str), **dict.fromkeys(_COUNTS, int)}


@dataclass(frozen=True, slots=True)
class Digest:
    """A record in a list: its own words, and the counts of its problems and actions.

    `due` has the due dates of the actions that are neither done nor dropped, of `planned` actions in all. Problems
    that come and go with the time of day are not counted in: `problems` adds them.
    """

    title: str
    status: Status
    severity: str
    owner: str
    services: tuple[str, ...]
    tags: tuple[str, ...]
    impact_started: Moment
    detected: Moment
    acknowledged: Moment
    diagnosed: Moment
    mitigated: Moment
    resolved: Moment
    planned: int
    due: tuple[When | None, ...]
    lasting_errors: int
    lasting_warnings: int

    @classmethod
    def of(cls, record: "Record", people: Iterable[str], severities: Iterable[str]) -> Self:
        """Digest a record, checked for problems as `afterword check` does, but for the time of day."""
        from afterword.checks import blameless, chronology, completeness, vocabulary

        found = [
            problem.severity
            for problems in (
                completeness(record),
                vocabulary(record, severities),
                chronology(record),
                blameless(record, people),
            )
            for problem in problems
        ]
        waiting = [action for action in record.actions if action.state not in _SETTLED]
        return cls(
            **{name: getattr(record, name) for name in _OWN},
            planned=len(record.actions),
            due=tuple(action.due for action in waiting),
            lasting_errors=found.count("error"),
            lasting_warnings=found.count("warning"),
        )

    def problems(self, now: datetime) -> tuple[int, int]:
        """Return how many errors and warnings the record has at this moment."""
        overdue = Clock(self, now).state == "overdue"
        return self.lasting_errors + len(lie_ahead(self, now)), self.lasting_warnings + overdue

    # As JSON

    def values(self) -> dict[str, Any]:
        """Return what `read` takes back, made of what JSON has; times are text, as in the record."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return values | {name: _text(values[name]) for name in TIMES} | {"due": [_text(when) for when in self.due]}

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """Take what `values` gave; ValueError, TypeError or KeyError where it is something else."""
        taken: dict[str, Any] = {name: _moment(values[name]) for name in TIMES}
        taken["status"] = Status(values["status"])
        taken["due"] = tuple(None if text is None else When.parse(text) for text in values["due"])
        taken |= {name: tuple(values[name]) for name in ("services", "tags")}
        digest = cls(**{**values, **taken})
        if not all(isinstance(getattr(digest, name), kind) for name, kind in _KINDS.items()):
            raise TypeError("A value of a digest has another type.")
        return digest


def _text(moment: Moment) -> str | None:
    return None if moment is None else str(moment)


def _moment(text: str | None) -> Moment:
    return None if text is None else Absence.parse(text) or When.parse(text)
