"""Phone numbers in the groups that countries write, where words for calling or the cell of a list announce them."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import CUED, SHAPED, Candidate, Source
from afterword.redaction.detectors.contact import DATE_LIKE, EXTENSION, digits_of
from afterword.redaction.detectors.cues import cue_ends, field_words
from afterword.redaction.edged import Edged

_GROUPS = (
    r"(?:\(?0\d{0,2}[- ]?\d{0,3}\)[- ]?\d{2,4}(?:[- ]\d{2,4}){1,3}|\d{3} \d{3} \d{3}(?! \d)|\d{3} "
    r"\d{2} \d{2} \d{2}|\d{2} \d{3} \d{2} \d{2}"
    r"|\d{2} \d{2} \d{2} \d{2}(?: \d{2})?|\d{3} \d{3} \d{3,4}|(?:1 )?\d{3} \d{3}-\d{4}|\d{3} \d{6,"
    r"7}|[2-9]\d{3} \d{4}|\d{4} \d{6}|\d{4}-\d{3}-\d{3}"
    r"|0\d{9,10}|0\d{2,4}[ .-]\d{2,4}(?:[ .-]\d{2,4}){1,3}|06 \d{1,2} \d{3}[- ]\d{3,4}|1\d{2}[- ]"
    r"\d{4}[- ]\d{4}|0\d{2,3}\)\d{3,4}-\d{4}|0\d{4} \d{6}|[6-9]\d{8,9})"
)
_NUMBER = Edged("(0-9", r"\w.,+/:#-", rf"(?P<value>{_GROUPS}{EXTENSION}?)(?![\w/@]|[.,:-]\d| \d| ?[%€$£])")
_ANYWHERE = Edged(
    "(0-9",
    r"\w.,+/:#=-",
    r"(?P<value>01[016789]-?\d{3,4}-?\d{4}|1[3-9]\d[- ]\d{4}[- ]\d{4}|05\d-?\d{3}-"
    r"?\d{4}|0\d{1,2}\)\d{3,4}-\d{4}"
    r"|\(0\d-\d{1,2}\) ?\d{3}[- ]\d{3,4}|06 \d{1,2} \d{3}[- ]\d{3,4}|0\d{2}\.\d{3}\.\d{2}\.\d{2}|09"
    r"\d{2}\.\d{3}\.\d{3}|0[2-9]\d{8}"
    rf"|(?:1 )?[2-9]\d{{2}} [2-9]\d{{2}}-\d{{4}}{EXTENSION}?|0\d{{4}} \d{{6}}{EXTENSION}|69"
    rf"\d{{2}} \d{{6}}|2\d{{3}}-\d{{3}}-\d{{3}}|1[38]00[ -]\d{{3}}[ -]\d{{3}}|0[38]0[08] \d{{3}} \d{{3,4}})"
    r"(?![A-Za-z0-9_/@]|[.,:-]\d)",
)
_REACH = re.compile(r"[^\n\d]{0,60}?(?=\d|\(0)")
_CELL = re.compile(r"(?:^|[|\t·•]|  |[\"'\[(]|, |: )[ ]?$")
_CELL_END = re.compile(r"[ ]?(?:$|[|\t·•\n\r]|  |[\"'\])]|\\n)")
_PERSONAL = re.compile(r"@|\b[A-Z]\w{1,20}[, ] ?[A-Z]\w{1,20}")


def find_called(source: Source) -> Iterator[Candidate]:
    """Yield numbers after words for calling, in cells beside data of a person, and in forms few others have."""
    text = source.text
    for match in _ANYWHERE.finditer(text):
        yield from _candidate(match, 0.66)
    for _, end in cue_ends(source, field_words("CALL")):
        gap = _REACH.match(text, end, end + 80)
        if gap and (called := _NUMBER.match(text, gap.end())):
            yield from _candidate(called, 0.7)
    for match in _NUMBER.finditer(text):
        start, end = match.span("value")
        cell = _CELL.search(text, max(0, start - 3), start) and _CELL_END.match(text, end, end + 3)
        if cell and _PERSONAL.search(text, max(0, start - 90), min(len(text), end + 60)) and " " in match["value"]:
            yield from _candidate(match, 0.62)


def _candidate(match: re.Match[str], sure: float) -> Iterator[Candidate]:
    value = match["value"]
    if (
        8 <= len(digits_of(value)) <= 15
        and (value[0] == "0" or not DATE_LIKE.match(value))
        and len(set(digits_of(value))) > 2
    ):
        extended = not value[-6:].replace(" ", "").isdigit() and any(map(str.isalpha, value))
        rank = CUED + 1 if extended else SHAPED - 3
        yield Candidate(*match.span("value"), "PHONE", sure, "a number to call", rank)
