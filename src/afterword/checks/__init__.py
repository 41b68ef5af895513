"""What is missing or badly said in a record: one list for walk, review and `afterword check`.

Codes
    open                 a question of the walk is unanswered
    pending              answered by "still pending"
    thin                 advice on content: an action without a type, a deploy without a time
    unfinished           TODO, TBD and the like are left in a text
    unknown-word         a word outside the record's lists
    clock-backwards      times that contradict each other
    time-ahead           a time of the incident lies in the future
    due-before-incident  an action is due before the incident began
    deadline             the 72 hours since resolution have passed
    actor-name           a name where a role belongs
    exposed              a secret or a personal datum in the text
    line-back            an offending line stands in a prompt again, letter by letter
    line-reworded        a line of a prompt is like an offending one, from 65 % of its words on
    line-uncompared      some prompts, or some lines, could not be compared with the offending lines
    prompt-nearer        a prompt is nearer to the incident's version than to the fix
    case-gone            the file of the eval case is not there at HEAD
    case-unmarked        the file is there, but holds no test with the record's id
    case-hollow          the eval case asserts nothing
    case-unreached       nothing at HEAD refers to the eval case, so the suite may not run it
    case-unwritten       the file of the eval case never was there, and the record is still being written
    case-uncommitted     the eval case lies in the work tree only
    case-unread          the file of the eval case could not be read
    blame-*              blaming wording: should-have, forgot, failed-to, did-not, person-broke, fault,
                         character, nobody, careful, human-error, hindsight
"""

from collections.abc import Iterable
from datetime import datetime

from afterword.checks.blameless import blameless, wording
from afterword.checks.chronology import chronology
from afterword.checks.completeness import completeness
from afterword.checks.deadline import deadline
from afterword.checks.exposure import Scanner, exposed
from afterword.checks.nearer import Versions, nearer
from afterword.checks.problem import SECTIONS, Problem, Severity, placed
from afterword.checks.progress import State, answered
from afterword.checks.returned import Standing, returned
from afterword.checks.vocabulary import vocabulary
from afterword.record.clock import Clock
from afterword.record.model import Record
from afterword.record.vocabulary import SEVERITIES

__all__ = [
    "SECTIONS",
    "Clock",
    "Problem",
    "Severity",
    "Standing",
    "State",
    "Versions",
    "answered",
    "blameless",
    "check",
    "chronology",
    "completeness",
    "deadline",
    "exposed",
    "nearer",
    "placed",
    "returned",
    "vocabulary",
    "wording",
]


def check(
    record: Record,
    *,
    now: datetime,
    people: Iterable[str] = (),
    severities: Iterable[str] = SEVERITIES,
    scan: Scanner | None = None,
) -> list[Problem]:
    """Return all problems, in the order of the walk; `scan` adds the look for secrets in the text."""
    problems = [
        *completeness(record),
        *vocabulary(record, severities),
        *chronology(record, now),
        *blameless(record, people),
        *(exposed(record, scan) if scan else ()),
        *deadline(record, now),
    ]
    order = {section: place for place, section in enumerate(SECTIONS)}
    return sorted(problems, key=lambda problem: order[problem.section])
