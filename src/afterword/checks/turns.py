"""How the turns of phrase of the wording rules are written down, and what a rule is."""

import re
from typing import NamedTuple

from afterword.checks.people import SubjectKind
from afterword.checks.problem import Severity


class PersonRule(NamedTuple):
    """What must not follow a person as the subject.

    `{to_rest}` in `hint` becomes the words of the group `rest`: “to run the suite”.
    """

    code: str
    kinds: frozenset[SubjectKind]
    pattern: re.Pattern[str]
    message: str
    hint: str
    severity: Severity = "error"


class PhraseRule(NamedTuple):
    """What must not stand anywhere, unless `unless` is found in the sentence before it."""

    code: str
    pattern: re.Pattern[str]
    message: str
    hint: str
    severity: Severity = "error"
    unless: re.Pattern[str] | None = None


def spoken(turn: str) -> str:
    """Return a regular expression for a turn of phrase, written over several lines for readers.

    A space matches any white space, `'` both apostrophes, a bare parenthesis groups without capturing.
    """
    joined = "".join(line.strip() for line in turn.splitlines())
    grouped = re.sub(r"\((?!\?)", "(?:", joined)
    return grouped.replace(" ", r"\s+").replace("'", "['’]")


_LINK = spoken(
    r"""[*_)\],]{0,4}( (who|that|which|also|then|later|again|once|simply|just|repeatedly|accidentally|mistakenly
    |inadvertently|unintentionally|carelessly|wrongly|incorrectly|blindly|hastily|apparently|clearly|obviously
    |probably|evidently|had|has|have|only|completely|still|on (call|duty|shift))){0,4}"""
)
"""What may stand between a subject and its verb."""


def after_subject(turn: str) -> re.Pattern[str]:
    """Compile a turn that begins with the verb of a subject; adverbs and "who" may stand between."""
    return re.compile(rf"{_LINK}\s+{spoken(turn)}", re.IGNORECASE)


def anywhere(turn: str) -> re.Pattern[str]:
    """Compile a turn that may stand anywhere, as whole words."""
    return re.compile(rf"(?<!\w){spoken(turn)}(?!\w)", re.IGNORECASE)


def at_start(turn: str) -> re.Pattern[str]:
    """Compile a turn that begins a sentence, a list item or a line."""
    return re.compile(rf"(?:^|(?<=[.!?;:]\s)|(?<=[-*•]\s)|(?<=\n)){spoken(turn)}(?!\w)", re.IGNORECASE)
