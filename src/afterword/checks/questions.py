"""How an open question is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from afterword.checks.problem import Problem, Severity
from afterword.record.absence import Absence
from afterword.record.vocabulary import Status


@dataclass(frozen=True)
class Place:
    """Where the questions of one section are asked."""

    part: str
    section: str

    def ask(self, message: str, hint: str, part: str = "", severity: Severity = "error") -> Problem:
        """Report an open question (error), or advice."""
        code = "open" if severity == "error" else "thin"
        return Problem(code, part or self.part, self.section, severity, message, hint)

    def absent(self, absences: Mapping[str, Absence], name: str, status: Status) -> Iterator[Problem]:
        """Report an absence that is not an answer yet."""
        absence = absences[name]
        if not absence.is_answer:
            yield pending(self.part, self.section, str(absence), status)


def pending(part: str, section: str, words: str, status: Status) -> Problem:
    """Report a `still pending`: advice while the record is written and reviewed, an error after that."""
    late = status not in (Status.DRAFT, Status.IN_REVIEW)
    return Problem(
        "pending",
        part,
        section,
        "error" if late else "warning",
        f"{part.replace('_', ' ').capitalize()} is {words}.",
        "Answer it before publication; `unknown` and `not published` are answers too.",
        excerpt=words,
    )
