"""Whether a line that must not come back stands in a prompt again: letter by letter, or reworded.

A line is back where its words stand in a row as whole lines or sentences, or eight and more of them within a longer
sentence; case, white space, marks, bullets and line breaks do not count. It counts as reworded from a likeness of 65 %
on (`likeness`). Its opposite, with a negation more or less, is neither. A reworded line is not reported where the
record's own versions held it: the author saw it beside the offending one and did not mark it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import NamedTuple

from afterword.checks.likeness import THRESHOLD, Weights, folded, likeness, stem, weight, weights
from afterword.checks.passages import Passage, bare, goes_on, span_around
from afterword.checks.problem import Problem
from afterword.record.model import Record
from afterword.record.vocabulary import Certainty

_SHOWN = 80
_PLACES = 5
"""Places of one line that are reported."""
_LONG_ENOUGH = 8
"""So many words in a row are no chance, also within a longer sentence."""
_LEAST_WORDS = 3
"""A line of fewer words is looked for in its own prompt only, and in no other wording."""
_LEAST_CONTENT = 3.0
_CONTENT = 0.5
"""What a word that tells something weighs at least."""
_MARKED = 500
"""Offending lines of one record that are compared."""
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


class _Marked(NamedTuple):
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
        return len(self.plain) < _LEAST_WORDS

    @property
    def may_be_reworded(self) -> bool:
        return sum(map(weight, self.plain)) >= _LEAST_CONTENT


class _Wanted(NamedTuple):
    """What must stand near each other for a line to be worth comparing: so many of these words."""

    forms: frozenset[str]
    least: int

    @classmethod
    def of(cls, marked: _Marked, forms: dict[str, list[str]]) -> "_Wanted":
        """Return it for a line; `forms` are the words of all prompts by their stem."""
        content = [word for word in marked.plain if weight(word) >= _CONTENT]
        roots = set(map(stem, content))
        shared = marked.senses.total * _SHARED - (marked.senses.total - sum(map(weight, content)))
        least = max(1, ceil(shared * len(roots) / (len(content) or 1) - 0.01))
        return cls(frozenset(form for root in roots for form in forms.get(root, ())), least)


class _Hit(NamedTuple):
    marked: _Marked
    standing: Standing
    line: int
    text: str
    likeness: float


def returned(
    record: Record, prompts: Iterable[Standing], *, name: str = "", known: Iterable[str] = ()
) -> list[Problem]:
    """Return a problem for each offending line that stands in a prompt again, with the prompt's path and line.

    `name` is how messages call the record; `known` are texts of its versions, whose lines are no rewordings.
    """
    marked = _marked(record)
    if not marked:
        return []
    standing = list(prompts)
    fine = {
        " ".join(folded(bare(line)).split()) for text in (*known, *_diff_sides(record)) for line in text.split("\n")
    }
    search = _Search(marked, standing, fine)
    problems = [_problem(hit, name) for hit in search.hits()]
    return [*problems, _NOT_ALL] if search.gave_up else problems


def _marked(record: Record) -> list[_Marked]:
    found: list[_Marked] = []
    for number, cause in enumerate(record.causes):
        if cause.certainty == Certainty.REJECTED:
            continue
        for at, offending in enumerate(cause.offending):
            part = f"causes[{number}].offending[{at}]"
            for rows, text, passage in _lines_of(offending.text):
                plain, senses = [word.plain for word in passage.words], weights(passage.words)
                where = (part, offending.path, offending.revision)
                found.append(_Marked(*where, text, plain, senses, rows, passage.sentences))
    return found[:_MARKED]


def _lines_of(text: str) -> Iterator[tuple[tuple[int, ...], str, Passage]]:
    """Yield each paragraph, and each line of one, as what is compared; lines without a word are left out."""
    lines = text.split("\n")[:_MARKED]
    at = 0
    while at < len(lines):
        last = span_around(lines, at)[1] if lines[at].strip() else at
        single = [(row, row) for row in range(at, last + 1)]
        for start, end in single if at == last else [(at, last), *single]:
            passage = Passage(lines[start : end + 1], 0, end - start)
            if passage.words:
                shown = " ".join(bare(line).strip() for line in lines[start : end + 1])
                yield tuple(range(start, end + 1)), shown, passage
        at = last + 1


def _diff_sides(record: Record) -> list[str]:
    """Return the lines of the record's own diffs, without marks."""
    diffs = (change.diff for cause in record.causes for change in cause.prompts)
    return ["\n".join(line[1:] for line in diff.split("\n") if line[:1] in ("+", "-", " ")) for diff in diffs]


class _Search:
    """Offending lines looked for in all prompts; words that are rare there lead to the lines worth comparing."""

    def __init__(self, marked: list[_Marked], standing: list[Standing], fine: set[str]) -> None:
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
        self._wanted = [_Wanted.of(one, forms) for one in marked]

    @property
    def gave_up(self) -> bool:
        """Whether some lines were not compared, since there was too much to compare."""
        return self._comparisons > _COMPARISONS

    def hits(self) -> list[_Hit]:
        """Return what was found, in the order of the prompts."""
        found: list[_Hit] = []
        for standing, text, words in zip(self._standing, self._texts, self._words, strict=True):
            exact = self._exact_in(standing, text, words)
            near = [
                number
                for number, (one, wanted) in enumerate(zip(self._marked, self._wanted, strict=True))
                if len(wanted.forms & words) >= wanted.least and self._may_be_reworded(one)
            ]
            reworded = self._reworded_in(standing, text, near) if near and not self.gave_up else []
            found += self._fewer(exact, reworded)
        return found

    def _exact_in(self, standing: Standing, text: str, words: set[str]) -> list[_Hit]:
        """Return the lines that stand in a prompt letter by letter; the text is searched as one string first."""
        open_ones = [one for one in self._marked if words.issuperset(one.plain)]
        if not open_ones:
            return []
        rows = [line.split() for line in text.split("\n")]
        flat = f" {' '.join(text.split())} "
        lines = standing.text.split("\n")
        found = []
        for one in open_ones:
            if f" {' '.join(one.plain)} " in flat and not (one.is_short and one.path != standing.path):
                found += self._places_of(one, standing, lines, rows)
        return found

    def _places_of(self, one: _Marked, standing: Standing, lines: list[str], rows: list[list[str]]) -> list[_Hit]:
        found: list[_Hit] = []
        last = -1
        for at, row in enumerate(rows):
            if at <= last or one.plain[0] not in row or len(found) >= _PLACES:
                continue
            passage = Passage(lines, *span_around(lines, at))
            last = passage.last
            place = self._exactly(passage, one)
            if place is not None:
                found.append(_Hit(one, standing, passage.line_of[place], lines[passage.line_of[place]], 1.0))
        return found

    @staticmethod
    def _exactly(passage: Passage, marked: _Marked) -> int | None:
        """Return where the line stands in the passage, with the same words under a negation."""
        at = passage.find(marked.plain, freely=len(marked.plain) >= _LONG_ENOUGH)
        if at is None:
            return None
        same = likeness(weights(passage.words[at : at + len(marked.plain)]), marked.senses)
        return at if same >= THRESHOLD or not marked.senses.total else None

    def _reworded_in(self, standing: Standing, text: str, near: list[int]) -> list[_Hit]:
        best: dict[int, _Hit] = {}
        lines = standing.text.split("\n")
        meeting = _Meeting([self._wanted[number] for number in near])
        rows = [meeting.forms.intersection(line.split()) for line in text.split("\n")]
        last, seen = -1, set[int]()
        for at, row in enumerate(rows):
            if not row:
                continue
            if goes_on(lines, at) or goes_on(lines, at - 1):
                row = frozenset[str]().union(*rows[max(0, at - _REACH) : at + _REACH + 1])
            numbers = meeting.enough(row)
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

    def _may_be_reworded(self, marked: _Marked) -> bool:
        return marked.may_be_reworded and self._places[id(marked)] < _PLACES

    def _fewer(self, exact: list[_Hit], reworded: list[_Hit]) -> list[_Hit]:
        """Leave out the lines of a paragraph that is back as a whole, rewordings there, and what is too much."""
        lines = {hit.line for hit in exact}
        whole = {(hit.marked.part, row) for hit in exact if len(hit.marked.rows) > 1 for row in hit.marked.rows}
        kept: dict[tuple[int, str], _Hit] = {}
        for hit in exact:
            marked = hit.marked
            if len(marked.rows) > 1 or (marked.part, marked.rows[0]) not in whole:
                kept.setdefault((hit.line, " ".join(marked.plain)), hit)
        for hit in reworded:
            is_told = all((hit.marked.part, row) in whole for row in hit.marked.rows)
            if not is_told and hit.line not in lines and self._places[id(hit.marked)] < _PLACES:
                kept[hit.line, ""] = hit
                self._places[id(hit.marked)] += 1
        return sorted(kept.values(), key=lambda hit: hit.line)

    def _reworded(
        self, standing: Standing, lines: list[str], passage: Passage, marked: list[_Marked]
    ) -> Iterator[_Hit]:
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
                    yield _Hit(one, standing, unit.line, text, min(alike, 0.99))


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


def _problem(hit: _Hit, name: str) -> Problem:
    marked, standing = hit.marked, hit.standing
    where = f"marked in {marked.path}" + (f" at {marked.revision}" if marked.revision else "")
    of = f"record {name}, {where}" if name else where
    inside = f" in {standing.constant}" if standing.constant else ""
    if hit.likeness == 1:
        code, severity = "line-back", "error"
        message = f"A line that must not come back is back{inside}: “{_cut(marked.text)}” ({of})."
        hint = "Take it out again; if it does no harm here, unmark it in the record."
    else:
        code, severity = "line-reworded", "warning"
        message = (
            f"This line{inside} is {hit.likeness * 100:.0f} % like one that must not come back: “{_cut(hit.text)}” "
            f"here, “{_cut(marked.text)}” then ({of})."
        )
        hint = "Read both; take it out if it asks for the same again."
    line = standing.row(hit.line)
    return Problem(code, marked.part, "prompts", severity, message, hint, line, _cut(hit.text), path=standing.path)  # type: ignore[arg-type]


def not_in_clone(record: Record, lacking: Sequence[str]) -> list[Problem]:
    """Return the problem that prompts, by path, could not be compared, for a record with offending lines."""
    if not any(cause.offending for cause in record.causes):
        return []
    rest = f" and {len(lacking) - _PLACES} more" if len(lacking) > _PLACES else ""
    message = f"Not compared with the offending lines: {', '.join(lacking[:_PLACES])}{rest}."
    hint = "Their texts are not in this clone, or larger than 2 MB; fetch them with `git fetch --refetch --no-filter`."
    return [Problem("line-uncompared", "causes", "prompts", "warning", message, hint)]


_NOT_ALL = Problem(
    "line-uncompared",
    "causes",
    "prompts",
    "warning",
    "Rewordings of offending lines were looked for in a part of the prompts only: too many lines are nearly alike.",
    "Mark fewer lines, or lines that say more.",
)


def _cut(text: str) -> str:
    line = " ".join(text[: 4 * _SHOWN].split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"
