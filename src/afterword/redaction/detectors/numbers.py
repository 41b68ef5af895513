"""Payment cards and bank accounts, by their check digits."""

import re
from collections.abc import Iterator
from functools import cache

from afterword.redaction.candidate import CHECKED, CUED, Candidate, Source
from afterword.redaction.data import rows
from afterword.redaction.detectors.contact import digits_of
from afterword.redaction.detectors.cues import after_cue, cue_ends, field_words
from afterword.redaction.edged import Begun, Edged

_CARD = Edged("2-689", "0-9A-Za-z_.+=-", r"[2-689][0-9]{3}(?:[ \u00a0-]?[0-9]){8,15}(?![0-9A-Za-z_]|[.,-]\d)")
_ISSUERS = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|(?:5[1-5]\d{4}|222[1-9]\d\d|22[3-9]\d{3}|2[3-6]\d{4}|27[01]\d{3}|2720\d\d)\d{1"
    r"0}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11,16}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|35(?:2[89]|[3-8]\d)\d{12,15}|62\d{14,17}"
    r"|(?:5018|5020|5038|5[6-9]\d\d|6304|6703|6708|6759|676[1-3])\d{8,15}|(?:60|65|81|82|508)\d{14}"
    r"|220[0-4]\d{12}|9792\d{12}|(?:4011|4312|4389|4514|5041|6277|6363)\d{12}"
)
_CUED_CARD = re.compile(r"(?:[0-9][ \u00a0-]?){12,18}[0-9](?![0-9A-Za-z_])")
_CODE_NAMES = "cvv2?|cvc2?|csc|cid|security code|prüfziffer|kartenprüfnummer|cryptogramme"
_CODE = Begun(
    _CODE_NAMES,
    rf"(?i:(?<![a-z])(?:{_CODE_NAMES}))"
    r"[\"']?[ \t]{0,2}[:=#]?[ \t]{0,2}(?:is )?[\"']?(?P<value>\d{3,4})(?!\d)",
)


def luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _well_grouped(value: str) -> bool:
    """Whether separators, if any, stand where cards have them: not inside groups of one or two digits."""
    groups = re.split(r"[ \u00a0-]", value)
    return len(groups) == 1 or (min(map(len, groups)) >= 3 and len({s for s in value if not s.isdigit()}) == 1)


def find_cards(source: Source) -> Iterator[Candidate]:
    """Yield payment card numbers by issuer range and Luhn digit, and their security codes by cue."""
    text = source.text
    for match in _CARD.finditer(text):
        digits = digits_of(match[0])
        if _ISSUERS.fullmatch(digits) and luhn(digits) and _well_grouped(match[0]) and len(set(digits)) > 2:
            yield Candidate(*match.span(), "CREDIT_CARD", 0.95, "issuer range and check digit fit", CHECKED + 1)
    for _, end in cue_ends(source, field_words("CREDIT_CARD")):
        number = _CUED_CARD.match(text, after_cue(text, end))
        if number and _ISSUERS.fullmatch(digits_of(number[0])):
            yield Candidate(*number.span(), "CREDIT_CARD", 0.8, "follows a word for payment card", CUED)
    for match in _CODE.finditer(source):
        yield Candidate(*match.span("value"), "CARD_CODE", 0.8, "follows the name of a card's security code", CUED)


@cache
def _iban_lengths() -> dict[str, int]:
    return {code: int(length) for row in rows("iban_lengths.txt") for length, *codes in [row.split()] for code in codes}


_IBAN = Edged("A-Za-z", "A-Za-z0-9", r"[A-Za-z]{2}[ -]?\d{2}(?=(?:(?:[ \u00a0-]|\r?\n[>| ]{0,3})?[A-Za-z0-9]){11})")


def _iban_value(text: str, start: int) -> tuple[int, str] | None:
    """Return where an IBAN of its country's length ends, and its letters and digits."""
    wanted = _iban_lengths().get(text[start : start + 2].upper())
    if not wanted:
        return None
    letters: list[str] = []
    at = start
    while at < len(text) and len(letters) < wanted:
        if text[at].isascii() and text[at].isalnum():
            letters.append(text[at].upper())
        elif text[at] not in " \u00a0-\r\n>|":
            return None
        at += 1
    goes_on = at < len(text) and text[at].isascii() and text[at].isalnum()
    return None if len(letters) < wanted or goes_on else (at, "".join(letters))


def find_ibans(source: Source) -> Iterator[Candidate]:
    """Yield IBANs by country length and check digits; with wrong digits only after the word IBAN."""
    for match in _IBAN.finditer(source.text):
        found = _iban_value(source.text, match.start())
        if not found:
            continue
        end, letters = found
        fits = int("".join(str(int(c, 36)) for c in letters[4:] + letters[:4])) % 97 == 1
        cued = "iban" in source.before(match.start(), 24) and "\n" not in source.text[match.start() : end]
        if fits or cued:
            reason = "length and check digits fit" if fits else "follows “IBAN”"
            yield Candidate(match.start(), end, "IBAN", 0.97 if fits else 0.8, reason, CHECKED + 2)
