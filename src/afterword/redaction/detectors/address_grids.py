"""Postal addresses without a word for street, and those of cities whose streets are numbered or named by block."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import SHAPED, Candidate, Source
from afterword.redaction.data import listed
from afterword.redaction.detectors.address_shapes import CITY, TITLE
from afterword.redaction.detectors.name_shapes import not_names
from afterword.redaction.edged import Begun, Edged

_INSIDE = (
    r"(?:,? (?:[Aa]pto?\.?|[Tt]orre|[Pp]iso|[Oo]f\.?|[Ii]nt\.?|[Cc]asa|[Bb]loque|[Ll]ocal"
    r"|lgh|bte|boîte|bus|et\.|ет\.|ап\.|вх\."
    r"|ap\.?|sc\.|bl\.|st\.|kat"
    r"|stan|byt) ?[\w-]{1,6}|, \d{1,2}\.(?: ?(?:sal|tv|th|mf|kat|em))?\.?|, \d{1,2}º ?\w?){0,4}"
)
_POSTCODE = r"(?:[A-Z]{1,3}-?\d{4}[A-Z]{0,3}|(?:[A-Z]{1,2}-)?\d{4,6}|\d{3} \d{2}|VLT \d{4})"
_PLAIN = Edged(
    r"A-Z\u00c0-\u024f\u0386-\u042f",
    r"\w.@/-",
    rf"(?P<street>{TITLE}(?:[ -](?:{TITLE}|na|nad|pri|u|i|e|de|la|el|von|van|der|den)){{0,3}}(?: [a-zß-ž]{{4,12}})?)"
    rf" \d{{1,4}} ?[A-Za-z]?(?:[/-]\d{{1,4}}[A-Za-z]?)?{_INSIDE}"
    rf", (?P<code>{_POSTCODE}) (?P<city>{CITY})(?: \d{{1,2}}(?!\d))?",
)
_GRID = Begun(
    "calle|cl|carrera|cra|kra|kr|av|avenida|diagonal|dg|transversal|tv",
    r"(?i:calle|cl|carrera|cra|kra|kr|avenida|av|diagonal|dg|transversal|tv)\.? \d{1,3}[A-Z]?"
    r"(?: (?i:bis|sur|norte|este|oeste))?"
    rf" ?(?:#|No\.?|N°|Nº) ?\d{{1,3}}[A-Z]? ?[-–] ?\d{{1,3}}{_INSIDE}(?:, {CITY}){{0,2}}",
)
_BLOCK = Begun(
    "house|flat|room|rm|unit|plot|block",
    r"(?:House|Flat|Room|Rm|Unit|Plot|Block)\.? (?:No\.? ?)?#?\d{1,4}[A-Z]?(?:/[A-Z\d]{1,3})?,? "
    r"(?:(?:Road|Rd|Street|Block|Sector|Lane|Tower|Phase|Floor|Level)\.? (?:No\.? ?)?\w{1,4},? |\d{1,2}/F,? ){0,3}"
    rf"{CITY}(?:(?: Phase)? \d{{1,3}})?(?:, {CITY}){{1,3}}(?:[ -]{{1,3}}\d{{4,6}}(?!\d))?",
)
_BOX = Begun(
    "p",
    rf"(?:P\.? ?O\.?|Private) (?:Box|Bag) \d{{1,6}}(?: ?[-–] ?\d{{4,5}})?,? {CITY}(?:,? {CITY}| \d{{4,5}})?",
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def _is_place(match: re.Match[str]) -> bool:
    """Whether a name, a number, a code and a name are an address, not a figure and a year."""
    words = [word.lower().rstrip(".") for word in re.findall(r"[^\W\d]+", match["street"])]
    city = match["city"].split()[0].lower()
    other = words[0] in not_names() or city in not_names()
    return (
        not other
        and not set(listed("anchors.txt", "NOT_IN_ADDRESS")).intersection(words)
        and not _YEAR.fullmatch(match["code"])
        and len(city) > 2
    )


def find_grids(source: Source) -> Iterator[Candidate]:
    """Yield addresses of a name, a number, a postcode and a city, of numbered streets, of blocks and of boxes."""
    for match in _PLAIN.finditer(source.text) if ", " in source.text else ():
        if _is_place(match):
            yield _candidate(match)
    for way in (_GRID, _BLOCK, _BOX):
        for match in way.finditer(source):
            yield _candidate(match)


def _candidate(match: re.Match[str]) -> Candidate:
    end = match.start() + len(match[0].rstrip(" .,"))
    return Candidate(match.start(), end, "ADDRESS", 0.75, "number and place", SHAPED - 6)
