"""Texts by the names git gives them, read through one running git."""

import contextlib
import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Self

from afterword.repo.runner import Runner, Talk

LARGEST = 2_000_000
"""Bytes of a text that is read; a larger one is passed over."""
_AT_ONCE = 1_000


class Blobs:
    """Reads blobs one after another; None where this clone lacks one, or where it is too large.

    A partial clone ends git at the first text it never fetched, so git is started anew then. May be used by one
    thread at a time; `close`, from any thread, ends git.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._talk: Talk | None = None
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, blob: str) -> bytes | None:
        """Return the bytes of a blob."""
        talk = self._running()
        if talk is None:
            return None
        with contextlib.suppress(OSError, ValueError):
            answer = talk.ask(blob)
            kind, _, size = answer.partition(b" ")[2].partition(b" ")
            if kind == b"missing":
                return None
            if size.isdigit():
                data = talk.take(int(size) + 1)
                if len(data) == int(size) + 1:
                    return data[:-1] if kind == b"blob" and len(data) <= LARGEST else None
        self._end()
        return None

    def many(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield blobs with their bytes, asked for in large groups: the quick way for a whole tree."""
        waiting = iter(blobs)
        while group := list(islice(waiting, _AT_ONCE)):
            done = self._runner.attempt("cat-file", "--batch", "--buffer", stdin="\n".join([*group, ""]).encode())
            if done.status == 0:
                yield from zip(group, _answers(done.out), strict=True)
            else:
                yield from ((blob, self.read(blob)) for blob in group)

    def close(self) -> None:
        """End git."""
        self._closed = True
        self._end()

    def _running(self) -> Talk | None:
        with self._lock:
            if self._closed:
                return None
            if self._talk is None:
                self._talk = self._runner.talk("cat-file", "--batch")
            return self._talk

    def _end(self) -> None:
        with self._lock:
            talk, self._talk = self._talk, None
        if talk is not None:
            talk.close()


def _answers(out: bytes) -> Iterator[bytes | None]:
    """Read what git says to many questions."""
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        kind, _, size = out[at:end].partition(b" ")[2].partition(b" ")
        at = end + 1
        if not size.isdigit():
            yield None
            continue
        data = out[at : at + int(size)]
        at += int(size) + 1
        yield data if kind == b"blob" and len(data) <= LARGEST else None
