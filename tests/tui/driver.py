"""Walks the app as a user does: sections by name, fields by label, keys by name; reads what is on the screen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget

from afterword.tui.app import AfterwordApp
from afterword.tui.screens.walk import WalkScreen
from afterword.tui.sections import SECTIONS
from afterword.tui.start import Start
from afterword.tui.widgets.section_list import SectionList

SIZE = (80, 24)


class Walker:
    """One author at one terminal. Every method returns the walker, so that a walk reads as one story."""

    def __init__(self, app: AfterwordApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    # What is on the screen

    @property
    def lines(self) -> list[str]:
        """The characters on the screen, line by line."""
        width, height = self.app.size
        lines = [" " * width for _ in range(height)]
        for at, strip in enumerate(self.app.screen._compositor.render_strips()):
            lines[at] = strip.text if hasattr(strip, "text") else "".join(segment.text for segment in strip)
        return lines

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def walk(self) -> WalkScreen:
        """The walk, wherever the author is in it."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, WalkScreen))

    async def sees(self, *words: str) -> Self:
        """Wait until all words are on the screen."""
        return await self._until(lambda: all(word in self.text for word in words), f"{words} on the screen")

    async def sees_not(self, *words: str) -> Self:
        """Wait until none of the words is on the screen."""
        return await self._until(lambda: not any(word in self.text for word in words), f"{words} gone")

    async def _until(self, true: Any, what: str, seconds: float = 20) -> Self:
        end = asyncio.get_running_loop().time() + seconds
        while True:
            await self.pilot.pause()
            if true():
                return self
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"waited in vain for {what}; on the screen:\n{self.text}")
            await asyncio.sleep(0.02)

    # What the author does

    async def press(self, *keys: str) -> Self:
        """Press keys by name."""
        await self.pilot.press(*keys)
        return self

    async def type(self, text: str) -> Self:
        """Type text into what has the focus, without a pause; a newline is Enter."""
        for character in text:
            key = "enter" if character == "\n" else _character_to_key(character)
            self.app.post_message(events.Key(key, "\r" if character == "\n" else character))
        await self._until(lambda: not self.app.is_typing, "the keys to be taken")
        return self

    async def paste(self, text: str) -> Self:
        """Paste text into what has the focus."""
        self.app.post_message(events.Paste(text))
        await self._until(lambda: not self.app.is_typing, "the text to be taken")
        return self

    async def go(self, title: str) -> Self:
        """Go to a section with the keys that lead there: by the list where it is far, then one by one."""
        wanted = next(at for at, section in enumerate(SECTIONS) if section.title == title)
        if abs(wanted - SECTIONS.index(self.walk.section)) > 1:
            to_list = [] if isinstance(self.app.focused, SectionList) else ["ctrl+l"]
            await self._send(*to_list, "home", *["down"] * wanted, "enter")
        for _ in range(len(SECTIONS)):
            at = SECTIONS.index(self.walk.section)
            if at == wanted:
                break
            await self._send("ctrl+n" if at < wanted else "ctrl+r")
        return await self.sees(SECTIONS[wanted].question[:30])

    async def _send(self, *keys: str) -> None:
        """Send keys without a pause between them."""
        for key in keys:
            self.app.post_message(events.Key(key, None))
        await self._until(lambda: not self.app.is_typing, "the keys to be taken")

    async def fill(self, label: str, text: str) -> Self:
        """Put the cursor into the field with this label, with Tab, and type."""
        for _ in range(40):
            if self.label == label:
                return await self.type(text)
            await self.pilot.press("tab")
        raise AssertionError(f"no field {label!r} can be reached with Tab; on the screen:\n{self.text}")

    @property
    def label(self) -> str:
        """The label of the field that has the focus."""
        form = self.walk.form
        widget: Widget | None = self.app.focused
        while widget is not None and widget not in form.bound:
            widget = widget.parent if isinstance(widget.parent, Widget) else None
        return form.bound[widget][1].label if widget is not None else ""

    async def settle(self) -> Self:
        """Wait until the draft on disk holds what was typed."""
        self.walk.settle()
        self.walk.keep()
        await self.pilot.pause()
        return self


@asynccontextmanager
async def walking(
    path: Path, size: tuple[int, int] = SIZE, kind: type[AfterwordApp] = AfterwordApp, **start: Any
) -> AsyncIterator[Walker]:
    """Start the app in a repository, as `afterword` does."""
    app = kind(Start(path, **({"mode": "new"} | start)))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Walker(app, pilot)
