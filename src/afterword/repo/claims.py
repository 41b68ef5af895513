"""Who has a draft open, told to whoever opens it as well; nobody is ever locked out by it."""

import contextlib
import os
import stat
from pathlib import Path

from afterword.repo import atomic
from afterword.repo.errors import WriteError
from afterword.repo.holders import Holder, seconds_old
from afterword.repo.regular import read_regular

_SEEN = 150.0
"""Seconds since the last sign of life after which a process of another machine is taken for gone."""


class Claim:
    """The mark beside a draft's file that says which process has it open."""

    def __init__(self, draft: Path) -> None:
        self._path = draft.with_suffix(".open")

    def holder(self) -> Holder | None:
        """Return another process that has the draft open; None where nobody has, or one that is gone."""
        try:
            holder = Holder.parse(read_regular(self._path))
            if holder is None or holder == Holder.me():
                return None
            if holder.is_here:
                return holder if holder.is_alive else None
            return holder if seconds_old(self._path) < _SEEN else None
        except OSError:
            return None

    def take(self) -> None:
        """Say that this process has the draft open, once there is one; whoever else has it keeps it open too."""
        with contextlib.suppress(WriteError):
            if self._path.with_suffix(".json").is_file():
                atomic.write(self._path, Holder.me().dump(), mode=stat.S_IRUSR | stat.S_IWUSR)

    def renew(self) -> None:
        """Give a sign of life, which other machines go by."""
        with contextlib.suppress(OSError):
            if self._is_mine:
                os.utime(self._path)
            elif self.holder() is None:
                self.take()

    def release(self) -> None:
        """Say that this process has closed it."""
        with contextlib.suppress(OSError):
            if self._is_mine:
                self._path.unlink()

    @property
    def _is_mine(self) -> bool:
        with contextlib.suppress(OSError):  # there is none yet, or it is no file
            return Holder.parse(read_regular(self._path)) == Holder.me()
        return False


def in_words(holder: Holder) -> str:
    """Return which process it is: `process 4711`, `process 4711 on jump-2`."""
    return f"process {holder.pid}" + ("" if holder.is_here else f" on {holder.host}")
