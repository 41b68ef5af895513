"""The front matter: which keys it has, written and read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from afterword.record.clock import TIMES
from afterword.record.document.captions import read_moment
from afterword.record.document.inline import heading
from afterword.record.document.parts import shortened
from afterword.record.document.pieces import Leaf
from afterword.record.document.source import Held, Loose, Source, with_loose
from afterword.record.document.yaml_text import Entry, Value, flow_list, read_entries, scalar
from afterword.record.model import External, Record
from afterword.record.vocabulary import Answer, ExternalState, Status

SCHEMA = "afterword/1"
_LISTS = ("authors", "services", "tags", "related")
_TEXTS = ("title", "severity", "owner")
ORDER = (
    *("schema", "title", "status", "severity", "owner", "authors", "services"),
    *TIMES,
    *("customers_noticed", "external", "tags", "related"),
)
"""The keys in their canonical order."""

_EXTERNAL = re.compile(r"(?P<state>pending|not_needed|published)(?: \((?P<why>.*)\))?")


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter of a file: values by field, the key entries, and lines `start` to `end` between the rules."""

    values: dict[str, Any]
    entries: dict[str, Entry]
    items: tuple[Held | Loose, ...]
    end: int


def front_leaves(record: Record) -> tuple[Leaf, ...]:
    """Return a line a key; a time that nobody knows yet is left out."""
    leaves = []
    for name in ORDER:
        text, items = _written(record, name)
        if text is not None:
            leaves.append(Leaf(("front", name), (f"{name}: {text}",), (text, *items), apart=False))
    return tuple(leaves)


def _written(record: Record, name: str) -> tuple[str | None, tuple[str, ...]]:
    value: Any = SCHEMA if name == "schema" else getattr(record, name)
    if value is None:
        return None, ()
    if name in _LISTS:
        return flow_list(value), tuple(scalar(item) for item in value)
    if name == "external":
        return scalar(f"{value.state} ({value.why})" if value.why else str(value.state)), ()
    if name in _TEXTS or (name in TIMES and str(value)[0].isalpha()):
        return scalar(str(value)), ()
    return str(value), ()


def title_leaf(record: Record) -> Leaf:
    """Return the title as a heading."""
    return Leaf(("title",), (heading(1, record.title),))


def read_front(source: Source) -> Front:
    """Read the front matter at the start of a file."""
    end = _closing_rule(source)
    entries = {entry.key: entry for entry in read_entries(source, end)}
    _check_schema(source, entries.get("schema"))
    values: dict[str, Any] = {}
    for name in ORDER[1:]:
        entry = entries.get(name)
        if entry is not None:
            value = _READERS[name](source, entry)
            if value is not None:
                values[name] = value
    held = [
        Held(("front", name), entries[name].line, max(entries[name].value.last_line, entries[name].line) + 1, row=True)
        for name in ORDER
        if name in entries
    ]
    items = tuple(item for item in with_loose(source, 1, end, held, rows=True) if isinstance(item, Held | Loose))
    return Front(values, entries, items, end)


def _closing_rule(source: Source) -> int:
    hint = "A record starts with front matter between two lines of ---, the first of them in line 1."
    if source.lines[0].removeprefix("\ufeff").rstrip() != "---":
        source.fail(0, "there is no front matter.", hint)
    for number in range(1, len(source.lines)):
        text = source.lines[number]
        if text.startswith("---") and text.rstrip() == "---":
            return number
    source.fail(0, "the front matter that starts here has no end.", hint)


def _check_schema(source: Source, entry: Entry | None) -> None:
    if entry is None:
        source.fail(0, "the front matter does not say which schema it follows.", f"Add the line: schema: {SCHEMA}")
    text = entry.value.text or ""
    newer = re.fullmatch(r"afterword/([0-9]{1,9})", text)
    if newer and int(newer[1]) > 1:
        source.fail(
            entry.line, f'the record follows the schema "{text}" of a newer Afterword.', "Update Afterword to edit it."
        )
    if text != SCHEMA:
        source.fail(entry.line, f'the schema is "{shortened(text)}", not {SCHEMA}.', "Afterword cannot read this file.")


def _text(source: Source, entry: Entry) -> str | None:
    value = entry.value
    if value.text is None:
        kind = "a list" if value.is_list else "a mapping"
        source.fail(entry.line, f'"{entry.key}" is {kind}, where one text was expected.', "Put the text in quotes.")
    return None if value.is_nothing else value.text


def _list(source: Source, entry: Entry) -> tuple[str, ...] | None:
    value = entry.value
    if value.is_nothing:
        return None
    if not value.is_list:
        source.fail(entry.line, f'"{entry.key}" is not a list.', f"Write it as {entry.key}: [one, two].")
    return tuple(_item(source, entry, item) for item in value.items)


def _item(source: Source, entry: Entry, item: Value) -> str:
    if item.text is None:
        source.fail(item.start[0], f'"{entry.key}" holds something that is not a text.', "Put each text in quotes.")
    return item.text


def _moment(source: Source, entry: Entry) -> Any:
    text = _text(source, entry)
    return read_moment(source, entry.value.start[0], entry.key, text) if text else None


def _one_of(words: type[StrEnum]) -> Callable[[Source, Entry], StrEnum | None]:
    def read(source: Source, entry: Entry) -> StrEnum | None:
        text = _text(source, entry)
        if text is None or text in set(words):
            return words(text) if text else None
        source.fail(
            entry.line,
            f'"{entry.key}" is "{shortened(text)}", which is not one of its words.',
            f"Write one of: {', '.join(words)}.",
        )

    return read


def _external(source: Source, entry: Entry) -> External | None:
    text = _text(source, entry)
    if text is None:
        return None
    match = _EXTERNAL.fullmatch(text)
    if match is None:
        source.fail(
            entry.line,
            f'"external" is "{shortened(text)}", which is not one of its words.',
            "Write pending, not_needed (why) or published.",
        )
    return External(state=ExternalState(match["state"]), why=match["why"] or "")


_READERS: dict[str, Callable[[Source, Entry], Any]] = {
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_LISTS, _list),
    **dict.fromkeys(TIMES, _moment),
    "status": _one_of(Status),
    "customers_noticed": _one_of(Answer),
    "external": _external,
}
