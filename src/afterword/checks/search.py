"""Looks for many lines in many texts: letter by letter, and in other words, with a bound on both."""

from collections import Counter
from collections.abc import Iterable, Iterator
from math import ceil
from typing import NamedTuple

from afterword.checks.likeness import THRESHOLD, Weights, folded, likeness, stem, weight, weights
from afterword.checks.passages import Passage, bare, goes_on, span_around

PLACES = 5
"""Places of one line that are reported."""
_LONG_ENOUGH = 8
"""So many words in a row are no chance, also within a longer sentence."""
_LEAST_WORDS = 3
"""A line of fewer words is looked for in its own prompt only, and in no other wording."""
_LEAST_CONTENT = 3.0
_CONTENT = 0.5
"""What a word that tells something weighs at least."""
_COMPARISONS = 300_000
"""Comparisons after which rewording is no longer looked for: a hostile prompt must not keep CI busy."""
_SHARED = THRESHOLD / (2 - THRESHOLD)
"""A text that shares less than this of a line cannot be like it, however short it is."""
_REACH = 2
"""Lines above and below within which the words of one sentence are looked for."""


class Standing(NamedTuple):
    """A prompt as it stands at HEAD; `constant` names one in a source file, where its name stands at `line`.

    `rows` is the line of the file for each line of the text, where that is not one after the other from `line` on.
    """

    path: str
    constant: str
    line: int
    text: str
    rows: tuple[int, ...] = ()

    def row(self, at: int) -> int:
        """Return the line of the file in which line `at` of the text stands, `at` counted from 0."""
        return self.rows[at] if at < len(self.rows) else self.line + at


class Marked(NamedTuple):
    """An offending line, or lines that are one paragraph, ready to be compared."""

    part: str
    path: str
    revision: str
    text: str
    plain: list[str]
    senses: Weights
    rows: tuple[int, ...]
    sentences: int

    @property
    def is_short(self) -> bool:
        """Whether it says too little to be looked for in other prompts."""
        return len(self.plain) < _LEAST_WORDS

    @property
    def may_be_reworded(self) -> bool:
        """Whether it says enough to be known again in other words."""
        return sum(map(weight, self.plain)) >= _LEAST_CONTENT


class _Wanted(NamedTuple):
    """What must meet for a line to be worth comparing: so many of these words, among them one of the rare ones."""

    forms: frozenset[str]
    rare: frozenset[str]
    least: int

    @classmethod
    def of(cls, marked: Marked, forms: dict[str, list[str]], often: Counter[str]) -> "_Wanted":
        """Return it for a line; `forms` are the words of all prompts by their stem, `often` how many prompts have one.

        A line that has none of the rarest words, so many that only `least - 1` others are left, cannot have enough.
        """
        content = [word for word in marked.plain if weight(word) >= _CONTENT]
        roots = set(map(stem, content))
        shared = marked.senses.total * _SHARED - (marked.senses.total - sum(map(weight, content)))
        least = max(1, ceil(shared * len(roots) / (len(content) or 1) - 0.01))
        by_count = sorted(roots, key=lambda root: (sum(often[form] for form in forms.get(root, ())), root))
        rarest = by_count[: len(roots) - least + 1]
        return cls(_forms(roots, forms), _forms(rarest, forms), least)


def _forms(roots: Iterable[str], forms: dict[str, list[str]]) -> frozenset[str]:
    return frozenset(form for root in roots for form in forms.get(root, ()))


class Hit(NamedTuple):
    """An offending line that stands at line `line` of a prompt, from 0; `likeness` is 1 where it does so as it was."""

    marked: Marked
    standing: Standing
    line: int
    text: str
    likeness: float


class Search:
    """Offending lines looked for in all prompts; words that are rare there lead to the lines worth comparing."""

    def __init__(self, marked: list[Marked], standing: list[Standing], fine: set[str]) -> None:
        self._marked, self._standing, self._fine = marked, standing, fine
        self._comparisons = 0
        self._places: Counter[int] = Counter()
        self._texts = [folded(one.text) for one in standing]
        self._words = [set(text.split()) for text in self._texts]
        forms: dict[str, list[str]] = {}
        roots = {stem(word) for one in marked for word in one.plain}
        for form in set[str]().union(*self._words):
            if (root := stem(form)) in roots:
                forms.setdefault(root, []).append(form)
        known = {form for each in forms.values() for form in each}
        often = Counter(form for words in self._words for form in known & words)
        self._wanted = [_Wanted.of(one, forms, often) for one in marked]

    @property
    def gave_up(self) -> bool:
        """Whether some lines were not compared, since there was too much to compare."""
        return self._comparisons > _COMPARISONS

    def hits(self) -> list[Hit]:
        """Return what was found, in the order of the prompts."""
        found: list[Hit] = []
        for standing, text, words in zip(self._standing, self._texts, self._words, strict=True):
            rows = [line.split() for line in text.split("\n")]
            exact = self._exact_in(standing, rows, words)
            near = [
                number
                for number, (one, wanted) in enumerate(zip(self._marked, self._wanted, strict=True))
                if len(wanted.forms & words) >= wanted.least and self._may_be_reworded(one)
            ]
            reworded = self._reworded_in(standing, rows, near) if near and not self.gave_up else []
            found += self._fewer(exact, reworded)
        return found

    def _exact_in(self, standing: Standing, rows: list[list[str]], words: set[str]) -> list[Hit]:
        """Return the lines that stand in a prompt letter by letter; the text is searched as one string first."""
        open_ones = [one for one in self._marked if words.issuperset(one.plain)]
        if not open_ones:
            return []
        flat = f" {' '.join(word for row in rows for word in row)} "
        lines = standing.text.split("\n")
        found = []
        for one in open_ones:
            if f" {' '.join(one.plain)} " in flat and not (one.is_short and one.path != standing.path):
                found += self._places_of(one, standing, lines, rows)
        return found

    def _places_of(self, one: Marked, standing: Standing, lines: list[str], rows: list[list[str]]) -> list[Hit]:
        found: list[Hit] = []
        last = -1
        for at, row in enumerate(rows):
            if at <= last or one.plain[0] not in row or len(found) >= PLACES:
                continue
            passage = Passage(lines, *span_around(lines, at))
            last = passage.last
            place = self._exactly(passage, one)
            if place is not None:
                found.append(Hit(one, standing, passage.line_of[place], lines[passage.line_of[place]], 1.0))
        return found

    @staticmethod
    def _exactly(passage: Passage, marked: Marked) -> int | None:
        """Return where the line stands in the passage, with the same words under a negation."""
        at = passage.find(marked.plain, freely=len(marked.plain) >= _LONG_ENOUGH)
        if at is None:
            return None
        same = likeness(weights(passage.words[at : at + len(marked.plain)]), marked.senses)
        return at if same >= THRESHOLD or not marked.senses.total else None

    def _reworded_in(self, standing: Standing, rows: list[list[str]], near: list[int]) -> list[Hit]:
        best: dict[int, Hit] = {}
        lines = standing.text.split("\n")
        meeting = _Meeting([self._wanted[number] for number in near])
        last, seen = -1, set[int]()
        for at, row in enumerate(rows):
            if meeting.rare.isdisjoint(row):
                continue
            if goes_on(lines, at) or goes_on(lines, at - 1):
                row = [word for each in rows[max(0, at - _REACH) : at + _REACH + 1] for word in each]
            numbers = meeting.enough(meeting.forms.intersection(row))
            if at > last:
                seen = set()
            if not numbers - seen:
                continue
            passage = Passage(lines, *span_around(lines, at))
            last = passage.last
            marked = [self._marked[near[number]] for number in sorted(numbers - seen)]
            seen |= numbers
            for hit in self._reworded(standing, lines, passage, marked):
                if hit.line not in best or best[hit.line].likeness < hit.likeness:
                    best[hit.line] = hit
        return list(best.values())

    def _may_be_reworded(self, marked: Marked) -> bool:
        return marked.may_be_reworded and self._places[id(marked)] < PLACES

    def _fewer(self, exact: list[Hit], reworded: list[Hit]) -> list[Hit]:
        """Leave out the lines of a paragraph that is back as a whole, rewordings there, and what is too much."""
        lines = {hit.line for hit in exact}
        whole = {(hit.marked.part, row) for hit in exact if len(hit.marked.rows) > 1 for row in hit.marked.rows}
        kept: dict[tuple[int, str], Hit] = {}
        for hit in exact:
            marked = hit.marked
            if len(marked.rows) > 1 or (marked.part, marked.rows[0]) not in whole:
                kept.setdefault((hit.line, " ".join(marked.plain)), hit)
        for hit in reworded:
            is_told = all((hit.marked.part, row) in whole for row in hit.marked.rows)
            if not is_told and hit.line not in lines and self._places[id(hit.marked)] < PLACES:
                kept[hit.line, ""] = hit
                self._places[id(hit.marked)] += 1
        return sorted(kept.values(), key=lambda hit: hit.line)

    def _reworded(self, standing: Standing, lines: list[str], passage: Passage, marked: list[Marked]) -> Iterator[Hit]:
        for unit in passage.units(max(one.sentences for one in marked)):
            total = unit.senses.total
            for one in marked:
                if not THRESHOLD / 2 <= total / (total + one.senses.total or 1) <= 1 - THRESHOLD / 2:
                    continue
                self._comparisons += 1
                if self._comparisons > _COMPARISONS:
                    return
                alike = likeness(unit.senses, one.senses)
                text = lines[unit.line]
                if alike >= THRESHOLD and " ".join(folded(bare(text)).split()) not in self._fine:
                    yield Hit(one, standing, unit.line, text, min(alike, 0.99))


class _Meeting:
    """Counts for many offending lines at once how many of their words meet; a line is a bit of whole numbers."""

    def __init__(self, wanted: list[_Wanted]) -> None:
        self._wanted = wanted
        self._lines_with: dict[str, int] = {}
        self._need = [0, 0, 0, 0]
        for number, one in enumerate(wanted):
            self._need[min(one.least, len(self._need)) - 1] |= 1 << number
            for form in one.forms:
                self._lines_with[form] = self._lines_with.get(form, 0) | 1 << number
        self.forms = frozenset(self._lines_with)
        self.rare = frozenset(form for one in wanted for form in one.rare)

    def enough(self, forms: frozenset[str]) -> set[int]:
        """Return the numbers of the lines of which enough words are among these."""
        one = two = three = four = 0
        for form in forms:
            lines = self._lines_with[form]
            four |= three & lines
            three |= two & lines
            two |= one & lines
            one |= lines
        found = 0
        for need, there in zip(self._need, (one, two, three, four), strict=True):
            found |= need & there
        if not found:
            return set()
        numbers = (number for number in range(found.bit_length()) if found >> number & 1)
        return {number for number in numbers if len(self._wanted[number].forms & forms) >= self._wanted[number].least}
