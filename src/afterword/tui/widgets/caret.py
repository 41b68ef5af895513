"""Where a caret goes in a laid-out text."""

import re
from typing import Literal, get_args

from rich.cells import cell_len

from afterword.tui.widgets.marked_text import MarkedText

Way = Literal[
    "left", "right", "up", "down", "page_up", "page_down", "home", "end", "word_left", "word_right",
    "word_last", "next_word", "start", "finish",
]  # fmt: skip
WAYS: tuple[Way, ...] = get_args(Way)
ARROWS: dict[str, Way] = {
    "left": "left", "right": "right", "up": "up", "down": "down", "home": "home", "end": "end",
    "pageup": "page_up", "pagedown": "page_down",
}  # fmt: skip
CTRL_ARROWS: dict[str, Way] = {"left": "word_left", "right": "word_right", "home": "start", "end": "finish"}
"""Where the arrow keys and their neighbours lead, alone and with Ctrl."""
_WORD = re.compile(r"\w+")
_FAR = 1_000
"""Characters that are searched for the beginning of a word."""


class Caret:
    """A place in a text, with the column that it keeps while it goes up and down."""

    def __init__(self, offset: int = 0) -> None:
        self.offset = offset
        self._column: int | None = None

    def put(self, offset: int) -> None:
        """Put the caret on a character."""
        self.offset = offset
        self._column = None

    def go(self, way: Way, marked: MarkedText, page: int) -> None:
        """Go one step; a page is `page` rows."""
        rows = {"up": -1, "down": 1, "page_up": -page, "page_down": page}.get(way)
        if rows is not None:
            self.offset = self._rows_away(rows, marked)
        else:
            self.put(self._target(way, marked.text))

    def _target(self, way: Way, text: str) -> int:
        at = self.offset
        match way:
            case "left" | "right":
                return self._beside(1 if way == "right" else -1, text)
            case "home":
                return text.rfind("\n", 0, at) + 1
            case "end":
                return end if (end := text.find("\n", at)) >= 0 else len(text)
            case "word_left":
                return max((m.start() for m in _WORD.finditer(text, max(0, at - _FAR), at)), default=max(0, at - 1))
            case "word_right":
                word = _WORD.search(text, at)
                return word.end() if word else len(text)
            case "word_last":
                word = _WORD.search(text, at + 1)
                return word.end() - 1 if word else len(text)
            case "next_word":
                _, end = word_around(text, at)
                word = _WORD.search(text, end)
                return word.start() if word else len(text)
        return 0 if way == "start" else len(text)

    def _beside(self, step: int, text: str) -> int:
        """Return the next character to a side that takes cells of its own."""
        at = self.offset + step
        while 0 < at < len(text) and text[at] >= "\u0300" and text[at].isprintable() and cell_len(text[at]) == 0:
            at += step
        return max(0, min(at, len(text)))

    def _rows_away(self, rows: int, marked: MarkedText) -> int:
        x, y = marked.place(self.offset)
        if self._column is None:
            self._column = x
        step = 1 if rows > 0 else -1
        goal = max(0, min(y + rows, marked.height - 1)) if abs(rows) > 1 else y + rows
        while 0 <= goal < marked.height:
            target = marked.offset_at(self._column, goal)
            # A row may hold no more than the end of a long stand-in, whose character stands in the row before.
            if (target - self.offset) * step > 0:
                return target
            goal += step
        return len(marked.text) if rows > 0 else 0


def word_around(text: str, at: int) -> tuple[int, int]:
    """Return the word that a character is in, or the character alone."""
    begin = max(0, at - _FAR)
    for match in _WORD.finditer(text, begin, at + _FAR):
        if match.start() <= at < match.end():
            return match.span()
        if match.start() > at:
            break
    return at, min(at + 1, len(text))
