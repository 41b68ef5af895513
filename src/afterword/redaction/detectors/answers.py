"""What somebody answers who was asked for a date of birth or a number: `… date of birth?`, then the next turn."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import CUED, Candidate, Source
from afterword.redaction.detectors.contact import plausible_phone
from afterword.redaction.detectors.cues import cue_ends, field_words
from afterword.redaction.detectors.dates import DATE

_REST_OF_QUESTION = re.compile(r"[^?？\d]{0,90}[?？؟]")
_WINDOW = 140
_TIME = re.compile(r"\D{0,60}\d{1,2}:\d\d(?::\d\d)?")
_PHONE = re.compile(r"[+(]{0,2}\d[\d ()./-]{5,18}\d(?![\w/-])")
_ID = re.compile(r"(?<![\w/-])(?:[A-Z]{1,3}[ -]?)?\d[\dA-Z ./-]{4,18}[\dA-Z](?![\w/-])")
_NUMBER = re.compile(r"(?<![\w/-])[#A-Z]{0,5}[-/]?\d[A-Z\d/-]{3,20}(?![\w/-])")
_ANSWERS = (("DOB", DATE), ("PHONE", _PHONE), ("NATIONAL_ID", _ID), ("CUSTOMER_ID", _NUMBER))


def find_answers(source: Source) -> Iterator[Candidate]:
    """Yield the first date or number of the turn that follows a question for one."""
    text = source.text
    if not any(mark in text for mark in "?？؟"):
        return
    for label, pattern in _ANSWERS:
        for start, end in cue_ends(source, field_words(label)):
            if not (asked := _REST_OF_QUESTION.match(text, end)):
                continue
            at = asked.end()
            while time := _TIME.match(text, at, asked.end() + _WINDOW):
                at = time.end()
            digit = re.search(r"[\d+(A-Z#]*\d", text[at : asked.end() + _WINDOW])
            match = pattern.search(text, at, asked.end() + _WINDOW) if digit else None
            if match is None or digit is None or match.start() > at + digit.end():
                continue
            stop = match.end() - (match[0][-1] == ".")
            if label != "PHONE" or plausible_phone(match[0]):
                yield Candidate(
                    match.start(), stop, label, 0.75, f"answers the question for “{text[start:end]}”", CUED - 3
                )
