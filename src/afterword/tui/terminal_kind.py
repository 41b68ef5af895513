"""What a terminal can show, told by its environment; and the screens fitted to that."""

import codecs
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.filter import LineFilter, Monochrome, NoColor
from textual.theme import Theme

_WITHOUT_COLOUR = re.compile(r"vt\d{2,3}(-.*)?|.*-m(ono)?")
"""Types of terminals that have no colours: the DEC ones, and those whose name says so."""
_MANY_COLOURS = re.compile(r"256color|direct|kitty")
"""Types of terminals that have more than sixteen colours; others say so in COLORTERM."""
_FEW_GLYPHS = re.compile(r"linux.*|vt\d{2,3}(-.*)?|cons\d+.*|ansi.*|wsvt.*")
"""Types of terminals whose fonts lack check marks and round corners, whatever the locale says."""
_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")


@dataclass(frozen=True)
class TerminalKind:
    """Whether colours are shown, and signs beyond ASCII; `encoding` is that of letters."""

    has_colours: bool = True
    has_many_colours: bool = True
    """Whether there are more than sixteen."""
    has_glyphs: bool = True
    encoding: str = "utf-8"

    @classmethod
    def of(cls, environ: Mapping[str, str], encoding: str = "utf-8") -> "TerminalKind":
        """Read the environment; NO_COLOR counts where it is set to anything."""
        term = environ.get("TERM", "").lower()
        locale = next((environ[name] for name in _LOCALE if environ.get(name)), "")
        is_utf8 = locale == "" or "utf8" in locale.lower().replace("-", "")
        return cls(
            has_colours=not environ.get("NO_COLOR") and not _WITHOUT_COLOUR.fullmatch(term),
            has_many_colours=bool(environ.get("COLORTERM")) or bool(_MANY_COLOURS.search(term)),
            has_glyphs=is_utf8 and not _FEW_GLYPHS.fullmatch(term) and codecs.lookup(encoding).name == "utf-8",
            encoding=encoding,
        )

    @classmethod
    def here(cls) -> "TerminalKind":
        """Return what this process writes its screens to."""
        return cls.of(os.environ, getattr(sys.__stderr__, "encoding", None) or "utf-8")


_SIXTEEN = Theme(
    name="afterword-16",
    primary="#00ffff",
    secondary="#00ffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff0000",
    success="#00ff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    boost="#000000",
)
"""Of the shades that tell one ground from another sixteen colours leave greys on grey: here all grounds are black."""


def fit(app: App[Any], kind: TerminalKind) -> None:
    """Have an application that is not running yet show no more than the terminal can."""
    filters = [each for each in app._filters if not isinstance(each, Monochrome | NoColor)]
    if not kind.has_colours:
        filters.append(WithoutColour())
    if not kind.has_glyphs:
        filters.append(SimpleGlyphs(kind.encoding))
    if not kind.has_many_colours:
        app.register_theme(_SIXTEEN)
        app.theme = _SIXTEEN.name
    app.no_color = not kind.has_colours
    app._filters[:] = filters


class WithoutColour(LineFilter):
    """Leaves bold, underline, reverse and italic, and sends no colour at all, not even the default one."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in the terminal's own colours."""
        return [Segment(text, _without_colour(style), control) for text, style, control in segments]


def _without_colour(style: Style | None) -> Style | None:
    return style.without_color if style else style


class SimpleGlyphs(LineFilter):
    """Signs and frames become ASCII of the same width; letters stay, as far as `encoding` has them."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in characters that every font has."""
        return [Segment(self._simple(text), style, control) for text, style, control in segments]

    def _simple(self, text: str) -> str:
        if text.isascii():
            return text
        text = text.translate(_SIMPLE)
        if self._encoding != "utf-8":
            return "".join(_encodable(char, self._encoding) for char in text)
        return text


def _encodable(char: str, encoding: str) -> str:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        from rich.cells import cell_len

        return "?" * cell_len(char)
    return char


_SIMPLE: dict[int, str] = {
    **dict.fromkeys(range(0x2500, 0x2580), "+"),
    **dict.fromkeys(map(ord, "─━┄┅┈┉╌╍═╴╶╸╺"), "-"),
    **dict.fromkeys(map(ord, "│┃┆┇┊┋╎╏║╵╷╹╻"), "|"),
    **dict.fromkeys(range(0x2580, 0x25A0), "#"),
    **dict.fromkeys(map(ord, "▁▂▃"), "_"),
    **dict.fromkeys(map(ord, "▌▍▎▏▐▕▊"), "|"),
    **{
        ord(sign): plain
        for sign, plain in zip("━←↑→↓✓◐○●■▸›‹»«…−–—·•×✎“”‘’", "=<^>vx/o*#>><><.---.*x*\"\"''", strict=True)
    },
    **dict.fromkeys(range(0x2400, 0x2440), "?"),
}
