"""Secrets and personal data in what people wrote or pasted, as seen by a scanner that the caller brings."""

from collections.abc import Callable, Iterable
from typing import Protocol

from afterword.checks.parts import undecided
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


def exposed(record: Record, scan: Scanner) -> list[Problem]:
    """Report sure findings in all texts but those of samples, which were decided upon one by one.

    The value itself is in no message and no excerpt.
    """
    problems: list[Problem] = []
    for part, section, text in undecided(record):
        for found in scan(text):
            if found.confidence < SURE or found.suggest_keep:
                continue
            problems.append(
                Problem(
                    "exposed",
                    part,
                    section,
                    "error",
                    f"A value that looks like {found.label} stands in the text ({found.reason}).",
                    f"Write a placeholder such as [{found.label}_1] instead.",
                    excerpt=found.label,
                    offset=text.count("\n", 0, found.start),
                )
            )
    return problems
