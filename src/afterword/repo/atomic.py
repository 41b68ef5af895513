"""Write a file so that it is the old one or the new one, never half of it."""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

from afterword.repo.errors import WriteError

TEMPORARY = ".tmp"
"""The ending of a file that is still being written; its name starts with a dot and the name of the file."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LOCKED = {errno.EACCES, errno.EPERM, errno.EROFS}


def write(
    path: Path,
    data: bytes,
    mode: int | None = None,
    new: bool = False,
    scratch: Path | None = None,
    last: Callable[[], None] | None = None,
) -> None:
    """Replace `path` by `data`, on the disk before this returns.

    The mode is `mode`, else that of the file as it stands, else what the umask leaves. With `new`, a file
    that exists is left alone (FileExistsError). Every other failure is a WriteError, and the old file is as
    it was. What is half written lies in the folder `scratch` where that is possible, so that a program that is
    killed leaves nothing beside `path`. `last` is called when all is on the disk but the replacing itself; what it
    raises prevents that.
    """
    try:
        through = partial(_write_through, path=path, data=data, mode=mode, new=new, last=last)
        if scratch is None or not _is_written_by(scratch, path, through):
            through(path.parent)
        sync_folder(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise refused(path, error) from error


def _is_written_by(scratch: Path, path: Path, through: Callable[[Path], None]) -> bool:
    try:
        if path.parent.stat().st_dev != scratch.stat().st_dev:
            return False
        through(scratch)
    except FileExistsError:
        raise
    except OSError:  # another file system after all, or a folder that takes nothing: `path` may take it all the same
        return False
    return True


def _write_through(
    folder: Path, *, path: Path, data: bytes, mode: int | None, new: bool, last: Callable[[], None] | None
) -> None:
    temporary = folder / f".{path.name[:150]}.{secrets.token_hex(4)}{TEMPORARY}"
    try:
        _fill(temporary, data, mode if mode is not None else _mode_of(path))
        if last is not None:
            last()
        _put(temporary, path, new)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def make_folder(folder: Path, mode: int | None = None) -> None:
    """Make a folder and the ones above it; with `mode`, this one gets it even where it exists already.

    A folder with a mode of its own holds what must not lie anywhere else, so that a link in its place is refused.
    """
    if mode is not None and folder.is_symlink():
        raise WriteError(*is_a_link(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if mode is not None and stat.S_IMODE(folder.stat().st_mode) != mode:
            folder.chmod(mode)
    except OSError as error:
        raise refused(folder, error) from error


def is_a_link(folder: Path) -> tuple[str, str]:
    """Return the sentence for a link where a folder of our own should be, and what to do."""
    return f"{folder} is a link, and raw text must not leave the repository.", "Replace it by a folder."


def refused(path: Path, error: OSError) -> WriteError:
    """Return the sentence for an operating system's refusal to write `path`."""
    if error.errno in _FULL:
        return WriteError(f"{path} could not be written: the disk or quota is full.", "Free some space and save again.")
    if error.errno in _LOCKED:
        return WriteError(
            f"{path} could not be written: {_there(path.parent)} is read-only for you.",
            "Make it writable or choose another folder, then save again.",
        )
    if error.errno == errno.EEXIST:
        return WriteError(
            f"{path} could not be written: a file of that name is where a folder should be.",
            "Move it away, or set records_dir to another folder, then save again.",
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return WriteError(
            f"{path} could not be written: {path.parent} is not a folder any more.",
            "Restore it and save again.",
        )
    reason = (error.strerror or str(error)).lower()
    return WriteError(f"{path} could not be written: {reason}.", "Nothing was changed; try again.")


def _there(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists: the one whose permissions were in the way."""
    return next((above for above in (folder, *folder.parents) if above.exists()), folder)


def sync_folder(folder: Path) -> None:
    """Make renames and removals in a folder last; file systems that cannot do that are let be."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mode_of(path: Path) -> int | None:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None


def _fill(temporary: Path, data: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    handle = os.open(temporary, flags, 0o666 if mode is None else mode & 0o700)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if mode is not None:
            os.fchmod(handle, mode)
        os.fsync(handle)
    finally:
        os.close(handle)


def _put(temporary: Path, path: Path, new: bool) -> None:
    if not new:
        temporary.replace(path)
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES):
            raise
        # A file system without hard links cannot refuse and write in one step; the gap is a few microseconds.
        if path.exists():
            raise FileExistsError(errno.EEXIST, "exists", str(path)) from error
        temporary.replace(path)
