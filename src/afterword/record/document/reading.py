"""From a file to a record, and to the place of each piece in the file."""

import re
from dataclasses import dataclass
from itertools import chain
from typing import Any

from afterword.record.document.bodies import Values, read_absence
from afterword.record.document.front import Front, read_front
from afterword.record.document.inline import heading_title
from afterword.record.document.outline import Found, Outline, Unknown, read_outline
from afterword.record.document.parts import build
from afterword.record.document.pieces import Key
from afterword.record.document.problem import DocumentError
from afterword.record.document.sections import Spec
from afterword.record.document.source import Held, HeldSection, Loose, Own, Source
from afterword.record.model import Cause, Record

LIMIT = 10_000_000
"""Files beyond this many characters are refused."""

_OURS = re.compile(r"<{7}(?:[ \t\r]|$)")
_MIDDLE = re.compile(r"={7}[ \t\r]*$")
_THEIRS = re.compile(r">{7}(?:[ \t\r]|$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: the record, and the tree of its pieces in the file."""

    source: Source
    record: Record
    front: Front
    body: HeldSection
    numbers: tuple[int, ...]
    """The causes' numbers as the file has them; empty where they do not tell the causes apart."""


def read(text: str, name: str) -> Reading:
    """Read a file, or refuse it with line and expectation."""
    if len(text) > LIMIT:
        raise DocumentError(name, 1, f"the file is longer than {LIMIT:,} characters.", "This is not a record.")
    source = Source(text, name)
    _refuse_conflict_in_front(source)
    front = read_front(source)
    source.read_body(front.end + 1)
    _refuse_conflict(source, front.end + 1)
    _refuse_unclosed(source)
    outline = read_outline(source, front.end + 1)
    numbers = _numbers(outline.root)
    body, values = _Reader(source).document(outline)
    if "title" not in front.values and outline.title is not None:
        values["title"] = heading_title(source.value(outline.title))
    values["causes"] = tuple(_renumbered(cause, numbers) for cause in values.get("causes", ()))
    record = build(Record, values | front.values, source, 0)
    return Reading(source, record, front, body, numbers)


class _Reader:
    """Reads sections into values, building the tree of places on the way."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def document(self, outline: Outline) -> tuple[HeldSection, Values]:
        """Read everything below the front matter."""
        root = outline.root
        own = self._own(root)
        if outline.title is not None:
            own.claim(("title",), outline.title, outline.title + 1)
        values: Values = {"absences": {}}
        children = self._children(root, (), values)
        return HeldSection(("record",), 0, root.start + 1, root.end, own.items(), children), values

    def _own(self, found: Found) -> Own:
        return Own(self.source, found.start + 1, found.own_end, found.start)

    def _children(self, found: Found, at: Key, values: Values) -> tuple[HeldSection | Loose, ...]:
        return tuple(
            self._unknown(child) if isinstance(child, Unknown) else self._section(child, at, values)
            for child in found.children
        )

    def _unknown(self, section: Unknown) -> Loose:
        return Loose(*self.source.trim(section.start, section.end), section.level)

    def _section(self, found: Found, at: Key, values: Values) -> HeldSection:
        if found.spec.holds == "same":
            own = self._own(found)
            _merge(values, found.spec.body.read(own, at))
            return self._held(found, (*at, found.spec.name), own, self._children(found, at, values))
        return self._part(found, at, values)

    def _part(self, found: Found, at: Key, values: Values) -> HeldSection:
        """Read a section that holds a part of its own, or says why there is none."""
        spec, own = found.spec, self._own(found)
        subsections = any(isinstance(child, Found) for child in found.children)
        # An eval case has a note, so that a text may go on after a word that alone would be an absence.
        if spec.absence and not subsections and (spec.holds == "each" or len(own.blocks) < 2):
            absences = read_absence(own, spec.absence, at)
            if absences or (spec.holds == "one" and not own.blocks):
                _merge(values, {"absences": absences})
                return self._held(found, (*at, spec.name), own, self._children(found, at, values))
        key = self._key(spec, at, values)
        inner: Values = {"absences": {}}
        if spec.numbered:
            inner["title"] = found.title
        _merge(inner, spec.body.read(own, key))
        children = self._children(found, key, inner)
        if not inner["absences"]:
            del inner["absences"]
        part = build(spec.part, inner, self.source, found.start)
        values[spec.name] = (*values.get(spec.name, ()), part) if spec.holds == "each" else part
        return self._held(found, key, own, children)

    def _key(self, spec: Spec, at: Key, values: Values) -> Key:
        return (*at, spec.name, len(values.get(spec.name, ()))) if spec.holds == "each" else (*at, spec.name)

    def _held(self, found: Found, key: Key, own: Own, children: tuple[HeldSection | Loose, ...]) -> HeldSection:
        heading = Held((*key, "heading"), found.start, found.start + 1)
        end = self.source.trim(found.start, found.end)[1]
        return HeldSection(key, found.spec.level, found.start, end, (heading, *own.items()), children)


def _merge(values: Values, more: Values) -> None:
    for name, value in more.items():
        if name == "absences":
            values["absences"] = values.get("absences", {}) | value
        else:
            values[name] = value


def _numbers(root: Found) -> tuple[int, ...]:
    """Return the written numbers of the causes where each has one of its own."""
    sections = chain.from_iterable(
        section.children
        for section in root.children
        if isinstance(section, Found) and section.spec.name == "root_cause"
    )
    numbers = [section.number for section in sections if isinstance(section, Found)]
    told = tuple(number for number in numbers if number is not None)
    return told if len(set(told)) == len(numbers) else ()


def _renumbered(cause: Cause, numbers: tuple[int, ...]) -> Cause:
    """Let references to causes mean their place, where the file numbers them otherwise."""
    places = {number: place for place, number in enumerate(numbers, 1)}
    if all(number == place for number, place in places.items()):
        return cause
    changed: dict[str, Any] = {
        name: tuple(places.get(number, number) for number in getattr(cause, name)) for name in ("leads_to", "only_with")
    }
    return cause.changed(**changed)


def _refuse_conflict_in_front(source: Source) -> None:
    for number, text in enumerate(source.lines):
        if number and text.rstrip() == "---":
            return
        if _OURS.match(text):
            _fail_conflict(source, number)


def _refuse_conflict(source: Source, start: int) -> None:
    middle = False
    for number in range(start, len(source.lines)):
        text = source.lines[number]
        if text[:1] not in {"<", "=", ">"} or number in source.blocks.fenced:
            continue
        if _OURS.match(text) or (middle and _THEIRS.match(text)):
            _fail_conflict(source, number)
        middle = middle or bool(_MIDDLE.match(text))


def _fail_conflict(source: Source, number: int) -> None:
    source.fail(number, "a merge conflict is not resolved.", "Resolve it, remove the marker lines, and try again.")


def _refuse_unclosed(source: Source) -> None:
    block = source.blocks.unclosed
    if block is None:
        return
    if block.kind == "fence":
        fence = source.value(block.start).strip()
        marker = fence[: len(fence) - len(fence.lstrip(fence[0]))]
        source.fail(block.start, "the fence that opens here is never closed.", f"Add a line {marker} where it ends.")
    source.fail(block.start, "the HTML that opens here is never closed.", "Close it, for a comment with -->.")
