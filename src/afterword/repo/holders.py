"""Which process holds something: named so that a dead one, a reused number and another machine are told apart."""

import contextlib
import json
import os
import platform
import secrets
import subprocess
import sys
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Holder:
    """A process: its machine (name and boot), number and the moment it began, which no later process shares."""

    host: str
    boot: str
    pid: int
    began: str

    @classmethod
    def me(cls) -> Self:
        """Return this process."""
        return cls(platform.node(), _boot(), os.getpid(), _began(os.getpid()))

    @classmethod
    def parse(cls, data: bytes) -> Self | None:
        """Read what `dump` wrote; None for anything else."""
        with contextlib.suppress(ValueError, TypeError, KeyError):
            values = json.loads(data)
            return cls(str(values["host"]), str(values["boot"]), int(values["pid"]), str(values["began"]))
        return None

    def dump(self) -> bytes:
        """Return it as bytes for a file."""
        return json.dumps(asdict(self)).encode()

    @property
    def is_here(self) -> bool:
        """Whether it is a process of this machine since it was last started: only of such a one more can be known."""
        return (self.host, self.boot) == (platform.node(), _boot())

    @property
    def is_alive(self) -> bool:
        """Whether a process of this machine still runs."""
        if self.pid <= 0:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except (PermissionError, OverflowError):
            pass
        return _began(self.pid) == self.began


@cache
def _boot() -> str:
    """Return what changes when the machine, or the container, is started anew."""
    with contextlib.suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    return ""


def _began(pid: int) -> str:
    """Return when a process began, in whatever form the system tells it; "" where it does not."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, IndexError):
            return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19].decode()
        return ""
    with contextlib.suppress(OSError):
        told = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return told.stdout.strip()
    return ""


def seconds_old(path: Path) -> float:
    """Return the age of a file by the clock of its own file system, which on a network is not this machine's."""
    probe = path.with_name(f".{secrets.token_hex(6)}.now")
    try:
        probe.touch()
        return probe.stat().st_mtime - path.stat().st_mtime
    finally:
        probe.unlink(missing_ok=True)
