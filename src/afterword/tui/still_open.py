"""What is still open, unclear or in the way of saving: all problems of a draft, in the order of the walk."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from afterword.checks import Problem, check
from afterword.tui.sections import SECTIONS
from afterword.tui.typed import readable, section_of

if TYPE_CHECKING:
    from afterword.tui.session import Session

UNCOUNTED = ("open", "thin", "pending")
"""Codes of problems that only say that something is not there yet: an open section shows as such."""
BLOCKING = ("not-understood", "undecided", "not-scanned", "redacted-elsewhere")
"""Codes of problems that forbid saving: something typed would be lost, or something raw would be kept."""
OWN_WORDS = ("redacted-elsewhere",)
"""Codes of those that the author decides upon while saving."""


def blocks(problem: Problem) -> bool:
    """Whether it must be settled before anything may be saved; a record without a title could not be found again."""
    return problem.code in BLOCKING or (problem.part == "title" and problem.code == "open")


def still_open(session: "Session", exposed: Iterable[Problem]) -> list[Problem]:
    """Return what the checks say, what was typed and not understood, what is undecided, and what is `exposed`."""
    order = {section.id: at for at, section in enumerate(SECTIONS)}
    checked = check(
        session.samples.provisional_record(),
        now=session.here.now(),
        people=session.around.people,
        severities=tuple(session.around.severities),
    )
    found = [*_unread(session.draft.inputs), *session.samples.problems()]
    found += [problem for problem in checked if problem.section in order]
    return sorted([*found, *exposed], key=lambda problem: order.get(problem.section, len(order)))


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
