"""Where the known headings of a file stand, and how far each section reaches."""

import re
from dataclasses import dataclass, field

from afterword.record.blocks import Block
from afterword.record.document.inline import heading_title
from afterword.record.document.sections import DOCUMENT, Spec
from afterword.record.document.source import Source

_NUMBERED = re.compile(r"(?: (?P<number>[0-9]{1,9}))?(?::[ \t]*(?P<title>.*))?")


@dataclass
class Found:
    """A known section: lines `start` to `end`; its own part ends at `own_end`, where a subsection begins."""

    spec: Spec
    start: int
    title: str = ""
    number: int | None = None
    own_end: int = 0
    end: int = 0
    children: list["Found | Unknown"] = field(default_factory=list)


@dataclass
class Unknown:
    """A section under a heading that is none of the record's."""

    level: int
    start: int
    end: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a file, and the line of its title heading."""

    root: Found
    title: int | None


def read_outline(source: Source, start: int) -> Outline:
    """Find the known headings in the lines from `start` on; a known one that stands twice is refused."""
    return _Walk(source, start).walk()


class _Walk:
    """One pass over the headings, with the sections that are open."""

    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.root = Found(DOCUMENT, start - 1)
        self.open: list[Found | Unknown] = [self.root]
        self.title: int | None = None

    def walk(self) -> Outline:
        for block in self.source.blocks.top:
            if block.level:
                self._heading(block)
        self._close(0, len(self.source.lines))
        return Outline(self.root, self.title)

    def _heading(self, block: Block) -> None:
        title = heading_title(self.source.value(block.start))
        if block.level == 1 and self.title is None and not self.root.children:
            self.title = block.start
            return
        inner = self.open[-1]
        # A main section is known wherever it stands; any other only in its place.
        known = self._known(self.root, block, title) if block.level == 2 else None
        if isinstance(inner, Unknown) and block.level > inner.level and known is None:
            return
        self._close(1 if known else block.level, block.start)
        parent = self.open[-1]
        assert isinstance(parent, Found)
        section = known or self._known(parent, block, title) or Unknown(block.level, block.start)
        parent.children.append(section)
        self.open.append(section)

    def _close(self, level: int, line: int) -> None:
        """End the own part of the innermost section, and the open sections of `level` and deeper."""
        inner = self.open[-1]
        if isinstance(inner, Found) and not inner.own_end:
            inner.own_end = line
        while len(self.open) > 1 and _level(self.open[-1]) >= level:
            self.open.pop().end = line
        if level == 0:
            self.root.end = line

    def _known(self, parent: Found, block: Block, title: str) -> Found | None:
        for spec in parent.spec.children:
            found = _match(spec, block, title)
            if found:
                self._refuse_second(parent, found)
                return found
        return None

    def _refuse_second(self, parent: Found, found: Found) -> None:
        if found.spec.holds == "each":
            return
        for section in parent.children:
            if isinstance(section, Found) and section.spec is found.spec:
                self.source.fail(
                    found.start,
                    f'the heading "{found.spec.title}" stands twice, first in line {section.start + 1}.',
                    "Join the two sections into one.",
                )


def _level(section: Found | Unknown) -> int:
    return section.level if isinstance(section, Unknown) else section.spec.level


def _match(spec: Spec, block: Block, title: str) -> Found | None:
    if spec.level != block.level:
        return None
    if not spec.numbered:
        return Found(spec, block.start) if title.casefold() == spec.title.casefold() else None
    if not title.casefold().startswith(spec.title.casefold()):
        return None
    match = _NUMBERED.fullmatch(title[len(spec.title) :])
    if match is None:
        return None
    number = int(match["number"]) if match["number"] else None
    return Found(spec, block.start, match["title"] or "", number)
