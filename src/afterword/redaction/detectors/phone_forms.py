"""Phone numbers as countries write them at home, and those that stand beside an e-mail address."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import SHAPED, Candidate, Source
from afterword.redaction.detectors.contact import DATE_LIKE, digits_of, plausible_phone
from afterword.redaction.edged import Edged

_FORMS = Edged(
    "0(8",
    "0-9A-Za-z_+.,:/=#-",
    r"(?:\(0?\d{1,4}\)[ -]?\d{2,5}(?:[ -]\d{2,4}){1,3}|\(0\d{1,4}\)[ -]?\d{5,8}|0[1-9](?:\.\d\d){4}"
    r"|0[1-9]\d{1,3}/\d{5,8}|0\d{1,3}-\d{2,5}(?:[ -]\d{2,4}){1,3}|0\d{1,3} \d{2,4}(?: \d{2,4}){1,3}"
    r"|0\d{1,3}\(\d{2,4}\)\d{4}|0xx\d{2} \d{4,5} \d{4}|8[ -]?\(?\d{3}\)?[ -]\d{3}[ -]\d\d[ -]\d\d)"
    r"(?![0-9A-Za-z_]|[.,:-]\d)",
)
"""An area code in brackets, or a trunk 0 or 8, and groups of digits."""
_AFTER_MAIL = re.compile(
    r"[A-Za-z]{2,10}+[>)\]\"']{0,2}(?:,? (?:or|oder|ou|o|of|eller|tai|lub|nebo|vagy|sau|або|или|ή|veya|atau|hoặc"
    r"|and|und|et|y|e|og|och) |\s?[,;|/•·] ?)(?P<value>\(?\d[\d ()./-]{6,16}\d)(?![\w/-])"
)


def find_national(source: Source) -> Iterator[Candidate]:
    """Yield numbers in the forms that countries use at home."""
    for match in _FORMS.finditer(source.text):
        if 8 <= len(digits_of(match[0])) <= 12 and not DATE_LIKE.match(match[0]):
            yield Candidate(*match.span(), "PHONE", 0.65, "a national way to write phone numbers", SHAPED - 2)


def find_beside_mail(source: Source) -> Iterator[Candidate]:
    """Yield numbers that follow an e-mail address on its line: “… at.org or 22 77 21 94”."""
    text = source.text
    at = text.find("@")
    while at >= 0:
        dot = text.find(".", at, at + 60)
        match = _AFTER_MAIL.search(text, dot, dot + 60) if dot >= 0 else None
        if match and "\n" not in text[at : match.start("value")]:
            value = match["value"]
            if 8 <= len(digits_of(value)) <= 11 and plausible_phone(value):
                yield Candidate(*match.span("value"), "PHONE", 0.7, "stands beside an e-mail address", SHAPED - 3)
        at = text.find("@", at + 1)
