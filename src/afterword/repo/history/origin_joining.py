"""One line of text that program code or data spreads over several: joined literals, folded and continued lines."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from afterword.repo.history.origin_literals import unescaped
from afterword.repo.history.origin_templates import Reading, fits, fixed_weight, readings, weight

_MOST_LINES, _MOST_BEGUN = 80, 20
_LEAST_BEGINNING, _LEAST_FIXED = 6, 12
"""Letters and digits that the fixed beginning must have to be worth a try, and all that is fixed to prove anything."""
_QUOTES = (b'"', b"'", b"`")


def fragment(line: bytes) -> bytes:
    """Return the part of a text that a stripped source line holds: what is quoted, or all of an unquoted line."""
    found = [(at, quote) for quote in _QUOTES if (at := line.find(quote)) >= 0]
    if not found:
        return line[:-1] if line.endswith(b"\\") else line + b" "
    first, quote = min(found)
    begin, end = first + 1, line.rfind(quote)
    if line.startswith(quote * 3, first):
        begin, end = first + 3, line.rfind(quote * 3)
    held = line[begin:end] if end >= begin else line[begin:].removesuffix(b"\\")
    return unescaped(held) if b"\\" in held else held


class Beginnings:
    """Finds wanted lines by what a fragment begins them with."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._sorted = sorted(lines)

    def starting(self, line: bytes) -> list[bytes]:
        """Return the wanted lines that a source line begins and does not hold to the end."""
        begun = fragment(line).rpartition(b"\n")[2].lstrip()
        fixed = _before_hole(begun)
        if len(fixed) < _LEAST_BEGINNING or weight(fixed[:400].decode("utf-8", "ignore")) < _LEAST_BEGINNING:
            return []
        found = []
        first = bisect_left(self._sorted, fixed)
        for wanted in self._sorted[first : first + _MOST_BEGUN]:
            if not wanted.startswith(fixed):
                break
            found.append(wanted)
        return found


def spread(raw: Sequence[bytes], at: int, wanted: bytes) -> Reading | None:
    """Return how the source lines from index `at` give the wanted line once joined, None where they do not."""
    text = fragment(raw[at].strip()).rpartition(b"\n")[2].lstrip()
    for line in raw[at + 1 : at + _MOST_LINES]:
        stripped = line.strip()
        if not stripped:
            return None
        held, ends, _ = fragment(stripped).partition(b"\n")
        text += held
        reading = _reading(text.strip(), wanted)
        if reading is not None:
            return reading
        if ends or not wanted.startswith(_before_hole(text.rstrip())) or _fixed_length(text) > len(wanted) + 1:
            return None
    return None


def _reading(text: bytes, wanted: bytes) -> Reading | None:
    if text == wanted:
        return Reading((text,), ())
    fitting = (found for found in readings(text, positional=True) if fits(found.pieces, wanted))
    return next((found for found in fitting if fixed_weight(found) >= _LEAST_FIXED), None)


def _fixed_length(text: bytes) -> int:
    return min((sum(map(len, reading.pieces)) for reading in readings(text, positional=True)), default=len(text))


def _before_hole(text: bytes) -> bytes:
    """Return what is fixed at the beginning of a text."""
    found = readings(text, positional=True)
    return min((reading.pieces[0] for reading in found), key=len) if found else text
