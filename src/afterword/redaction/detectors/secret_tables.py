"""Secrets in the cells of tables: under a column of passwords, or beside the name of a setting."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import CUED, Candidate, Source
from afterword.redaction.detectors.captions import speaks_of_passwords
from afterword.redaction.detectors.key_names import Trust, kind_of
from afterword.redaction.detectors.secret_values import plausible

_PIPES = re.compile(r"[^|\n]+")
_TABS = re.compile(r"[^\t\n]+")
_SPACES = re.compile(r"\S+(?: \S+)*")
_MOST_CELLS, _LONGEST = 40, 1500
Cells = list[tuple[int, int]]


def _split(line: str) -> tuple[str, Cells]:
    """Return how a line is divided into cells, and their offsets without the marks around them."""
    kind, pattern = ("|", _PIPES) if line.count("|") >= 2 else ("\t", _TABS) if "\t" in line.strip() else (" ", _SPACES)
    cells = []
    for match in pattern.finditer(line):
        start, end = match.span()
        while start < end and line[start] in " \t*`\"'":
            start += 1
        while end > start and line[end - 1] in " \t*`\"'\r":
            end -= 1
        if end > start:
            cells.append((start, end))
    return kind, cells


_SHARE = re.compile(r"@\s?k?\d*\b|%|\brates?\b", re.IGNORECASE)
"""What the head of a column of results has: `pass@1`, `pass rate`."""


def _column(name: str) -> Trust | None:
    """Return how far the head of a column says that its cells are secrets."""
    if len(name) > 40 or _SHARE.search(name):
        return None
    kind = kind_of(re.sub(r"\W+", "_", name)) if name.isascii() else None
    if kind and kind.trust is not Trust.HINT:
        return kind.trust
    return Trust.PASSWORD if speaks_of_passwords(name) and len(name.split()) <= 3 else None


def _cell_is_secret(value: str, trust: Trust) -> bool:
    if " " in value or len(value) > 400:
        return False
    return plausible(value, trust, quoted=True, settled=True)


def find_columns(source: Source) -> Iterator[Candidate]:
    """Yield the cells under columns of passwords and tokens, in Markdown, tabbed and aligned tables."""
    columns: dict[int, Trust] = {}
    count, kind, at = 0, "", 0
    for line in source.text.split("\n"):
        offset, at = at, at + len(line) + 1
        if len(line) > _LONGEST or not line.strip("-+| :=\r\t"):
            columns = columns if line.strip() else {}
            continue
        here, cells = _split(line)
        if columns and here == kind and len(cells) == count:
            yield from _under(line, offset, cells, columns)
            continue
        columns = _heads(line, here, cells)
        count, kind = len(cells), here


def _heads(line: str, kind: str, cells: Cells) -> dict[int, Trust]:
    """Return which columns hold secrets, where a line is the head of a table."""
    if not 2 <= len(cells) <= _MOST_CELLS or any(end - start > 40 for start, end in cells):
        return {}
    if kind == " " and any(re.search(r"[=:(){};,]|\d{3}", line[start:end]) for start, end in cells):
        return {}
    names = {place: _column(line[start:end]) for place, (start, end) in enumerate(cells)}
    return {place: trust for place, trust in names.items() if trust}


def _under(line: str, offset: int, cells: Cells, columns: dict[int, Trust]) -> Iterator[Candidate]:
    for place, trust in columns.items():
        start, end = cells[place]
        if _cell_is_secret(line[start:end], trust):
            yield Candidate(
                offset + start, offset + end, "SECRET_PASSWORD", 0.85, "under a column of secrets", CUED + 3
            )


_CELL_OF_TABLE = re.compile(r"(?=[^\d]{0,80}\d)[A-Za-z0-9+/_.~=-]{12,300}")
"""What may be the secret between commas, which separate the names in code too."""
_NAME_CELL = re.compile(
    r"(?P<edge>[\t|;,])\s{0,4}[`*\"']{0,3}(?P<key>[A-Za-z][\w.-]{2,63})[`*\"']{0,3}[ ]{0,40}"
    r"(?P=edge)\s{0,4}[`*\"']{0,3}(?P<value>[^\s|`*\"';,]{6,300})"
)


def find_named_cells(source: Source) -> Iterator[Candidate]:
    """Yield the cell beside one with the name of a secret setting: `| API_KEY | … |`."""
    at = 0
    while match := _NAME_CELL.search(source.text, at):
        at = match.start() + 1
        kind = kind_of(match["key"])
        settings = kind and (kind.trust is Trust.SECRET or any(map(str.isdigit, match["value"])))
        if match["edge"] in ",;" and not _CELL_OF_TABLE.fullmatch(match["value"]):
            continue
        if kind and settings and plausible(match["value"], kind.trust, quoted=False, settled=False):
            at = match.end()
            yield Candidate(*match.span("value"), kind.label, 0.85, f"beside `{match['key']}` in a table", CUED + 3)
