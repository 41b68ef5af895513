"""Customer, order and account numbers: after a word that announces one, or by their usual prefixes."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import CUED, SHAPED, Candidate, Source
from afterword.redaction.data import listed
from afterword.redaction.detectors.cues import after_cue, cue_ends, field_words
from afterword.redaction.edged import Begun, Edged
from afterword.redaction.harmless import changes

_VALUE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|[-_/.](?=[A-Za-z0-9])){3,39}")
_OPAQUE = re.compile(
    r"(?:cust|customer|cus|acct|account|usr|user|mem|member|ord|order|client|patient|sub|subscriber)"
    r"[-_][A-Za-z0-9]{8,32}"
)
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_PREFIXED = Edged(
    "A-Z0-9#cuamops",
    "A-Za-z0-9_.-",
    r"(?:(?:ORD|ORDER|SO|PO|INV|CUS|CUST|CUSTOMER|ACC|ACCT|KD|KDNR|KND|BST|BEST|RMA|CASE|TKT|POL"
    r"|BKG|RES|MEM|MBR|USR|CLI|PAT|MRN|LOY|CLM|CTR"
    r"|SUB|PED|CMD|CLT|FAC|RE|KUN|ZAM|OBJ|CN|AC)[-_#](?:[A-Z]{1,3}-)?(?:20\d{2}[-/])?\d{4,12}"
    r"|#?(?:20\d{2}-)?\d{3}-\d{7}-\d{7}"
    r"|(?:cust|customer|cus|acct|account|usr|user|mem|member|ord|order|client|patient|sub|subscriber)"
    r"[-_][A-Za-z0-9]{6,32})(?![A-Za-z0-9_]|[.-][A-Za-z0-9])",
)
_DATE = re.compile(
    r"(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d+[.,]\d\d?$|\d{1,3}"
    r"(?:\.\d{3})+$|\d{1,3}(?:\.\d{1,3}){3}$"
)
_NESTED = re.compile(
    r"(?i:customer|client|account|user|member|patient|order|subscriber|contact|employee)[\"']?\s{0,2}"
    r"(?:[:=]\s{0,2}\{|\()\s{0,8}[\"']?_?id[\"']?\s{0,2}[:=]\s{0,2}[\"']?"
    r"(?P<value>[A-Za-z0-9#][A-Za-z0-9_-]{3,39})"
)


def is_account_number(value: str) -> bool:
    """Whether a value can be the number of a customer or order: enough digits, no date, no amount, no UUID, no word."""
    digits = sum(map(str.isdigit, value))
    if _OPAQUE.fullmatch(value) and (digits or changes(value[5:]) > 0.3):
        return True
    if _DATE.match(value) or _UUID.fullmatch(value) or digits < 2 or value.startswith("0x"):
        return False
    if value.isdigit():
        return 4 <= len(value) <= 16 and not _YEAR.fullmatch(value)
    return digits >= 4 or (digits >= 2 and len(value) >= 8 and changes(value) > 0.25)


_YEAR = re.compile(r"(?:19|20)\d{2}")
_ISSUES = ("ticket", "issue", "incident", "case", "story", "bug")
_ISSUE = re.compile(r"[A-Z]{2,8}-\d{1,5}")
"""The key of an issue of a project, which is about work, not about a customer."""

_MERGED = re.compile(r"\(#\d{1,4}\)[ \t]*(?:\r?\n|\\n|\"|$)")
"""The number of a change at the end of a commit's subject."""


def find_cued(source: Source) -> Iterator[Candidate]:
    """Yield numbers after words such as “order”, “customer number” or “Kundennummer”."""
    text = source.text
    for start, end in cue_ends(source, field_words("CUSTOMER_ID")):
        at = after_cue(text, end)
        match = _VALUE.match(text, at)
        glued = at == end and text[end - 1] < "\u2e80"
        low_word = source.low[start:end]
        if not match or glued or _is_unit(text, match.end()):
            continue
        strong = (
            "#" in text[end:at]
            or low_word.endswith(("number", "nummer", "id", "no", "#", "nr", "numara", "号", "번호"))
            or ":" in text[end:at]
        )
        if low_word in _ISSUES and _ISSUE.fullmatch(match[0]):
            continue
        if _MERGED.match(text, max(0, match.start() - 2)):
            continue
        if is_account_number(match[0]) and (strong or not match[0].isdigit() or len(match[0]) >= 5):
            yield Candidate(*match.span(), "CUSTOMER_ID", 0.82, f"follows “{text[start:end]}”", CUED)


_UNIT = re.compile(r"\s?(?:%|€|\$|£|ms\b|s\b|kb\b|mb\b|gb\b|eur\b|usd\b|tokens?\b|items?\b|x\b|[.,]\d)")


def _is_unit(text: str, at: int) -> bool:
    """Whether a unit or percent sign follows, so that the number counts something."""
    return bool(_UNIT.match(text[at : at + 8].lower()))


_BOOKING = (
    "booking|bokning|bestilling|buchung|reservierung|réservation|reserva|reservation|prenotazione|boeking"
    "|reservering|varaus|rezerwacja|rezervace|foglalás|rezervare|rezervasyon|бронь|бронювання|κράτηση|pemesanan"
    "|đặt chỗ|pnr|record locator|locator|localizador|予約番号|预订号|예약번호"
)
_BOOKED = Begun(
    _BOOKING,
    rf"(?i:(?<![a-z])(?:{_BOOKING})"
    r"(?: (?:code|ref|reference|no|nr|number))?[:. ]{1,3})"
    r"(?P<value>(?=[A-Z0-9]{0,5}[A-Z])[A-Z0-9]{6})(?![A-Za-z0-9_-])",
)
_NUMBER_WORDS = r" numaralı| no'lu| nolu| számú| sz\."
_NUMBER_WORD = Begun(_NUMBER_WORDS, _NUMBER_WORDS)
_BEFORE_WORD = re.compile(r"(?<![\w./-])(?P<value>(?:[A-Z]{1,4}-?)?\d[\d-]{3,14})$")


def find_codes(source: Source) -> Iterator[Candidate]:
    """Yield booking codes of six letters and digits, and numbers that stand before their word, as in Turkish."""
    for match in _BOOKED.finditer(source):
        yield Candidate(*match.span("value"), "CUSTOMER_ID", 0.75, "a booking code", CUED)
    for word in _NUMBER_WORD.finditer(source):
        number = _BEFORE_WORD.search(source.text, max(0, word.start() - 22), word.start())
        if number and is_account_number(number["value"]):
            yield Candidate(*number.span("value"), "CUSTOMER_ID", 0.7, "a number that its word follows", CUED - 5)


_CELL = Edged(
    "A-Z", r"^\n\t| ", r"[A-Z]{1,4}[-/]?\d{5,9}(?:[-/][A-Z0-9]{1,3})?(?=[ ]?(?:$|[\t|\r]|[ ]{2}))", re.MULTILINE
)
_CELL_EDGE = re.compile(r"(?:^|[\t|]|[ ]{2})[ ]?$", re.MULTILINE)
_PERSONAL = re.compile(r"@|\d{2,4}[ -]\d{2,4}[ -]\d{2,4}|[^\W\d_]{3,20}[, ] ?[^\W\d_]{3,20}")


def find_cells(source: Source) -> Iterator[Candidate]:
    """Yield codes of letters and digits that are a whole cell beside data of a person."""
    text = source.text
    for match in _CELL.finditer(text):
        start, end = match.span()
        line_start, line_end = source.line_around(start)
        rest = text[line_start:start] + "\n" + text[end:line_end]
        if _CELL_EDGE.search(text, max(0, start - 3), start) and _PERSONAL.search(rest):
            yield Candidate(start, end, "CUSTOMER_ID", 0.66, "a code beside data of a person", SHAPED - 3)


def find_prefixed(source: Source) -> Iterator[Candidate]:
    """Yield numbers with a prefix that shops and support desks use, and ids nested in a customer object."""
    for match in _PREFIXED.finditer(source.text):
        value = match[0].split("_", 1)[-1].split("-", 1)[-1]
        if any(map(str.isdigit, value)) and (
            match[0][0].isupper() or match[0][0].isdigit() or is_account_number(value)
        ):
            yield Candidate(
                *match.span(), "CUSTOMER_ID", 0.75, "has the form of a customer or order number", SHAPED - 2
            )
    for at in source.at(*listed("anchors.txt", "OWNER")):
        nested = _NESTED.match(source.text, at)
        if nested and is_account_number(nested["value"].lstrip("#")):
            yield Candidate(*nested.span("value"), "CUSTOMER_ID", 0.85, "the id of a customer's object", CUED)
