"""The real program in a real pty, with pyte as the terminal: what a person would see, and every byte that was sent.

    with Terminal(["afterword", "new"], cwd=repository) as t:
        t.wait("What happened")
        t.type("The agent promised refunds").press("ctrl+n")
        assert "Timeline" in t.text()

A terminal of the plain xterm kind: it answers what programs ask (device attributes, cursor position, synchronised
output), has an alternate screen, and keeps the main screen with its scrollback apart, where leaks would show.
"""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.emulator import MOUSE, Emulator

_ESC = "\x1b"
_KEYS = {
    "enter": "\r", "tab": "\t", "escape": _ESC, "space": " ", "backspace": "\x7f", "delete": "\x1b[3~",
    "insert": "\x1b[2~", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "shift+tab": "\x1b[Z",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~",
    "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f11": "\x1b[23~", "f12": "\x1b[24~",
}  # fmt: skip
_MOVES = {"up": "A", "down": "B", "right": "C", "left": "D", "end": "F", "home": "H"}
_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def key_bytes(key: str) -> bytes:
    """What an xterm sends for a key written as Textual writes it: `ctrl+n`, `shift+down`, `f5`, `x`."""
    if len(key) == 1:
        return key.encode()
    if key in _KEYS:
        return _KEYS[key].encode()
    *modifiers, name = key.split("+")
    bits = sum(_MODIFIERS[modifier] for modifier in modifiers)
    if name in _MOVES:
        return f"\x1b[1;{bits + 1}{_MOVES[name]}".encode() if bits else f"\x1b[{_MOVES[name]}".encode()
    if modifiers == ["ctrl"] and len(name) == 1:
        return bytes([ord(name.upper()) & 0x1F])
    if modifiers == ["alt"]:
        return b"\x1b" + key_bytes(name)
    if name in _KEYS and _KEYS[name].endswith("~"):
        return f"{_KEYS[name][:-1]};{bits + 1}~".encode()
    raise ValueError(f"no bytes known for the key {key!r}")


_LOOK = re.compile(rb"\x1b\[([0-9;:]*)m")


@dataclass(frozen=True)
class Modes:
    """The state a program has left the terminal in."""

    alternate_screen: bool
    cursor_shown: bool
    mouse: bool
    bracketed_paste: bool
    focus_events: bool
    keyboard_level: int
    """How many kitty keyboard pushes have not been taken back."""
    cooked: bool
    """Whether the line discipline echoes and edits lines, as a shell needs it."""
    plain_look: bool = field(compare=False)
    """Whether what is written next has the terminal's own colours; not all terminals see to that themselves."""

    @property
    def restored(self) -> bool:
        """Whether everything is as a shell expects it."""
        return self.plain_look and self == Modes(False, True, False, False, False, 0, True, True)


class Terminal:
    """A program running in a terminal; use it as a context manager, which ends the program at the latest."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path | str | None = None,
        env: Mapping[str, str | None] | None = None,
        size: tuple[int, int] = (80, 24),
        timeout: float = 20.0,
    ) -> None:
        """Prepare to run `command` (found beside this Python first) at `size` = (columns, lines).

        `env` adds to the environment; a value of None takes a variable out. `timeout` is the default, in seconds.
        """
        self.command = list(command)
        self.cwd = cwd
        self.size = size
        self.timeout = timeout
        self.env = self._environment(env or {})
        self.bytes_seen = b""
        self._emulator = Emulator(*size)
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._master = -1
        self._last_activity = time.monotonic()
        self._reader: threading.Thread | None = None
        self._closing = False

    @staticmethod
    def _environment(extra: Mapping[str, str | None]) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "COLUMNS", "LINES"))
        }
        kept |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        kept["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', os.defpath)}"
        for name in ("NO_COLOR", "TMUX"):
            kept.pop(name, None)
        for name, value in extra.items():
            if value is None:
                kept.pop(name, None)
            else:
                kept[name] = value
        return kept

    # -- running ---------------------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Start the program."""
        self._master, slave = os.openpty()
        self._set_size(slave)
        try:
            self._process = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env=self.env,
                stdin=slave,
                stdout=slave,
                stderr=slave,
                start_new_session=True,
                # A controlling terminal, so that closing it sends SIGHUP as it does in life.
                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            )
        finally:
            os.close(slave)
        self._reader = threading.Thread(target=self._read, name="terminal-reader", daemon=True)
        self._reader.start()
        return self

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program if it still runs, and give the pty back."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._closing = True
        if self._reader is not None:
            self._reader.join(5)
            self._reader = None
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def hang_up(self) -> None:
        """Close the terminal's side of the pty, as when the connection drops."""
        self._closing = True
        if self._reader is not None:
            self._reader.join(5)
            self._reader = None
        os.close(self._master)
        self._master = -1

    def _set_size(self, descriptor: int) -> None:
        columns, lines = self.size
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def _read(self) -> None:
        while not self._closing:
            ready, _, _ = select.select([self._master], [], [], 0.05)
            if not ready:
                continue
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            with self._lock:
                self.bytes_seen += data
                self._emulator.feed(data)
                answers, self._emulator.answers = self._emulator.answers, []
                self._last_activity = time.monotonic()
            for answer in answers:
                self._write(answer)

    def _write(self, data: bytes) -> None:
        self._last_activity = time.monotonic()
        while data:
            try:
                data = data[os.write(self._master, data[:1024]) :]
            except OSError as error:
                raise AssertionError(self._explain(f"the program's terminal is gone ({error})")) from error

    # -- what a person does ----------------------------------------------------------------------------------------

    def type(self, text: str) -> Self:
        """Type `text`; a newline in it is the enter key."""
        self._write(text.replace("\n", "\r").encode())
        return self

    def press(self, *keys: str) -> Self:
        """Press keys one after the other, named as Textual names them."""
        for key in keys:
            self._write(key_bytes(key))
            if key == "escape":
                # A program tells a lone ESC from the beginning of a sequence by the pause after it.
                time.sleep(0.15)
        return self

    def paste(self, text: str) -> Self:
        """Paste `text`, bracketed where the program asked for that; newlines go as carriage returns."""
        data = text.replace("\n", "\r").encode()
        with self._lock:
            bracketed = 2004 in self._emulator.private
        self._write(b"\x1b[200~" + data + b"\x1b[201~" if bracketed else data)
        return self

    def resize(self, columns: int, lines: int) -> Self:
        """Change the size of the window; the program gets SIGWINCH."""
        with self._lock:
            self.size = (columns, lines)
            self._emulator.resize(columns, lines)
        self._set_size(self._master)
        return self

    def signal(self, number: signal.Signals) -> Self:
        """Send a signal to the program."""
        assert self._process is not None
        self._process.send_signal(number)
        return self

    def kill(self) -> int:
        """End the program with SIGKILL and return its exit code (negative: the signal)."""
        self.signal(signal.SIGKILL)
        return self.exit_code()

    # -- what a person sees ----------------------------------------------------------------------------------------

    def screen(self) -> list[str]:
        """The lines that are shown now, without trailing spaces."""
        with self._lock:
            return self._emulator.lines()

    def text(self) -> str:
        """The screen as one string."""
        return "\n".join(self.screen())

    def cells(self) -> list[list[tuple[object, ...]]]:
        """Every cell that is shown, with its colours and styles, to compare two paintings."""
        with self._lock:
            screen = self._emulator.screen
            return [[tuple(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]

    def main_screen(self) -> list[str]:
        """The scrollback and the lines of the main screen: what remains in the window after the program."""
        with self._lock:
            main = self._emulator.main
            past = ["".join(line[x].data for x in range(main.columns)).rstrip() for line in main.history.top]
            return past + [line.rstrip() for line in main.display]

    @property
    def cursor(self) -> tuple[int, int]:
        """Where the terminal's own cursor is: (column, line) from 0."""
        with self._lock:
            return self._emulator.screen.cursor.x, self._emulator.screen.cursor.y

    @property
    def modes(self) -> Modes:
        """What state the terminal is in."""
        local = termios.tcgetattr(self._master)[3]
        with self._lock:
            private = self._emulator.private
            return Modes(
                alternate_screen=self._emulator.alternate,
                cursor_shown=25 in private,
                mouse=bool(private & MOUSE),
                bracketed_paste=2004 in private,
                focus_events=1004 in private,
                keyboard_level=self._emulator.keyboard_level,
                cooked=bool(local & termios.ECHO and local & termios.ICANON and local & termios.ISIG),
                plain_look=(_LOOK.findall(self.bytes_seen) or [b""])[-1] in (b"", b"0"),
            )

    @property
    def pid(self) -> int:
        """The process id of the program."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the program has not ended yet."""
        return self._process is not None and self._process.poll() is None

    # -- waiting ---------------------------------------------------------------------------------------------------

    def wait_until(self, condition: Callable[[Self], bool], what: str, timeout: float | None = None) -> Self:
        """Wait until `condition(self)`; fail with the screen when it does not come about or the program ends."""
        end = time.monotonic() + (self.timeout if timeout is None else timeout)
        while not condition(self):
            if not self.is_running:
                time.sleep(0.1)
                if condition(self):
                    return self
                raise AssertionError(self._explain(f"the program ended while waiting for {what}"))
            if time.monotonic() > end:
                raise AssertionError(self._explain(f"waited in vain for {what}"))
            time.sleep(0.01)
        return self

    def wait(self, *texts: str, timeout: float | None = None) -> Self:
        """Wait until every one of `texts` is on the screen."""
        return self.wait_until(
            lambda t: all(text in t.text() for text in texts), " and ".join(map(repr, texts)), timeout
        )

    def wait_gone(self, text: str, timeout: float | None = None) -> Self:
        """Wait until `text` is no longer on the screen."""
        return self.wait_until(lambda t: text not in t.text(), f"{text!r} to go", timeout)

    def settle(self, quiet: float = 0.15, timeout: float | None = None) -> Self:
        """Wait until the program has sent nothing for `quiet` seconds since its last output or the last key."""
        return self.wait_until(
            lambda t: bool(t.bytes_seen) and time.monotonic() - t._last_activity >= quiet,
            f"{quiet} s of silence",
            timeout,
        )

    def exit_code(self, timeout: float | None = None) -> int:
        """Wait for the end of the program and its last output; return its exit code (negative: the signal)."""
        assert self._process is not None
        try:
            code = self._process.wait(self.timeout if timeout is None else timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(self._explain("the program did not end")) from None
        while time.monotonic() - self._last_activity < 0.1:
            time.sleep(0.02)
        return code

    def _explain(self, message: str) -> str:
        columns, lines = self.size
        code = None if self._process is None else self._process.poll()
        state = "running" if code is None else f"ended with code {code}"
        rule = "+" + "-" * columns + "+"
        shown = "\n".join(f"|{line:<{columns}}|" for line in self.screen())
        return f"{message}: {' '.join(self.command)} ({columns}x{lines}, {state})\n{rule}\n{shown}\n{rule}"
