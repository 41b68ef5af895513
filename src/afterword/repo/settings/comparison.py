"""What a change did to model settings, as rows for the record."""

import re
from dataclasses import dataclass

from afterword.record.model import SettingRow
from afterword.repo.settings.finding import Setting, SettingsFound, SettingsProblem
from afterword.repo.settings.keys import MODEL, TEMPERATURE

_CONFIRMED = (MODEL, TEMPERATURE)
"""Settings shown though they did not change: an author confirms that they were what they were."""


@dataclass(frozen=True)
class Comparison:
    """Settings before and after, changed ones first, and the files that could not be read."""

    rows: tuple[SettingRow, ...]
    problems: tuple[SettingsProblem, ...] = ()


def compare_settings(before_rev: str, before: SettingsFound, after_rev: str, after: SettingsFound) -> Comparison:
    """Pair the settings of two revisions; `before_rev` and `after_rev` are written into `read_from`."""
    pairs = pairs_of(before.settings, after.settings)
    changed = [pair for pair in pairs if not same(*pair)]
    confirmed = [pair for pair in pairs if same(*pair) and _either(pair).key in _CONFIRMED]
    shown = changed + confirmed
    rows = tuple(
        SettingRow(
            setting=_label(_either(pair), [_either(other) for other in shown]),
            before=pair[0].value if pair[0] else "",
            after=pair[1].value if pair[1] else "",
            read_from=_source(pair[1], after_rev) if pair[1] else _source(_either(pair), before_rev),
        )
        for pair in shown
    )
    return Comparison(rows, tuple(dict.fromkeys((*after.problems, *before.problems))))


Pair = tuple[Setting | None, Setting | None]


def pairs_of(before: tuple[Setting, ...], after: tuple[Setting, ...]) -> list[Pair]:
    """Pair by file, scope and name; what is left by scope and name, for a file that moved."""
    left = {(one.path, one.scope, one.key): one for one in before}
    pairs: list[Pair] = [(left.pop((one.path, one.scope, one.key), None), one) for one in after]
    paths = {one.path for one in after}
    gone = {(one.scope, one.key): one for one in left.values() if one.path not in paths}
    found: list[Pair] = []
    for old, new in pairs:
        mate = gone.pop((new.scope, new.key), None) if old is None and new is not None else None
        found.append((old or mate, new))
    used = {id(old) for old, _ in found}
    return found + [(old, None) for old in left.values() if id(old) not in used]


def _either(pair: Pair) -> Setting:
    one = pair[1] or pair[0]
    assert one is not None
    return one


def same(before: Setting | None, after: Setting | None) -> bool:
    """Whether a setting has one value on both sides; `0.20` and `0.2` are one."""
    if before is None or after is None:
        return False
    return before.value == after.value or _number(before.value) == _number(after.value) is not None


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _label(one: Setting, shown: list[Setting]) -> str:
    """Return a setting's name, with its scope or file where another row has the same name."""
    others = [other for other in shown if other.key == one.key and other is not one]
    if not others:
        return one.key
    if any(other.scope == one.scope for other in others):
        return f"{one.key} ({one.path}{': ' + one.scope if one.scope else ''})"
    return f"{one.key} ({one.scope or one.path})"


def _source(one: Setting, rev: str) -> str:
    how = re.sub(r"`| \(line \d+\)", "", one.inherited)
    return f"{one.path}:{one.line} at {rev}{f', {how}' if how else ''}"
