"""Lines of a template: the fixed words and the holes that are filled in when it is used.

Known are Jinja and mustache (`{{ name }}`, `{% if x %}`), Python's `{name}`, `$name`, `${name}`, `%s` and `%(name)s`.
A line is taken apart by one bounded expression and compared piece by piece, so no text makes it slow.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_LONGEST = 20_000
"""Bytes of a line that is read as a template; longer ones are data."""
_FIELD = rb"\{[A-Za-z_][\w.]{0,60}(?:\[[^\]{}\n]{0,40}\]){0,3}(?:\([^(){}\n]{0,60}\))?(?:![rsa])?(?::[^{}\n]{0,40})?\}"
_DOLLAR = rb"\$\{[^{}\n]{1,120}\}|\$[A-Za-z_]\w{0,60}|%\([^()\n]{1,60}\)[sdifrg]|%[sdifrg](?![A-Za-z])"
_TAGS = rb"\{\{\{[^\n]{1,160}?\}\}\}|\{\{[^\n]{1,160}?\}\}|\{%[^\n]{1,160}?%\}|\{\#[^\n]{1,160}?\#\}"
_HOLE = re.compile(rb"|".join((_TAGS, _FIELD, _DOLLAR)))
_PYTHON = re.compile(rb"|".join((_FIELD, rb"\{\d?\}", _DOLLAR)))
_OPEN, _CLOSE = b"\x01", b"\x02"


class Reading(NamedTuple):
    """One way to read a line: what is fixed, in order, and the holes between (one less than pieces)."""

    pieces: tuple[bytes, ...]
    holes: tuple[str, ...]


def readings(line: bytes, positional: bool = False) -> list[Reading]:
    """Return the ways in which a line may be a template; none for a plain line.

    `positional` also takes `{}` and `{0}` for holes, which are data outside of program code.
    """
    if len(line) > _LONGEST or not (b"{" in line or b"$" in line or b"%" in line):
        return []
    found = [_apart(line, _HOLE)]
    doubled = b"{{" in line or b"}}" in line
    if doubled or positional:
        single = _apart(line.replace(b"{{", _OPEN).replace(b"}}", _CLOSE), _PYTHON)
        pieces = tuple(piece.replace(_OPEN, b"{").replace(_CLOSE, b"}") for piece in single.pieces)
        found.append(Reading(pieces, single.holes))
    return [reading for reading in found if reading.holes or (doubled and reading.pieces != (line,))]


def fits(pieces: Sequence[bytes], line: bytes) -> bool:
    """Whether a line is these pieces with anything, or nothing, between them."""
    if len(pieces) == 1:
        return line == pieces[0]
    first, *middle, last = pieces
    if not (line.startswith(first) and line.endswith(last)):
        return False
    at, end = len(first), len(line) - len(last)
    for piece in middle:
        at = line.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return at <= end


def weight(text: str) -> int:
    """Return how much a text proves: letters and digits, three for one of a script that has no alphabet."""
    if text.isascii():
        return sum(map(str.isalnum, text))
    return sum((3 if ord(char) > 0x2E7F else 1) for char in text if char.isalnum())


def fixed_weight(reading: Reading) -> int:
    """Return how much the fixed words of a template prove."""
    return sum(weight(piece.decode("utf-8", "ignore")) for piece in reading.pieces)


def _apart(line: bytes, holes: re.Pattern[bytes]) -> Reading:
    pieces, names, at = [], [], 0
    for match in holes.finditer(line):
        pieces.append(line[at : match.start()])
        names.append(match[0].decode("utf-8", "replace"))
        at = match.end()
    pieces.append(line[at:])
    # A line is compared without white space at its ends, so a template's ends have none either.
    pieces[0], pieces[-1] = pieces[0].lstrip(), pieces[-1].rstrip()
    return Reading(tuple(pieces), tuple(names))
