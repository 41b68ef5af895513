"""What becomes of decisions when a text is scanned again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from afterword.redaction.finding import Finding
from afterword.redaction.same_value import normal_form, occurrences
from afterword.redaction.verdict import Decision

if TYPE_CHECKING:
    from afterword.redaction.decisions import Redaction


def _moved(mark: Finding, old: str, new: str) -> Finding | None:
    """Find a marked passage again in a changed text: its nearest occurrence."""
    if old == new:
        return mark
    value = old[mark.start : mark.end]
    spots = [(at, end) for at, end in occurrences(new, value, mark.label) if end - at == len(value)]
    if not spots:
        return None
    start, end = min(spots, key=lambda spot: abs(spot[0] - mark.start))
    return replace(mark, start=start, end=end)


def carried(
    state: "Redaction", text: str, found: Sequence[Finding]
) -> tuple[tuple[Finding, ...], tuple[Decision, ...]]:
    """Return the marks and decisions that still hold for the new findings of a text.

    In an unchanged text a decision follows its offsets; else the value and label, as long as all places with that value
    were decided alike.
    """
    same_text = text == state.text
    marks = {f: mark for f in state.marked if (mark := _moved(f, state.text, text))}
    by_place = {(d.start, d.end): d for d in state.decided} if same_text else {}
    labels = {(f.start, f.end): f.label for f in state.findings}
    by_value: dict[tuple[str, str], set[Decision]] = defaultdict(set)
    for decision in state.decided:
        if same_text or (decision.start, decision.end) not in {(f.start, f.end) for f in marks}:
            for label in {decision.label, labels.get((decision.start, decision.end), decision.label)}:
                value = normal_form(state.text[decision.start : decision.end], label)
                by_value[value, label].add(decision)
    decided = list(by_place.values())
    settled = by_place.keys() | ({(f.start, f.end) for f in state.findings} if same_text else set())
    for finding in found:
        alike = by_value.get((normal_form(text[finding.start : finding.end], finding.label), finding.label), set())
        place = finding.start, finding.end
        if place not in settled and len({(d.verdict, d.why) for d in alike}) == 1:
            decided.append(replace(next(iter(alike)), start=finding.start, end=finding.end, label=finding.label))
    if not same_text:
        old = {(d.start, d.end): d for d in state.decided}
        decided += [
            replace(old[f.start, f.end], start=mark.start, end=mark.end)
            for f, mark in marks.items()
            if (f.start, f.end) in old
        ]
    return tuple(sorted(set(marks.values()), key=lambda f: f.start)), tuple(sorted(decided, key=lambda d: d.start))
