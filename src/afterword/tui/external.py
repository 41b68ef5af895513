"""Prose written in the author's own editor."""

import os
import shlex
import stat
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from afterword.errors import AfterwordError
from afterword.repo import Repository, atomic
from afterword.repo.regular import read_regular


def edit_in_editor(suspended: Callable[[], AbstractContextManager[object]], text: str, root: Path) -> str | None:
    """Let the author edit text in $VISUAL or $EDITOR; None where nothing changed.

    `suspended` gives the editor the terminal. The file lies in the draft folder, which only the author can read, and is
    gone afterwards. An editor that ends with an error leaves the text as it was, unless it had written the file.
    """
    command = _command()
    path = _file(Repository.open(root).git_path("afterword"))
    try:
        _fill(path, text + "\n")
        # An exception in here would leave the application suspended, so that errors are raised afterwards.
        with suspended():
            status = _run([*command, str(path)])
        if isinstance(status, OSError):
            raise AfterwordError(
                f"{command[0]} could not be started: {status.strerror}.",
                "Set $EDITOR to an editor that is installed.",
            )
        edited = _read(path, command[0])
    finally:
        path.unlink(missing_ok=True)
    if status != 0 and edited == text:
        raise AfterwordError(
            f"{command[0]} ended with status {status}.", "The text is as it was. $EDITOR names the editor."
        )
    return edited if edited != text else None


def _file(folder: Path) -> Path:
    atomic.make_folder(folder, stat.S_IRWXU)
    try:
        handle, name = tempfile.mkstemp(suffix=".md", prefix="field-", dir=folder)
    except OSError as error:
        raise atomic.refused(folder, error) from error
    os.close(handle)
    return Path(name)


def _fill(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise atomic.refused(path, error) from error


def _read(path: Path, editor: str) -> str:
    try:
        return read_regular(path).decode("utf-8", "replace").removesuffix("\n")
    except OSError as error:
        raise AfterwordError(f"{editor} left no file: {error.strerror}.", "The text is as it was.") from error


def _command() -> list[str]:
    """Return the editor's command line, which may hold options."""
    given = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        return shlex.split(given) or ["vi"]
    except ValueError as error:
        raise AfterwordError(f"$EDITOR cannot be read: {error}.", f"It is {given!r}; close the quotation.") from error


def _run(command: list[str]) -> int | OSError:
    try:
        return subprocess.run(command, check=False).returncode
    except OSError as error:
        return error
