"""Whether a prompt goes back towards the version that took part in an incident."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from afterword.checks.likeness import folded, stem
from afterword.checks.problem import Problem
from afterword.checks.returned import Standing
from afterword.record.model import Cause, PromptChange, Record
from afterword.record.vocabulary import Certainty, PromptChangeKind

_CHARACTERS = 400_000
_STILL_THE_SAME = 0.3
"""Below this likeness a prompt has nothing to do with the incident's any more."""


class Versions(NamedTuple):
    """The texts of a recorded change; None where a side does not exist, or is not in this clone."""

    before: str | None
    after: str | None


def nearer(
    record: Record,
    prompts: Iterable[Standing],
    versions: Mapping[PromptChange, Versions],
    *,
    name: str = "",
) -> list[Problem]:
    """Return a problem for each prompt that is nearer to the incident's version than to the fix.

    Where no fix is recorded, the version before the incident stands for it. A prompt that equals either is what it is.
    """
    standing = {(one.path, one.constant): one for one in prompts}
    found = []
    for number, cause in enumerate(record.causes):
        if cause.certainty == Certainty.REJECTED:
            continue
        for at, change in enumerate(cause.prompts):
            now, sides = standing.get((change.path, change.constant)), versions.get(change)
            if now is None or sides is None or change.kind in (PromptChangeKind.FIX, PromptChangeKind.MOVED):
                continue
            good, called = _good(cause, change, sides, versions)
            said = _said(now.text, sides.after, good, called)
            if said:
                part = f"causes[{number}].prompts[{at}]"
                found.append(_problem(part, now, said, name))
    return found


def _good(
    cause: Cause, change: PromptChange, sides: Versions, versions: Mapping[PromptChange, Versions]
) -> tuple[str | None, str]:
    """Return the text that was right, and what to call it."""
    place = (change.path, change.constant)
    fixes = [one for one in cause.prompts if one.kind is PromptChangeKind.FIX and (one.path, one.constant) == place]
    for fix in reversed(fixes):
        if fix in versions:
            return versions[fix].after, "the fix"
    return sides.before, "the version before it"


def _said(now: str, bad: str | None, good: str | None, called: str) -> str:
    """Return both likenesses in words, or "" where there is nothing to say."""
    if not bad or not good or now.split() in (bad.split(), good.split()):
        return ""
    pairs = _pairs(now)
    to_bad, to_good = round(_alike(pairs, _pairs(bad)), 3), round(_alike(pairs, _pairs(good)), 3)
    if to_bad <= to_good or to_bad < _STILL_THE_SAME:
        return ""
    return f"{to_bad * 100:.1f} % like the incident's version, {to_good * 100:.1f} % like {called}"


def _pairs(text: str) -> Counter[tuple[str, str]]:
    words = [stem(word) for word in folded(text[:_CHARACTERS]).split()]
    return Counter(zip(["", *words], [*words, ""], strict=True))


def _alike(one: Counter[tuple[str, str]], other: Counter[tuple[str, str]]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def _problem(part: str, now: Standing, said: str, name: str) -> Problem:
    of = f" of record {name}" if name else ""
    what = f"{now.constant or 'This prompt'} is nearer to what took part in the incident{of}: it is {said}."
    hint = "Compare the three versions before it is deployed."
    return Problem("prompt-nearer", part, "prompts", "warning", what, hint, now.line, path=now.path)
