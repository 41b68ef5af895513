"""Runs a team's command in a process group of its own, which ends with it: at a timeout, at ctrl+c, whatever comes."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from afterword.evals.interrupts import uninterrupted

_GRACE = 3.0
_TAIL = 8_192
_LINES = 12
_TICK = 0.05
_MOST_OUTPUT = 256 * 1024 * 1024

NOT_FOUND = "not found"
TIMEOUT = "timeout"
FLOOD = "flood"
"""It printed more than a disk should have to hold."""


class Stopped(Exception):
    """The caller asked to stop; the command and what it started have ended."""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit status (negative for a signal), what stood in its way, seconds, its last lines."""

    status: int
    problem: str = ""
    seconds: float = 0.0
    tail: str = ""


def run_command(
    words: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    timeout: float,
    stop: Callable[[], bool] = lambda: False,
) -> Ended:
    """Run a command to its end; Stopped where `stop` says so, and KeyboardInterrupt passes.

    It gets no terminal and no input, so that nothing can wait for an answer.
    """
    if stop():
        raise Stopped
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process: subprocess.Popen[bytes] | None = None
        try:
            with uninterrupted():
                process = _started(words, folder, environment, output)
            problem = _wait(process, output, start + timeout, stop)
        except _NotStarted as error:
            return Ended(127, NOT_FOUND, tail=str(error))
        finally:
            if process is not None:
                _end_group(process)
        return Ended(process.returncode, problem, time.monotonic() - start, _tail(output))


class _NotStarted(Exception):
    """The system did not start the command; its text says why."""


def _started(
    words: Sequence[str], folder: Path, environment: Mapping[str, str], output: BinaryIO
) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(
            words,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise _NotStarted(getattr(error, "strerror", None) or str(error)) from error


def _wait(process: "subprocess.Popen[bytes]", output: BinaryIO, deadline: float, stop: Callable[[], bool]) -> str:
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_TICK)
            return ""
        if stop():
            raise Stopped
        if time.monotonic() > deadline:
            return TIMEOUT
        if os.fstat(output.fileno()).st_size > _MOST_OUTPUT:
            return FLOOD


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """End the command and what it left running; first asked, then forced."""
    give_up = time.monotonic() + _GRACE
    try:
        if process.poll() is None:
            _signal_group(process.pid, signal.SIGTERM)
            while process.poll() is None and time.monotonic() < give_up:
                time.sleep(_TICK)
    finally:
        # The leader may be gone and what it started in the background not: the group outlives it.
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _tail(output: BinaryIO) -> str:
    """Return the last lines that were printed."""
    size = output.seek(0, os.SEEK_END)
    output.seek(max(0, size - _TAIL))
    lines = output.read().decode("utf-8", "replace").splitlines()
    return "\n".join([line for line in lines if line.strip()][-_LINES:])
