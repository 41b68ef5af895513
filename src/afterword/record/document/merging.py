"""Editing a file's lines so that they say what another record says: what did not change stays as it stands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from afterword.record.absence import Absence
from afterword.record.document.inline import split_cells
from afterword.record.document.pieces import Key, Leaf, Node, Section, Table, chunks, row_line
from afterword.record.document.source import Held, HeldSection, HeldTable, Item, Loose, Source

Spelling: TypeAlias = Callable[[Held | None, Leaf | None, Leaf], Sequence[str]]
"""Writes a changed or new leaf the way its surroundings are written: from its place, its old form, its new one."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines of the new text; `start` (with the blank lines before) and `end` are where they stood, if they did."""

    lines: tuple[str, ...]
    apart: bool
    blank: tuple[str, ...] = ()
    start: int = -1
    end: int = -1
    edited: bool = False
    """Whether the lines are other ones now, which may need the blank lines around that the old ones did not."""


def joined(source: Source, parts: Iterable[Chunk]) -> list[str]:
    """Return the lines of all chunks; neighbours of old keep what is between them."""
    lines: list[str] = []
    at, edited = -1, False
    for chunk in parts:
        neighbours = chunk.start >= 0 and chunk.start == at and not edited and not chunk.edited
        if chunk.blank or neighbours or not chunk.apart or not lines:
            lines += chunk.blank
        else:
            lines += source.written([""])
        lines += chunk.lines
        at, edited = chunk.end, chunk.edited
    return lines


def _as_is(held: Held | None, old: Leaf | None, new: Leaf) -> Sequence[str]:
    return new.lines


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge into one file; above line `floor` no blank lines are looked for."""

    source: Source
    floor: int

    def sequence(
        self, ours: Sequence[Item], old: Sequence[Node], new: Sequence[Node], spell: Spelling = _as_is
    ) -> list[Chunk]:
        """Return the items `ours`, which say what `old` says, edited so that they say what `new` says."""
        before, after = {node.key: node for node in old}, {node.key: node for node in new}
        held = {item.key: item for item in ours if not isinstance(item, Loose)}
        moved = _moved([key for key in after if key in held and key in before], list(before))
        out: list[Placed] = []
        for item in ours:
            if isinstance(item, Loose):
                out.append(Placed((), item, [self.kept(item)]))
            elif item.key not in after:
                # An absence next to what it denies says nothing now, and would once that is gone.
                unsaid = item.key not in before and item.key[-1] != "absence"
                stays = unsaid and (_says_nothing(item) or tuple(old) == tuple(new))
                out.append(Placed((), item, [self.kept(item)] if stays else self._left_over(item, new)))
            elif item.key not in moved:
                out.append(Placed(item.key, item, self._item(item, before.get(item.key), after[item.key], spell)))
        there = {placed.key for placed in out}
        for index, node in enumerate(new):
            if node.key in there or (node.key not in moved and before.get(node.key) == node):
                continue  # in its place, or taken out of the file by hand and with nothing new to say
            out_of_place = held.get(node.key)
            if out_of_place:
                found = self._item(out_of_place, before.get(node.key), node, spell)
            else:
                found = self._fresh(node, spell)
            out.insert(_place(out, new[:index], node), Placed(node.key, None, found))
        return [chunk for placed in out for chunk in placed.chunks]

    def kept(self, item: Item) -> Chunk:
        """Return an item as it stands."""
        lines = self.source.lines
        start = item.start
        while start > self.floor and self.source.is_blank(start - 1):
            start -= 1
        apart = not _is_row(item)
        return Chunk(tuple(lines[item.start : item.end]), apart, tuple(lines[start : item.start]), start, item.end)

    def _edited(self, item: Item, lines: Iterable[str]) -> Chunk:
        edited = item.key[-1] not in {"heading", "table", "fields"} if isinstance(item, Held) else False
        return replace(self.kept(item), lines=tuple(self.source.written(lines)), edited=edited)

    def _item(self, item: Item, old: Node | None, new: Node, spell: Spelling) -> list[Chunk]:
        if old == new:
            return [self.kept(item)]
        if isinstance(item, HeldSection) and isinstance(new, Section):
            own, children = (_own(old), old.children) if isinstance(old, Section) else ((), ())
            found = self.sequence(item.own, own, _own(new))
            return self._told_apart(item, found, new) + self.sequence(item.children, children, new.children)
        if isinstance(item, HeldTable) and isinstance(new, Table):
            return self._table(item, old.rows if isinstance(old, Table) else (), new)
        if isinstance(item, Held) and isinstance(new, Leaf):
            return [self._edited(item, spell(item, old if isinstance(old, Leaf) else None, new))]
        return self._fresh(new, spell)

    def _told_apart(self, item: HeldSection, own: list[Chunk], new: Section) -> list[Chunk]:
        """Put a comment before loose text that would now be read as the section's absence."""
        loose = {each.end for each in item.own if isinstance(each, Loose)}
        if len(own) < 2 or own[1].end not in loose or any(leaf.key[-1] == "absence" for leaf in new.own):
            return own
        first = "\n".join(own[1].lines).replace("\r", "").partition("\n\n")[0]
        return [own[0], Chunk(("<!-- -->",), True), *own[1:]] if Absence.parse(first) else own

    def _table(self, item: HeldTable, old: Sequence[Leaf], new: Table) -> list[Chunk]:
        rows = {row.key: row for row in old}
        columns = [*item.columns]
        for index, title in enumerate(new.columns):
            if title.casefold() not in map(str.casefold, columns):
                # A column that the file does not have is added for a row that has something to say in it.
                columns += [title] * any(row.cells[index] for row in new.rows if rows.get(row.key) != row)
        spelling = Rows(self.source, columns, new.columns)
        found = self.sequence(item.items, old, new.rows, spelling.spell)
        if not item.columns:
            return [replace(found[0], apart=True), *found[1:]] if found else []
        head = Held(item.key, item.start, item.start + 2)
        more = columns[len(item.columns) :]
        return [self._edited(head, spelling.head(head, more)), *found]

    def _left_over(self, item: Item, new: Sequence[Node]) -> list[Chunk]:
        """Return what stays of something removed: what people wrote in a section or a table of fields of their own."""
        if isinstance(item, HeldTable) and item.columns and len(new) > 1:
            rows = [self.kept(row) for row in item.items if isinstance(row, Loose)]
            return [self.kept(Held(item.key, item.start, item.start + 2)), *rows] if rows else []
        if isinstance(item, HeldSection) and not isinstance(item.key[-1], int):
            loose = [each for each in (*item.own, *item.children) if isinstance(each, Loose)]
            # The heading of a part would be read as that part; unknown headings stand without it.
            stays = item.own[:1] if any(not each.level for each in loose) and item.key[-1] != "proof" else ()
            return [self.kept(each) for each in (*stays, *loose) if stays or (isinstance(each, Loose) and each.level)]
        return []

    def _fresh(self, node: Node, spell: Spelling) -> list[Chunk]:
        if isinstance(node, Leaf):
            return [Chunk(tuple(self.source.written(spell(None, None, node))), node.apart)]
        found = [Chunk(tuple(self.source.written(lines)), apart) for apart, lines in chunks(node)]
        return [replace(found[0], apart=True), *found[1:]]


@dataclass(frozen=True, slots=True)
class Placed:
    """An item of the new text, in its place; `item` is what it was in the file."""

    key: Key
    item: Item | None
    chunks: list[Chunk]


def _is_row(item: Item) -> bool:
    return isinstance(item, Loose | Held) and item.row


def _says_nothing(item: Item) -> bool:
    """Whether a section that the record does not need holds no piece of it but its heading."""
    return isinstance(item, HeldSection) and all(isinstance(piece, Loose) for piece in item.own[1:])


def _own(section: Section) -> tuple[Node, ...]:
    return (section.heading, *section.own) if section.heading else section.own


def _place(out: list[Placed], earlier: Sequence[Node], node: Node) -> int:
    """Return where something new goes: below the nearest earlier neighbour, else at the start."""
    places = {placed.key: index for index, placed in enumerate(out)}
    index = next((places[each.key] + 1 for each in reversed(earlier) if each.key in places), 0)
    # Prose goes below loose text, which it would swallow; a first subsection below what belongs above it.
    least = node.level + 1 if isinstance(node, Section) and not index else 0
    passes = least > 0 or (isinstance(node, Leaf) and node.is_prose)
    while passes and index < len(out) and isinstance(item := out[index].item, Loose) and item.level >= least:
        index += 1
    return index


def _moved(keys: list[Key], order: list[Key]) -> set[Key]:
    """Return the least keys to move so that the rest is in the old order."""
    numbers = {key: number for number, key in enumerate(order)}
    places = [numbers[key] for key in keys]
    if places == sorted(places):
        return set()
    # For each key: the length of the longest rising run that ends there, and the key before it in that run.
    runs: list[tuple[int, int]] = []
    for index, place in enumerate(places):
        longest, before = max(((runs[i][0], i) for i in range(index) if places[i] < place), default=(0, -1))
        runs.append((longest + 1, before))
    index = max(range(len(runs)), key=lambda i: runs[i][0])
    stay = set()
    while index >= 0:
        stay.add(keys[index])
        index = runs[index][1]
    return set(keys) - stay


@dataclass(frozen=True, slots=True)
class Rows:
    """How a file writes the rows of one table: its own columns, in its own order."""

    source: Source
    columns: Sequence[str]
    titles: Sequence[str]

    def head(self, held: Held, more: Sequence[str]) -> Sequence[str]:
        """Return the two head lines with `more` columns added."""
        lines = [self.source.value(number) for number in range(held.start, held.end)]
        if not more:
            return lines
        titles, rule = (line.rstrip(" \t").removesuffix("|") for line in lines)
        return [f"{titles}|{''.join(f' {title} |' for title in more)}", f"{rule}|{'---|' * len(more)}"]

    def spell(self, held: Held | None, old: Leaf | None, new: Leaf) -> Sequence[str]:
        """Return a row; a changed one keeps the cells that did not change, and those of unknown columns."""
        if not self.columns:
            return new.lines
        places = {title.casefold(): index for index, title in enumerate(self.titles)}
        known = [places.get(title.casefold()) for title in self.columns]
        if held is None:
            return [row_line("" if index is None else new.cells[index] for index in known)]
        raw = split_cells(self.source.value(held.start))
        raw += [" "] * (len(known) - len(raw))
        for position, index in enumerate(known):
            if index is not None and (old is None or old.cells[index] != new.cells[index]):
                text = new.cells[index].replace("|", r"\|")
                raw[position] = f" {text} ".ljust(len(raw[position])) if text else " " * max(1, len(raw[position]))
        return [f"|{'|'.join(cell if cell[:1] == ' ' else f' {cell}' for cell in raw)}|"]
