"""Prose written in the author's own editor."""

import contextlib
import os
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from afterword.errors import AfterwordError
from afterword.repo import Repository, atomic
from afterword.repo.regular import read_regular


def edit_in_editor(
    suspended: Callable[[], AbstractContextManager[object]], text: str, root: Path, warn: Callable[[str], object]
) -> str | None:
    """Let the author edit text in $VISUAL or $EDITOR; None where nothing changed.

    `suspended` gives the editor the terminal, `warn` tells what else the author must know. The file lies in a folder of
    its own that only the author can read, gone afterwards with all that the editor put beside it. An editor that ends
    with an error leaves the text as it was, unless it had written something else.
    """
    command = _command()
    path = _file(Repository.open(root).git_path("afterword"))
    left = ""
    try:
        _fill(path, text + "\n")
        # An exception in here would leave the application suspended, so that errors are raised afterwards.
        with suspended(), _same_terminal():
            status = _run([*command, str(path)])
        if isinstance(status, OSError):
            raise AfterwordError(
                f"{command[0]} could not be started: {status.strerror}.",
                "Set $EDITOR to an editor that is installed.",
            )
        left = _left(path, status)
        edited, is_utf8 = _read(path, command[0])
    finally:
        if not left:
            shutil.rmtree(path.parent, ignore_errors=True)
    if status != 0 and edited in (text, ""):
        end = f"ended with status {status}" if status > 0 else f"was ended by signal {-status}"
        raise AfterwordError(f"{command[0]} {end}.", f"The text is as it was.{left}")
    if not is_utf8:
        warn(f"{command[0]} left bytes that are not UTF-8: they stand as � in the text.")
    return edited if edited != text else None


def _file(folder: Path) -> Path:
    atomic.make_folder(folder, stat.S_IRWXU)
    try:
        return Path(tempfile.mkdtemp(prefix="field-", dir=folder)) / "field.md"
    except OSError as error:
        raise atomic.refused(folder, error) from error


def _fill(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise atomic.refused(path, error) from error


def _read(path: Path, editor: str) -> tuple[str, bool]:
    """Return what the editor left, and whether all of it was text."""
    try:
        data = read_regular(path)
    except OSError as error:
        raise AfterwordError(f"{editor} left no file: {error.strerror}.", "The text is as it was.") from error
    text = data.decode("utf-8", "replace")
    return text.removesuffix("\n"), "�" not in text or "�".encode() in data


def _left(path: Path, status: int) -> str:
    """Return a sentence about what an editor that failed left beside the file, its rescue copy for instance."""
    if status == 0 or all(file.name == path.name for file in path.parent.iterdir()):
        return ""
    return f" What the editor left beside it is in {path.parent}."


def _command() -> list[str]:
    """Return the editor's command line, which may hold options."""
    given = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        return shlex.split(given) or ["vi"]
    except ValueError as error:
        raise AfterwordError(f"$EDITOR cannot be read: {error}.", f"It is {given!r}; close the quotation.") from error


@contextlib.contextmanager
def _same_terminal() -> Iterator[None]:
    """Undo what the editor may do to the terminal's line discipline: it would be taken for the shell's own."""
    descriptor = sys.__stdin__.fileno() if sys.__stdin__ is not None else 0
    try:
        before = termios.tcgetattr(descriptor)
    except termios.error:  # not a terminal, as in a test
        yield
        return
    yield
    with contextlib.suppress(termios.error):
        termios.tcsetattr(descriptor, termios.TCSANOW, before)


def _run(command: list[str]) -> int | OSError:
    """Run the editor to its end; where it stops itself, the program stops with it, so that the shell comes back."""
    try:
        process = subprocess.Popen(command)
    except OSError as error:
        return error
    while True:
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode
        if os.waitpid(process.pid, os.WNOHANG | os.WCONTINUED)[0]:
            continue  # the whole job was stopped, and goes on already
        os.kill(os.getpid(), signal.SIGSTOP)
        os.kill(process.pid, signal.SIGCONT)
