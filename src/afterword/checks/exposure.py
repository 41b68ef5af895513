"""Secrets and personal data in what people wrote or pasted, as seen by a scanner that the caller brings."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from afterword.checks.parts import Written, undecided
from afterword.checks.problem import Problem
from afterword.record.model import Record

SURE = 0.8
"""Findings below this confidence are left to a person's eye: prose is full of numbers and names."""


class Found(Protocol):
    """What a scanner reports; the findings of the redaction engine fit."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset after the last character."""

    @property
    def label(self) -> str:
        """What it is: `EMAIL`."""

    @property
    def confidence(self) -> float:
        """From 0 to 1."""

    @property
    def reason(self) -> str:
        """Why it was found."""

    @property
    def suggest_keep(self) -> bool:
        """Whether it is a documented dummy."""


Scanner = Callable[[str], Iterable[Found]]


def found_in(record: Record, scan: Scanner) -> Iterator[tuple[Written, Found]]:
    """Yield the sure findings in all texts and diffs but those of samples, which were decided upon one by one."""
    for text in undecided(record):
        for found in scan(text.text):
            if found.confidence >= SURE and not found.suggest_keep:
                yield text, found


def exposed(record: Record, scan: Scanner) -> list[Problem]:
    """Report each sure finding as a problem; the value itself is in no message and no excerpt."""
    return [
        Problem(
            "exposed",
            written.part,
            written.section,
            "error",
            f"A value that looks like {found.label} stands in the {_what(written)} ({found.reason}).",
            f"Write a placeholder such as [{found.label}_1] instead.",
            excerpt=found.label,
            offset=written.text.count("\n", 0, found.start),
        )
        for written, found in found_in(record, scan)
    ]


def _what(written: Written) -> str:
    return "diff" if written.path.endswith(".diff") else "text"
