"""Values that stand beneath or behind their label in forms: `Born`, a line break or an arrow, the date."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import CUED, SHAPED, Candidate, Source
from afterword.redaction.detectors.fields import _fits, label_of

_LABELLED = re.compile(
    r"^[ \t>|*#-]{0,8}(?P<key>[^\W\d_][^\n:：→=|\d]{1,40}?)[ \t]{0,2}(?:[:：]?\*{0,2}[ \t\r]{0,4}\n[ \t>|]{0,8}"
    r"|[ \t]{1,4}(?:→|->|=>|»|–|—)[ \t]{1,4})(?P<value>[^\n]{2,120})$",
    re.MULTILINE,
)
_TRAILING = re.compile(r"\s?(?:r\.|г\.|р\.)$")


def find_beneath(source: Source) -> Iterator[Candidate]:
    """Yield what stands beneath the name of a field on a line of its own, or behind an arrow."""
    text, at = source.text, 0
    while match := _LABELLED.search(text, at):
        at = match.start("value")
        label = label_of(match["key"])
        value = match["value"].strip()
        if label == "DOB":
            value = _TRAILING.sub("", value)
        if not label or (len(match["key"]) < 3 and match["key"].isascii()) or not _fits(label, match["key"], value):
            continue
        start = text.index(value, at)
        if label == "PERSON_FIELD":
            yield Candidate(start, start + len(value), "PERSON", 0.82, f"beneath “{match['key']}”", SHAPED - 4)
        else:
            yield Candidate(start, start + len(value), label, 0.82, f"beneath “{match['key']}”", CUED + 1)
