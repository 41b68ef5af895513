"""Which parts of one record are parts of another: the same, edited, moved, new or gone."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from afterword.record.document.pieces import Key, Leaf, Section, Table
from afterword.record.model import Cause, EffectivePrompt, OffendingLines, PromptChange, Sample
from afterword.record.part import Part

_ALIKE = 0.4
"""The least likeness of two rows that are taken for one edited row."""
_MOST_PAIRS = 10_000
_SECTIONS = (Cause, EffectivePrompt, OffendingLines, PromptChange, Sample)

Names = dict[Key, Key]
"""From the key of each list element of the new record to the key that it has in the old one."""


def align(old: Part, new: Part, old_key: Key = (), new_key: Key = ()) -> Names:
    """Give the list elements of `new` the keys of those elements of `old` that they came from."""
    names: Names = {}
    for field in type(new).model_fields:
        before, after = getattr(old, field), getattr(new, field)
        if isinstance(after, Part) and isinstance(before, Part):
            names |= align(before, after, (*old_key, field), (*new_key, field))
        elif isinstance(after, tuple) and after and isinstance(after[0], Part):
            pairs = matched(before, after)
            for index, part in enumerate(after):
                key = (*new_key, field, index)
                if index in pairs:
                    names[key] = (*old_key, field, pairs[index])
                    names |= align(before[pairs[index]], part, names[key], key)
                else:
                    names[key] = (*old_key, field, "new", index)
    return names


def matched(old: Sequence[Part], new: Sequence[Part]) -> dict[int, int]:
    """Return which old element each new one came from, by index: equal ones first, then the likest."""
    said_before, said_after = [repr(part) for part in old], [repr(part) for part in new]
    pairs: dict[int, int] = {}
    for block in SequenceMatcher(None, said_before, said_after, autojunk=False).get_matching_blocks():
        pairs |= {block.b + step: block.a + step for step in range(block.size)}
    _pair_moved(pairs, said_before, said_after)
    _pair_alike(pairs, old, new)
    if new and isinstance(new[0], _SECTIONS):
        _pair_rest(pairs, len(old), len(new))
    return pairs


def _left(pairs: dict[int, int], old: int, new: int) -> tuple[list[int], list[int]]:
    taken = set(pairs.values())
    return [i for i in range(old) if i not in taken], [j for j in range(new) if j not in pairs]


def _pair_moved(pairs: dict[int, int], old: list[str], new: list[str]) -> None:
    before, after = _left(pairs, len(old), len(new))
    for j in after:
        i = next((i for i in before if old[i] == new[j]), None)
        if i is not None:
            pairs[j] = i
            before.remove(i)


def _pair_alike(pairs: dict[int, int], old: Sequence[Part], new: Sequence[Part]) -> None:
    before, after = _left(pairs, len(old), len(new))
    if len(before) * len(after) > _MOST_PAIRS:
        return
    scored = [(_likeness(old[i], new[j]), -abs(i - j), i, j) for i in before for j in after]
    for score, _, i, j in sorted(scored, reverse=True):
        if score >= _ALIKE and i in before and j in after:
            pairs[j] = i
            before.remove(i)
            after.remove(j)


def _pair_rest(pairs: dict[int, int], old: int, new: int) -> None:
    """Take sections that share little for edited ones in order, so that what people wrote under them stays."""
    for i, j in zip(*_left(pairs, old, new), strict=False):
        pairs[j] = i


def _likeness(one: Part, other: Part) -> float:
    """Return how much of what either says is the same, from 0 to 1."""
    same, said = 0.0, 0
    for field in type(one).model_fields:
        before, after = getattr(one, field), getattr(other, field)
        if before or after:
            said += 1
            same += 1 if before == after else _text_likeness(before, after)
    return same / said if said else 1.0


def _text_likeness(one: object, other: object) -> float:
    if not (isinstance(one, str) and isinstance(other, str)):
        return 0.0
    return SequenceMatcher(None, one[:200], other[:200], autojunk=False).ratio()


def renamed(section: Section, names: Names) -> Section:
    """Return a tree with the keys of list elements replaced."""
    return Section(
        _renamed_key(section.key, names),
        section.level,
        section.heading and _renamed_leaf(section.heading, names),
        tuple(_renamed_piece(piece, names) for piece in section.own),
        tuple(renamed(child, names) for child in section.children),
    )


def _renamed_piece(piece: Leaf | Table, names: Names) -> Leaf | Table:
    if isinstance(piece, Leaf):
        return _renamed_leaf(piece, names)
    rows = tuple(_renamed_leaf(row, names) for row in piece.rows)
    return Table(_renamed_key(piece.key, names), piece.columns, rows)


def _renamed_leaf(leaf: Leaf, names: Names) -> Leaf:
    return replace(leaf, key=_renamed_key(leaf.key, names))


def _renamed_key(key: Key, names: Names) -> Key:
    for length in range(len(key), 0, -1):
        if key[:length] in names:
            return (*names[key[:length]], *key[length:])
    return key
