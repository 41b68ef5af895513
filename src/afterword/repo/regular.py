"""Read a file that somebody else may have put there: a pipe must not make us wait, a device never ends."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read where nobody says otherwise."""


def read_regular(path: Path, limit: int = LARGEST) -> bytes:
    """Return the bytes of a regular file; OSError where it is something else or has more than `limit` bytes."""
    with _opened(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit:,} bytes", str(path))
    return data


def head_of_regular(path: Path, size: int) -> bytes:
    """Return the first bytes of a regular file; OSError where it is something else."""
    with _opened(path) as file:
        return file.read(size)


def _opened(path: Path) -> BinaryIO:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, "it is no regular file", str(path))


def real(path: Path) -> Path:
    """Return where a path leads through all links; one that leads in a circle, or can be none, is itself."""
    return Path(os.path.realpath(path)) if "\0" not in str(path) else path
