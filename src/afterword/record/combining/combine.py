"""Three versions of a record become one: base, theirs and mine, with the choices that the author made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from afterword.record.combining.difference import Difference, Place, Side
from afterword.record.combining.items import Items, Versions, together, versions, words
from afterword.record.model import ActionItem, Cause, EvalCase, Record
from afterword.record.part import Part

_BY_FIELD = (Record, Cause, EvalCase, ActionItem)
"""Parts whose fields stand for themselves; of any other, two people's halves would say what neither said."""
_REFERENCES = ("leads_to", "only_with")
_DENIED = {"prompt": ("prompts",), "settings": ("settings",), "evals": ("gates", "gaps")}
"""The fields of a cause that its absences deny; in a record both have one name."""


@dataclass(frozen=True)
class Combined:
    """The record that follows from the choices, and every part in which the two versions differ."""

    record: Record
    differences: tuple[Difference, ...]
    _moved: Mapping[str, tuple[int, Sequence[int | None], int]]

    def followed(self, path: str) -> str | None:
        """Return where a path into my version leads now; None where its row is gone."""
        mine, now = "", ""
        for step in path.split("."):
            name, bracket, index = step.partition("[")
            dot = "." if mine else ""
            length, places, grown = self._moved.get(f"{mine}{dot}{name}", (0, (), 0))
            at = int(index.rstrip("]")) if bracket else 0
            place: int | None = at
            if bracket and f"{mine}{dot}{name}" in self._moved:
                place = places[at] if at < length else at - length + grown
            if place is None:
                return None
            mine += dot + step
            now += f"{dot}{name}[{place}]" if bracket else dot + name
        return now


def combine(base: Record, theirs: Record, mine: Record, chosen: Mapping[str, Side]) -> Combined:
    """Return what the two versions give together; where both changed a part and nothing is chosen, mine stands."""
    combiner = _Combiner(chosen)
    record = combiner.part(Place(), base, theirs, mine)
    return Combined(Record.model_validate(dict(record)), tuple(combiner.found), combiner.moved)


@dataclass
class _Combiner:
    """One pass over three versions."""

    chosen: Mapping[str, Side]
    found: list[Difference] = field(default_factory=list)
    moved: dict[str, tuple[int, Sequence[int | None], int]] = field(default_factory=dict)

    def leaf(self, at: Place, base: Any, theirs: Any, mine: Any, is_order: bool = False) -> Any:
        """Take one of two versions as a whole."""
        if theirs == mine:
            return mine
        difference = Difference(at, base, theirs, mine, is_order)
        self.found.append(difference)
        return difference.taken(self.chosen)

    def value(self, at: Place, base: Any, theirs: Any, mine: Any) -> Any:
        """Combine one value."""
        if theirs == mine:
            return mine
        if isinstance(mine, _BY_FIELD) and type(base) is type(theirs) is type(mine):
            return self.part(at, base, theirs, mine)
        items = [each for side in (base, theirs, mine) if isinstance(side, tuple) for each in side]
        if items and all(isinstance(each, Part) for each in items):
            return self.rows(at, base or (), theirs or (), mine or ())
        if items and all(isinstance(each, str) for each in items):
            return tuple(self.sequence(at, words(base, theirs, mine)).values())
        return self.leaf(at, base, theirs, mine)

    def part(self, at: Place, base: Part, theirs: Part, mine: Part) -> Any:
        """Combine a part field by field."""
        values: dict[str, Any] = {}
        for name in type(mine).model_fields:
            if name != "absences" and name not in _REFERENCES:
                values[name] = self.value(at.field(name), *(getattr(each, name) for each in (base, theirs, mine)))
        if "absences" in type(mine).model_fields:
            values["absences"] = self.absences(at, (base, theirs, mine), values)
        return mine.model_copy(update=values)

    def rows(self, at: Place, base: Sequence[Any], theirs: Sequence[Any], mine: Sequence[Any]) -> tuple[Any, ...]:
        """Combine a list of parts, each item for itself."""
        sides = versions(base, theirs, mine)
        found = self.sequence(at, sides)
        places = list(found)
        gone = [places.index(identity) if identity in found else None for identity in sides.mine]
        self.moved[at.path] = (len(mine), gone, len(found))
        if any(isinstance(each, Cause) for each in found.values()):
            return self.linked(at, sides, found)
        return tuple(found.values())

    def sequence(self, at: Place, sides: Versions) -> Items:
        """Combine the items of a list and their order."""
        common = [identity for identity in sides.base if identity in sides.theirs and identity in sides.mine]
        orders = [tuple(each for each in side if each in common) for side in sides]
        base, theirs, mine = (tuple(sides.base[each] for each in order) for order in orders)
        first = self.leaf(at.field("order"), base, theirs, mine, is_order=True)
        main, other = (sides.mine, sides.theirs) if first != theirs else (sides.theirs, sides.mine)
        found: Items = {}
        for identity in together(main, [*other, *(each for each in sides.base if each not in other)]):
            three = [side.get(identity) for side in sides]
            row = next(each for each in reversed(three) if each is not None)
            index = next(list(side).index(identity) for side in reversed(sides) if identity in side)
            value = self.value(at.item(identity, index, row), *three)
            if value is not None:
                found[identity] = value
        return found

    def linked(self, at: Place, sides: Versions, found: Items) -> tuple[Any, ...]:
        """Combine what causes say of each other: they name others by place, and places have changed."""
        places = {identity: place for place, identity in enumerate(found, 1)}
        causes = []
        for identity, cause in found.items():
            there = at.item(identity, places[identity] - 1, cause)
            values = {name: self.named(there.field(name), sides, identity, name) for name in _REFERENCES}
            numbers = {
                name: tuple(_number(each, places) for each in kept if each in places or each.startswith("#"))
                for name, kept in values.items()
            }
            causes.append(cause.model_copy(update=numbers))
        return tuple(causes)

    def named(self, at: Place, sides: Versions, identity: str, name: str) -> list[str]:
        """Combine the causes that one cause names; of one that only one side has, those that this side says."""
        base, theirs, mine = (_names(side, identity, name) for side in sides)
        if identity in sides.base and identity in sides.theirs and identity in sides.mine:
            return [*self.sequence(at, words(base, theirs, mine)).values()]
        return mine or theirs or base

    def absences(self, at: Place, sides: Sequence[Any], values: dict[str, Any]) -> dict[str, Any]:
        """Combine why parts are absent; where one denies what the other wrote, that is one question."""
        kept = {}
        for part in sorted({name for side in sides for name in side.absences}):
            names = _DENIED.get(part, (part,)) if isinstance(sides[2], Cause) else (part,)
            base, theirs, mine = (side.absences.get(part) or _said(side, names) for side in sides)
            denied = [side.absences.get(part) for side in sides]
            if any(denied[1:]) and not all(denied[1:]) and theirs != base and mine != base:
                inner = tuple(at.field(name).key for name in names)
                self.found = [each for each in self.found if not each.key.startswith(inner)]
                taken = self.leaf(at.field(names[0]), base, theirs, mine)
                source = sides[1] if taken == theirs else sides[2]
                values.update({name: getattr(source, name) for name in names})
                denied_now = source.absences.get(part)
            else:
                denied_now = self.leaf(at.field(f"absences:{part}"), *denied)
            if denied_now is not None:
                kept[part] = denied_now
        return kept


def _said(side: Any, names: Sequence[str]) -> Any:
    """Return what stands in the fields that an absence denies; None where nothing does."""
    said = [getattr(side, name) for name in names]
    return (said[0] if len(said) == 1 else tuple(each for rows in said for each in rows)) or None


def _names(side: Items, identity: str, name: str) -> list[str]:
    """Return the causes that one of them names, by identity; a number that is no cause's as it stands."""
    order = list(side)
    cause = side.get(identity)
    return [order[number - 1] if number <= len(order) else f"#{number}" for number in getattr(cause, name, ())]


def _number(identity: str, places: Mapping[str, int]) -> int:
    return int(identity[1:]) if identity.startswith("#") else places[identity]
