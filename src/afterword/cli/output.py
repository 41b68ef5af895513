"""The only printer: data to stdout, narration to stderr, made safe where a terminal reads it."""

import contextlib
import os
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any, TextIO

from afterword.visible import escaped, visible, visible_line

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


class Output:
    """Writes what a command has to say; foreign text is made visible for a terminal, kept raw in a pipe."""

    def __init__(self) -> None:
        self._out = _prepared(sys.stdout)
        self._err = _prepared(sys.stderr)
        self.is_terminal = self._out.isatty()
        self._colours = self.is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def data(self, text: str) -> None:
        """Print lines of data."""
        self._out.write(f"{visible(text) if self.is_terminal else text}\n")

    def raw(self, text: str) -> None:
        """Print a text as it is, to the last byte; on a terminal made visible and ended by a newline."""
        if not self.is_terminal:
            self._out.write(text)
        else:
            self.data(text.removesuffix("\n"))

    def row(self, *pieces: tuple[str, str]) -> None:
        """Print one line made of pieces (text, style); styles show on a terminal only."""
        self._out.write("".join(self._styled(text, style) for text, style in pieces).rstrip() + "\n")

    def json(self, schema: str, **lists: Any) -> None:
        """Print an object with `schema` and its lists; on a terminal what it would obey is escaped, as JSON allows."""
        import json

        text = json.dumps({"schema": schema, **lists}, ensure_ascii=False, indent=2)
        self._out.write(f"{escaped(text) if self.is_terminal else text}\n")

    def now(self, text: str) -> None:
        """Print a line of data and hand it on at once, for programs that wait for it."""
        self._out.write(f"{text}\n")
        self._out.flush()

    def note(self, text: str) -> None:
        """Tell something beside the data."""
        self._out.flush()
        self._err.write(f"{visible(text)}\n")

    def prompt(self, text: str, ends: bool) -> None:
        """Ask on stderr; the answer stands on the same line, unless `ends`, because nobody types it."""
        self._out.flush()
        self._err.write(visible(text).rstrip() + "\n" if ends else visible(text))
        self._err.flush()

    def error(self, message: str, hint: str = "") -> None:
        """Say what is wrong, and what to do about it on a line of its own."""
        with contextlib.suppress(BrokenPipeError, ValueError):
            self._out.flush()
        with contextlib.suppress(BrokenPipeError, ValueError):
            self._err.write(f"afterword: {visible(message)}\n")
            if hint:
                self._err.write(f"  {visible(hint)}\n")
            self._err.flush()

    def flush(self) -> None:
        """Hand everything on."""
        self._out.flush()
        self._err.flush()

    def abandon(self) -> None:
        """Stop writing: the reader has gone, and the interpreter's own flush must not complain."""
        with open(os.devnull, "w") as nowhere, contextlib.suppress(OSError, ValueError):  # noqa: PTH123
            os.dup2(nowhere.fileno(), self._out.fileno())

    @property
    def width(self) -> int | None:
        """Columns to fit lines into, on a terminal; None in a pipe, where nothing is cut."""
        if not self.is_terminal:
            return None
        from shutil import get_terminal_size

        return max(40, get_terminal_size().columns)

    def _styled(self, text: str, style: str) -> str:
        text = visible_line(text) if self.is_terminal else text
        if not (self._colours and style and text.strip()):
            return text
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def table(rows: Sequence[Sequence[str]], styles: Sequence[str], width: int | None) -> list[list[tuple[str, str]]]:
    """Lay out rows in aligned columns as pieces for `row`; the last column is cut to fit into `width`."""
    shown = [[visible_line(cell) for cell in row] for row in rows]
    widths = [max((cells(row[column]) for row in shown), default=0) for column in range(len(styles) - 1)]
    room = None if width is None else max(10, width - sum(widths) - 2 * len(widths))
    laid = []
    for row in shown:
        pieces = [(padded(cell, size) + "  ", style) for cell, size, style in zip(row, widths, styles, strict=False)]
        laid.append([*pieces, (row[-1] if room is None else cut(row[-1], room), styles[-1])])
    return laid


def cells(text: str) -> int:
    """Return how many columns a terminal needs for one line of text."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def padded(text: str, size: int) -> str:
    """Fill a line up to `size` columns."""
    return text + " " * (size - cells(text))


def cut(text: str, size: int, keep_end: bool = False) -> str:
    """Shorten a line to `size` columns, with `…` where something is missing."""
    if cells(text) <= size:
        return text
    kept = text[-4 * size :] if keep_end else text[: 4 * size]
    while kept and cells(kept) > size - 1:
        kept = kept[1:] if keep_end else kept[:-1]
    return f"…{kept}" if keep_end else f"{kept}…"


def _prepared(stream: TextIO | None) -> TextIO:
    """Make a stream take any text: UTF-8 in a pipe, stand-ins where a terminal lacks a character."""
    if stream is None:  # closed by whoever started the program
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
    if hasattr(stream, "reconfigure"):
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return stream
