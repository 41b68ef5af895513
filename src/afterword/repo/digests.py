"""The records of a repository as lists show them, kept beside git's own files: what did not change is not read again.

A kept digest belongs to the bytes of a file, to the words that the checks were given, and to the code that read and
checked them.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import afterword
from afterword.errors import AfterwordError
from afterword.repo import atomic
from afterword.repo.digest import Digest
from afterword.repo.errors import RepositoryError, WriteError
from afterword.repo.regular import read_regular
from afterword.repo.store import Store

_FORM = 1
"""The form of the kept file; another one is not read."""
_CODE = ("record", "record/document", "checks")
"""Where the code lies that a digest depends on."""


class Listed(NamedTuple):
    """A record as a list shows it; `digest` is None where the file cannot be read, and then `error` says why."""

    id: str
    path: Path
    text: str
    digest: Digest | None
    error: AfterwordError | None = None


class Digests:
    """Digests of a store's records, made where a file is new or changed, and kept in a file of our own."""

    def __init__(self, store: Store, file: Path, people: Iterable[str], severities: Iterable[str]) -> None:
        """Take the store, the file that digests are kept in, and what the checks are given."""
        self._store, self._file = store, file
        self._people, self._severities = tuple(people), tuple(severities)
        self._mark = _mark(self._people, self._severities)
        self._known: dict[str, Any] = {}
        # A damaged file counts as none.
        with suppress(OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
            kept = json.loads(read_regular(file))
            if kept["mark"] == self._mark:
                self._known = dict(kept["digests"])

    def newest(self) -> Iterator[Listed]:
        """Yield the records, the newest first, each looked at when it is asked for: there may be thousands."""
        now: dict[str, Any] = {}
        is_whole = False
        try:
            for path in reversed(self._store.paths()):
                yield self._listed(path, now)
            is_whole = True
        finally:
            # A list that was broken off has not seen the rest, which is as good as before.
            self._keep(now if is_whole else {**self._known, **now})

    def _listed(self, path: Path, now: dict[str, Any]) -> Listed:
        try:
            data = self._store.bytes_of(path)
            name = hashlib.blake2b(data, digest_size=16).hexdigest()
            with suppress(ValueError, TypeError, KeyError, AttributeError):
                digest = Digest.read(self._known[name])
                now[name] = self._known[name]
                return Listed(path.stem, path, data.decode(), digest)
        except (AfterwordError, OSError):
            name = ""  # reading it as a record says why
        stored = self._store.read(path)
        if stored.record is None:
            return Listed(stored.id, path, stored.text, None, stored.error)
        digest = Digest.of(stored.record, self._people, self._severities)
        if name:
            now[name] = digest.values()
        return Listed(stored.id, path, stored.text, digest)

    def _keep(self, digests: dict[str, Any]) -> None:
        """Write down what is new; a repository that cannot be written to is read anew each time."""
        if digests == self._known:
            return
        data = json.dumps({"mark": self._mark, "digests": digests}, separators=(",", ":"))
        with suppress(WriteError, RepositoryError, OSError):
            atomic.make_folder(self._file.parent, 0o700)
            atomic.write(self._file, data.encode(), 0o600)
        self._known = digests


def _mark(people: tuple[str, ...], severities: tuple[str, ...]) -> str:
    """Return a name for everything that a digest depends on beside the record's bytes."""
    told = json.dumps([_FORM, afterword.__version__, sys.version, sorted(people), severities, [*_code()], _libraries()])
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _libraries() -> list[tuple[str, int]]:
    """Return where libraries are installed, and when the last one was installed, removed or renewed there."""
    found = []
    for place in sys.path:
        if place.endswith("-packages"):
            with suppress(OSError):
                found.append((place, Path(place).stat().st_mtime_ns))
    return found


def _code() -> Iterator[tuple[str, int, int]]:
    """Yield name, time and size of each of our files that reads or checks a record."""
    top = Path(afterword.__file__).parent
    for folder in _CODE:
        with suppress(OSError), os.scandir(top / folder) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    yield entry.name, status.st_mtime_ns, status.st_size
