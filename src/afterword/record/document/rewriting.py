"""Bringing a file up to date with a record, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from afterword.record.document.aligning import Names, align, renamed
from afterword.record.document.front import front_leaves
from afterword.record.document.layout import body, render
from afterword.record.document.merging import Chunk, Merge, joined
from afterword.record.document.opening import places
from afterword.record.document.pieces import Leaf
from afterword.record.document.problem import DocumentError
from afterword.record.document.reading import Reading, read
from afterword.record.document.source import Held, Loose, Source
from afterword.record.document.yaml_text import Entry, Value, scalar
from afterword.record.model import Record
from afterword.record.text import line


def rewrite(text: str, record: Record, source: str = "record") -> str:
    """Return `text` edited so that it says what `record` says; every byte that this does not concern stays.

    DocumentError where `text` is no record, or where the edit would not be read back as `record`.
    """
    reading = read(text, source)
    if reading.record == record:
        return text
    if render(reading.record) == text:
        return render(record)
    edited = merged(reading, record)
    try:
        read_back = read(edited, source).record
    except DocumentError as error:
        raise _in_the_way(reading, error.problem) from error
    if read_back == record:
        return edited
    field = next(name for name in Record.model_fields if getattr(read_back, name) != getattr(record, name))
    raise _in_the_way(reading, f'"{field.replace("_", " ")}" would be read differently.', field)


def _in_the_way(reading: Reading, problem: str, field: str = "") -> DocumentError:
    """Return why an edit is refused: the file has text in a place where the new record gives it a meaning."""
    return DocumentError(
        reading.source.name,
        places(reading).get(field, 1),
        f"text that was added by hand stands in the way of the change: {problem}",
        "Move that text under a heading of its own, and try again.",
    )


def merged(reading: Reading, record: Record) -> str:
    """Return the text of a file with the changes from its own record to another."""
    source, end = reading.source, reading.front.end
    names = align(reading.record, record)
    old = body(reading.record, reading.numbers)
    new = renamed(body(record, reading.numbers if _same_causes(reading.record, record, names) else ()), names)
    above, below = Merge(source, 1), Merge(source, end + 1)
    keys = _Keys(source, reading.front.entries)
    last = source.trim(0, len(source.lines))[1]
    parts = [
        above.kept(Loose(0, 1, row=True)),
        *above.sequence(reading.front.items, front_leaves(reading.record), front_leaves(record), keys.spell),
        above.kept(Loose(end, end + 1, row=True)),
        *below.sequence(reading.body.own, old.own, new.own),
        *below.sequence(reading.body.children, old.children, new.children),
        Chunk((), False, tuple(source.lines[last:])),
    ]
    return source.joined(joined(source, parts))


def _same_causes(old: Record, new: Record, names: Names) -> bool:
    """Whether the causes, and what they say of each other, are still numbered alike."""
    places = [names[("causes", index)] for index in range(len(new.causes))]
    return (
        places == [("causes", index) for index in range(len(old.causes))]
        and [cause.leads_to for cause in old.causes] == [cause.leads_to for cause in new.causes]
        and [cause.only_with for cause in old.causes] == [cause.only_with for cause in new.causes]
    )


@dataclass(frozen=True, slots=True)
class _Keys:
    """How a file writes the keys of its front matter."""

    source: Source
    entries: Mapping[str, Entry]

    def spell(self, held: Held | None, old: Leaf | None, new: Leaf) -> Sequence[str]:
        """Return the lines of a key; a changed one keeps its comment, and a list its form."""
        if held is None:
            column = min((entry.column for entry in self.entries.values()), default=0)
            return [" " * column + text for text in new.lines]
        entry = self.entries[str(new.key[1])]
        value = entry.value
        if value.is_list and not value.is_flow and len(new.cells) > 1:
            return self._items(held, value, new.cells[1:])
        raw = self.source.value(held.start)
        if value.start[0] == value.end[0] == entry.line:
            opening = raw[: value.start[1]]
            space = "" if opening.endswith((" ", "\t")) else " "
            return [f"{opening}{space}{new.cells[0]}{raw[value.end[1] :]}"]
        return [" " * entry.column + text for text in new.lines]

    def _items(self, held: Held, value: Value, texts: Sequence[str]) -> Sequence[str]:
        """Return a list with an item a line; items that stay keep their lines, comments and all."""
        lines = [self.source.value(number) for number in range(held.start, held.end)]
        first = value.items[0]
        dash = self.source.value(first.start[0])[: first.start[1]]
        ends = [item.start[0] for item in value.items[1:]] + [held.end]
        there: dict[str, list[str]] = {}
        for item, end in zip(value.items, ends, strict=True):
            said = scalar(line(item.text or ""))
            there.setdefault(said, lines[item.start[0] - held.start : end - held.start])
        opening = lines[: first.start[0] - held.start]
        return [*opening, *(each for text in texts for each in there.get(text) or [f"{dash}{text}"])]
