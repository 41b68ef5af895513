"""From a record to its Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from afterword.record.document.bodies import absence_leaf
from afterword.record.document.front import front_leaves, title_leaf
from afterword.record.document.inline import heading
from afterword.record.document.pieces import Key, Leaf, Section, chunks
from afterword.record.document.sections import DOCUMENT, Spec
from afterword.record.model import Cause, Record


def render(record: Record) -> str:
    """Return the canonical file of a record."""
    lines = ["---", *(line for leaf in front_leaves(record) for line in leaf.lines), "---"]
    for apart, piece in chunks(body(record)):
        lines += ["", *piece] if apart else piece
    return "\n".join(lines) + "\n"


def body(record: Record, numbers: Sequence[int] = ()) -> Section:
    """Return the tree of pieces below the front matter, with the causes numbered from 1 or by `numbers`."""
    written = _Layout(numbers)
    if numbers:
        record = record.changed(causes=tuple(written.renumbered(cause) for cause in record.causes))
    return Section(("record",), 0, None, (title_leaf(record),), written.children(DOCUMENT, record, ()))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lays out sections; `numbers` are those that the causes have in a file."""

    numbers: Sequence[int]

    def renumbered(self, cause: Cause) -> Cause:
        """Return a cause that names others by the file's numbers."""
        places = dict(enumerate(self.numbers, 1))
        return cause.changed(
            leads_to=tuple(places.get(place, place) for place in cause.leads_to),
            only_with=tuple(places.get(place, place) for place in cause.only_with),
        )

    def children(self, spec: Spec, part: Any, at: Key) -> tuple[Section, ...]:
        """Return the sections under a heading."""
        sections: list[Section] = []
        for child in spec.children:
            empty_before = bool(sections) and not sections[-1].own and not sections[-1].children
            sections += self._sections(child, part, at, not (child.tight and empty_before))
        return tuple(sections)

    def _sections(self, spec: Spec, part: Any, at: Key, apart: bool) -> Sequence[Section]:
        if not spec.shown(part):
            return []
        key = (*at, spec.name)
        if spec.holds == "same":
            return [self._section(spec, part, at, key, apart)]
        held = getattr(part, spec.name)
        if spec.holds == "one" and held is not None:
            return [self._section(spec, held, key, key, apart)]
        if held:
            return [self._section(spec, each, (*key, i), (*key, i), apart) for i, each in enumerate(held)]
        absence = absence_leaf(part, spec.absence, at) if spec.absence else ()
        if not absence and spec.holds == "each":
            return []
        return [Section(key, spec.level, _heading(spec, key, spec.title), absence)]

    def _section(self, spec: Spec, part: Any, at: Key, key: Key, apart: bool) -> Section:
        title = spec.title
        if spec.numbered and isinstance(place := key[-1], int):
            number = self.numbers[place] if spec.name == "causes" and self.numbers else place + 1
            title = f"{title} {number}: {part.title}" if part.title else f"{title} {number}"
        heading_leaf = _heading(spec, key, title, apart)
        return Section(key, spec.level, heading_leaf, spec.body.write(part, at), self.children(spec, part, at))


def _heading(spec: Spec, key: Key, title: str, apart: bool = True) -> Leaf:
    return Leaf((*key, "heading"), (heading(spec.level, title),), apart=apart)
