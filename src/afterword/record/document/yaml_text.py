"""YAML front matter as text: scalars that every YAML reader reads as the same text, and entries with their places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from afterword.record.document.source import Source

LIMIT = 1_000_000
"""Front matter beyond this many characters is refused."""

_DEPTH = 20
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_NUMBER_LIKE = re.compile(r"[0-9][0-9a-fxo_.,:e+\-tz ]*", re.IGNORECASE)
_UNPLAIN = re.compile(r": |:$| #")
_FLOW = re.compile(r"[,\[\]{}?:]")
_UNREADABLE = re.compile("[^\t\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Reader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def scalar(text: str, *, flow: bool = False) -> str:
    """Return `text` as a YAML scalar: plain, else in single quotes, else escaped in double quotes."""
    if not text.isprintable():
        return f'"{"".join(map(_escaped, text))}"'
    plain = (
        text[:1].isalnum()
        and text.casefold() not in _WORDS
        and not _NUMBER_LIKE.fullmatch(text)
        and not _UNPLAIN.search(text)
        and not (flow and _FLOW.search(text))
    )
    return text if plain else f"'{text.replace(chr(39), chr(39) * 2)}'"


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    return f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"


def flow_list(texts: Sequence[str]) -> str:
    """Return a list in one line: `[refunds, 'on']`."""
    return f"[{', '.join(scalar(text, flow=True) for text in texts)}]"


@dataclass(slots=True)
class Value:
    """One value with its place; `text` is None for a list or a mapping, `plain` says that it is unquoted."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str | None = None
    plain: bool = False
    is_list: bool = False
    is_flow: bool = False
    items: list["Value"] = field(default_factory=list)

    @property
    def last_line(self) -> int:
        """The last line (0-based) that belongs to it."""
        if self.items and not self.is_flow:
            return self.items[-1].last_line
        line, column = self.end
        return line - 1 if column == 0 and line > self.start[0] else line

    @property
    def is_nothing(self) -> bool:
        """Whether it is empty or null."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of the front matter with its value; `column` is the key's indentation."""

    key: str
    line: int
    column: int
    value: Value


class _Events:
    """The events of a YAML text, refused where they are more than plain data."""

    def __init__(self, source: Source, end: int) -> None:
        self.source = source
        lines = (re.sub("[\r\x85\u2028\u2029]", " ", source.lines[n].rstrip("\r")) for n in range(1, end))
        self.text = "".join(f"{line}\n" for line in lines)
        self.events = self._checked()

    def fail(self, line: int, problem: str, hint: str = "Correct the front matter by hand.") -> NoReturn:
        self.source.fail(line, problem, hint)

    def _checked(self) -> Iterator[Any]:
        """Yield the events, which are untyped in PyYAML."""
        self._refuse_unreadable()
        depth = 0
        try:
            for event in yaml.parse(self.text, Loader=_Reader):
                line = _line(event)
                if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                    self.fail(line, "anchors (&) and aliases (*) are not allowed.", "Put the value in quotes.")
                if getattr(event, "tag", None) not in (None, "!"):
                    self.fail(line, "tags (!) are not allowed.", "Put the value in quotes.")
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > _DEPTH:
                    self.fail(line, f"the front matter is nested deeper than {_DEPTH} levels.")
                yield event
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.fail(mark.line + 1 if mark else 0, f"the front matter is not YAML: {error.problem or error.context}.")

    def _refuse_unreadable(self) -> None:
        match = _UNREADABLE.search(self.text.replace("\n", " "))
        if match:
            line = self.text.count("\n", 0, match.start()) + 1
            self.fail(line, f"the front matter holds the control character U+{ord(match[0]):04X}.", "Take it out.")


def _line(event: Any) -> int:
    """Return the line of the file (0-based) where an event of its front matter starts."""
    return int(event.start_mark.line) + 1


def _place(mark: Any) -> tuple[int, int]:
    """Return a place in the front matter as line of the file (0-based) and column."""
    return mark.line + 1, mark.column


def read_entries(source: Source, end: int) -> list[Entry]:
    """Read the front matter between the first line and line `end` (0-based), as text and places only."""
    if sum(len(line) for line in source.lines[1:end]) > LIMIT:
        source.fail(0, f"the front matter is longer than {LIMIT:,} characters.", "Shorten it.")
    events = _Events(source, end)
    stream = events.events
    first = next(event for event in stream if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent))
    if isinstance(first, yaml.StreamEndEvent):
        return []
    if not isinstance(first, yaml.MappingStartEvent) or first.flow_style:
        events.fail(_line(first), "the front matter is not a list of keys.", 'Write "key: value", a line each.')
    entries: list[Entry] = []
    for event in stream:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _value(event, stream, events)
        entries.append(Entry(_key(key, entries, events), *key.start, _value(next(stream), stream, events)))
    for event in stream:
        if isinstance(event, yaml.DocumentStartEvent):
            events.fail(_line(event), "the front matter is more than one YAML document.")
    return entries


def _key(key: Value, entries: list[Entry], events: _Events) -> str:
    line = key.start[0]
    if key.text is None or key.start[0] != key.end[0]:
        events.fail(line, "a key of the front matter is not a word.", 'Write "key: value".')
    first = next((entry for entry in entries if entry.key == key.text), None)
    if first:
        events.fail(line, f'"{key.text}" stands twice, first in line {first.line + 1}.', "Keep one of the two.")
    return key.text


def _value(event: Any, stream: Iterator[Any], events: _Events) -> Value:
    """Read one value; nested ones are read through, for their place."""
    start, end = _place(event.start_mark), _place(event.end_mark)
    if isinstance(event, yaml.ScalarEvent):
        return Value(start, end, event.value, plain=event.style is None or event.style == "")
    value = Value(start, end, is_list=isinstance(event, yaml.SequenceStartEvent), is_flow=bool(event.flow_style))
    for inner in stream:
        if isinstance(inner, yaml.CollectionEndEvent):
            value.end = _place(inner.end_mark)
            break
        value.items.append(_value(inner, stream, events))
    if not value.is_list:
        _refuse_twice(value, events)
    return value


def _refuse_twice(mapping: Value, events: _Events) -> None:
    seen: set[str | None] = set()
    for key in mapping.items[::2]:
        if key.text is not None and key.text in seen:
            events.fail(key.start[0], f'"{key.text}" stands twice in one mapping.', "Keep one of the two.")
        seen.add(key.text)
