"""Personal data in records: rows of SQL, contact cards, elements with attributes, pairs of a name and a value."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import Candidate, Source
from afterword.redaction.detectors.fields import _candidate, _cell_fits, label_of
from afterword.redaction.edged import Edged

_INSERT = re.compile(
    r"(?i:insert\s{1,4}into)\s{1,4}[\w.\"`\[\]]{1,80}\s{0,4}\((?P<names>[^()]{3,900})\)\s{0,8}(?i:values)\s{0,8}"
)
_ROW = re.compile(r"\(")
_VALUE = re.compile(r"\s{0,8}(?:[NE]?'(?P<quoted>(?:[^'\n]|''){0,300})'|(?P<bare>[^,()'\n]{1,80}))\s{0,8}(?P<end>[,)])")
_NEXT_ROW = re.compile(r"\s{0,8},\s{0,8}(?=\()")


def find_inserted(source: Source) -> Iterator[Candidate]:
    """Yield values of INSERT statements whose columns are named after personal data."""
    for insert in _INSERT.finditer(source.text):
        names = [name.strip(' \t\r\n"`[]') for name in insert["names"].split(",")]
        labels = [label_of(name) for name in names]
        at = insert.end()
        while row := _ROW.match(source.text, at):
            at = row.end()
            for name, label in zip(names, labels, strict=True):
                value = _VALUE.match(source.text, at)
                if not value:
                    break
                if label and value["quoted"] and _cell_fits(label, name, value["quoted"]):
                    yield _candidate(label, name, *value.span("quoted"), "the column")
                at = value.end()
                if value["end"] == ")":
                    break
            following = _NEXT_ROW.match(source.text, at)
            if not following:
                break
            at = following.end()


_CARD_LINE = re.compile(
    r"^(?P<kind>TEL|BDAY|FN|N|NICKNAME|ADR)(?:;[^:\n]{0,80})?:(?P<value>[^\r\n]{2,160})", re.MULTILINE
)
_CARD_LABELS = {"TEL": "PHONE", "BDAY": "DOB", "FN": "PERSON", "N": "PERSON", "NICKNAME": "PERSON", "ADR": "ADDRESS"}
_ATTENDEE = re.compile(
    r"(?:ATTENDEE|ORGANIZER)[^:\n]{0,80};CN=\"?(?P<value>[^\";:\n]{2,60})|(?:ORGANIZER|ATTENDEE);CN=\"?(?P<first>[^\";:\n]{2,60})"
)


def find_cards(source: Source) -> Iterator[Candidate]:
    """Yield the data of contact cards and of invitations to a meeting."""
    text = source.text
    for match in _CARD_LINE.finditer(text) if "BEGIN:VCARD" in text else ():
        start, label = match.start("value"), _CARD_LABELS[match["kind"]]
        if match["kind"] == "ADR":
            value = match["value"].strip(";")
            start += match["value"].index(value)
            yield _candidate(label, "ADR", start, start + len(value), "the line")
            continue
        for part in match["value"].split(";") if label == "PERSON" else [match["value"].removeprefix("tel:")]:
            at = text.index(part, start)
            if len(part.strip()) > 1 or (part and not part.isascii()):
                yield _candidate(label, match["kind"], at, at + len(part), "the line")
            start = at + len(part)
    for match in _ATTENDEE.finditer(text) if ";CN=" in text else ():
        group = "value" if match["value"] else "first"
        if _cell_fits("PERSON_FIELD", "fullname", match[group]):
            yield _candidate("PERSON", "CN", *match.span(group), "the line")


_ELEMENT = re.compile(r"<(?P<key>[A-Za-z][\w:.-]{1,40})\s[^<>\n]{1,120}>(?P<value>[^<>\r\n]{2,160})</")
_PAIR = re.compile(
    r"[\"'](?:key|name|field|label|attribute|column|property|question|type|kind|doc|document|doc_?type|document_?type|id_?type"
    r"|identifier_?type|scheme)[\"']\s{0,2}:\s{0,2}[\"'](?P<key>[^\"'\n]{2,50})[\"'],\s{0,40}"
    r"[\"'](?:value|stringValue|content|text|answer|val|number|num|no|doc_?number|document_?number|id_?number|identifier)[\"']\s{0,2}:\s{0,2}(?:\{\s{0,40}[\"']stringValue[\"']\s{0,2}:\s{0,2})?"
    r"[\"'](?P<value>[^\"\n]{2,160}?)[\"']"
)
_ATTRIBUTES = Edged(
    "nki",
    r"\w-",
    r"(?:name|key|id)=\"(?P<key>[\w.-]{2,50})\"\s{1,3}(?:[\w-]{1,20}=\"[^\"\n]{0,40}\"\s{1,3})?value=\"(?P<value>[^\"\n]{2,160})\"",
)


def find_pairs(source: Source) -> Iterator[Candidate]:
    """Yield values whose name stands in an attribute or in a field of its own."""
    for pattern in (_ELEMENT, _PAIR, _ATTRIBUTES):
        for match in pattern.finditer(source.text):
            key = match["key"].rsplit(":", 1)[-1]
            label = label_of(key)
            if label and _cell_fits(label, key, match["value"]):
                yield _candidate(label, key, *match.span("value"), "the field")
