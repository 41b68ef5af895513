"""What a detector proposes, before overlaps are settled."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice
from typing import NamedTuple

from afterword.redaction.same_value import fold

BLOCK, TOKEN, URL, HEADER, KEYED, SAID = 95, 90, 88, 85, 80, 75
CHECKED, CUED, SHAPED, LOOSE = 70, 60, 50, 30
"""How much a kind of evidence outranks another where two findings overlap."""


class Candidate(NamedTuple):
    """A possible finding at code points of the text that was searched; the higher rank wins an overlap."""

    start: int
    end: int
    label: str
    confidence: float
    reason: str
    rank: int
    suggest_keep: bool = False


WORD = re.compile(r"[^\W_\u0e00-\U0010ffff]+|[^\W_\u0000-\u0dff]+")
"""Words; scripts that put no spaces between words are kept apart from those that do."""

_AT_WORDS = re.compile(f"({WORD.pattern})")

_LEAST_STEM, _LONGEST_ENDING = 7, 3
_JOINED = "\u0648\u0641\u0628\u0644\u0643\u05d5\u05d4\u05d1\u05dc\u05de\u05e9\u05db"
"""Letters of Arabic and Hebrew that are words when they stand before another."""
UNSPACED = "\u0e00"
"""From here on, scripts write words without spaces between them."""
_UNSPACED_LETTER = re.compile(f"[{UNSPACED}-\U0010ffff]")


def every(text: str, part: str) -> Iterator[int]:
    """Yield each place at which a part begins in a text."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


@dataclass(frozen=True)
class Source:
    """A text to search, with its lower-case form of the same length."""

    text: str
    _places: dict[str, list[int]] = field(default_factory=dict, repr=False, compare=False)
    kept: dict[re.Pattern[str], dict[str, list[int]]] = field(default_factory=dict, repr=False, compare=False)
    """What was looked for in the whole text for several detectors."""

    @cached_property
    def low(self) -> str:
        """The text in lower case, offsets unchanged."""
        return fold(self.text)

    @cached_property
    def letters(self) -> frozenset[str]:
        """The different characters of the text in lower case."""
        return frozenset(self.low)

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Where each word of the text begins, in lower case; what detectors look up instead of searching."""
        places: dict[str, list[int]] = defaultdict(list)
        # Splitting makes no match object for each word.
        pieces = _AT_WORDS.split(self.low)
        starts = accumulate(map(len, pieces))
        for word, place in zip(pieces[1::2], islice(starts, 0, None, 2), strict=False):
            places[word].append(place)
        return dict(places)

    @cached_property
    def stems(self) -> dict[str, list[str]]:
        """The words of the text that have one to three letters more than a given one of at least seven."""
        longer: dict[str, list[str]] = defaultdict(list)
        for word in filter(str.isalpha, self.words):
            for length in range(max(_LEAST_STEM, len(word) - _LONGEST_ENDING), len(word)):
                longer[word[:length]].append(word)
        return dict(longer)

    @cached_property
    def joined(self) -> dict[str, list[int]]:
        """Where words begin that Arabic and Hebrew write together with "and", "in", "to" or "the"."""
        places: dict[str, list[int]] = defaultdict(list)
        for word, begins in self.words.items() if not self.text.isascii() else ():
            if len(word) > 3 and word[0] in _JOINED:
                places[word[1:]] += [place + 1 for place in begins]
        return dict(places)

    @cached_property
    def unspaced(self) -> frozenset[str]:
        """The letters in the text of the scripts that put no spaces between words."""
        return frozenset() if self.text.isascii() else frozenset(filter(_UNSPACED_LETTER.match, self.letters))

    def places_of(self, letter: str) -> list[int]:
        """Return where a letter stands, in lower case."""
        if letter not in self._places:
            self._places[letter] = list(every(self.low, letter))
        return self._places[letter]

    def at(self, *words: str) -> list[int]:
        """Return where any of the words begins, sorted."""
        known = self.words
        return sorted([place for word in words if word in known for place in known[word]])

    def around(self, letters: str, before: int, after: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of text, joined where they overlap, around letters of scripts without spaces."""
        start = end = 0
        for at in sorted(place for letter in self.unspaced.intersection(letters) for place in self.places_of(letter)):
            if at - before > end:
                yield start, end
                start = at - before
            end = at + after
        yield start, end

    def before(self, at: int, count: int) -> str:
        """Return up to `count` characters before an offset, in lower case."""
        return self.low[max(0, at - count) : at]

    def line_around(self, at: int, reach: int = 200) -> tuple[int, int]:
        """Return the offsets of the line that holds `at`, cut to `reach` characters on either side."""
        start = self.text.rfind("\n", max(0, at - reach), at) + 1 or max(0, at - reach)
        end = self.text.find("\n", at, at + reach)
        return start, end if end >= 0 else min(len(self.text), at + reach)
