"""The driver between the application and a terminal that may stand still, hang up, or be lent to other programs."""

import os
import select
import signal
import termios
import tty
from types import FrameType
from typing import IO, Any, Protocol, cast

from textual import constants
from textual.app import App
from textual.drivers.linux_driver import (
    KITTY_DISAMBIGUATE_ESCAPE_CODES,
    KITTY_REPORT_ALL_KEYS,
    KITTY_REPORT_ASSOCIATED_TEXT,
    LinuxDriver,
)

from afterword.tui.terminal.output import TerminalOutput
from afterword.tui.terminal.typed import TypedStream

_PATIENCE = 1.0
"""Seconds that a terminal has to take the last bytes before it is left to another program, or for good."""
_IDLE, _SOON = 0.1, 0.02
"""Seconds between two looks at whether the thread shall end, and at whether a sequence was all that came."""
_KEYBOARD = KITTY_DISAMBIGUATE_ESCAPE_CODES | KITTY_REPORT_ALL_KEYS | KITTY_REPORT_ASSOCIATED_TEXT


class Ending(Protocol):
    """An application that can be told to end."""

    def listen(self) -> None:
        """Take care of signals from now on."""

    def told_to_end(self, number: int) -> None:
        """Keep what was typed and end as after this signal."""

    def keep_if_possible(self) -> None:
        """Keep what was typed."""

    def paint_anew(self) -> None:
        """Send every cell again: the terminal may show something else by now."""


class TerminalDriver(LinuxDriver):
    """Textual's driver for a terminal, whose interface never waits for the terminal and outlives it."""

    def __init__(self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: Any = None) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._output = TerminalOutput(cast(IO[str], self._file).fileno())
        self._is_away = False
        """Whether the terminal was given back because the job was stopped."""

    @property
    def is_behind(self) -> bool:
        """Whether the terminal takes less than it is given, so that more frames would only be seen late."""
        return self._output.is_behind

    # Textual's own thread for output has a queue of thirty pieces: the interface would wait for a terminal that
    # stands still, and for ever for one that is gone. It stays idle.

    def write(self, data: str) -> None:
        """Write to the terminal without waiting for it."""
        self._output.write(data)

    def close(self) -> None:
        """Let the last bytes go out, where the terminal takes them."""
        self._output.drain(_PATIENCE)
        super().close()

    def start_application_mode(self) -> None:
        """Take the terminal, with signals taken care of before it is changed."""
        cast(Ending, self._app).listen()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """Give the terminal back, which draws in its own look again."""
        self.write("\x1b[0m")
        super().stop_application_mode()

    # What is typed

    def _run_input_thread(self) -> None:
        # Textual's own would end the program with a report that quotes.
        self.run_input_thread()

    def run_input_thread(self) -> None:
        """Read what is typed, until the interface or the terminal ends."""
        stream, wait = TypedStream(), _IDLE
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], wait)[0]:
                try:
                    data = os.read(self.fileno, 65_536)
                except BlockingIOError:
                    continue
                except OSError:
                    data = b""
                if not data:
                    self._loop.call_soon_threadsafe(cast(Ending, self._app).told_to_end, signal.SIGHUP)
                    return
                found = stream.feed(data)
            else:
                found = stream.tick()
            for message in found:
                self.process_message(message)
            wait = _SOON if stream.is_holding else _IDLE

    # The job is stopped and goes on. Textual does this in the signal handlers themselves, in the middle of whatever
    # the interface is doing, and takes every SIGCONT for the end of a stop, which starts all threads a second time.

    def _sigtstp_application(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        if self._auto_restart and self._is_running:
            self._loop.call_soon_threadsafe(self._stop)
        else:  # the terminal is lent to an editor or given back, and nothing has to be done to it
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        if self._auto_restart and (self._is_away or self._is_running):
            self._loop.call_soon_threadsafe(self._go_on)

    def _stop(self) -> None:
        if self._is_away or not self._is_running:
            return
        self._is_away = self._must_signal_resume = True
        cast(Ending, self._app).keep_if_possible()
        self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        """Take the terminal again after a stop, of which the program may have known nothing."""
        if self._is_away:
            self.resume_application_mode()
            # In the background nothing was taken, and another SIGCONT comes with `fg`.
            self._is_away = not self._is_running
        elif self._is_running:
            self._set_modes()
        cast(Ending, self._app).paint_anew()
        self._app.refresh(layout=True)

    @property
    def _is_running(self) -> bool:
        return self._key_thread is not None and self._key_thread.is_alive()

    def _set_modes(self) -> None:
        """Set every mode again, as `start_application_mode` does."""
        if self.attrs_before is not None:
            attributes = [*self.attrs_before]
            attributes[tty.LFLAG] = self._patch_lflag(attributes[tty.LFLAG])
            attributes[tty.IFLAG] = self._patch_iflag(attributes[tty.IFLAG])
            try:
                termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)
            except termios.error:
                return
        self.write("\x1b[?1049h\x1b[?25l\x1b[?1004h")
        if not constants.DISABLE_KITTY_KEY:
            # The keyboard's level is a stack: what was pushed is taken back first.
            self.write(f"\x1b[<u\x1b[>{_KEYBOARD}u")
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        self._disable_line_wrap()
