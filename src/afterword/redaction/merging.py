"""Bring findings from several sources into one sorted list without overlaps, losing nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from afterword.redaction.finding import Finding
from afterword.redaction.same_value import Place, is_telling, name_tokens, normal_form, places, plain
from afterword.redaction.verdict import KnownValue

_LEAST_NAME_PART = 3


def gaps(start: int, end: int, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what is left of a range when the taken ones (sorted) are cut out of it."""
    left = []
    at = start
    for low, high in taken:
        if high <= at or low >= end:
            continue
        if low > at:
            left.append((at, low))
        at = max(at, high)
    if at < end:
        left.append((at, end))
    return left


def join(found: Sequence[Finding], marked: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put marks over findings: covered ones disappear, of cut ones the rest stays a finding."""
    if not marked:
        return tuple(found)
    taken = [(mark.start, mark.end) for mark in marked]
    whole = [replace(f, start=low, end=high) for f in found for low, high in gaps(f.start, f.end, taken)]
    return tuple(sorted([*whole, *marked], key=lambda f: f.start))


def renamed(text: str, spots: tuple[Finding, ...], known: Iterable[KnownValue]) -> tuple[Finding, ...]:
    """Give one value one label: of those given by hand, to findings or known values, the latest."""
    own = [(text[f.start : f.end], f.label, f.passage, f.named) for f in spots if f.named]
    names = sorted([*own, *((k.value, k.label, k.passage, k.named) for k in known if k.named)], key=lambda n: n[3])
    if not names:
        return spots

    def settled(finding: Finding) -> Finding:
        value = normal_form(text[finding.start : finding.end], finding.label)
        for named, label, passage, order in reversed(names):
            if order <= finding.named:
                break
            if value == normal_form(named, finding.label):
                return replace(finding, label=label, passage=passage, named=order)
        return finding

    return tuple(map(settled, spots))


def _needles(value: str, label: str) -> list[str]:
    """Return the value, and for a person the parts of the name that are capitalised words of their own."""
    if label != "PERSON":
        return [value]
    telling = set(name_tokens(value))
    parts = [word for word in plain(value).split() if word.casefold() in telling]
    return [value] + [word for word in parts if len(word) >= _LEAST_NAME_PART and word[0].isupper()]


def _uncovered(mask: bytearray, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a range that no finding covers yet, and cover them."""
    parts = []
    low = mask.find(0, start, end)
    while low >= 0:
        high = mask.find(1, low, end)
        high = end if high < 0 else high
        mask[low:high] = b"\1" * (high - low)
        parts.append((low, high))
        low = mask.find(0, high, end)
    return parts


def _set_apart(place: Place, mask: bytearray) -> bool:
    """Whether a place is a word of its own, or will be once the findings beside it are placeholders."""
    before = place.free_before or mask[place.start - 1] == 1
    return before and (place.free_after or mask[place.end] == 1)


def with_copies(text: str, spots: tuple[Finding, ...], values: Mapping[tuple[str, str], bool]) -> tuple[Finding, ...]:
    """Add a finding at every further place where one of the values, each with its label, stands in the text.

    What stands beside a finding counts as standing alone, since the placeholder will set it apart.
    """
    mask = bytearray(len(text))
    for spot in spots:
        mask[spot.start : spot.end] = b"\1" * (spot.end - spot.start)
    new = []
    for (value, label), passage in sorted(values.items(), key=lambda item: -len(item[0][0])):
        for needle in _needles(value, label):
            reason = "the same value was redacted elsewhere" if needle == value else "part of a redacted name"
            for place in places(text, needle, label):
                if not _set_apart(place, mask):
                    continue
                for low, high in _uncovered(mask, place.start, place.end):
                    if is_telling(text[low:high]):
                        new.append(Finding(low, high, label, 0.9, reason, passage=passage))
    return tuple(sorted([*spots, *new], key=lambda f: f.start)) if new else spots
