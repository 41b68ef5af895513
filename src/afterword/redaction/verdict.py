"""What was decided about one finding, and what is known of a value from another text."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What happens to a finding."""

    REDACT = "redact"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on the finding at these offsets; `why` is the reason for keeping it."""

    start: int
    end: int
    label: str
    verdict: Verdict
    why: str = ""


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A value that was redacted in another text of the same record."""

    value: str
    label: str
    passage: bool = False
    named: int = 0
    """As in Finding: which of two labels for the value was given later by hand."""
