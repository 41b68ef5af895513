"""A case put into a file that the team has: text is inserted, every other byte stays, and that is proved.

The YAML library only reads. Its events before and after must be the same but for those of the new test; where that
cannot be shown, nothing is inserted and the error carries the text to paste.
"""

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from afterword.errors import AfterwordError, Exit
from afterword.evals.case import Case
from afterword.evals.formats import FORMATS, promptfoo
from afterword.evals.yaml_data import is_deep, read_data

_LARGEST = 1_000_000
_TEST_KEYS = {"vars", "assert", "description", "options", "metadata", "provider", "providers", "threshold"}
_CONFIG_KEYS = {"prompts", "providers", "targets"}
_GENERATED = re.compile(
    r"^\s*(?:#|//).*(?:auto-?generated|generated (?:by|from|with)|do not (?:edit|modify))", re.IGNORECASE
)
_TEMPLATED = re.compile(r"^[ \t]*#[ \t]*\{%", re.MULTILINE)
_HEAD_LINES = 12


class NotInserted(AfterwordError):
    """Nothing was inserted; `paste` is the text for the author to put in."""

    def __init__(self, message: str, paste: str) -> None:
        super().__init__(message, "Paste the text yourself where it belongs, or leave the case in a file of its own.")
        self.paste = paste
        self.code = Exit.REFUSED


class _CannotSay(Exception):
    """Why an insertion could not be proved, as the end of a sentence."""


class _Place(NamedTuple):
    """Where a test goes: offset in the text, column of its dash, and the event before which its events stand."""

    offset: int
    column: int
    event: int


def insert(text: str, case: Case, name: str) -> str:
    """Return a file's text with the case in it; NotInserted where it cannot be proved that all else stays.

    `name` is the file's: YAML is a promptfoo configuration or list of tests, `.jsonl` a dataset with a case a line.
    """
    if name.endswith(".jsonl"):
        return _with_line(text, case, name)
    variable, _ = variables_in(text)
    try:
        if not name.endswith((".yaml", ".yml")):
            raise _CannotSay("is not YAML")
        return _with_test(text, case, variable)
    except _CannotSay as why:
        paste = promptfoo.item(case, variable, 2)
        if not name.endswith((".yaml", ".yml")):
            paste = json.dumps(promptfoo.test_of(case, variable), ensure_ascii=False, indent=2) + "\n"
        raise NotInserted(f"{name} {why}, so the case was not put into it.", paste) from why


def variables_in(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the variable that takes the input in a configuration's text, and the others that its tests give."""
    try:
        return promptfoo.variables(read_data(text) if len(text) < _LARGEST else None)
    except ValueError:
        return promptfoo.variables(None)


def _with_test(text: str, case: Case, variable: str) -> str:
    _check_text(text)
    events = _events(text)
    place = _place(text, events)
    if _carries(events, case.id):
        raise _CannotSay(f"holds the id {case.id} already")
    item = promptfoo.item(case, variable, place.column)
    line_end = "\r\n" if "\r\n" in text else "\n"
    item = item.replace("\n", line_end)
    before, after = text[: place.offset], text[place.offset :]
    if before and not before.endswith("\n"):
        item = line_end + item.removesuffix(line_end)
    whole = before + item + after
    _prove(events, place.event, whole, case, variable)
    return whole


def _check_text(text: str) -> None:
    if len(text) > _LARGEST:
        raise _CannotSay("is too large to be read twice")
    if any(_GENERATED.search(line) for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]):
        raise _CannotSay("says that it is generated")
    if _TEMPLATED.search(text):
        raise _CannotSay("is made from a template")
    if text.count("\r") not in (0, text.count("\n")) or text.count("\r\n") != text.count("\r"):
        raise _CannotSay("mixes line ends")


def _events(text: str) -> list[yaml.Event]:
    try:
        if is_deep(text):
            raise _CannotSay("is nested too deeply")
        return list(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _CannotSay(f"is not valid YAML (line {mark.line + 1})" if mark else "is not valid YAML") from error
    except (ValueError, RecursionError) as error:
        raise _CannotSay("is not valid YAML") from error


def _place(text: str, events: Sequence[yaml.Event]) -> _Place:
    start = _list_of_tests(events)
    end = _end(events, start)
    first = events[start]
    assert isinstance(first, yaml.SequenceStartEvent) and first.start_mark is not None
    if first.flow_style:
        raise _CannotSay("has its tests in flow style ([ … ])")
    if first.anchor or first.tag:
        raise _CannotSay("refers to its list of tests from elsewhere (an anchor or a tag)")
    column = int(first.start_mark.column)
    return _Place(_after(text, _last_leaf(events, start, end), column), column, end)


def _list_of_tests(events: Sequence[yaml.Event]) -> int:
    """Return the event that starts the list of tests."""
    if sum(isinstance(event, yaml.DocumentStartEvent) for event in events) != 1:
        raise _CannotSay("does not hold exactly one YAML document")
    root = events[2]
    if isinstance(root, yaml.SequenceStartEvent):
        _check_items(events, 2)
        return 2
    if not isinstance(root, yaml.MappingStartEvent):
        raise _CannotSay("is no promptfoo configuration")
    keys = _keys(events, 2)
    found = [at for name, at in keys if name == "tests"]
    if len(found) != 1:
        raise _CannotSay("has no list of tests" if not found else "has several lists of tests")
    if not isinstance(events[found[0]], yaml.SequenceStartEvent):
        raise _CannotSay(_instead(events[found[0]]))
    if not _CONFIG_KEYS & {name for name, _ in keys}:
        _check_items(events, found[0])
    return found[0]


def _instead(event: yaml.Event) -> str:
    if isinstance(event, yaml.ScalarEvent) and event.value.strip() not in ("", "~", "null"):
        return f"refers to its tests ({event.value.strip()[:60]})"
    if isinstance(event, yaml.AliasEvent):
        return "takes its tests from an anchor"
    return "has no list of tests"


def _check_items(events: Sequence[yaml.Event], start: int) -> None:
    """Refuse a list that does not look like one of promptfoo tests."""
    at, end = start + 1, _end(events, start)
    while at < end:
        event = events[at]
        if isinstance(event, yaml.MappingStartEvent):
            if not _TEST_KEYS & {name for name, _ in _keys(events, at)}:
                raise _CannotSay("holds a list, but not of promptfoo tests")
        elif not (isinstance(event, yaml.ScalarEvent) and event.value.startswith("file://")):
            raise _CannotSay("holds a list, but not of promptfoo tests")
        at = _end(events, at) + 1


def _keys(events: Sequence[yaml.Event], start: int) -> list[tuple[str, int]]:
    """Return the keys of a mapping, each with the event that starts its value; a key that is no text is ""."""
    found = []
    at, end = start + 1, _end(events, start)
    while at < end:
        value = _end(events, at) + 1
        found.append((getattr(events[at], "value", ""), value))
        at = _end(events, value) + 1
    return found


def _end(events: Sequence[yaml.Event], start: int) -> int:
    """Return the event that ends what one event starts; the event itself where it stands alone."""
    depth = 0
    for at in range(start, len(events)):
        depth += isinstance(events[at], yaml.CollectionStartEvent)
        depth -= isinstance(events[at], yaml.CollectionEndEvent)
        if depth == 0:
            return at
    raise _CannotSay("ends within its list of tests")


def _last_leaf(events: Sequence[yaml.Event], start: int, end: int) -> yaml.Event:
    """Return the last event in a list whose end is known: a block's end mark lies beyond comments and blank lines."""
    flows: list[bool] = []
    last = events[start]
    for event in events[start + 1 : end]:
        if isinstance(event, yaml.CollectionStartEvent):
            flows.append(bool(event.flow_style))
        elif not isinstance(event, yaml.CollectionEndEvent) or flows.pop():
            last = event
    return last


def _after(text: str, leaf: yaml.Event, column: int) -> int:
    """Return the offset of the line after a leaf, and after comments below it that are indented deeper."""
    assert leaf.end_mark is not None
    at = int(leaf.end_mark.index)
    if at and text[at - 1] == "\n" and leaf.end_mark.column == 0:
        return at
    at = _next_line(text, at)
    while comment := re.compile(r"([ \t]*)#").match(text, at):
        if len(comment[1]) <= column:
            break
        at = _next_line(text, at)
    return at


def _next_line(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _carries(events: Sequence[yaml.Event], record_id: str) -> bool:
    return any(
        isinstance(event, yaml.ScalarEvent) and (event.value == record_id or event.value.startswith(f"{record_id}:"))
        for event in events
    )


def _prove(before: Sequence[yaml.Event], at: int, whole: str, case: Case, variable: str) -> None:
    """Raise where the new text does not read as the old one with exactly the new test in it."""
    item = promptfoo.item(case, variable)
    (data,) = yaml.safe_load(item)
    new = _events(item)[3:-3]
    wanted = [*map(_meaning, before[:at]), *map(_meaning, new), *map(_meaning, before[at:])]
    if data != promptfoo.test_of(case, variable) or [*map(_meaning, _events(whole))] != wanted:
        raise _CannotSay("would read differently with the new test in it")


def _meaning(event: yaml.Event) -> tuple[Any, ...]:
    """Return all of an event but its place."""
    names = ("anchor", "tag", "implicit", "value", "style", "flow_style", "explicit", "version", "tags")
    return (type(event), *(getattr(event, name, None) for name in names))


def _with_line(text: str, case: Case, name: str) -> str:
    """Return a JSONL dataset with the case as its last line, in the fields that its other lines have."""
    new = _line_like(text, case)
    try:
        items = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError) as error:
        raise NotInserted(f"{name} is not one JSON value a line, so the case was not put into it.", new) from error
    if "\r" in text or not all(isinstance(item, dict) and "input" in item for item in items):
        raise NotInserted(f"{name} has lines of another shape, so the case was not put into it.", new)
    if any(case.id in (item.get("id"), _incident(item)) for item in items):
        raise NotInserted(f"{name} holds the id {case.id} already, so the case was not put into it.", new)
    return text + ("\n" + new.removesuffix("\n") if text and not text.endswith("\n") else new)


def _line_like(text: str, case: Case) -> str:
    first = text.split("\n", 1)[0]
    return FORMATS["inspect" if '"target"' in first else "jsonl"](case).text


def _incident(item: dict[str, Any]) -> Any:
    metadata = item.get("metadata")
    return metadata.get("incident") if isinstance(metadata, dict) else None


def runner_of(text: str, name: str) -> str:
    """Return which runner reads a file that a case was inserted into, as the record names it."""
    if not name.endswith(".jsonl"):
        return "promptfoo"
    return "inspect" if '"target"' in text.split("\n", 1)[0] else "jsonl"
