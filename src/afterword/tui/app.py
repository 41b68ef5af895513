"""The application: what to start with, signals, crashes; everything else is in the screens."""

import asyncio
import gc
import os
import signal
import threading
import traceback
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen

from afterword.errors import Exit
from afterword.tui.keys import bindings
from afterword.tui.start import Start
from afterword.tui.styles import style_sheets
from afterword.tui.typeahead import OrderedKeys
from afterword.visible import visible

_LAST_KEYS = 0.15
"""Seconds of silence after which no key that was typed before a signal is still on its way."""
_PATIENCE = 2.0
"""Seconds in which the program stops listening at the latest when it is told to end."""
_SHUTDOWN = 3.0
"""Seconds that leaving in order may take after that."""


class AfterwordApp(OrderedKeys):
    """Holds the screens; its result is what to print once the terminal is back."""

    TITLE = "Afterword"
    CSS_PATH: ClassVar = list(style_sheets())
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("everywhere"),
        Binding("ctrl+c", "hint_leave", show=False, system=True),
    ]
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    NOTIFICATION_TIMEOUT = 3.0

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.start = start
        self.animation_level = "none"
        self.told: list[str] = []
        self._ending: asyncio.Task[None] | None = None

    async def on_mount(self) -> None:
        """Show the first screen, and take care of being told to end."""
        loop = asyncio.get_running_loop()
        if self._driver is not None and not self.is_headless:
            for number in (signal.SIGHUP, signal.SIGTERM):
                loop.add_signal_handler(number, self._told_to_end, number)
        from afterword.tui.opening import first_screen

        await self.push_screen(first_screen(self.start), lambda _: self.exit())
        self.ready.set()
        self.call_after_refresh(_collect_again)

    def _told_to_end(self, number: int) -> None:
        """Keep what was typed at once, then again after the last keys have arrived, and leave in order.

        Whatever happens on the way, the program ends: a terminal that is gone must not leave it running.
        """
        last_resort = threading.Timer(_PATIENCE + _SHUTDOWN, os._exit, (128 + number,))
        last_resort.daemon = True
        last_resort.start()
        self._keep_if_possible()

        async def end() -> None:
            try:
                await self.typing_done(_LAST_KEYS, _PATIENCE)
            finally:
                self._keep_if_possible()
                self.exit(return_code=128 + number)

        self._ending = asyncio.create_task(end())

    def _keep_if_possible(self) -> None:
        try:
            self.keep()
        except Exception as error:  # there is nobody left to ask, and the program has to end
            self.tell(f"The last draft could not be written: {error}")

    def tell(self, *lines: str) -> None:
        """Say something once the terminal is back, the same thing only once."""
        self.told = [line for line in self.told if line not in lines] + list(lines)

    def keep(self) -> None:
        """Have every screen write down what was typed into it."""
        for screen in reversed(self.screen_stack):
            keep = getattr(screen, "keep", None)
            if keep is not None:
                keep()

    # Actions of the keys table that work everywhere

    async def action_leave(self) -> None:
        """Leave the screen; on the first one, the program."""
        leave = getattr(self.screen, "leave", None)
        if leave is not None:
            await leave()
        elif len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            self.exit()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell something in passing; what stands in it is text, never markup."""
        super().notify(visible(message), title=visible(title), severity=severity, timeout=timeout, markup=markup)

    def action_help(self) -> None:
        """Explain the screen; a dialog explains itself."""
        if isinstance(self.screen, ModalScreen):
            return
        from afterword.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen.about(self.screen))

    def action_command_palette(self) -> None:
        """Find an action by name."""
        from afterword.tui.palette import Actions

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(providers=[Actions], placeholder="What would you like to do?"))

    def action_hint_leave(self) -> None:
        """Say how to leave to those who try Ctrl+C."""
        self.notify("Ctrl+Q leaves; the draft is kept.")

    # Ends

    def _fatal_error(self) -> None:
        """Tell of a crash by name, file and line: a report with local variables would hold the record's text."""
        error = self._exception
        frames = traceback.extract_tb(error.__traceback__) if error else []
        ours = [frame for frame in frames if "afterword" in Path(frame.filename).parts] or list(frames)
        places = "\n".join(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in ours[-5:])
        try:
            self.keep()
            kept = "The draft is kept; afterword edit resumes it."
        except Exception as failure:  # the way out must not end in a second crash
            kept = f"The last seconds could not be kept ({type(failure).__name__}); afterword edit resumes the draft."
        name = type(error).__name__ if error else "an error"
        self._exit_renderables.append(Text(f"Afterword stopped: {name}\n{places}\n{kept}"))
        self._close_messages_no_wait()


def _collect_again() -> None:
    """Collect garbage from now on; what was loaded for the first frame stays and is not looked through each time."""
    gc.freeze()
    gc.enable()


def run(start: Start) -> tuple[int, list[str]]:
    """Run the application; return the exit code and the lines to print once the terminal is back."""
    app = AfterwordApp(start)
    app.run(mouse=True)
    return app.return_code or int(Exit.FINE), app.told
