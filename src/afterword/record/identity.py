"""The id of a record: the day impact started, and a few words of the title."""

import re
import unicodedata

from afterword.record.model import Record
from afterword.record.when import When

_LONGEST = 48
_SMALL_WORD = re.compile("a|an|and|as|at|by|for|from|in|into|of|on|or|that|the|to|was|were|with")


def record_id_for(record: Record, slug: str | None = None) -> str:
    """Return `YYYY-MM-DD-slug`; the date is as precise as it is known, and left out where no time is known at all."""
    words = slugged(slug if slug is not None else record.title) or "post-mortem"
    date = _date(record)
    return f"{date}-{words}" if date else words


def slugged(title: str) -> str:
    """Return the telling words of a title, joined by hyphens, in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"\w+", unicodedata.normalize("NFC", letters).replace("_", " "))
    telling = [word for word in words if not _SMALL_WORD.fullmatch(word)] or words
    slug = ""
    for word in telling:
        if slug and len(slug) + 1 + len(word) > _LONGEST:
            break
        slug = f"{slug}-{word}" if slug else word[:_LONGEST]
    return slug


def _date(record: Record) -> str:
    """Return the UTC day of the first known time, or its month or year where that is all that is known."""
    for moment in (record.impact_started, record.detected, record.mitigated, record.resolved):
        if isinstance(moment, When) and not moment.starts_open:
            start = moment.earliest
            precision = moment.start.precision if moment.start else moment.precision
            forms = {"year": "%Y", "month": "%Y-%m"}
            return start.strftime(forms.get(precision, "%Y-%m-%d"))
    return ""
