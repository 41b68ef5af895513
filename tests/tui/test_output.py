"""A terminal that is sent the changed cells shows what one shows that is sent every cell."""

import random
from pathlib import Path
from typing import Any

import pytest
from rich.color import ColorSystem
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate

from afterword.cli.demo.making import Demo
from afterword.record.document import parse
from afterword.repo import Repository
from afterword.tui.app import AfterwordApp
from afterword.tui.output import EVERY_CELL, Output
from afterword.tui.start import Start
from tests.emulator import Emulator
from tests.program import AFTERWORD
from tests.terminal import Terminal
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking

RECORD = Path(__file__).parents[1] / "records" / "overlapping-causes.md"
WORDS = [
    "The agent ",
    "promised\n",
    "größer als ✓ → – ",
    "漢字かな ",
    "e\u0301a\u0308 ",
    "a\tb ",
    "\u202eevil ",
    "[b]x[/b] ",
]
KEYS = {
    "ctrl+n": 8, "ctrl+r": 4, "tab": 8, "shift+tab": 3, "enter": 4, "escape": 5, "up": 4, "down": 8, "left": 3,
    "right": 3, "pagedown": 3, "pageup": 2, "home": 1, "end": 2, "backspace": 4, "ctrl+z": 1, "f1": 2, "f2": 1, "f4": 1,
    "f5": 2, "space": 2, "s": 1, "n": 1, "w": 1, "ctrl+g": 2, "ctrl+l": 1, "ctrl+t": 1, "shift+down": 3,
}  # fmt: skip


class Watched(AfterwordApp):
    """Sends each frame to two terminals, once with every cell and once with the changed ones."""

    def __init__(self, start: Start) -> None:
        super().__init__(start)
        self.watched: tuple[Emulator, Emulator] | None = None
        self.output = Output()
        self.bytes = [0, 0]
        self.apart: list[str] = []

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        if not isinstance(renderable, LayoutUpdate | ChopsUpdate) or self._batch_count:
            return
        size = screen._compositor.size
        if self.watched is None or (self.watched[0].screen.columns, self.watched[0].screen.lines) != size:
            self.watched = (Emulator(*size), Emulator(*size))
            self.output.forget()
        sent = (
            renderable.render_segments(self.console).encode(),
            self.output.sequence(renderable, self.console._color_system or ColorSystem.TRUECOLOR).encode(),
        )
        for at, data in enumerate(sent):
            self.bytes[at] += len(data)
            self.watched[at].feed(data)
        self.apart += differing(*self.watched)


def differing(one: Emulator, other: Emulator) -> list[str]:
    """Return the cells in which two terminals differ, in words."""
    found = []
    for y in range(one.screen.lines):
        row, same = one.screen.buffer[y], other.screen.buffer[y]
        found += [f"{y},{x}: {row[x]} {same[x]}" for x in range(one.screen.columns) if row[x] != same[x]]
    return found


async def live(walk: Walker, chance: random.Random, steps: int) -> None:
    """Press, type, paste and resize at random."""
    for _ in range(steps):
        what = chance.random()
        if what < 0.15:
            await walk.type(chance.choice(WORDS))
        elif what < 0.18:
            walk.app.post_message(events.Paste("".join(chance.choices(WORDS, k=40))))
        elif what < 0.2:
            await walk.pilot.resize_terminal(*chance.choice([(80, 24), (100, 30), (61, 20)]))
        else:
            await walk.press(chance.choices([*KEYS], weights=[*KEYS.values()])[0])
        assert isinstance(walk.app, Watched)
        assert not walk.app.apart, walk.app.apart[:5]


@pytest.mark.parametrize("seed", range(2))
async def test_the_screen_is_the_same_with_changed_cells_alone(demo: Demo, seed: int) -> None:
    name = Repository.open(demo.path).records.save(parse(RECORD.read_text()), "2026-01-19-wrong-currency").stem
    async with walking(demo.path, (100, 30), Watched, mode="edit", record_id=name, now=NOW) as walk:
        await live(walk, random.Random(seed), 50)
        every, changed = walk.app.bytes
        assert changed < every / 2


async def test_what_is_not_known_is_painted_anew(plain: Path) -> None:
    async with walking(plain, (80, 24), Watched, now=NOW) as walk:
        await walk.type("Agent promised 漢字 refunds")
        # Another program wrote over both terminals.
        for terminal in walk.app.watched:
            terminal.feed(b"\x1b[5;3Hwall: the system goes down\x1b[20;70H\xe6\xbc\xa2\xe6\xbc\xa2")
        walk.app.output.forget()
        walk.app.paint_anew()
        await walk.pilot.pause(0.1)
        assert "the system goes down" not in "\n".join(walk.app.watched[1].screen.display)
        assert not differing(*walk.app.watched)


def test_the_program_shows_its_screens_either_way(plain: Path) -> None:
    shown, sent = [], []
    for environment in ({}, {EVERY_CELL: "1"}):
        with Terminal([*AFTERWORD, "new"], cwd=plain, env=environment) as program:
            program.wait("Title")
            program.type("Agent promised refunds").wait("Agent promised refunds")
            program.press("ctrl+n").wait("When did it", "Impact started", "Resolved").settle()
            program.press("ctrl+r").wait("Agent promised refunds", "Owner").settle()
            shown.append(program.cells())
            sent.append(len(program.bytes_seen))
    assert shown[0] == shown[1]
    assert sent[0] < sent[1] / 2
