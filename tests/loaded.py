"""Commands run as processes of their own, forked from one that has loaded the program: a run costs its own work alone.

The forked process has the directory, the environment, the streams and the arguments that it would have had. What it
does not show is how the program starts: the tests that start one tell that, such as those of `tests/cli/test_main.py`.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import afterword

_LEFT_OUT = ("afterword.__main__", "afterword.tui.", "afterword.redaction.child_start")
"""What runs when it is imported, and the interface, which few commands load."""


class Loaded:
    """The process that has loaded the program."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "tests.loaded", str(theirs.fileno())]
            nothing = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL}
            root = Path(__file__).parents[1]
            self._process = subprocess.Popen(command, cwd=root, pass_fds=[theirs.fileno()], **nothing)
        self._socket = ours
        atexit.register(self.close)

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self._process.kill()
        self._process.communicate()

    def run(
        self, arguments: tuple[str, ...], cwd: Path, environment: Mapping[str, str], stdin: bytes
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `afterword` with these arguments to its end."""
        with contextlib.ExitStack() as stack:
            given, out, err = (stack.enter_context(tempfile.TemporaryFile()) for _ in range(3))
            given.write(stdin)
            given.seek(0)
            task = json.dumps({"arguments": arguments, "cwd": str(cwd), "environment": dict(environment)}).encode()
            header = len(task).to_bytes(8, "big")
            socket.send_fds(self._socket, [header], [file.fileno() for file in (given, out, err)])
            self._socket.sendall(task)
            answer = self._socket.recv(4, socket.MSG_WAITALL)
            assert len(answer) == 4, "the process that has loaded the program is gone"
            status = int.from_bytes(answer, "big", signed=True)
            return subprocess.CompletedProcess(["afterword", *arguments], status, _whole(out), _whole(err))


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


_started: dict[int, Loaded] = {}


def run_loaded(
    arguments: tuple[str, ...], cwd: Path, environment: Mapping[str, str], stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `afterword` in a forked process, text in and out."""
    loaded = _started.get(os.getpid()) or _started.setdefault(os.getpid(), Loaded())
    try:
        done = loaded.run(arguments, cwd, environment, stdin.encode("utf-8"))
    except BaseException:  # the answer to come would be taken for that to the next command
        del _started[os.getpid()]
        loaded.close()
        raise
    out, err = (data.decode("utf-8").replace("\r\n", "\n") for data in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def _load() -> None:
    """Import the program."""
    for module in pkgutil.walk_packages(afterword.__path__, "afterword."):
        if not module.name.startswith(_LEFT_OUT):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def _serve(channel: socket.socket) -> dict[str, Any] | None:
    """Fork a process for each task; return the task in the forked one, None at the end."""
    while True:
        header, files, _, _ = socket.recv_fds(channel, 8, 3)
        if not header:
            return None
        task = channel.recv(int.from_bytes(header, "big"), socket.MSG_WAITALL)
        child = os.fork()
        if child == 0:
            channel.close()
            for number, file in enumerate(files):
                os.dup2(file, number)
                os.close(file)
            return dict(json.loads(task))
        for file in files:
            os.close(file)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        channel.sendall(status.to_bytes(4, "big", signed=True))


def _become(task: dict[str, Any]) -> None:
    """Run the program as `python -m afterword` does."""
    os.environ.clear()
    os.environ.update(task["environment"])
    time.tzset()
    os.chdir(task["cwd"])
    sys.path[0] = task["cwd"]
    sys.argv = ["afterword", *task["arguments"]]
    try:
        runpy.run_module("afterword", run_name="__main__", alter_sys=True)
        status: Any = 0
    except SystemExit as end:
        status = end.code or 0
    except BaseException:
        traceback.print_exc()
        status = 1
    # What an interpreter does at its end, but for taking every module apart.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    _load()
    with socket.socket(fileno=int(sys.argv[1])) as _channel:
        _task = _serve(_channel)
    if _task is not None:
        _become(_task)
