"""Which changes are looked at first, each with its reasons in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from afterword.record.vocabulary import PromptChangeKind
from afterword.record.when import When
from afterword.repo.history.arrivals import Arrival, Arrivals, Deployment
from afterword.repo.history.change import Change

_CLOCKS_DIFFER = timedelta(hours=12)
"""Beyond this the author's clock and the committer's are said to differ."""
_MANY = 10
"""Prompts of one commit from which it counts as a sweep over many."""
_LATE = timedelta(hours=12)
"""A change so shortly before the end may be what ended it."""
_NEAR = timedelta(days=2)
"""A prompt that appears so close to another's end may have replaced it."""


class Group(IntEnum):
    """What a change may be, the likeliest cause first."""

    BEFORE = 0
    AFTER = 1
    SETTINGS = 2
    UNREAD = 3
    MOVED = 4


@dataclass(frozen=True)
class Ranked:
    """A change with its place in the list and why it stands there."""

    change: Change
    group: Group
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Journey:
    """How a commit went out: to the default branch, and with a deployment; None where nothing says so."""

    arrival: Arrival | None = None
    deployment: Deployment | None = None

    @property
    def live(self) -> When | None:
        """The time from which the change may have acted, as far as git knows."""
        if self.deployment is not None:
            return self.deployment.time
        return self.arrival.time if self.arrival else None

    @property
    def sentence(self) -> str:
        """Both in words, with what is not known."""
        deployed = f"first in {self.deployment.tag} ({self.deployment.time})" if self.deployment else "no deploy tag"
        if self.arrival is None:
            return deployed
        branch, merge = self.arrival.branch, self.arrival.merge
        if self.arrival.time is None:
            return f"not on {branch}; {deployed}"
        by = f" by merge {merge[:7]}" if merge else ""
        return f"on {branch} {self.arrival.time}{by}; {deployed}"


def journey(change: Change, arrivals: Arrivals | None) -> Journey:
    """Ask git how a change went out."""
    if arrivals is None:
        return Journey()
    return Journey(arrivals.of(change.sha), arrivals.deployment(change.sha, change.committed.earliest))


def ranked(
    changes: Iterable[Change],
    started: When | None = None,
    ended: When | None = None,
    arrivals: Arrivals | None = None,
) -> list[Ranked]:
    """Order changes: text that changed before the impact, nearest first, then after it, settings, moves.

    A restructuring would bury the edit, so moves without a change of text come last. Where nobody knows yet when the
    impact `started`, the time it `ended` tells which changes may be the fix. With `arrivals`, what was merged only
    after the impact started counts as after it.
    """
    changes = list(changes)
    sweeps = Counter(change.sha for change in changes if not change.is_settings)
    replacements = _replacements(changes)
    found = [
        Ranked(
            change, _group(change, started, live), tuple(_reasons(change, (started, ended), live, sweeps, replacements))
        )
        for change, live in ((change, _live(change, arrivals)) for change in changes)
    ]
    # Within a group the order in which git gave them, newest first, is kept: nearest to the impact where that ended it.
    return sorted(found, key=lambda one: one.group)


def _live(change: Change, arrivals: Arrivals | None) -> datetime:
    """Return the time from which a change may have acted: when it was merged, where that is known."""
    merged = arrivals.in_window(change.sha) if arrivals is not None else None
    return merged or change.committed.earliest


def _group(change: Change, started: When | None, live: datetime) -> Group:
    if change.kind is PromptChangeKind.MOVED:
        return Group.MOVED
    if change.is_settings:
        return Group.SETTINGS
    if change.uncounted == "submodule":
        return Group.UNREAD
    return Group.AFTER if started is not None and live >= started.latest else Group.BEFORE


def _reasons(
    change: Change,
    times: tuple[When | None, When | None],
    live: datetime,
    sweeps: Counter[str],
    replacements: dict[str, str],
) -> Iterable[str]:
    if change.kind is PromptChangeKind.MOVED:
        yield "only moved: no text changed"
    elif change.kind is PromptChangeKind.REPLACED:
        yield f"replaced {change.name_before}: {change.why}"
    elif change.why:
        yield f"moved and edited: {change.why}"
    if change.key in replacements:
        yield replacements[change.key]
    if change.kind is not PromptChangeKind.MOVED:
        yield from _distance(live, *times)
    if change.is_merge:
        yield "written by the merge itself, in none of its parents"
    if sweeps[change.sha] >= _MANY and not change.is_settings:
        yield f"one of {sweeps[change.sha]} prompts in this commit"
    apart = change.authored.earliest - change.committed.earliest
    if abs(apart) >= _CLOCKS_DIFFER:
        yield f"written {_length(abs(apart))} {'after' if apart > timedelta(0) else 'before'} it was committed"
    if change.remark:
        yield change.remark


def _distance(live: datetime, started: When | None, ended: When | None) -> Iterable[str]:
    if started is not None:
        apart = started.earliest - live
        if apart >= timedelta(0):
            yield f"{_length(apart)} before the impact started"
        else:
            yield f"{_length(-apart)} after the impact started: the fix may be here"
    elif ended is not None and timedelta(0) <= (apart := ended.earliest - live) <= _LATE:
        yield f"{_length(apart)} before it was over: this may be the fix"


def _length(apart: timedelta) -> str:
    minutes = int(apart.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def _replacements(changes: Sequence[Change]) -> dict[str, str]:
    """Return what to say of prompts that went and came in different commits, close to each other."""
    gone = [change for change in changes if change.kind is PromptChangeKind.DELETED and not change.is_settings]
    new = [change for change in changes if change.kind is PromptChangeKind.ADDED and not change.is_settings]
    if not gone or not new or len(gone) * len(new) > _MANY**2:
        return {}
    found: dict[str, str] = {}
    for old in gone:
        near = [one for one in new if abs(one.committed.earliest - old.committed.earliest) <= _NEAR]
        if len(near) == 1 and near[0].sha != old.sha:
            found[old.key] = f"may have been replaced by {near[0].name}, added in {near[0].short}"
            found[near[0].key] = f"may replace {old.name}, deleted in {old.short}"
    return found
