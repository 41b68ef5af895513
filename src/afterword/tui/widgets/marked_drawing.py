"""Draws a row of a marked text: findings in their colours, the caret and the passage being marked on them."""

from rich.cells import cell_len
from rich.style import Style

from afterword.tui.widgets.marked_text import MarkedText, Piece
from afterword.tui.widgets.painting import Styles
from afterword.tui.widgets.passage import Passage


def drawn(
    marked: MarkedText, row: int, current: int | None, passage: Passage | None, style: Styles
) -> list[tuple[str, Style]]:
    """Return the pieces of a row with their styles; `current` is the finding that the author is at."""
    low, high = (passage.range(marked) if passage else None) or (0, 0)
    caret_x, caret_y = marked.place(passage.caret.offset) if passage else (0, -1)
    pieces: list[tuple[str, Style]] = []
    column = 0
    for piece in marked.pieces(row):
        base = _base(marked, piece, current, style)
        if piece.is_sign or (row != caret_y and low == high):
            pieces.append((piece.text, base))
            column += cell_len(piece.text)
            continue
        for character, offset in zip(piece.text, marked.offsets(piece, row), strict=True):
            cells = cell_len(character)
            is_caret = row == caret_y and column <= caret_x < column + cells
            shown = style("caret" if is_caret else "selection") if is_caret or low <= offset < high else base
            pieces.append((character, shown))
            column += cells
    if row == caret_y and caret_x >= column:
        pieces.append((" ", style("caret")))
    return pieces


def _base(marked: MarkedText, piece: Piece, current: int | None, style: Styles) -> Style:
    if piece.span is None:
        return style()
    name = "sign" if piece.is_sign else marked.spans[piece.span].state
    return style(name, "current") if piece.span == current else style(name)
