"""Settle overlapping candidates so that nothing secret is lost between them."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from operator import itemgetter

from afterword.redaction.candidate import LOOSE, Candidate
from afterword.redaction.finding import Finding
from afterword.redaction.merging import gaps

_LEAST_REST = 3
_START = itemgetter(0)


def _order(each: Candidate) -> tuple[int, float, int, int, str, str]:
    # Label and reason make the order, and so the finding, the same whichever detector was first.
    return -each.rank, -each.confidence, each.start - each.end, each.start, each.label, each.reason


def _is_secret(label: str) -> bool:
    return label.startswith("SECRET")


class _Taken:
    """Disjoint findings, sorted."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.by_start: dict[int, Candidate] = {}

    def over(self, start: int, end: int) -> list[Candidate]:
        at = max(0, bisect_left(self.starts, start) - 1)
        found = []
        while at < len(self.starts) and self.starts[at] < end:
            each = self.by_start[self.starts[at]]
            if each.end > start:
                found.append(each)
            at += 1
        return found

    def add(self, each: Candidate) -> None:
        insort(self.starts, each.start)
        self.by_start[each.start] = each

    def drop(self, each: Candidate) -> None:
        del self.starts[bisect_left(self.starts, each.start)]
        del self.by_start[each.start]


def _widened(each: Candidate, others: list[Candidate]) -> Candidate:
    """Return the strongest of overlapping secrets over the range of all of them.

    A merely random-looking run adds only what follows the others: it may begin before them, at a path or a flag.
    """
    best = min([*others, each], key=_order)
    firm = [o for o in (*others, each) if o.rank > LOOSE] or [*others, each]
    return best._replace(start=min(o.start for o in firm), end=max(o.end for o in (*others, each)))


def _worth_keeping(piece: str, label: str) -> bool:
    """Whether what a stronger finding left of a weaker one is still a finding."""
    if label == "ADDRESS":
        return len(piece.strip()) >= 10 and any(map(str.isdigit, piece)) and any(map(str.isupper, piece))
    return _is_secret(label) and sum(map(str.isalnum, piece)) >= _LEAST_REST


def _place(taken: _Taken, each: Candidate, text: str) -> None:
    others = taken.over(each.start, each.end)
    if not others:
        taken.add(each)
        return
    if any(o.start <= each.start and each.end <= o.end for o in others):
        return
    if _is_secret(each.label) and any(_is_secret(o.label) for o in others):
        for other in others:
            taken.drop(other)
        taken.add(_widened(each, others))
        return
    for low, high in gaps(each.start, each.end, [(o.start, o.end) for o in others]):
        piece = text[low:high]
        if _worth_keeping(piece, each.label):
            left = low + len(piece) - len(piece.lstrip())
            taken.add(each._replace(start=left, end=low + len(piece.rstrip())))


def settle(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return sorted, disjoint candidates.

    The stronger evidence wins; overlapping secrets are joined; what a secret or an address has outside the winner
    stays.
    """
    settled: list[Candidate] = []
    group: list[Candidate] = []
    end = 0
    for each in sorted(candidates, key=_START):
        if each[0] >= end and group:
            settled += _settle_group(text, group)
            group = []
        group.append(each)
        end = max(end, each[1])
    return settled + _settle_group(text, group)


def _settle_group(text: str, group: list[Candidate]) -> list[Candidate]:
    """Settle candidates that overlap, alone or through others; most stand alone."""
    if len(group) < 2:
        return group
    taken = _Taken()
    for each in sorted(set(group), key=_order):
        _place(taken, each, text)
    return [taken.by_start[start] for start in taken.starts]


def as_finding(each: Candidate, keep: bool) -> Finding:
    """Return the finding that a settled candidate becomes; `keep` suggests to keep it whatever the candidate says."""
    return Finding(each.start, each.end, each.label, each.confidence, each.reason, each.suggest_keep or keep)
