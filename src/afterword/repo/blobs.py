"""Texts by the names git gives them, read through one running git."""

import contextlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Self

from afterword.repo.runner import Runner, Talk, to_text

LARGEST = 2_000_000
"""Bytes of a text that is read alone; a larger one is passed over."""
_AT_ONCE = 400
_ON_THE_WAY = 200
"""Names sent before answers are read: a pipe takes them all."""


def files_at(runner: Runner, sha: str) -> list[tuple[str, str]]:
    """Return path and blob of each ordinary file at a commit; links and submodules are none."""
    listing = runner.run("ls-tree", "-r", "-z", "--full-tree", sha)
    found = []
    for entry in listing.split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        if about.startswith(b"100"):
            found.append((to_text(name), about[12:].decode()))
    return found


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
        try:
            talk.ask(blob)
            return _answer(talk)
        except (OSError, EOFError, ValueError):
            self._end()
            return None

    def some(self, blobs: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield blobs with their bytes; git looks for the next ones while these are used."""
        for at in range(0, len(blobs), _ON_THE_WAY):
            group = blobs[at : at + _ON_THE_WAY]
            answered = 0
            talk = self._running()
            with contextlib.suppress(OSError, EOFError, ValueError):
                if talk is not None:
                    talk.ask(*group)
                    for answered, blob in enumerate(group):  # noqa: B007
                        yield blob, _answer(talk)
                    continue
            self._end()
            yield from ((blob, self.read(blob)) for blob in group[answered:])

    def many(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield blobs of any size with their bytes, asked for in groups: the quick way for a whole tree."""
        waiting = iter(blobs)
        while group := list(islice(waiting, _AT_ONCE)):
            done = self._runner.attempt("cat-file", "--batch", "--buffer", stdin=_lines(group))
            here = group
            if done.status != 0:
                # A partial clone ends git at the first text it lacks, so what it has is found out beforehand.
                here = [blob for blob in group if blob in self._here]
                done = self._runner.attempt("cat-file", "--batch", "--buffer", stdin=_lines(here))
            texts = dict(zip(here, _answers(done.out), strict=True))
            yield from ((blob, texts.get(blob)) for blob in group)

    @cached_property
    def _here(self) -> frozenset[str]:
        """The names of all objects that this clone has."""
        listing = self._runner.run("cat-file", "--batch-check=%(objectname)", "--batch-all-objects", "--unordered")
        return frozenset(listing.decode().split())

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


def _answer(talk: Talk) -> bytes | None:
    """Read the answer to one question; EOFError where git has ended."""
    answer = talk.line()
    kind, _, size = answer.partition(b" ")[2].partition(b" ")
    if kind == b"missing":
        return None
    if not size.isdigit():
        raise EOFError
    data = talk.take(int(size) + 1)
    if len(data) != int(size) + 1:
        raise EOFError
    return data[:-1] if kind == b"blob" and len(data) <= LARGEST else None


def _lines(blobs: list[str]) -> bytes:
    return "".join(f"{blob}\n" for blob in blobs).encode()


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
        yield data if kind == b"blob" else None
