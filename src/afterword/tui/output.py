"""Sends the terminal the cells that changed, where Textual sends every cell that was drawn anew.

A frame is compared with the one before it, cell by cell, and colours and styles are sent where they change. The frames
come from inside Textual's display, which its version bound in pyproject.toml keeps as it is.
"""

import os
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.color import ColorSystem
from rich.console import RenderableType
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from afterword.tui.looks import PLAIN, Look, change, look_of
from afterword.tui.widgets.cells import clusters, is_plain

EVERY_CELL = "AFTERWORD_EVERY_CELL"
"""A variable of the environment; where it is set, frames are sent as Textual makes them."""
_GAP = 4
"""Unchanged cells between two changed ones up to which sending them costs no more than going around them."""


Cell = tuple[str, Look] | None
"""What stands in a cell, "" for the second half of a wide character; None where that is not known."""


class Output:
    """What the terminal shows, and how to get from there to the next frame."""

    def __init__(self) -> None:
        self._rows: list[list[Cell]] = []
        self._doubtful: set[int] = set()
        self._look: Look | None = None
        """How the terminal draws now; None where that is not known."""

    def forget(self) -> None:
        """Take nothing for granted: something else may have written to the terminal."""
        self._rows = []
        self._look = None

    def sequence(self, update: LayoutUpdate | ChopsUpdate, colours: ColorSystem) -> str:
        """Return what to write so that the terminal shows the update; "" where it does already."""
        rows = _whole(update, colours) if isinstance(update, LayoutUpdate) else _parts(update, colours)
        height, width = _size(update)
        if len(self._rows) != height or (self._rows and len(self._rows[0]) != width):
            self._rows = [[None] * width for _ in range(height)]
            self._doubtful.clear()
        pen = _Pen(self._look)
        changed: dict[int, list[Cell]] = {}
        for y, x, cells in rows:
            if 0 <= y < height:
                row = changed.setdefault(y, self._rows[y][:])
                row[x : x + len(cells)] = cells[: max(0, width - x)]
        for y, row in changed.items():
            if row != self._rows[y]:
                # Terminals disagree on how wide some characters are: all that stands beside them may have to move.
                was_doubtful = y in self._doubtful
                (self._doubtful.discard if _is_sure(row) else self._doubtful.add)(y)
                if was_doubtful or y in self._doubtful:
                    pen.draw_whole(y, row)
                else:
                    pen.draw_changes(y, self._rows[y], row)
                self._rows[y] = row
        self._look = pen.look
        return pen.written


class _Pen:
    """Collects what to write, and knows where the terminal's cursor is and how it draws there."""

    def __init__(self, look: Look | None) -> None:
        self._written: list[str] = []
        self.look = look
        self._at: tuple[int, int] | None = None

    @property
    def written(self) -> str:
        """Everything to write. The look stays for the next frame, which mostly goes on in it."""
        return "".join(self._written)

    def draw_changes(self, y: int, before: Sequence[Cell], after: Sequence[Cell]) -> None:
        """Draw what differs in a row of characters that take one cell each."""
        for start, end in _runs(before, after):
            for x, look, texts in _pieces(start, after[start:end]):
                self._piece(y, x, look, "".join(texts))

    def draw_whole(self, y: int, cells: Sequence[Cell]) -> None:
        """Draw a row some of whose characters may be wider or narrower than they should; others are placed anew."""
        for start, look, texts in _pieces(0, cells):
            x = start
            for is_sure, part in groupby(texts, key=lambda text: bool(text) and is_plain(text)):
                piece = list(part)
                self._piece(y, x, look, "".join(piece))
                x += len(piece)
                if not is_sure:
                    self._at = None

    def _piece(self, y: int, x: int, look: Look, text: str) -> None:
        if self._at != (y, x):
            same_row = self._at is not None and self._at[0] == y
            self._written.append(f"\x1b[{x + 1}G" if same_row else f"\x1b[{y + 1};{x + 1}H")
        if look is not self.look:
            # What is not known is left by way of the terminal's own look.
            self._written.append("\x1b[0m" if self.look is None else "")
            self._written.append(change(self.look or PLAIN, look))
            self.look = look
        self._written.append(text)
        self._at = (y, x + len(text))


def _size(update: LayoutUpdate | ChopsUpdate) -> tuple[int, int]:
    """Return the lines and columns of the screen that an update is of."""
    if isinstance(update, LayoutUpdate):
        return update.region.height, update.region.width
    return len(update.chops), update.chop_ends[0][-1] if update.chop_ends and update.chop_ends[0] else 0


def _whole(update: LayoutUpdate, colours: ColorSystem) -> Iterator[tuple[int, int, list[Cell]]]:
    """Yield the rows of a whole screen: line, column, cells."""
    for y, strips in enumerate(update.strips, update.region.y):
        yield y, update.region.x, [cell for strip in strips for cell in _cells(strip, colours)]


def _parts(update: ChopsUpdate, colours: ColorSystem) -> Iterator[tuple[int, int, list[Cell]]]:
    """Yield the parts of a screen that were drawn anew: line, column, cells."""
    for y, start, stop in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > stop or end <= start:
                continue
            whole = end <= stop
            yield y, x, _cells(strip if whole else strip.crop(0, stop - x), colours)


def _cells(strip: Strip, colours: ColorSystem) -> list[Cell]:
    cells: list[Cell] = []
    for text, style, control in strip:
        if control:
            continue
        look = PLAIN if style is None else look_of(style, colours)
        if is_plain(text):
            cells += [(character, look) for character in text]
        else:
            _add(cells, text, look)
    return cells


def _add(cells: list[Cell], text: str, look: Look) -> None:
    """Add text that holds wide characters, or marks that belong to the character before them."""
    at = 0
    for length, width in clusters(text):
        cluster = text[at : at + length]
        at += length
        if width:
            cells += [(cluster, look), *[("", look)] * (width - 1)]
            continue
        last = next((back for back in (-1, -2) if len(cells) >= -back and (cells[back] or ("",))[0]), None)
        if last is not None and (before := cells[last]) is not None:
            cells[last] = (before[0] + cluster, before[1])


def _runs(before: Sequence[Cell], after: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Yield where two rows differ, as first and last-but-one cell; small gaps of the same look are bridged."""
    start = end = -1
    for x, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            continue
        if start < 0:
            start = x
        elif x - end > _GAP or not _is_one_look(after[end - 1 : x]):
            yield start, end
            start = x
        end = x + 1
    if start >= 0:
        yield start, end


def _is_one_look(cells: Sequence[Cell]) -> bool:
    return all(cell is not None and cells[0] is not None and cell[1] is cells[0][1] for cell in cells)


def _pieces(x: int, cells: Sequence[Cell]) -> Iterator[tuple[int, Look, list[str]]]:
    """Yield the pieces of one look: column, look, what stands in each cell; cells that are not known are left out."""
    texts: list[str] = []
    look: Look | None = None
    for at, cell in enumerate(cells, x):
        now = None if cell is None else cell[1]
        if now is not look:
            if look is not None:
                yield at - len(texts), look, texts
            texts, look = [], now
        if cell is not None:
            texts.append(cell[0])
    if look is not None:
        yield x + len(cells) - len(texts), look, texts


def _is_sure(cells: Sequence[Cell]) -> bool:
    """Whether every terminal gives each of these characters one cell."""
    texts = [cell[0] for cell in cells if cell is not None]
    text = "".join(texts)
    return len(text) == len(texts) and "" not in texts and is_plain(text)


class ChangedCells(App[str]):
    """An app that sends changed cells; a frame that changes nothing costs nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._output = None if os.environ.get(EVERY_CELL) else Output()

    async def on_mount(self) -> None:
        """Paint everything where another program had the terminal."""
        self.app_resume_signal.subscribe(self, lambda _: self.paint_anew())

    def on_app_focus(self) -> None:
        """Paint everything when the author comes back to the terminal: something may have been written over it."""
        self.paint_anew()

    def on_resize(self) -> None:
        """Paint everything: terminals move and cut what they show when their size changes."""
        self.paint_anew()

    def paint_anew(self) -> None:
        """Send every cell again, for the terminal may show something else by now."""
        if self._output is not None:
            self._output.forget()
        self.screen.refresh()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        is_ours = isinstance(renderable, LayoutUpdate | ChopsUpdate) and self._output is not None
        if not is_ours or self.is_headless or self._batch_count or not self._running or self._closed:
            super()._display(screen, renderable)
            return
        assert isinstance(renderable, LayoutUpdate | ChopsUpdate) and self._output is not None
        if self._driver is not None:
            written = self._output.sequence(renderable, self.console._color_system or ColorSystem.TRUECOLOR)
            cursor = screen.outer_size.clamp_offset(self.cursor_position)
            if written or cursor != self._previous_cursor_position:
                self._previous_cursor_position = cursor
                self._send(f"{written}\x1b[{cursor.y + 1};{cursor.x + 1}H")
        self.post_display_hook()

    def _send(self, text: str) -> None:
        assert self._driver is not None
        self._driver.write(f"{SYNC_START}{text}{SYNC_END}" if self._sync_available else text)
        self._driver.flush()
