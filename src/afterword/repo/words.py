"""Which words of a changed line changed: only between lines that git pairs, and never for long."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple

from afterword.repo.diff import DiffLine, Hunk

Span = tuple[int, int]
"""A stretch of a line's text: start and end, in characters."""

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_LONGEST = 4_000
"""Characters; a longer line is compared at its two ends only."""
_MOST_WORDS = 100_000
"""Words of one line times words of the other that are compared; at most about 10 ms."""
_LONGEST_WORD = 60
"""Characters; in a longer one the cut stays where the lines begin to differ."""
_MOST_PAIRS = 400
"""Removed lines times added lines of one block that are tried against each other."""
_ALIKE = 0.35
"""Shared share of words from which two lines are taken for versions of one."""


class PairedLine(NamedTuple):
    """A row of the side-by-side view: the line before, the line after, and what differs within them.

    One of the lines is None where the other stands alone; without spans a changed line is new as a whole.
    """

    old: DiffLine | None
    new: DiffLine | None
    old_spans: tuple[Span, ...] = ()
    new_spans: tuple[Span, ...] = ()


def paired(hunk: Hunk) -> Iterator[PairedLine]:
    """Yield the rows of a hunk in order; work is done only for the rows that are taken."""
    removed: list[DiffLine] = []
    added: list[DiffLine] = []
    for line in hunk.lines:
        if line.kind == "-" and not added:
            removed.append(line)
        elif line.kind == "+":
            added.append(line)
        elif line.kind != "\\":
            yield from _block(removed, added)
            removed, added = ([line], []) if line.kind == "-" else ([], [])
            if line.kind == " ":
                yield PairedLine(line, line)
    yield from _block(removed, added)


def word_spans(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return what differs between two versions of a line, as spans in either; quick for any length."""
    start, end = _ends(old, new)
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    whole = _span(start, middle_old), _span(start, middle_new)
    if not middle_old or not middle_new or max(len(middle_old), len(middle_new)) > _LONGEST:
        return whole
    before, after = _WORD.findall(middle_old), _WORD.findall(middle_new)
    if len(before) * len(after) > _MOST_WORDS:
        return whole
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    changes = [code[1:] for code in codes if code[0] != "equal"]
    return (
        _spans(start, before, [(low, high) for low, high, _, _ in changes]),
        _spans(start, after, [(low, high) for _, _, low, high in changes]),
    )


def _block(removed: list[DiffLine], added: list[DiffLine]) -> Iterator[PairedLine]:
    """Pair the lines that one block replaces; order is kept on both sides."""
    old = new = 0
    for at_old, at_new in chain(_matches(removed, added), [(len(removed), len(added))]):
        yield from (PairedLine(line, None) for line in removed[old:at_old])
        yield from (PairedLine(None, line) for line in added[new:at_new])
        if at_old < len(removed) and at_new < len(added):
            before, after = removed[at_old], added[at_new]
            yield PairedLine(before, after, *word_spans(before.text, after.text))
        old, new = at_old + 1, at_new + 1


def _matches(removed: Sequence[DiffLine], added: Sequence[DiffLine]) -> Iterator[tuple[int, int]]:
    """Yield which removed line became which added one, in order: the pairing with most words in common."""
    if len(removed) * len(added) > _MOST_PAIRS:
        for n, (one, other) in enumerate(zip(removed, added, strict=False)):
            if _alike(_bag(one), _bag(other)):
                yield n, n
        return
    old, new = [_bag(line) for line in removed], [_bag(line) for line in added]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_alike(one, other) for other in new] for one in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = alike[i][j] and alike[i][j] + best[i + 1][j + 1]
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    yield from _way(alike, best)


def _way(alike: list[list[float]], best: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(alike) and j < len(alike[i]):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _bag(line: DiffLine) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", line.text[:_LONGEST])) or frozenset(line.text[:_LONGEST].split())


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the shared share of words, 0 where two lines are no versions of one."""
    share = 2 * len(one & other) / ((len(one) + len(other)) or 1)
    return share if share >= _ALIKE else 0.0


def _ends(old: str, new: str) -> tuple[int, int]:
    """Return how many characters two lines share at the start and at the end, up to a word's border."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    for _ in range(min(start, _LONGEST_WORD)):
        start -= _inside_word(old, start, new, start)
    for _ in range(min(end, _LONGEST_WORD)):
        end -= _inside_word(old, len(old) - end, new, len(new) - end)
    return start, end


def _inside_word(old: str, old_at: int, new: str, new_at: int) -> bool:
    """Whether a cut at these places would fall inside a word of either line."""
    places = ((old, old_at), (new, new_at))
    return any(0 < n < len(text) and text[n - 1].isalnum() and text[n].isalnum() for text, n in places)


def _shared(one: str, other: str) -> int:
    """Return the length of the longest common start, by halving, at the speed of comparing strings."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _span(start: int, text: str) -> tuple[Span, ...]:
    return ((start, start + len(text)),) if text else ()


def _spans(start: int, words: Sequence[str], changes: Sequence[Span]) -> tuple[Span, ...]:
    places = [start]
    for word in words:
        places.append(places[-1] + len(word))
    return tuple((places[low], places[high]) for low, high in changes if high > low)
