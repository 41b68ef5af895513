"""A passage that is being marked by hand: a caret, and the place where it begins once that is fixed."""

from afterword.tui.widgets.caret import Caret, Way, word_around
from afterword.tui.widgets.marked_text import MarkedText


class Passage:
    """Grows with the caret, either from a beginning that was fixed or from where an arrow with shift set out.

    With a fixed beginning the character under the caret belongs to it; with shift it ends before the caret, as in any
    editor.
    """

    def __init__(self, start: int) -> None:
        self.caret = Caret(start)
        self._anchor: int | None = None
        self.is_begun = False

    def range(self, marked: MarkedText) -> tuple[int, int] | None:
        """Return its first character and the one after its last; None while it holds nothing."""
        if self._anchor is None:
            return None
        low, high = sorted((self._anchor, self.caret.offset))
        high = min(high + self.is_begun, len(marked.text))
        return (low, high) if low < high else None

    def taken(self, marked: MarkedText) -> tuple[int, int]:
        """Return what is taken: the passage, or else the word under the caret; an empty range where there is none."""
        return self.range(marked) or word_around(marked.text, self.caret.offset)

    def begin(self) -> None:
        """Fix its beginning where the caret is; or let go of it, where it is fixed."""
        self._anchor = None if self.is_begun else self.caret.offset
        self.is_begun = not self.is_begun

    def go(self, way: Way, marked: MarkedText, page: int) -> None:
        """Move the caret; without a fixed beginning nothing stays selected."""
        if not self.is_begun:
            self._anchor = None
        if way == "word_right":
            way = "word_last" if self.is_begun else "next_word"
        self.caret.go(way, marked, page)

    def extend(self, way: Way, marked: MarkedText, page: int) -> None:
        """Move the caret and take what it passes."""
        if self._anchor is None:
            self._anchor = self.caret.offset
        self.caret.go(way, marked, page)
