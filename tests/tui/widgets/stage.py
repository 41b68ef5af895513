"""A bare app around the widgets under test, with their real styles, and what it shows."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rich.style import Style
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from tests.terminal import Terminal

ROOT = Path(__file__).parents[3]
STYLES = [ROOT / "styles" / name for name in ("widgets.tcss", "views.tcss")]

PROGRAM = """
from textual.binding import Binding
from tests.tui.widgets.stage import Stage
class Program(Stage):
    BINDINGS = [Binding("f11", "tell(0)", priority=True), Binding("f12", "tell(1)", priority=True)]
    painted = 0
    def action_tell(self, anew, hops=12):
        # A key goes from queue to queue before it is handled: follow it, so that it is painted before this is told.
        if hops:
            queue = (self.focused, self.screen, self)[hops % 3]
            queue.call_later(self.action_tell, anew, hops - 1)
            return
        if anew:
            self.screen.refresh(layout=True)
            for widget in self.screen.walk_children():
                widget.refresh()
        self.screen.set_timer(0.03, self.tell)
    def tell(self):
        self.painted += 1
        self._driver.write(f"\\x1b]2;painted {{self.painted}}\\x07")
{code}
Program(make).run()
"""
"""A program for a real terminal; `code` defines `make`. F11 tells when all is painted, F12 paints every cell anew."""


class Stage(App[None]):
    """Holds what `make` returns, and keeps the messages of the widgets."""

    CSS_PATH = STYLES  # type: ignore[assignment]

    def __init__(self, make: Callable[[], Iterable[Widget]]) -> None:
        super().__init__()
        self._make = make
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield from self._make()

    def hear(self, *kinds: type[Message]) -> list[Message]:
        """Return the messages of some kinds, in the order they came."""
        return [message for message in self.told if isinstance(message, kinds)]

    async def on_event(self, event: Any) -> None:
        await super().on_event(event)

    async def _on_message(self, message: Message) -> None:
        self.told.append(message)
        await super()._on_message(message)


def lines(app: App[Any]) -> list[str]:
    """Read the characters on the screen."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def styles(app: App[Any], text: str) -> Style:
    """Return the style of the first cell at which `text` stands on the screen."""
    for strip in app.screen._compositor.render_strips():
        at = strip.text.find(text)
        if at < 0:
            continue
        for segment in strip:
            if at < len(segment.text):
                return segment.style or Style()
            at -= len(segment.text)
    raise AssertionError(f"{text!r} is not on the screen:\n" + "\n".join(lines(app)))


def program(tmp_path: Path, code: str) -> tuple[list[str], dict[str, str]]:
    """Write a program for a real terminal; return its command and environment."""
    path = tmp_path / "program.py"
    path.write_text(PROGRAM.format(code=code), encoding="utf-8")
    return [sys.executable, str(path)], {"PYTHONPATH": str(ROOT)}


def assert_painted_right(terminal: Terminal, keys: str) -> None:
    """Press keys, each typed or named, and compare the screen after each with one that is painted anew."""
    told = 0

    def cells(ask: str) -> list[list[tuple[object, ...]]]:
        nonlocal told
        told += 1
        mark = f"painted {told}\x07".encode()
        return terminal.press(ask).wait_until(lambda t: mark in t.bytes_seen, f"painting {told}").cells()

    for key in keys.split():
        terminal.type(key) if len(key) == 1 else terminal.press(key)
        before = cells("f11")
        assert cells("f12") == before, key
