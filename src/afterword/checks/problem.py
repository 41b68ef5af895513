"""What a check reports, and the sections of the walk that it points to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning"]
"""An error is what a reviewer would send back; a warning is advice. Only errors fail `afterword check`."""

SECTIONS = (
    "incident",
    "times",
    "summary",
    "impact",
    "timeline",
    "causes",
    "prompts",
    "settings",
    "evals",
    "samples",
    "mitigation",
    "eval_case",
    "actions",
    "lessons",
    "save",
)
"""The sections of the walk, in order."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at again: what, where, and a better way to say it.

    `part` is a path into the record (`timeline[3]`, `causes[0].gaps`), counted from 0; `section` is the
    walk's. `offset` counts lines from the first line of the part; `line` is the line in the file, once known.
    `path` is the file it stands in where that is not the record's own, with the line already known.
    """

    code: str
    part: str
    section: str
    severity: Severity
    message: str
    hint: str = ""
    line: int | None = None
    excerpt: str = ""
    offset: int = 0
    path: str = ""


def placed(problems: Iterable[Problem], lines: Mapping[str, int]) -> list[Problem]:
    """Give each problem its line in a file; `lines` says where each part starts (`document.locate`).

    What is not in the file yet gets the line of what it belongs to, in the end that of the front matter.
    """
    return [problem if problem.path else replace(problem, line=_line_of(problem, lines)) for problem in problems]


def _line_of(problem: Problem, lines: Mapping[str, int]) -> int | None:
    part = problem.part
    for name in (part, f"front.{part}"):
        if name in lines:
            return lines[name] + problem.offset + part.endswith(_FENCED)
    while part:
        name = _HEADINGS.get(part) or part.replace(".gaps", ".evals")
        if name in lines:
            return lines[name]
        part = part[: max(part.rfind("."), part.rfind("["), 0)]
    return lines.get("schema")


_FENCED = ".text"
"""The line of such a part is that of its fence; its text begins in the next."""

_HEADINGS = {
    "causes": "root_cause",
    "samples": "outputs",
    "attempts": "mitigation",
    "immediate_fix": "mitigation",
}
"""Where parts that are not there yet would stand."""
