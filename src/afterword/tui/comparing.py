"""Two versions of a record beside each other: the parts that differ in words, what is taken, and the outcome."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from afterword.record.combining import Combined, Difference, Side, combine
from afterword.record.model import ActionItem, Record
from afterword.record.part import Part
from afterword.tui.sections import SECTIONS
from afterword.tui.typed import section_of
from afterword.tui.version_texts import diff_of, told

_TITLES = {section.id: section.title for section in SECTIONS}
_LABELS = {(section.per_cause, each.path): each.label for section in SECTIONS for each in section.fields if each.path}
_ROW_NAME = 40


@dataclass
class Comparison:
    """What both changed and what only one did; a choice for a part holds until another is made."""

    base: Record
    theirs: Record
    mine: Record
    chosen: dict[str, Side] = field(default_factory=dict)

    @cached_property
    def outcome(self) -> Combined:
        """The record that follows from the choices so far."""
        return combine(self.base, self.theirs, self.mine, self.chosen)

    @property
    def differences(self) -> list[Difference]:
        """The parts that differ: those that both changed first, then theirs, then mine."""
        return sorted(self.outcome.differences, key=lambda each: (not each.is_open, each.mine != each.base))

    @property
    def left(self) -> list[Difference]:
        """The parts that nobody but the author can decide, and has not."""
        return [each for each in self.outcome.differences if each.is_open and each.key not in self.chosen]

    @property
    def concerns_me(self) -> bool:
        """Whether they changed anything that the walk shows."""
        return any(each.theirs != each.base for each in self.outcome.differences)

    def choose(self, keys: list[str], side: Side) -> None:
        """Take one side's version of some parts."""
        self.chosen |= dict.fromkeys(keys, side)
        self.__dict__.pop("outcome", None)

    def taken(self, difference: Difference) -> str:
        """Return whose version is taken, in a word; `?` while that is open."""
        if difference.is_open and difference.key not in self.chosen:
            return "?"
        return difference.side(self.chosen)

    def not_taken(self) -> list[tuple[str, Side, str]]:
        """Return what somebody wrote and is not taken: the part, whose it is, and its text."""
        left = [(each, each.left(self.chosen)) for each in self.outcome.differences if not each.is_order]
        return [(title(each), found[0], told(found[1])) for each, found in left if found is not None]


def title(difference: Difference) -> str:
    """Return the name of a part: `Summary`, `Action items A2: owner`, `Timeline “First ticket”`."""
    path, row = difference.place.path, difference.place.row
    *above, last = path.split(".")
    name, bracket, _ = last.partition(":")[0 if ":" not in last else 2].partition("[")
    of_cause = path.startswith("causes[") and bool(above)
    inner = ".".join([*above[of_cause:], name])
    label = _LABELS.get((of_cause, inner), name.replace("_", " "))
    section = _TITLES[section_of(path)]
    if of_cause and not path.startswith("causes[0]"):
        section += f" of cause {int(above[0][7:-1]) + 1}"
    if difference.is_order:
        return f"{section}: order"
    own = row_name(row) if bracket or "[" in "".join(above[of_cause:]) else ""
    shown = "" if label.casefold() in (section.casefold(), "causes") else label
    if bracket:
        return f"{section}{': ' * bool(shown)}{shown}{' ' * bool(own)}{own}"
    return f"{section}{' ' * bool(own)}{own}{': ' * bool(shown)}{shown}"


def row_name(row: Any) -> str:
    """Return the number of an action item, or the first words of another row."""
    if isinstance(row, ActionItem):
        return row.id
    if not isinstance(row, Part):
        return f"“{row}”" if row else ""
    texts = (
        getattr(row, name, "") for name in ("title", "what", "measure", "setting", "gate", "path", "text", "source")
    )
    text = next((text for text in texts if isinstance(text, str) and text), "")
    first = text.partition("\n")[0]
    return f"“{first if len(first) <= _ROW_NAME else first[: _ROW_NAME - 1] + '…'}”" if first else ""


def about(difference: Difference) -> str:
    """Return in a sentence who did what to a part."""
    theirs, mine = difference.theirs, difference.mine
    if difference.is_open:
        if theirs is None or mine is None:
            return (
                f"{'They' if theirs is None else 'You'} removed it, {'you' if theirs is None else 'they'} changed it."
            )
        return "Both of you changed it."
    who, now = ("They", theirs) if mine == difference.base else ("You", mine)
    done = "removed" if now is None else "added" if difference.base is None else "changed"
    return f"Only {who.lower()} {done} it."


def shown(difference: Difference) -> str:
    """Return a part as a diff to read: from what it was to theirs, and from what it was to mine."""
    texts = [told(value) for value in (difference.base, difference.theirs, difference.mine)]
    parts = [("Theirs", difference.theirs, texts[1]), ("Yours", difference.mine, texts[2])]
    return "".join(diff_of(name, texts[0], text) for name, value, text in parts if value != difference.base)
