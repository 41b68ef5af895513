"""An application in a terminal: told to end, crashed, or in front of a terminal that takes nothing."""

import asyncio
import os
import signal
import threading
from typing import Any

from rich.console import RenderableType
from rich.text import Text
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.timer import Timer

from afterword.errors import Exit
from afterword.tui.terminal.crash import places, watch_threads
from afterword.tui.terminal.driver import TerminalDriver
from afterword.tui.typeahead import OrderedKeys

_LAST_KEYS = 0.15
"""Seconds of silence after which no key that was typed before a signal is still on its way."""
_PATIENCE = 2.0
"""Seconds in which the program stops listening at the latest when it is told to end."""
_SHUTDOWN = 3.0
"""Seconds that leaving in order may take after that."""
_ENDINGS = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
_LOOK_AGAIN = 0.1
"""Seconds between two looks at whether the terminal takes frames again."""


class InTerminal(OrderedKeys):
    """Keeps what was typed and gives the terminal back, however the program ends."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self._ending: asyncio.Task[None] | None = None
        self._late_frame: Timer | None = None

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that lets the interface outlive the terminal."""
        usual = super().get_driver_class()
        return TerminalDriver if usual is LinuxDriver else usual

    def tell(self, *lines: str) -> None:
        """Say something once the terminal is back, the same thing only once."""
        self.told = [line for line in self.told if line not in lines] + list(lines)

    # Told to end

    def listen(self) -> None:
        """Take care of the signals that end a program, and of faults that no screen hears of."""
        loop = asyncio.get_running_loop()
        for number in _ENDINGS:
            loop.add_signal_handler(number, self.told_to_end, number)
        loop.set_exception_handler(lambda _, context: self._astray(context.get("exception")))
        watch_threads(lambda error: loop.call_soon_threadsafe(self._astray, error))

    def told_to_end(self, number: int) -> None:
        """Keep what was typed at once, then again after the last keys have arrived, and leave in order.

        Whatever happens on the way, the program ends: a terminal that is gone must not leave it running.
        """
        if self._ending is not None:
            return
        last_resort = threading.Timer(_PATIENCE + _SHUTDOWN, os._exit, (128 + number,))
        last_resort.daemon = True
        last_resort.start()
        self.keep_if_possible()

        async def end() -> None:
            try:
                await self.typing_done(_LAST_KEYS, _PATIENCE)
            finally:
                self.keep_if_possible()
                self.exit(return_code=128 + number)

        self._ending = asyncio.create_task(end())

    def keep_if_possible(self) -> None:
        """Keep what was typed; where that fails, say so once the terminal is back."""
        try:
            self.keep()
        except Exception as error:  # there is nobody left to ask, and the program has to end
            self.tell(f"The last draft could not be written: {error}")

    def keep(self) -> None:
        """Have every screen write down what was typed into it."""
        for screen in reversed(self._screens()):
            keep = getattr(screen, "keep", None)
            if keep is not None:
                keep()

    def _screens(self) -> list[Screen[Any]]:
        return list(self._screen_stack) if self._screen_stacks.get(self._current_mode) else []

    # A terminal that takes nothing

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Paint, unless what was painted before has not been taken yet: then paint what is there once it was."""
        if not (isinstance(self._driver, TerminalDriver) and self._driver.is_behind):
            super()._display(screen, renderable)
        elif self._late_frame is None:
            self._late_frame = self.set_timer(_LOOK_AGAIN, self._paint_late)

    def _paint_late(self) -> None:
        self._late_frame = None
        if isinstance(self._driver, TerminalDriver) and self._driver.is_behind:
            self._late_frame = self.set_timer(_LOOK_AGAIN, self._paint_late)
        else:
            self.refresh(layout=True)

    # Faults of ours

    def _astray(self, error: BaseException | None) -> None:
        """End as after any other fault: work that has silently stopped would be worse."""
        if isinstance(error, Exception):
            self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        # Textual lets an exception paint itself where it can; what it would paint is not known to be harmless.
        self._return_code = int(Exit.USAGE)
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self._fatal_error()

    def _fatal_error(self) -> None:
        """Tell of a crash by name, file and line: a report with local variables would hold the record's text."""
        try:
            self.keep()
            kept = "The draft is kept"
        except Exception as failure:  # the way out must not end in a second crash
            kept = f"The last seconds could not be kept ({type(failure).__name__}), the draft before them is"
        paths = [getattr(screen, "draft_path", None) for screen in self._screens()]
        where = [f"{kept} in {path}; afterword edit resumes it." for path in paths if path is not None]
        self._exit_renderables.append(Text("\n".join(places(self._exception) + where)))
        self._close_messages_no_wait()
