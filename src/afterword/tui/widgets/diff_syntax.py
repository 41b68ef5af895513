"""Syntax colours for the lines of a diff, a piece of a hunk at a time."""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from afterword.repo.diff import Diff

if TYPE_CHECKING:
    from pygments.lexer import Lexer

Paint = Literal["comment", "keyword", "string", "digits", "name", "heading", "strong", "emphasis"]
Token = tuple[int, int, Paint]
"""Start and end in the characters of a line, and what stands there."""

_PIECE = 32
"""Lines that are read together; what a construct means is not carried over from one piece to the next."""
_LONGEST = 2_000
"""Characters; a longer line stays without colours."""
_LIKE = {
    ".prompty": "markdown",
    ".prompt": "markdown",
    ".mdc": "markdown",
    ".mdx": "markdown",
    ".j2": "jinja",
}


class Syntax:
    """The tokens of a diff's lines, read when they are drawn."""

    def __init__(self, diff: Diff, path: str) -> None:
        self._hunks = diff.hunks
        self._path = path
        self._lexer: Lexer | Literal["unknown"] | None = "unknown"
        self._known: dict[tuple[int, int], tuple[Token, ...]] = {}

    def known(self, hunk: int, line: int) -> tuple[Token, ...] | None:
        """Return the tokens of a line, or None while it has not been read."""
        if line < 0 or self._lexer is None:
            return ()
        return self._known.get((hunk, line))

    def read(self, hunk: int, line: int) -> None:
        """Read the piece of the hunk that a line is in: the new side with the context, and the old side."""
        if self._lexer == "unknown":
            self._lexer = _lexer(self._path)
        if self._lexer is None:
            return
        start = line // _PIECE * _PIECE
        lines = self._hunks[hunk].lines[start : start + _PIECE]
        for kinds in ("-", "+ "):
            if not any(entry.kind in kinds for entry in lines):
                continue
            side = [at for at, entry in enumerate(lines) if entry.kind in kinds or entry.kind == " "]
            texts = [lines[at].text if len(lines[at].text) <= _LONGEST else "" for at in side]
            for at, tokens in zip(side, _tokens(self._lexer, texts), strict=True):
                self._known[hunk, start + at] = tuple(tokens)
        for at, entry in enumerate(lines):
            if entry.kind == "\\":
                self._known[hunk, start + at] = ()


def _lexer(path: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name, get_lexer_for_filename
    from pygments.util import ClassNotFound

    name = PurePosixPath(path).name
    like = _LIKE.get(PurePosixPath(name).suffix.lower())
    try:
        found = get_lexer_by_name(like, stripnl=False) if like else get_lexer_for_filename(name, stripnl=False)
    except ClassNotFound:
        return None
    return found if found.name != "Text only" else None


def _tokens(lexer: "Lexer", texts: list[str]) -> list[list[Token]]:
    """Read lines as one text, and return the tokens of each."""
    found: list[list[Token]] = [[] for _ in texts]
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    for index, kind, value in lexer.get_tokens_unprocessed("\n".join(texts) + "\n"):
        paint = _paint(str(kind))
        if paint is None:
            continue
        at = bisect_right(starts, index) - 1
        column = index - starts[at] if at < len(texts) else 0
        for part in value.split("\n"):
            if part and at < len(texts):
                found[at].append((column, column + len(part), paint))
            at, column = at + 1, 0
    return found


_PAINTS: tuple[tuple[str, Paint], ...] = (
    ("Token.Comment", "comment"),
    ("Token.Keyword", "keyword"),
    ("Token.Literal.Number", "digits"),
    ("Token.Literal.String", "string"),
    ("Token.Literal", "string"),
    ("Token.Name.Tag", "name"),
    ("Token.Name.Attribute", "name"),
    ("Token.Name.Function", "name"),
    ("Token.Name.Class", "name"),
    ("Token.Name.Decorator", "name"),
    ("Token.Name.Label", "name"),
    ("Token.Name.Variable", "name"),
    ("Token.Generic.Heading", "heading"),
    ("Token.Generic.Subheading", "heading"),
    ("Token.Generic.Strong", "strong"),
    ("Token.Generic.Emph", "emphasis"),
)


@lru_cache(256)
def _paint(kind: str) -> Paint | None:
    return next((paint for prefix, paint in _PAINTS if kind.startswith(prefix)), None)
