"""The lines of an effective prompt, and where in a text they are found."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from afterword.repo.history.origin_joining import Beginnings, spread
from afterword.repo.history.origin_literals import inner_lines
from afterword.repo.history.origin_templates import Reading, fits, fixed_weight, readings, weight

MOST_LINES = 2_000
"""Lines of a pasted text that are traced."""
LEAST_WEIGHT = 6
"""Letters and digits below which a line proves nothing."""
_PROVES_HERE, _PROVES_ANYWHERE = 8, 12
"""Letters and digits that the fixed words of a template must have: in short lines, and in any line."""
_MOST_TRIES = 1_000
"""Places in one text where a line that is spread over several may begin."""
_REMEMBERED = 300_000
"""Lines without a hit that are remembered, since the versions of a file repeat them; twice as many at most."""
_BREAK = re.compile(r"\r\n|\r|\n")
_HAS_HOLES = re.compile(rb"[{$%]")
_HAS_TEXT = re.compile(rb"[{$%\"'`\\:=]|^-")


class Hit(NamedTuple):
    """How a source line gives a pasted one; fewer `rank` is better."""

    rank: int
    is_quoted: bool = False
    holes: tuple[str, ...] = ()
    is_weak: bool = False
    """Whether more of the line was filled in than is fixed."""


VERBATIM = Hit(0)
QUOTED = Hit(1, is_quoted=True)


def pasted_lines(text: str) -> list[str]:
    """Return the lines of a pasted text that are not blank, without white space at their ends."""
    stripped = (line.encode("utf-8", "replace").strip().decode() for line in _BREAK.split(text))
    return [line for line in stripped if line.strip()]


def is_short(line: str) -> bool:
    """Whether a line is too short to tell anything."""
    return weight(line[:4000]) < LEAST_WEIGHT


class Wanted:
    """Different lines that are looked for, as bytes, by number."""

    def __init__(self, lines: Iterable[tuple[int, bytes]]) -> None:
        self.numbers = {line: number for number, line in lines}
        self._lines = list(self.numbers)
        self._starts: list[int] = []
        at = 0
        for line in self._lines:
            self._starts.append(at)
            at += len(line) + 1
        self._joined = b"\n".join(self._lines)

    def templated(self, reading: Reading, is_quoted: bool) -> dict[int, Hit]:
        """Return the lines that a template gives once its holes are filled."""
        if not reading.holes:
            number = self.numbers.get(reading.pieces[0])
            return {} if number is None else {number: QUOTED}
        anchor = max(reading.pieces, key=len)
        if len(anchor) < 2 or anchor not in self._joined:
            return {}
        proof = fixed_weight(reading)
        if proof < _PROVES_HERE:
            return {}
        found: dict[int, Hit] = {}
        at = self._joined.find(anchor)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            line = self._lines[index]
            whole = weight(line[:8000].decode("utf-8", "ignore"))
            if (proof >= _PROVES_ANYWHERE or proof * 4 >= whole) and fits(reading.pieces, line):
                found[self.numbers[line]] = Hit(2, is_quoted, reading.holes, proof * 2 < whole)
            at = self._joined.find(anchor, self._starts[index] + len(line))
        return found


class Matcher:
    """Finds wanted lines in texts; `in_code` also looks into string literals.

    What a source line gives is worked out once, however many versions of a file have it.
    """

    def __init__(self, wanted: Wanted, in_code: bool) -> None:
        self._wanted = wanted
        self._in_code = in_code
        self._giving: dict[bytes, dict[int, Hit]] = {}
        self._beginnings = Beginnings(wanted.numbers)
        self._begun: dict[bytes, list[bytes]] = {}
        self._missing: set[bytes] = set()
        self._missed_before: set[bytes] = set()
        self._may_hit = (_HAS_TEXT if in_code else _HAS_HOLES).search

    def find(self, data: bytes) -> dict[int, tuple[Hit, int]]:
        """Return the wanted lines that a text has: the best hit for each, and the number of its line."""
        raw = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        lines = set(map(bytes.strip, raw))
        if len(self._missing) > _REMEMBERED:
            self._missing, self._missed_before = set(), self._missing
        for line in lines - self._missing - self._missed_before - self._giving.keys():
            hits = self._hits(line) if self._may_hit(line) or line in self._wanted.numbers else None
            if hits:
                self._giving[line] = hits
            else:
                self._missing.add(line)
            if self._in_code and (begun := self._beginnings.starting(line)):
                self._begun[line] = begun
        giving = lines & self._giving.keys()
        found = self._numbered(raw, giving) if giving else {}
        if not self._begun.keys().isdisjoint(lines):
            self._add_spread(raw, found)
        return found

    def _add_spread(self, raw: list[bytes], found: dict[int, tuple[Hit, int]]) -> None:
        """Add the wanted lines that several source lines give together."""
        tries = ((at, wanted) for at, line in enumerate(map(bytes.strip, raw)) for wanted in self._begun.get(line, ()))
        for at, wanted in islice(tries, _MOST_TRIES):
            number = self._wanted.numbers[wanted]
            reading = spread(raw, at, wanted) if number not in found or found[number][0].rank > 1 else None
            if reading is not None:
                found[number] = Hit(2, True, reading.holes) if reading.holes else QUOTED, at + 1

    def _numbered(self, raw: list[bytes], giving: set[bytes]) -> dict[int, tuple[Hit, int]]:
        found: dict[int, tuple[Hit, int]] = {}
        for at, line in enumerate(map(bytes.strip, raw), 1):
            if line in giving:
                for number, hit in self._giving[line].items():
                    if number not in found or hit.rank < found[number][0].rank:
                        found[number] = hit, at
        return found

    def _hits(self, line: bytes) -> dict[int, Hit]:
        found: dict[int, Hit] = {}
        for reading in readings(line):
            found |= self._wanted.templated(reading, False)
        if self._in_code:
            found |= self._inner_hits(line)
        number = self._wanted.numbers.get(line)
        if number is not None:
            found[number] = VERBATIM
        return found

    def _inner_hits(self, line: bytes) -> dict[int, Hit]:
        found: dict[int, Hit] = {}
        inner = inner_lines(line)
        for piece in inner:
            for reading in readings(piece, positional=True):
                found |= self._wanted.templated(reading, True)
        for piece in inner & self._wanted.numbers.keys():
            found[self._wanted.numbers[piece]] = QUOTED
        return found
