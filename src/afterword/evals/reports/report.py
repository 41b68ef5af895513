"""The result of one run of a runner: what it said of the case, once for each time the case was executed."""

import re
from dataclasses import dataclass
from typing import Any

from afterword.record.vocabulary import Verdict

_TOKEN = re.compile(r"[\w.-]+")
_WHY = 300


@dataclass(frozen=True)
class Run:
    """One execution of the case: PASS, FAIL, ERROR (it was not judged) or NOT_RUN (skipped); `why` in its words."""

    verdict: Verdict
    why: str = ""


@dataclass(frozen=True)
class Report:
    """The executions of one case; `others` counts cases with another id, `versions` names tools and models."""

    runs: tuple[Run, ...]
    others: int = 0
    versions: tuple[str, ...] = ()


class Unreadable(ValueError):
    """A report that says nothing; its text is a clause: "is not JSON"."""


class Foreign(Unreadable):
    """A file that was read to its end and is no report of this kind."""


def said(text: object) -> str:
    """Return the first line of what a tool said, short enough for a sentence."""
    lines = [line.strip() for line in str(text or "").splitlines() if line.strip()]
    return lines[0][:_WHY] if lines else ""


def carries(record_id: str, *texts: object) -> bool:
    """Whether one of the texts holds the id as a word of its own; `refunds-2` does not carry `refunds`."""
    return any(
        record_id == token.strip(".") for text in texts if isinstance(text, str) for token in _TOKEN.findall(text)
    )


def carries_in(record_id: str, values: Any) -> bool:
    """Whether a mapping has a value that is the id, or a list with it."""
    if not isinstance(values, dict):
        return False
    return any(value == record_id or (isinstance(value, list) and record_id in value) for value in values.values())


def mapping(value: Any) -> dict[str, Any]:
    """Return a value that should be a mapping, or an empty one: reports leave out what is not there."""
    return value if isinstance(value, dict) else {}


def each(value: Any) -> list[dict[str, Any]]:
    """Return the mappings of a value that should be a list of them."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
