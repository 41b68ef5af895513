"""What is still open, unclear or in the way of saving: all problems of a draft, in the order of the walk."""

from collections.abc import Iterable, Iterator, Mapping

from afterword.checks import Problem
from afterword.tui.sections import SECTIONS
from afterword.tui.typed import readable, section_of

UNCOUNTED = ("open", "thin", "pending")
"""Codes of problems that only say that something is not there yet: an open section shows as such."""
BLOCKING = ("not-understood", "undecided", "not-scanned", "redacted-elsewhere")
"""Codes of problems that forbid saving: something typed would be lost, or something raw would be kept."""
OWN_WORDS = ("redacted-elsewhere",)
"""Codes of those that the author decides upon while saving."""


def blocks(problem: Problem) -> bool:
    """Whether it must be settled before anything may be saved; a record without a title could not be found again."""
    return problem.code in BLOCKING or (problem.part == "title" and problem.code == "open")


def still_open(
    inputs: Mapping[str, str], undecided: Iterable[Problem], checked: Iterable[Problem], exposed: Iterable[Problem]
) -> list[Problem]:
    """Return what was typed and not understood, then what else is open, each in its section of the walk.

    `undecided` is said of samples, `checked` of the record, `exposed` of the author's own words.
    """
    order = {section.id: at for at, section in enumerate(SECTIONS)}
    found = [*_unread(inputs), *undecided, *(problem for problem in checked if problem.section in order), *exposed]
    return sorted(found, key=lambda problem: order.get(problem.section, len(order)))


def _unread(inputs: Mapping[str, str]) -> Iterator[Problem]:
    """Say what was typed and has not found its place in the record."""
    for path, typed in inputs.items():
        if readable(typed):
            yield Problem(
                code="not-understood",
                part=path,
                section=section_of(path),
                severity="error",
                message=f"Typed here, but not part of the record yet: {readable(typed)[:60]}",
                hint="Finish it and press Enter, or clear it.",
            )
