"""Real faults: folders that cannot be written, a disk that is full.

Root writes wherever it likes, and a test cannot fill a disk; so a program gives up root's privilege over permission
bits before it starts, and a limit on the size of files stands for the end of the disk.
"""

import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

_OBEYING = """
import ctypes, os, sys
if sys.platform == "linux" and os.geteuid() == 0:
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, sets) == 0
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        assert libc.prctl(24, capability, 0, 0, 0) == 0  # PR_CAPBSET_DROP: not after exec either
        for at in range(3):
            sets[at] &= ~(1 << capability)
    assert libc.capset(header, sets) == 0
os.execvp(sys.argv[1], sys.argv[1:])
"""
_SMALL = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
os.execvp(sys.argv[2], sys.argv[2:])
"""


def obeying(command: Sequence[str]) -> list[str]:
    """Return a command that runs this one so that permission bits hold for it, whoever runs the tests."""
    return [sys.executable, "-c", _OBEYING, *command]


@cache
def permission_bits_hold() -> bool:
    """Whether a read-only folder stops a program here: a container may forbid giving the privilege up."""
    script = "import os, tempfile; d = tempfile.mkdtemp(); os.chmod(d, 0o555); os.mkdir(d + '/x')"
    done = subprocess.run(obeying([sys.executable, "-c", script]), capture_output=True, text=True)
    return "PermissionError" in done.stderr


def on_a_small_disk(command: Sequence[str], size: int) -> list[str]:
    """Return a command that runs this one with no room for a file of more than `size` bytes."""
    return [sys.executable, "-c", _SMALL, str(size), *command]


@contextmanager
def full_disk() -> Iterator[None]:
    """Leave no room for a single byte, for this process and those it starts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
