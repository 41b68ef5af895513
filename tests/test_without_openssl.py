"""The program runs without OpenSSL, and what Python offers in its place gives the same results."""

import hashlib
import hmac
import subprocess
import sys
from pathlib import Path

import pytest

from tests.histories import History
from tests.program import AFTERWORD
from tests.terminal import Terminal

_SCRIPT = """
from afterword import without_openssl
without_openssl.load("asyncio", "hmac")
import asyncio, hashlib, hmac, sys
print(hmac.new(b"key", b"data", hashlib.sha256).hexdigest(), hashlib.blake2b(b"data").hexdigest())
print({"ssl", "_hashlib"} & {*sys.modules}, hmac.compare_digest("a", "a"))
import ssl
print(ssl.SSLContext.__name__)
"""


def test_hashes_are_the_same_and_openssl_can_still_be_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True)
    hashes, *rest = done.stdout.splitlines()
    assert hashes == f"{hmac.digest(b'key', b'data', 'sha256').hex()} {hashlib.blake2b(b'data').hexdigest()}"
    assert rest == ["set() True", "SSLContext"]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="this system does not tell what a process loaded")
@pytest.mark.parametrize("command", ["new", "edit"])
def test_a_walk_does_not_load_it(tmp_path: Path, command: str) -> None:
    history = History(tmp_path / "agent")
    history.commit("Begin", {"README.md": "# Plain\n"}, at="2026-03-01T10:00:00+00:00")
    with Terminal([*AFTERWORD, "new", "Agent promised refunds"], cwd=history.root) as terminal:
        terminal.wait("What shall we call it").press("ctrl+n").wait("When did it start").press("ctrl+q")
        assert terminal.exit_code() == 0
    with Terminal([*AFTERWORD, command], cwd=history.root) as terminal:
        terminal.wait("What shall we call it" if command == "new" else "When did it start").settle()
        terminal.type("2026").settle()
        assert "libcrypto" not in Path(f"/proc/{terminal.pid}/maps").read_text()
