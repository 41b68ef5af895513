"""The block structure of Markdown text, as markdown-it reads it, and prose that cannot break out of its place.

Prose stands between headings that are structure. `guard` puts a backslash before each line of prose that would
be a heading or a merge conflict marker, `unguard` takes it away again, and `closed` ends what would swallow the
lines that follow.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

STRUCTURE = re.compile(r"(?P<before> {0,3})(?P<slashes>\\*)(?:#{1,6}|<{7}|>{7})(?=[ \t]|$)")
"""A line that prose must not have as it is: a heading, or a marker of an unresolved merge."""

_DEEP = re.compile(r"(?=[ \t>*+\-0-9.)]{100})(?=[ \t>*+\-0-9.)]*(?:>|[-+*][ \t]|[0-9][.)][ \t]))")
_FENCE = re.compile(r"[ ]{0,3}(?P<marker>`{3,}|~{3,})")
_HTML_ENDS = (
    (re.compile(r"[ ]{0,3}<!--"), "-->"),
    (re.compile(r"[ ]{0,3}<\?"), "?>"),
    (re.compile(r"[ ]{0,3}<!\[CDATA\["), "]]>"),
    (re.compile(r"[ ]{0,3}<![A-Za-z]"), ">"),
    (re.compile(r"[ ]{0,3}<(?P<tag>script|pre|style|textarea)", re.IGNORECASE), ""),
)
_KINDS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "table_open": "table",
    "fence": "fence",
    "html_block": "html",
    "bullet_list_open": "list",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One top-level block: lines `start` to `end` (0-based, exclusive); `items` are those of a bullet list.

    A list and its items reach over the blank lines below them, even past the end of the text.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    """1 to 6 for a heading written with `#`, else 0."""
    items: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Blocks:
    """What a text consists of; `fenced` are all lines in fences, `unclosed` a block that never ends."""

    top: tuple[Block, ...]
    fenced: frozenset[int]
    unclosed: Block | None


@lru_cache(maxsize=1)
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    # The nesting limit of markdown-it ends the whole text; `_plain` bounds the depth instead.
    return MarkdownIt("commonmark", {"maxNesting": 1000}).enable("table")


def _plain(line: str) -> str:
    """Return a line whose block structure is the same and which markdown-it counts as one line."""
    if _DEEP.match(line):
        return "x"
    return line.rstrip("\r").replace("\r", " ").replace("\x00", "\ufffd")


def read_blocks(lines: Sequence[str]) -> Blocks:
    """Read the top-level blocks of a text given as lines (without line ends)."""
    text = "\n".join([*map(_plain, lines), "", "# end"])
    markdown = _markdown()
    tokens: list[Token] = []
    markdown.block.parse(text, markdown, {}, tokens)
    top = list(_top_level(tokens))
    fenced = frozenset(
        number for token in tokens if token.type == "fence" and token.map for number in range(*token.map)
    )
    last = top.pop()
    if last.kind == "heading" and last.start == len(lines) + 1:
        return Blocks(tuple(top), fenced, None)
    return Blocks((*top, last), fenced, last)


def _top_level(tokens: "list[Token]") -> "list[Block]":
    found: list[Block] = []
    items: list[tuple[int, int]] = []
    for token in tokens:
        if token.type == "list_item_open" and token.level == 1 and token.map:
            items.append((token.map[0], token.map[1]))
        if token.level or not token.map:
            continue
        kind = _KINDS.get(token.type, "other")
        level = len(token.markup) if kind == "heading" and token.markup.startswith("#") else 0
        found.append(Block(kind, token.map[0], token.map[1], level))
    return [_with_items(block, items) if block.kind == "list" else block for block in found]


def _with_items(block: Block, items: list[tuple[int, int]]) -> Block:
    inside = tuple(item for item in items if block.start <= item[0] < block.end)
    return Block(block.kind, block.start, block.end, 0, inside)


def guard(text: str, *more: re.Pattern[str]) -> str:
    """Escape each line of prose that would be structure: one backslash more, outside fences.

    `more` are further patterns of such lines, with the groups `before` (where the backslash goes) and `slashes`.
    """
    lines = text.split("\n")
    suspects = {number: match.end("before") for number, match in _matches(lines, more)}
    escaped: set[int] = set()
    # An escaped heading is a paragraph, which may change what follows: repeat until it agrees with itself.
    while suspects:
        guarded = [_escaped(line, suspects[i]) if i in escaped else line for i, line in enumerate(lines)]
        wanted = suspects.keys() - read_blocks(guarded).fenced
        if wanted == escaped:
            return "\n".join(guarded)
        escaped = wanted
    return text


def _escaped(line: str, at: int) -> str:
    return f"{line[:at]}\\{line[at:]}"


def unguard(text: str, *more: re.Pattern[str]) -> str:
    """Undo `guard`: `unguard(guard(text)) == text`."""
    lines = text.split("\n")
    guarded = [(number, match) for number, match in _matches(lines, more) if match["slashes"]]
    if not guarded:
        return text
    fenced = read_blocks(lines).fenced
    for number, match in guarded:
        if number not in fenced:
            at = match.end("before")
            lines[number] = lines[number][:at] + lines[number][at + 1 :]
    return "\n".join(lines)


def _matches(lines: list[str], more: tuple[re.Pattern[str], ...]) -> list[tuple[int, re.Match[str]]]:
    patterns = (STRUCTURE, *more)
    found = []
    for number, line in enumerate(lines):
        match = next(filter(None, (pattern.match(line) for pattern in patterns)), None)
        if match:
            found.append((number, match))
    return found


def closed(text: str) -> str:
    """End what prose opens and does not end itself: a fence, an HTML comment, a `<pre>`."""
    while True:
        lines = guard(text).split("\n")
        unclosed = read_blocks(lines).unclosed
        if unclosed is None:
            return text
        text = f"{text}\n{_end_of(lines[unclosed.start])}"


def _end_of(opening: str) -> str:
    """Return the line that closes the fence or HTML block that `opening` opens."""
    fence = _FENCE.match(opening)
    if fence:
        return fence["marker"]
    for pattern, end in _HTML_ENDS:
        match = pattern.match(opening)
        if match:
            return end or f"</{match['tag']}>"
    raise AssertionError(f"nothing stays open after {opening!r}")
