"""What a child process does with its pipes: read requests, answer them, and end when the parent is gone."""

import contextlib
import json
import os
import queue
import sys
import threading
from collections.abc import Iterable, Iterator
from typing import Any

READY = "ready"
"""What a child says once it has loaded all it needs; one that ends before has never seen a text."""


def _no_core_dump() -> None:
    """Keep a crash from writing the memory, with the text in it, to a file."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(lines: "queue.SimpleQueue[Any]") -> None:
    for line in sys.stdin.buffer:
        lines.put(json.loads(line))
    os._exit(0)


def requests(idle: float | None = None) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each request with its text; the process ends when stdin closes, or after `idle` seconds without a request.

    Reading is a thread's, so that the process ends with its parent in the middle of its work too.
    """
    _no_core_dump()
    lines: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(lines,), daemon=True).start()
    answer(READY)
    while True:
        try:
            request = lines.get(timeout=idle)
        except queue.Empty:
            return
        yield request, "".join(iter(lines.get, None))


def answer(*messages: Any) -> None:
    """Write messages, each a line of JSON."""
    _write(json.dumps(message).encode("ascii") + b"\n" for message in messages)


def _write(lines: Iterable[bytes]) -> None:
    sys.stdout.buffer.writelines(lines)
    sys.stdout.buffer.flush()


def leave() -> None:
    """End the process at once: the thread that waits for stdin would hold up the interpreter's own way."""
    sys.stdout.buffer.flush()
    os._exit(0)
