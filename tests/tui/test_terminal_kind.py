"""Terminals with few colours, few signs, no colours or no mouse: what is sent to each, and that it can be read."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import Color, ColorSystem
from rich.palette import Palette

from afterword.cli.demo.making import Demo
from afterword.tui.terminal_kind import SimpleGlyphs, TerminalKind
from tests.histories import ISOLATION
from tests.program import AFTERWORD
from tests.terminal import Terminal
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking
from tests.tui.test_monochrome import segments

UTF8 = {"LANG": "en_US.UTF-8"}
COLOUR = re.compile(rb"\x1b\[[0-9;:]*?(?<![0-9])(?:[34][0-9]|9[0-7]|10[0-7])(?![0-9])[0-9;:]*m")
MOUSE = re.compile(rb"\x1b\[\?(?:1000|1002|1003|1005|1006|1015|1016)h")
BLINKING = re.compile(rb"\x1b\[(?:[0-9;]*;)?[56]m|\x1b\[\?12h|\x1b\[[135] q")


@pytest.mark.parametrize(
    ("environ", "colours", "many", "glyphs"),
    [
        ({"TERM": "xterm-256color"}, True, True, True),
        ({"TERM": "screen"}, True, False, True),
        ({"TERM": "screen-256color"}, True, True, True),
        ({"TERM": "tmux-256color"}, True, True, True),
        ({"TERM": "xterm-16color"}, True, False, True),
        ({"TERM": "screen", "COLORTERM": "truecolor"}, True, True, True),
        ({"TERM": "linux"}, True, False, False),
        ({"TERM": "vt100"}, False, False, False),
        ({"TERM": "vt220-w"}, False, False, False),
        ({"TERM": "screen-m"}, False, False, True),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False, True, True),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, True, True, True),
        ({"TERM": "xterm-256color", "LANG": "C"}, True, True, False),
        ({"TERM": "xterm-256color", "LANG": "C", "LC_ALL": "C.utf8"}, True, True, True),
    ],
    ids=str,
)
def test_what_the_environment_says(environ: dict[str, str], colours: bool, many: bool, glyphs: bool) -> None:
    kind = TerminalKind.of({**UTF8, **environ})
    assert (kind.has_colours, kind.has_many_colours, kind.has_glyphs) == (colours, many, glyphs)


def test_signs_become_ascii_of_the_same_width_and_letters_stay() -> None:
    assert SimpleGlyphs("utf-8")._simple("╭─╮│✓ ◐ ○ › für 東京 … ━─") == "+-+|x / o > für 東京 . =-"
    assert SimpleGlyphs("latin-1")._simple("für 東京") == "für ????"
    assert SimpleGlyphs("ascii")._simple("für ■") == "f?r #"


# In the program


@contextmanager
def running(demo: Demo, *arguments: str, **environment: str | None) -> Iterator[Terminal]:
    env = {**ISOLATION, "PYTHONPATH": os.environ.get("PYTHONPATH", ""), **environment}
    with Terminal([*AFTERWORD, *(arguments or ("new",))], cwd=demo.path, env=env) as terminal:
        terminal.wait("What shall we call it").press("ctrl+n").wait("When did it start").settle()
        yield terminal
        terminal.press("ctrl+q").exit_code()


@pytest.mark.parametrize(
    "environ", [{"NO_COLOR": "1"}, {"TERM": "vt220", "COLORTERM": None}], ids=["NO_COLOR", "vt220"]
)
def test_no_colour_is_sent_where_there_is_none(demo: Demo, environ: dict[str, str | None]) -> None:
    with running(demo, **environ) as terminal:
        assert COLOUR.search(terminal.bytes_seen) is None
        assert b"\x1b[7m" in terminal.bytes_seen or b";7m" in terminal.bytes_seen


def test_nothing_blinks_and_nothing_is_sent_while_nobody_types(demo: Demo) -> None:
    with running(demo) as terminal:
        before = len(terminal.bytes_seen)
        terminal.settle(1.5)
        assert len(terminal.bytes_seen) == before
        assert BLINKING.search(terminal.bytes_seen) is None


@pytest.mark.parametrize("arguments", [("new", "--no-mouse"), ("--no-mouse", "new")], ids=" ".join)
def test_without_the_mouse_no_mode_of_it_is_asked_for(demo: Demo, arguments: tuple[str, ...]) -> None:
    with running(demo, *arguments) as terminal:
        assert MOUSE.search(terminal.bytes_seen) is None


def test_the_mouse_is_listened_to_otherwise(demo: Demo) -> None:
    with running(demo) as terminal:
        assert MOUSE.search(terminal.bytes_seen)


@pytest.mark.parametrize(
    "environ",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TERM": "linux", "COLORTERM": None},
    ],
    ids=["LANG=C", "ASCII", "linux"],
)
def test_a_terminal_without_signs_is_drawn_in_ascii(demo: Demo, environ: dict[str, str | None]) -> None:
    with running(demo, **environ) as terminal:
        assert terminal.bytes_seen.isascii()
        assert ">o Times" in terminal.text()


# Sixteen colours

_LEAST = 2.7
"""Contrast of the palette's dark grey on black, in which examples stand; everything else has more."""


def luminance(colour: Color) -> float:
    palette: Palette = STANDARD_PALETTE
    red, green, blue = palette[colour.downgrade(ColorSystem.STANDARD).number or 0]
    parts = [
        (part / 255 / 12.92) if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def illegible(walk: Walker) -> list[str]:
    """What is drawn in a colour too near to that of its ground; the dark grey of examples on black is the least."""
    found = []
    for line in segments(walk):
        for text, style in line:
            if style.color is None or style.bgcolor is None or not re.search(r"\w", text):
                continue
            light, dark = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)
            if (light + 0.05) / (dark + 0.05) < _LEAST:
                found.append(f"{text!r} {style}")
    return found


async def test_sixteen_colours_can_be_read(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "screen")
    monkeypatch.delenv("COLORTERM")
    async with walking(demo.path, now=NOW, resolved="today 09:00", samples=demo.samples[:1]) as walk:
        for title in ("Incident", "Times", "Timeline", "Samples", "Save"):
            await walk.go(title)
            assert illegible(walk) == []
        await walk.go("Prompt diff")
        await walk.press("enter")
        await walk.sees("@@")
        assert illegible(walk) == []
        await walk.press("escape")
        await walk.go("Samples")
        await walk.press("enter")
        await walk.sees("undecided: r redacts")
        await walk.press("r")
        assert illegible(walk) == []
