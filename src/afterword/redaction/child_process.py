"""The parent's side of a child process that is asked in lines of JSON.

The child has a session of its own, so that Ctrl+C does not reach it; it gets texts by a pipe alone, says nothing on
stderr, and ends when that pipe closes: when it is stopped, when this process ends, and when this process is killed.
"""

import atexit
import contextlib
import json
import os
import re
import selectors
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import afterword
from afterword.redaction.child_side import READY

_POLL = 0.05
"""Seconds between two looks at the clock and at whether the caller still wants an answer."""
_LONGEST_LINE = 16_000_000
_PART = 50_000
_HALVES = re.compile("(?<=[\ud800-\udbff])(?=[\udc00-\udfff])")

_running: "weakref.WeakSet[Child]" = weakref.WeakSet()


class ChildError(Exception):
    """A child did not answer: it could not start, ended, took too long or talked nonsense. Never holds text."""


class Cancelled(ChildError):
    """The caller no longer wants the answer."""


class TooLong(ChildError):
    """The child did not answer in time."""


def _path() -> list[str]:
    """Return where this process finds modules, without the working directory, whatever put it there."""
    here = Path.cwd() if _has_cwd() else None
    return [entry for entry in sys.path if Path(entry).is_absolute() and Path(entry) != here]


def _has_cwd() -> bool:
    with contextlib.suppress(OSError):
        return bool(Path.cwd())
    return False


def request(header: Mapping[str, Any], text: str) -> Iterator[bytes]:
    r"""Yield the lines of a request: the header, the text in pieces, null.

    Pieces keep other threads' waits short. They end between the halves of a surrogate pair that stand as two code
    points in the text, which JSON would read back as one.
    """
    yield _line(header)
    for start in range(0, len(text), _PART):
        yield from map(_line, _HALVES.split(text[start : start + _PART]))
    yield _line(None)


def _line(value: Any) -> bytes:
    return json.dumps(value).encode("ascii") + b"\n"


class Child:
    """A running child process; `ready` says whether it has loaded all it needs."""

    def __init__(self, module: str, environment: Mapping[str, str] | None = None) -> None:
        if not sys.executable or getattr(sys, "frozen", False):
            raise ChildError("There is no interpreter to start.")
        script = Path(__file__).with_name("child_start.py")
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(script)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                cwd=os.sep,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
            )
        except OSError as error:
            raise ChildError("The child could not be started.") from error
        self.ready = False
        self._unsent = _line({"path": _path(), "package": afterword.__file__, "module": module})
        self._unread = b""
        os.set_blocking(self._input.fileno(), False)
        _running.add(self)

    @property
    def _input(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _output(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def ask(
        self, lines: Iterable[bytes], deadline: float, cancelled: Callable[[], bool] | None = None
    ) -> Iterator[Any]:
        """Send lines and yield the messages that come back; the caller stops when it has what it wants."""
        pending = iter(lines)
        with selectors.DefaultSelector() as selector:
            selector.register(self._output, selectors.EVENT_READ)
            selector.register(self._input, selectors.EVENT_WRITE)
            while True:
                if cancelled and cancelled():
                    raise Cancelled("Nobody waits for the answer.")
                if time.monotonic() > deadline:
                    raise TooLong("The child took too long.")
                for key, _ in selector.select(_POLL):
                    if key.fileobj is self._output:
                        yield from self._messages()
                    elif not self._feed(pending):
                        selector.unregister(self._input)

    def _feed(self, pending: Iterator[bytes]) -> bool:
        """Write what the pipe takes; False once all is written, or where nobody reads."""
        self._unsent = self._unsent or next(pending, b"")
        if not self._unsent:
            return False
        try:
            self._unsent = self._unsent[os.write(self._input.fileno(), self._unsent) :]
        except BlockingIOError:
            return True
        except OSError:
            return False
        return True

    def _messages(self) -> Iterator[Any]:
        data = os.read(self._output.fileno(), 1 << 16)
        if not data or len(self._unread) > _LONGEST_LINE:
            raise ChildError("The child ended before it had answered.")
        *whole, self._unread = (self._unread + data).split(b"\n")
        for line in whole:
            try:
                message = json.loads(line)
            except (ValueError, RecursionError):
                raise ChildError("The child's answer is not JSON.") from None
            if message == READY:
                self.ready = True
            else:
                yield message

    def stop(self) -> None:
        """End the process at once."""
        self._process.kill()
        for pipe in (self._input, self._output):
            with contextlib.suppress(OSError):
                pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        _running.discard(self)


@atexit.register
def _stop_all() -> None:
    for child in list(_running):
        child.stop()
