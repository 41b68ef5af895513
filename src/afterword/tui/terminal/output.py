"""What is written to the terminal, in a thread: nobody waits for one that stands still, or fails with one gone."""

import os
import select
import threading
from collections import deque

_STANDING_STILL = 65_536
"""Bytes under way after which painting more is useless: they would only be seen after these."""


class TerminalOutput:
    """Writes in order what it is given; once the terminal is gone, it takes everything and writes nothing."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._pieces: deque[bytes] = deque()
        self._waiting = 0
        self._changed = threading.Condition()
        self._is_gone = False
        # A daemon: the program may end while the terminal still takes nothing.
        threading.Thread(target=self._run, name="terminal-output", daemon=True).start()

    def write(self, text: str) -> None:
        """Take text to write soon; what UTF-8 cannot hold is replaced."""
        data = text.encode("utf-8", "replace")
        with self._changed:
            if not self._is_gone and data:
                self._pieces.append(data)
                self._waiting += len(data)
                self._changed.notify_all()

    @property
    def is_behind(self) -> bool:
        """Whether the terminal takes less than it is given."""
        return self._waiting > _STANDING_STILL

    def drain(self, patience: float) -> None:
        """Wait until everything is written, `patience` seconds at most."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting, patience)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._pieces)
                data = b"".join(self._pieces)
                self._pieces.clear()
            alive = self._put(memoryview(data))
            with self._changed:
                self._is_gone = not alive
                if self._is_gone:
                    self._pieces.clear()
                self._waiting = sum(map(len, self._pieces))
                self._changed.notify_all()
            if not alive:
                return

    def _put(self, rest: memoryview) -> bool:
        while rest:
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:  # another program left the terminal so that writing does not wait
                select.select([], [self._descriptor], [])
            except OSError:
                return False
        return True
