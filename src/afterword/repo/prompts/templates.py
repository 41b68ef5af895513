"""What a change of a prompt's text means for it as a template, in sentences."""

from collections import Counter
from collections.abc import Iterator

from afterword.repo.prompts.template_reading import Branch, Place, Template, read_template

_MOST = 40
_SHOWN = 60
_NAMES = 8
_PLACES = 3


def remarks(before: str, after: str) -> list[str]:
    """Return sentences about variables, branches, includes, and lines that stand on several branches; none for none.

    At most 40; line numbers are those of the later text.
    """
    if before == after:
        return []
    old, new = read_template(before), read_template(after)
    said = [*_variables(old, new), *_targets(old, new), *_branches(old, new), *_lines(old, new)]
    return said[:_MOST]


def _variables(old: Template, new: Template) -> Iterator[str]:
    for one, other, verb in ((new, old, "added"), (old, new, "removed")):
        names = sorted(set(one.variables) - set(other.variables))
        if names:
            more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
            noun = "The variable" if len(names) == 1 else "The variables"
            were = "was" if len(names) == 1 else "were"
            yield f"{noun} {', '.join(map(_code, names[:_NAMES]))}{more} {were} {verb}."
    for name in sorted(set(old.variables) & set(new.variables)):
        filters = [
            " and ".join(_code(one or "no filter") for one in sorted(side.variables[name])) for side in (old, new)
        ]
        if filters[0] != filters[1]:
            yield f"The variable {_code(name)} goes through {filters[1]} instead of {filters[0]}."


def _targets(old: Template, new: Template) -> Iterator[str]:
    for kind in sorted({kind for kind, _ in (*old.targets, *new.targets)}):
        gone, came = _difference(
            [target for one, target in old.targets if one == kind],
            [target for one, target in new.targets if one == kind],
        )
        while gone and came:
            yield f"The {kind} takes {_code(came.pop(0))} instead of {_code(gone.pop(0))}."
        yield from (f"The {kind} of {_code(target)} was removed." for target in gone)
        yield from (f"An {kind} of {_code(target)} was added." for target in came)


def _branches(old: Template, new: Template) -> Iterator[str]:
    kinds = sorted({branch.kind for branch in (*old.branches, *new.branches)})
    for kind in kinds:
        sides = [[_named(branch) for branch in side.branches if branch.kind == kind] for side in (old, new)]
        gone, came = _difference(*sides)
        if kind != "else" and len(gone) == len(came) == 1:
            yield f"The {kind} {gone[0]} became {came[0]}."
            continue
        yield from (f"The {kind} {tag} was removed." for tag in gone)
        yield from (f"The {kind} {tag} was added." for tag in came)


def _named(branch: Branch) -> str:
    return f"{_code(branch.tag)} of {_code(branch.of.tag)}" if branch.of else _code(branch.tag)


def _lines(old: Template, new: Template) -> Iterator[str]:
    branched = bool(new.branches)
    for text in (*old.lines, *(text for text in new.lines if text not in old.lines)):
        here, there = old.lines.get(text, []), new.lines.get(text, [])
        if not there or (len(there) < 2 and not here):
            continue
        gone, came = _elsewhere(here, there), _elsewhere(there, here)
        if len(there) < len(here):
            yield f"The removed line “{_cut(text)}” still stands {_places(there, branched)}."
        elif len(there) > len(here) and branched:
            added = (came or there[-1:])[0]
            others = [place for place in there if place != added]
            where = f"added at line {added.line}{_under(added)}, also stands {_places(others, branched)}"
            yield f"The line “{_cut(text)}”, {where}."
        elif len(there) == len(here) and gone and came:
            yield f"The line “{_cut(text)}” stands {_places(came, branched)} now; it stood {_under(gone[0])[2:]}."


def _elsewhere(places: list[Place], others: list[Place]) -> list[Place]:
    """Return the places on branches on which the other version does not have the line."""
    paths = {place.branch.path if place.branch else () for place in others}
    return [place for place in places if (place.branch.path if place.branch else ()) not in paths]


def _places(places: list[Place], branched: bool) -> str:
    shown = " and ".join(f"at line {place.line}{_under(place) if branched else ''}" for place in places[:_PLACES])
    return f"{shown} and at {len(places) - _PLACES} more" if len(places) > _PLACES else shown


def _under(place: Place) -> str:
    branch = place.branch
    if branch is None:
        return ", outside any branch"
    if branch.of is None:
        return f", under {_code(branch.tag)} (line {branch.line})"
    return f", under {_code(branch.tag)} of {_code(branch.of.tag)} (line {branch.of.line})"


def _difference(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Return what only the old list has, and what only the new one has, each as often as it has more of it."""
    return list((Counter(old) - Counter(new)).elements()), list((Counter(new) - Counter(old)).elements())


def _code(text: str) -> str:
    return f"`{_cut(text)}`"


def _cut(text: str) -> str:
    line = " ".join(text[: 4 * _SHOWN].split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
