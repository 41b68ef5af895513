"""Run git: argument lists only, bytes out, one process a call, never a prompt, never a fetch."""

import contextlib
import errno
import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from afterword.repo.errors import RepositoryError

ENCODING = "utf-8"
"""How names that git keeps as bytes become text; bytes that do not fit survive as lone surrogates."""

QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    # Git before 2.44 does not know GIT_NO_LAZY_FETCH; a transport that no protocol may use stops it as well.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_LITERAL_PATHSPECS": "0",
    "GIT_GLOB_PATHSPECS": "0",
    "GIT_NOGLOB_PATHSPECS": "0",
    "GIT_ICASE_PATHSPECS": "0",
}
"""What keeps a reading command from asking, fetching and locking."""
_LITERAL = {**QUIET, "GIT_LITERAL_PATHSPECS": "1"}
_STDERR_KEPT = 64_000
_NOT_FOUND = {errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP}
"""What the system says where no folder of the PATH has a git to run."""
_TICK, _GRACE = 0.1, 1.5
"""Seconds between two looks whether a command is to be stopped, and for which it may clean up then."""


def to_text(data: bytes) -> str:
    """Return a path or name as text that `to_bytes` turns back into the same bytes."""
    return data.decode(ENCODING, "surrogateescape")


def to_bytes(text: str) -> bytes:
    """Return the bytes of a path or name that `to_text` made."""
    return text.encode(ENCODING, "surrogateescape")


class Output(NamedTuple):
    """What a finished git command left: exit status, standard output, standard error."""

    status: int
    out: bytes
    err: str


class Runner:
    """Git commands in one folder.

    Every command is a process of its own and nothing is kept between two, so one runner may serve several
    threads.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self._environment = dict(environment or {})

    def attempt(
        self,
        *arguments: str,
        literal: bool = False,
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> Output:
        """Run a reading command to its end, whatever its status.

        `literal` takes paths by their letters, without pathspec magic.
        """
        quiet = _LITERAL if literal else QUIET
        process = start(self._argv(arguments), {**self._environment, **quiet, **(environment or {})}, bool(stdin))
        return finish(process, stdin)

    def run(self, *arguments: str, literal: bool = False, stdin: bytes = b"") -> bytes:
        """Run a reading command and return its output; RepositoryError has git's own words where it fails."""
        done = self.attempt(*arguments, literal=literal, stdin=stdin)
        if done.status != 0:
            raise failure(arguments[0], done.err)
        return done.out

    def line(self, *arguments: str) -> str:
        """Run a reading command whose output is one value."""
        return to_text(self.run(*arguments).removesuffix(b"\n"))

    def write(
        self, *arguments: str, environment: Mapping[str, str] | None = None, stop: threading.Event | None = None
    ) -> Output:
        """Run a command that changes the repository, with the user's own hooks, signing and transports.

        It runs in a session of its own: whatever would ask on the terminal fails instead of waiting for an
        answer. Once `stop` is set, it is ended with everything that it started.
        """
        env = {**self._environment, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8", **(environment or {})}
        if stop is not None:
            process = self._call(self._argv(arguments), env=env, as_process=True, start_new_session=True)
            return _until(process.proc, stop)
        status, out, err = self._call(
            self._argv(arguments),
            env=env,
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
            start_new_session=True,
        )
        return Output(status, out, err)

    def stream(self, *arguments: str) -> "Stream":
        """Start a reading command whose output is read while it still runs."""
        process = self._call(self._argv(arguments), env={**self._environment, **QUIET}, as_process=True)
        return Stream(process, arguments[0])

    def talk(self, *arguments: str) -> "Talk":
        """Start a reading command that answers questions line by line."""
        options = {"env": {**self._environment, **QUIET}, "istream": subprocess.PIPE, "as_process": True}
        return Talk(self._call(self._argv(arguments), **options))

    def _argv(self, arguments: tuple[str, ...]) -> list[str]:
        if any("\0" in argument for argument in arguments):
            raise RepositoryError("A revision or path cannot contain a NUL character.")
        return ["git", "-C", str(self.folder), *arguments]

    @staticmethod
    def _call(argv: list[str], **options: Any) -> Any:
        # Importing GitPython runs git once; where git is missing, that must become our own sentence, not a
        # traceback.
        os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
        try:
            from git.cmd import Git
            from git.exc import GitCommandNotFound
        except ImportError as error:
            raise _not_started(error) from error
        try:
            return Git().execute(argv, **options)
        except (GitCommandNotFound, OSError, UnicodeEncodeError) as error:
            raise _not_started(error) from error


def _until(process: Any, stop: threading.Event) -> Output:
    """Wait for a command's end; once `stop` is set, ask it and what it started to end, then make them."""
    asked = 0.0
    while True:
        try:
            out, err = process.communicate(timeout=_TICK)
            return Output(process.returncode, out, err.decode(ENCODING, "replace"))
        except subprocess.TimeoutExpired:
            if not stop.is_set():
                continue
            number = signal.SIGTERM if asked < _GRACE else signal.SIGKILL
            asked += _TICK
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)


class Stream:
    """The output of a running git command in NUL-separated pieces; `close` may be called from any thread."""

    def __init__(self, process: Any, command: str) -> None:
        self._guard = process
        """GitPython's wrapper, which ends git when nobody holds it any more."""
        self._process = process.proc
        self._command = command
        self._errors = bytearray()
        self._closed = False
        # A full pipe of warnings would stop git, so they are read as they come.
        self._drain = threading.Thread(target=self._read_errors, daemon=True)
        self._drain.start()

    def pieces(self) -> Iterator[bytes]:
        """Yield what stands between NULs as soon as git has written it; ends quietly once closed."""
        rest = b""
        output = self._process.stdout
        try:
            while chunk := output.read1(65536):
                *whole, rest = (rest + chunk).split(b"\0")
                yield from whole
            if self._finish() != 0 and not self._closed:
                raise failure(self._command, self._errors.decode(ENCODING, "replace"))
            if rest:
                yield rest
        finally:
            self.close()
            output.close()

    def close(self) -> None:
        """End git, if it still runs."""
        self._closed = True
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._finish()

    def _finish(self) -> int:
        status = int(self._process.wait())
        self._drain.join()
        return status

    def _read_errors(self) -> None:
        errors = self._process.stderr
        while chunk := errors.read1(4096):
            if len(self._errors) < _STDERR_KEPT:
                self._errors += chunk


class Talk:
    """A running git command that is asked by line; OSError or an empty answer once it has ended."""

    def __init__(self, process: Any) -> None:
        self._guard = process
        """GitPython's wrapper, which ends git when nobody holds it any more."""
        self._process = process.proc
        # What it complains about is not read, and a full pipe must not stop it.
        self._drain = threading.Thread(target=self._process.stderr.read, daemon=True)
        self._drain.start()

    def ask(self, *questions: str) -> None:
        """Send lines; few enough at once that both pipes hold what is on its way."""
        self._process.stdin.write(b"".join(to_bytes(question) + b"\n" for question in questions))
        self._process.stdin.flush()

    def line(self) -> bytes:
        """Return the next line of its output, without its end."""
        return bytes(self._process.stdout.readline().removesuffix(b"\n"))

    def take(self, size: int) -> bytes:
        """Return the next bytes of its output."""
        return bytes(self._process.stdout.read(size))

    def close(self) -> None:
        """End the command."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
        self._drain.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()


def start(argv: list[str], environment: Mapping[str, str], has_input: bool = False) -> "subprocess.Popen[bytes]":
    """Start a reading command whose answer is short; `finish` waits for it.

    Without GitPython, as its import takes longer than all that a first screen or a list asks of git.
    """
    try:
        return subprocess.Popen(
            argv,
            stdin=subprocess.PIPE if has_input else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "LANGUAGE": "C", "LC_ALL": "C", **environment},
        )
    except (OSError, UnicodeEncodeError) as error:
        raise _not_started(error) from error


def finish(process: "subprocess.Popen[bytes]", given: bytes = b"") -> Output:
    """Wait for a command that was started, giving it its standard input."""
    out, err = process.communicate(given or None)
    return Output(process.returncode, out, err.decode(ENCODING, "surrogateescape").removesuffix("\n"))


def _not_started(error: Exception) -> RepositoryError:
    if isinstance(error, UnicodeEncodeError):
        return RepositoryError(
            "A path or revision cannot be passed to git in this locale.", "Set LC_ALL to a UTF-8 locale."
        )
    if isinstance(error, OSError) and error.errno not in (*_NOT_FOUND, None):
        return RepositoryError(f"Git could not be started: {error.strerror}.", "Try again when the machine has room.")
    return RepositoryError("Git was not found on the PATH.", "Install git 2.30 or later, or add it to the PATH.")


def empty_tree(runner: Runner) -> str:
    """Return the name of the tree without files, which differs between SHA-1 and SHA-256 repositories."""
    return runner.line("hash-object", "-t", "tree", "--stdin")


def failure(command: str, err: str) -> RepositoryError:
    """Return the error for a git command that failed, in git's own words."""
    said = [line for line in err.splitlines() if line.strip()]
    fatal = [line for line in said if line.startswith(("fatal:", "error:"))] or said
    why = fatal[-1].split(":", 1)[-1].strip() if fatal else "it gave no reason"
    if "promisor" in err or "could not fetch" in err or "lazy fetch" in err.lower():
        return RepositoryError(
            f"git {command} needs text that was never fetched into this partial clone.",
            "Fetch it with `git fetch --refetch --no-filter`; afterword never fetches by itself.",
        )
    return RepositoryError(f"git {command} failed: {why}.".replace("..", "."), "")
