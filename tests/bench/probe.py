"""A terminal with a stop watch: when what was asked for stood on the screen, and how many bytes that took."""

import os
import re
import select
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.bench.link import Link
from tests.emulator import Emulator
from tests.terminal import Terminal, key_bytes

SIZE = (100, 30)
QUIET = 0.06
"""Seconds of silence after which a program has answered a key."""
_TICKS = os.sysconf("SC_CLK_TCK")


class Probe(Terminal):
    """Runs a program; output gets its time when it is read, and is drawn only afterwards."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path | None = None,
        env: Mapping[str, str | None] | None = None,
        link: Link | None = None,
    ) -> None:
        super().__init__(command, cwd=cwd, env=env, size=SIZE, timeout=60)
        self.arrivals: list[tuple[float, bytes]] = []
        """When each piece of output arrived at the terminal, and what it was."""
        self._link = link or Link()
        self._drawn = 0
        self.begun = 0.0

    def start(self) -> "Probe":
        """Start the program and the watch."""
        self.begun = time.perf_counter()
        super().start()
        return self

    def _read(self) -> None:
        while not self._closing:
            if not select.select([self._master], [], [], 0.05)[0]:
                continue
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            now = time.perf_counter()
            if not data:
                return
            with self._lock:
                self.arrivals.append((self._link.arrives(now, len(data)), data))
                self.bytes_seen += data[-1:]  # the terminal only asks whether there was any
                self._last_activity = time.monotonic()

    def _draw_next(self) -> None:
        """Draw one more piece of output, and answer what it asks."""
        with self._lock:
            self._emulator.feed(self.arrivals[self._drawn][1])
            self._drawn += 1
            answers, self._emulator.answers = self._emulator.answers, []
        for answer in answers:
            self._write(answer)

    def screen(self) -> list[str]:
        """The lines that are shown now, once all that has arrived is drawn."""
        while self._drawn < len(self.arrivals):
            self._draw_next()
        return super().screen()

    # Watching

    def first_frame(self, text: str) -> float:
        """Return the seconds from the start until a text of the first frame stood on the screen."""
        while True:
            self.wait_until(lambda t: bool(t.arrivals) and text in t.text(), repr(text))
            return self._time_of(text) - self.begun

    def _time_of(self, text: str) -> float:
        """Return when the piece was there that brought `text`; all pieces are drawn anew on a screen of their own."""
        emulator = Emulator(*SIZE)
        for arrived, data in self.arrivals:
            emulator.feed(data)
            if text in "\n".join(emulator.screen.display):
                return arrived
        raise AssertionError(self._explain(f"{text!r} was gone again"))

    def timed(self, keys: str, shows: Callable[[str], bool], quiet: float = QUIET) -> tuple[float, float, int]:
        """Send keys and wait for silence: seconds until the screen showed it, until the last byte, and bytes."""
        self.screen()
        mark = len(self.arrivals)
        begun = time.perf_counter()
        time.sleep(self._link.round_trip / 2)
        self._write(keys.encode())
        shown = self._wait_shown(mark, shows, quiet)
        last = self.arrivals[-1][0]
        size = sum(len(data) for _, data in self.arrivals[mark:])
        time.sleep(max(0.0, last - time.perf_counter()))
        return shown - begun, last - begun, size

    def _wait_shown(self, mark: int, shows: Callable[[str], bool], quiet: float) -> float:
        end = time.monotonic() + self.timeout
        while time.monotonic() < end:
            if len(self.arrivals) > mark and time.monotonic() - self._last_activity > quiet:
                while self._drawn < len(self.arrivals):
                    at = self._drawn
                    self._draw_next()
                    if shows("\n".join(super().screen())):
                        return self.arrivals[at][0]
            time.sleep(0.002)
        raise AssertionError(self._explain("waited in vain for what a key should show"))

    def press_timed(self, key: str, shows: Callable[[str], bool], quiet: float = QUIET) -> tuple[float, float, int]:
        """Press one key, as `timed`."""
        return self.timed(key_bytes(key).decode(), shows, quiet)

    @property
    def sent(self) -> int:
        """Bytes that the program has sent so far."""
        return sum(len(data) for _, data in self.arrivals)

    # What it costs

    @property
    def cpu(self) -> float:
        """Seconds of processor time that the program has used, all threads together."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        tasks = [Path(task, "schedstat") for task in Path(f"/proc/{self.pid}/task").iterdir()]
        try:
            return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9
        except (OSError, ValueError, IndexError):
            return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def memory(self) -> tuple[float, float]:
        """Peak resident memory, and the present share of what is its own or shared (PSS), in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1])  # type: ignore[index]
        try:
            rollup = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
            share = int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
        except OSError:
            share = 0
        return peak / 1024, share / 1024
