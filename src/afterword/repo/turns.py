"""One process at a time between looking at a file and replacing it, on network file systems as well."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from afterword.repo.holders import Holder, seconds_old
from afterword.repo.regular import read_regular

_PATIENCE = 3.0
"""Seconds for which another process is waited for; a turn takes milliseconds."""
_ABANDONED = 10.0
"""Seconds after which a turn of another machine is over, whoever took it."""
_PAUSE = 0.01


@contextlib.contextmanager
def turn(path: Path) -> Iterator[None]:
    """Hold `path`, a file of this name alone, while the body looks at something and writes it.

    Creating a file that must not exist is one step on every file system. A turn that a dead process left is taken
    over, and after some seconds the body runs all the same: what was typed must be written, and what it finds on the
    disk is compared in any case.
    """
    mine = _take(path)
    try:
        yield
    finally:
        if mine:
            with contextlib.suppress(OSError):
                path.unlink()


def _take(path: Path) -> bool:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except FileExistsError:
            if time.monotonic() > end:
                return False
            if _is_abandoned(path):
                with contextlib.suppress(OSError):
                    path.unlink()
            time.sleep(_PAUSE)
            continue
        except OSError:
            return False  # where nothing can be written, the write itself says so
        with contextlib.suppress(OSError):
            os.write(handle, Holder.me().dump())
        os.close(handle)
        return True


def _is_abandoned(path: Path) -> bool:
    try:
        holder = Holder.parse(read_regular(path))
        if holder is not None and holder.is_here:
            return not holder.is_alive
        return seconds_old(path) > _ABANDONED
    except OSError:
        return False
