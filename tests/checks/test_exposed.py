"""Values in the text are reported by kind and line, never by value; positions become lines of the file."""

from dataclasses import dataclass
from datetime import UTC, datetime

from afterword.checks import Problem, check, placed
from tests.checks.records import complete


@dataclass
class Hit:
    start: int
    end: int
    label: str = "EMAIL"
    confidence: float = 0.99
    reason: str = "address of a mailbox"
    suggest_keep: bool = False


def scan(text: str) -> list[Hit]:
    address = "mia.k@" + "example.net"
    found = []
    at = text.find(address)
    if at >= 0:
        found.append(Hit(at, at + len(address)))
        found.append(Hit(at, at + 3, confidence=0.3))
        found.append(Hit(at, at + 3, suggest_keep=True))
    return found


def test_sure_findings_in_the_text_are_errors_without_the_value() -> None:
    address = "mia.k@" + "example.net"
    record = complete(summary=f"First.\n\nThe ticket of {address} came in.")
    (problem,) = check(record, now=datetime(2026, 3, 3, 12, tzinfo=UTC), scan=scan)
    assert (problem.code, problem.part, problem.offset, problem.severity) == (
        "exposed",
        "summary",
        2,
        "error",
    )
    assert address not in repr(problem)
    assert "[EMAIL_1]" in problem.hint


def test_problems_get_lines_from_the_nearest_known_part() -> None:
    def at(part: str, offset: int = 0) -> Problem:
        return Problem("open", part, "causes", "error", "m", offset=offset)

    lines = {
        "schema": 2,
        "root_cause": 38,
        "summary": 20,
        "causes[0]": 40,
        "front.severity": 5,
        "causes[0].story": 48,
    }
    found = placed(
        [
            at("summary", 2),
            at("causes[0].gaps"),
            at("severity"),
            at("causes[0].story", 1),
            at("actions"),
            at("causes"),
        ],
        lines,
    )
    assert [problem.line for problem in found] == [22, 40, 5, 49, 2, 38]
