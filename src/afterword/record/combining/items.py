"""Which items of two versions of a list are the same item, and in which order they stand together."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from afterword.record.document.aligning import matched
from afterword.record.model import ActionItem

Items = dict[str, Any]
"""The items of one version by identity, in their order."""


class Versions(NamedTuple):
    """The items of a list in its three versions; the same identity is the same item."""

    base: Items
    theirs: Items
    mine: Items


def versions(base: Sequence[Any], theirs: Sequence[Any], mine: Sequence[Any]) -> Versions:
    """Tell the items of three lists apart; an action item that both added under one number gets mine a free one."""
    mine = _renumbered(base, theirs, mine)
    first = {f"b{index}": item for index, item in enumerate(base)}
    there, here = _known(base, theirs, "t"), _known(base, mine, "m")
    added = {identity: item for identity, item in there.items() if identity not in first}
    for identity, item in list(here.items()):
        same = next((other for other, their in added.items() if _is_same(their, item)), None)
        if identity not in first and same is not None:
            here = {same if key == identity else key: value for key, value in here.items()}
            del added[same]
    return Versions(first, there, here)


def words(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> Versions:
    """Tell the words of three lists apart: each is its own identity, a second time as the second of its kind."""
    return Versions(*(_counted(side) for side in (base, theirs, mine)))


def _counted(side: Sequence[str]) -> Items:
    found: Items = {}
    for at, word in enumerate(side):
        count = side[:at].count(word)
        found[f"{word}\0{count}" if count else word] = word
    return found


def together(main: Iterable[str], other: Iterable[str]) -> list[str]:
    """Return the identities of both in one order: that of `main`, what only `other` has below its neighbour there."""
    order, rest = list(main), list(other)
    known = set(rest)
    for at, identity in enumerate(rest):
        if identity in order:
            continue
        before = next((order.index(each) + 1 for each in reversed(rest[:at]) if each in order), 0)
        while before < len(order) and order[before] not in known:
            before += 1
        order.insert(before, identity)
    return order


def _known(base: Sequence[Any], side: Sequence[Any], letter: str) -> Items:
    pairs = _pairs(base, side)
    return {f"b{pairs[at]}" if at in pairs else f"{letter}{at}": item for at, item in enumerate(side)}


def _pairs(base: Sequence[Any], side: Sequence[Any]) -> Mapping[int, int]:
    """Return which item of the base each one came from: by its number where it has one, else by what it says."""
    pairs: dict[int, int] = {}
    for at, item in enumerate(side):
        if isinstance(item, ActionItem):
            taken = pairs.values()
            same = (n for n, one in enumerate(base) if isinstance(one, ActionItem) and one.id == item.id)
            old = next((n for n in same if n not in taken), None)
            pairs |= {} if old is None else {at: old}
    rest = [at for at in range(len(base)) if at not in pairs.values()]
    new = [at for at in range(len(side)) if at not in pairs]
    if not isinstance(next(iter(side), None), ActionItem):
        found = matched([base[at] for at in rest], [side[at] for at in new])
        pairs |= {new[later]: rest[earlier] for later, earlier in found.items()}
    return pairs


def _is_same(theirs: Any, mine: Any) -> bool:
    if isinstance(mine, ActionItem):
        return bool(theirs.id == mine.id)
    return bool(theirs == mine)


def _renumbered(base: Sequence[Any], theirs: Sequence[Any], mine: Sequence[Any]) -> Sequence[Any]:
    """Give action items that I added a number that is free, where theirs of that number is another one."""
    old = {item.id for item in base if isinstance(item, ActionItem)}
    new = {item.id: item.action for item in theirs if isinstance(item, ActionItem) and item.id not in old}
    taken = old | set(new) | {item.id for item in mine if isinstance(item, ActionItem)}
    found = []
    for item in mine:
        if isinstance(item, ActionItem) and item.id in new and not _is_alike(new[item.id], item.action):
            free = next(f"A{number}" for number in range(1, len(taken) + 2) if f"A{number}" not in taken)
            taken.add(free)
            item = item.changed(id=free)
        found.append(item)
    return found


def _is_alike(one: str, other: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one[:200], other[:200], autojunk=False).ratio() >= 0.6
