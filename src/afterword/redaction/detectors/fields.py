"""Personal data that the name of a field announces, in JSON, YAML, forms and tables."""

import re
from collections.abc import Iterator
from functools import lru_cache

from afterword.redaction.candidate import CUED, SHAPED, Candidate, Source
from afterword.redaction.data import listed
from afterword.redaction.detectors.account_ids import is_account_number
from afterword.redaction.detectors.contact import digits_of, plausible_phone
from afterword.redaction.detectors.cues import field_words
from afterword.redaction.detectors.dates import DATE
from afterword.redaction.detectors.key_names import Trust, kind_of
from afterword.redaction.detectors.name_shapes import is_given_name, looks_like_full_name, not_names
from afterword.redaction.detectors.secret_values import plausible
from afterword.redaction.harmless import is_placeholder

_LABELS = (
    "EMAIL",
    "PHONE",
    "DOB",
    "IBAN",
    "CREDIT_CARD",
    "NATIONAL_ID",
    "CUSTOMER_ID",
    "IP",
    "MAC",
    "ADDRESS",
    "PERSON_FIELD",
)
_SQUEEZE = re.compile(r"[\s_.\-#*`\"'()]+")


@lru_cache(maxsize=1)
def _by_word() -> dict[str, str]:
    return {_SQUEEZE.sub("", word): label for label in reversed(_LABELS) for word in field_words(label)}


@lru_cache(maxsize=4096)
def label_of(field: str) -> str | None:
    """Return the label that the name of a field announces, None for other fields."""
    squeezed = _SQUEEZE.sub("", field.lower())
    if not squeezed or len(squeezed) > 50:
        return None
    if exact := _by_word().get(squeezed):
        return exact
    return next((label for label in _LABELS if squeezed.endswith(listed("field_endings.txt", label))), None)


@lru_cache(maxsize=1)
def _fields_of_people() -> frozenset[str]:
    return frozenset(_SQUEEZE.sub("", word) for word in field_words("PERSON_FIELD"))


def _names_people(field: str) -> bool:
    """Whether a field may hold a person's name, even where it announces something else first (`customer`)."""
    return _SQUEEZE.sub("", field.lower()) in _fields_of_people()


_MEASURE = re.compile(r"[-+]?\d{1,3}\.\d{1,6}%?")
"""A share or a time, such as stand below `pass` and `norm` in tables of results."""


_PHONE = re.compile(r"[\d\s()+./\-–x*#extEXT\u0660-\u0669\u06f0-\u06f9]{6,28}")
_CUSTOMER = re.compile(r"#?[A-Za-z0-9][\w./-]{2,39}")


def _fits(label: str, field: str, value: str) -> bool:
    """Whether a value can be what its field announces."""
    digits = len(digits_of(value))
    if is_placeholder(value) or len(value) < 2 or _MEASURE.fullmatch(value):
        return False
    if label == "PHONE":
        return bool(_PHONE.fullmatch(value)) and plausible_phone(value)
    if label == "DOB":
        return bool(DATE.fullmatch(value))
    if label in ("IBAN", "CREDIT_CARD"):
        return 8 <= digits <= 32 and len(value) <= 42 and bool(re.fullmatch(r"[A-Za-z0-9 \u00a0-]+", value))
    if label == "NATIONAL_ID":
        return bool(re.fullmatch(r"[A-Za-z0-9 ./\-+\u0400-\u052f]{5,26}", value)) and digits >= 4
    if label == "CUSTOMER_ID":
        return bool(_CUSTOMER.fullmatch(value)) and is_account_number(value.lstrip("#"))
    if label == "ADDRESS":
        return (
            8 <= len(value) <= 200
            and digits >= 1
            and sum(map(str.isalpha, value)) >= 5
            and "@" not in value
            and "://" not in value
        )
    return label == "PERSON_FIELD" and _names_someone(field, value)


_SENTENCE = re.compile(
    r"[!?;]|[^\W\d_]{3}[.,]\s|\s[a-zß-ÿ]{4,}|[。、！？]|\s[а-яёіїєґα-ωά-ώ]{2,}|\s(?:me|no|is|my|es|je|ik|ja)\s"
)
"""What a name in a field has not: punctuation between words, words of four letters without a capital."""


def _names_someone(field: str, value: str) -> bool:
    weak = _SQUEEZE.sub("", field.lower()) in listed("anchors.txt", "WEAK_NAME")
    if looks_like_full_name(value, strict=weak):
        return True
    one = re.fullmatch(r"[^\W\d_][^\d_@/:;=<>{}\[\]()|\\\"]{1,40}", value)
    return (
        not weak
        and bool(one)
        and (value[0].isupper() or not value.isascii())
        and value.casefold() not in not_names()
        and value.count(" ") < 5
        and not _SENTENCE.search(value)
    )


def _candidate(label: str, field: str, start: int, end: int, where: str) -> Candidate:
    label = "PERSON" if label == "PERSON_FIELD" else label
    rank = SHAPED - 3 if label == "PERSON" else CUED + 3
    return Candidate(start, end, label, 0.88, f"{where} `{field.strip()[:40]}`", rank)


_FIELD = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<key>[A-Za-z_][A-Za-z0-9_.\-]{1,50}+|[\u00c0-\u2fff\u3041-\ud7ff]{2,20}+)"
    r"[\"'`]{0,1}[ \t]{0,2}[:=：][ \t]{0,4}"
    r"(?=(?P<quote>[\"'`])(?P<quoted>[^\"`\r\n]{2,200}?)(?P=quote)|(?P<bare>[^\s\"'`{}\[\]<>]"
    r"[^\r\n\"{}<>|;]{1,160}))"
)
_ELEMENT = re.compile(r"<(?P<key>[A-Za-z][\w:.-]{1,40})>(?P<quoted>[^<>\r\n]{2,160})</")
_LIST_END = re.compile(
    r"\s*(?:[，、；。]|,\s(?=[\"']?[^\W\d][\w .-]{1,30}[\"']?\s{0,2}[:=：])|,$|&|\s#|\s{2,}|(?<=\d)\)"
    r"|\s[|]|\s(?=[A-Za-z_][\w.]{1,30}=)|$)"
)


_LONGEST_BARE = {"ADDRESS": 160}


def _bare_end(value: str, label: str) -> int:
    """Return how much of an unquoted value belongs to it."""
    value = value[: _LONGEST_BARE.get(label, 60)]
    if label not in ("ADDRESS", "PERSON_FIELD", "DOB", "PHONE"):
        value = re.split(r"[\s,;)&]", value, maxsplit=1)[0]
    cut = _LIST_END.search(value)
    return len(value[: cut.start() if cut else len(value)].rstrip(" .,;)"))


def find_fields(source: Source) -> Iterator[Candidate]:
    """Yield the values of fields that are named after personal data."""
    for pattern in (_FIELD, _ELEMENT):
        for match in pattern.finditer(source.text):
            key = match["key"]
            label = label_of(key)
            if label is None:
                continue
            group = "quoted" if match["quoted"] else "bare"
            start, value = match.start(group), match[group]
            if group == "bare":
                value = value[: _bare_end(value, label)]
            if label == "CUSTOMER_ID" and not _fits(label, key, value) and _names_people(key):
                label = "PERSON_FIELD"
                value = match[group] if group == "quoted" else match[group][: _bare_end(match[group], label)]
            if _fits(label, key, value) and (
                _SQUEEZE.sub("", key.lower()) != "name" or _about_someone(source, start, value)
            ):
                yield _candidate(label, key, start, start + len(value), "the field")


_PERSONAL = re.compile(
    r"@|mail|phone|tel|mobil|birth|dob|addr|customer|client|iban|user|gender|age[\"']?\s?:|first"
    r"|last|role[\"']?\s?:|passport|ssn|[^\x00-\x7f]"
)


def _about_someone(source: Source, at: int, value: str) -> bool:
    """Whether a plain `name` field stands among other data of a person, or holds a common given name."""
    if any(is_given_name(word) for word in value.split()):
        return True
    around = source.low[max(0, at - 160) : at] + source.low[at + len(value) : at + len(value) + 200]
    return bool(_PERSONAL.search(around))


_SEPARATORS = (",", ";", "\t", "|")
_HEADER_CELL = re.compile(r"[\w .,\-#/()'’&°№:]{1,40}")
_MOST_COLUMNS = 60


def _cells(line: str, separator: str) -> list[tuple[int, int]]:
    """Return the offsets of the cells of a row, without quotes and spaces around them."""
    cells, at, quoted = [], 0, False
    for place, letter in enumerate(line + separator):
        if letter == '"':
            quoted = not quoted
        elif letter == separator and (not quoted or place == len(line)):
            cells.append(_bared(line, at, place))
            at = place + 1
    return cells[: _MOST_COLUMNS + 1]


def _bared(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start] in " \t\"'*`":
        start += 1
    while end > start and line[end - 1] in " \t\"'*`\r":
        end -= 1
    return start, end


def _columns(line: str) -> tuple[str, list[tuple[str, str] | None]] | None:
    """Return separator and what each column holds, where a line is the head of a table with personal data."""
    for separator in _SEPARATORS:
        if not 1 <= line.count(separator) <= _MOST_COLUMNS or len(line) > 1500:
            continue
        names = [line[start:end] for start, end in _cells(line, separator)]
        if all(not name or _HEADER_CELL.fullmatch(name) for name in names):
            kinds = [(label, name) if (label := _column_label(name)) else None for name in names]
            if sum(kind is not None for kind in kinds) >= 2 and not any(re.search(r"\d{3}", name) for name in names):
                return separator, [kind or _of_row(name) for kind, name in zip(kinds, names, strict=True)]
    return None


def _of_row(name: str) -> tuple[str, str] | None:
    """Return what the number of a row is in a table with data of people: that of a customer."""
    return ("CUSTOMER_ID", name) if name.lower() in ("id", "uid", "ref", "nr", "no") else None


def _column_label(name: str) -> str | None:
    if label := label_of(name):
        return label
    kind = kind_of(re.sub(r"\W+", "_", name)) if name else None
    return kind.label if kind and kind.trust is not Trust.HINT else None


def find_tables(source: Source) -> Iterator[Candidate]:
    """Yield the cells of CSV, TSV, Markdown and psql tables under columns that are named after personal data."""
    columns: list[tuple[str, str] | None] = []
    separator, at = "", 0
    for line in source.text.split("\n"):
        start, at = at, at + len(line) + 1
        if head := _columns(line):
            separator, columns = head
        elif columns and line.count(separator) >= len(columns) - 1 >= 1:
            yield from _row(line, start, separator, columns)
        elif line.strip("-+| :=\r"):
            columns = []


def _row(line: str, offset: int, separator: str, columns: list[tuple[str, str] | None]) -> Iterator[Candidate]:
    cells = _cells(line, separator)
    has_births = any(column and column[0] == "DOB" for column in columns)
    if len(cells) > len(columns) and has_births and (match := DATE.search(line)):
        yield _candidate("DOB", "date of birth", offset + match.start(), offset + match.end(), "the column")
    for (start, end), column in zip(cells, columns, strict=False):
        if column is None or end <= start:
            continue
        label, name = column
        value = line[start:end]
        if label == "CUSTOMER_ID" and not _fits(label, name, value) and _names_people(name):
            label = "PERSON_FIELD"
        fits = (
            plausible(value, Trust.PASSWORD, quoted=True, settled=True)
            if label.startswith("SECRET")
            else _cell_fits(label, name, value)
        )
        if fits:
            yield _candidate(label, name, offset + start, offset + end, "the column")


def _cell_fits(label: str, name: str, value: str) -> bool:
    if label == "PERSON_FIELD":
        return (
            len(value) <= 60
            and not re.search(r"[\d@/:]", value)
            and any(map(str.isalpha, value))
            and _names_someone(name if label_of(name) == "CUSTOMER_ID" else "fullname", value)
        )
    if label == "ADDRESS":
        return len(value) >= 5 and "@" not in value
    return _fits(label, "", value)
