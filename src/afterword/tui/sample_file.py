"""A sample read from a file, whether the command line or the walk names it."""

import stat
from pathlib import Path

from afterword.errors import AfterwordError
from afterword.repo.draft import RawSample
from afterword.visible import visible_line

_LARGEST = 4 * 1024 * 1024
"""Bytes of a file that is read as a sample."""


def read_sample(name: str | Path) -> RawSample:
    """Return a sample with the text of a file.

    AfterwordError where it is no regular file, larger than 4 MB or not UTF-8: a byte that cannot be read must not keep
    a secret from being seen.
    """
    shown = visible_line(str(name))
    data = _bytes(name, shown)
    if len(data) > _LARGEST:
        raise AfterwordError(f"{shown} is larger than 4 MB.", "Cut it down to the part that failed.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AfterwordError(
            f"{shown} is not UTF-8 (line {line}, byte {error.start}).", f"Convert it first: iconv -t UTF-8 {shown}"
        ) from error
    return RawSample(text=text, source=Path(name).name)


def _bytes(name: str | Path, shown: str) -> bytes:
    try:
        path = Path(name).expanduser()
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait, a device might never end
            raise AfterwordError(f"{shown} is not a regular file.", "Name the file that holds the text.")
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except OSError as error:
        raise AfterwordError(
            f"{shown} cannot be read: {error.strerror}.", "Give a file with the failing output as text."
        ) from error
    except (RuntimeError, ValueError) as error:  # a home directory that is not there, a name that no file can have
        raise AfterwordError(f"{shown} does not name a file.", "Write its path, as in ~/trace.json.") from error
