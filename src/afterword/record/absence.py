"""Honest absences: unknown, not published, not applicable (why), still pending."""

import re
from dataclasses import dataclass
from typing import Self

from afterword.record.text import line
from afterword.record.vocabulary import AbsenceKind

_FORM = re.compile(
    r"(?P<kind>unknown|not published|not applicable|still pending)(?: \((?P<why>.*)\))?\.?", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Absence:
    """Why there is nothing to say, written as `not applicable (no prompt took part)`."""

    kind: AbsenceKind
    why: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", AbsenceKind(self.kind))
        object.__setattr__(self, "why", line(self.why))

    def __str__(self) -> str:
        return f"{self.kind} ({self.why})" if self.why else str(self.kind)

    @property
    def is_answer(self) -> bool:
        """Whether this counts as done; "still pending" does not."""
        return self.kind is not AbsenceKind.STILL_PENDING

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read an absence in its written form, or return None where `text` is something else."""
        match = _FORM.fullmatch(line(text))
        return cls(AbsenceKind(match["kind"].lower()), match["why"] or "") if match else None
