"""Whether a line that must not come back stands in a prompt again: letter by letter, or reworded.

A line is back where its words stand in a row as whole lines or sentences, or eight and more of them within a longer
sentence; case, white space, marks, bullets and line breaks do not count. It counts as reworded from a likeness of 65 %
on (`likeness`). Its opposite, with a negation more or less, is neither. A reworded line is not reported where the
record's own versions held it: the author saw it beside the offending one and did not mark it.
"""

from collections.abc import Iterable, Iterator, Sequence

from afterword.checks.likeness import folded, weights
from afterword.checks.passages import Passage, bare, span_around
from afterword.checks.problem import Problem, Severity
from afterword.checks.search import PLACES, Hit, Marked, Search, Standing
from afterword.record.model import Record
from afterword.record.vocabulary import Certainty

_SHOWN = 80
_MARKED = 500
"""Offending lines of one record that are compared."""

__all__ = ["Standing", "not_in_clone", "returned"]


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
    search = Search(marked, standing, fine)
    problems = [_problem(hit, name) for hit in search.hits()]
    return [*problems, _NOT_ALL] if search.gave_up else problems


def _marked(record: Record) -> list[Marked]:
    found: list[Marked] = []
    for number, cause in enumerate(record.causes):
        if cause.certainty == Certainty.REJECTED:
            continue
        for at, offending in enumerate(cause.offending):
            part = f"causes[{number}].offending[{at}]"
            for rows, text, passage in _lines_of(offending.text):
                plain, senses = [word.plain for word in passage.words], weights(passage.words)
                where = (part, offending.path, offending.revision)
                found.append(Marked(*where, text, plain, senses, rows, passage.sentences))
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


def _problem(hit: Hit, name: str) -> Problem:
    marked, standing = hit.marked, hit.standing
    where = f"marked in {marked.path}" + (f" at {marked.revision}" if marked.revision else "")
    of = f"record {name}, {where}" if name else where
    inside = f" in {standing.constant}" if standing.constant else ""
    severity: Severity
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
    return Problem(code, marked.part, "prompts", severity, message, hint, line, _cut(hit.text), path=standing.path)


def not_in_clone(record: Record, lacking: Sequence[str]) -> list[Problem]:
    """Return the problem that prompts, by path, could not be compared, for a record with offending lines."""
    if not any(cause.offending for cause in record.causes):
        return []
    rest = f" and {len(lacking) - PLACES} more" if len(lacking) > PLACES else ""
    message = f"Not compared with the offending lines: {', '.join(lacking[:PLACES])}{rest}."
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
