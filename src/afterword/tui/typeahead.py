"""Keys typed ahead go where they would have gone one by one.

Textual forwards a key to the widget that has the focus at that moment, while what the key before it did (move the
focus, open a dialog) may still be under way; typed quickly, over a slow link or while git runs, text lands in the
wrong field.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Mapping
from time import monotonic

from textual import events
from textual.actions import ActionParseResult
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from afterword.tui.garbage import Collector

_CALM = 0.25
"""Seconds without a key after which nothing of the last one can be under way."""
_PATIENCE = 2.0
"""Seconds that the next key waits at most for the last one's work."""
_LOADING = 20.0
"""Seconds that it waits for a screen to be filled."""
_PASSES = 6


class OrderedKeys(App[str]):
    """An app that takes each key or paste only after the one before has done its work."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Event] = deque()
        self._taking: asyncio.Task[None] | None = None
        self._last_typed = 0.0
        self._collector = Collector()
        self.ready = asyncio.Event()
        """To be set once the first screen is there to take keys."""

    async def on_event(self, event: events.Event) -> None:
        """Queue what is typed; everything else goes its usual way."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.append(event)
            if self._taking is None or self._taking.done():
                self._taking = asyncio.create_task(self._take())
        else:
            await super().on_event(event)

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do nothing for a screen that is left already: a key that came just before would leave the one below."""
        if isinstance(default_namespace, Widget):
            around = next((node for node in default_namespace.ancestors_with_self if isinstance(node, Screen)), None)
            if around not in self.screen_stack:
                return False
        return await super().run_action(action, default_namespace, namespaces)

    @property
    def is_typing(self) -> bool:
        """Whether a key that was typed has not been taken yet."""
        return bool(self._typed) or (self._taking is not None and not self._taking.done())

    async def typing_done(self, quiet: float, patience: float) -> None:
        """Wait until all that was typed is taken and nothing more came for `quiet` seconds, `patience` at most."""
        begun = monotonic()
        while monotonic() - begun < patience:
            await asyncio.sleep(quiet / 4)
            if not self._typed and monotonic() - max(self._last_typed, begun) > quiet:
                break
        await self._settled()

    async def _take(self) -> None:
        while self._typed and self._running:
            await self._screen_ready()
            if monotonic() - self._last_typed < _CALM:
                await self._settled()
            event = self._typed.popleft()
            try:
                await super().on_event(event)
            except Exception as error:
                self._handle_exception(error)
            self._last_typed = monotonic()
        self._collector.put_off()

    async def _screen_ready(self) -> None:
        """Wait for a screen that is still being filled, or for the one that it gives way to, as it says itself."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.ready.wait(), _LOADING)
            for screen in self.screen_stack:
                ready = getattr(screen, "ready", None)
                if ready is not None:
                    await asyncio.wait_for(ready.wait(), _LOADING)

    async def _settled(self) -> None:
        """Wait until the last key has done its work: along the way that keys bubble, again where that led elsewhere."""
        end = monotonic() + _PATIENCE
        for _ in range(_PASSES):
            place = (self.screen, self.focused)
            way: list[MessagePump] = [*(self.focused.ancestors_with_self if self.focused else [self.screen]), self]
            for node in way:
                done = asyncio.Event()
                if not node.is_running or not node.call_later(done.set):
                    continue
                try:
                    await asyncio.wait_for(done.wait(), max(0.0, end - monotonic()))
                except TimeoutError:
                    return
            if place == (self.screen, self.focused):
                return
