"""Prose written in the author's own editor."""

import os
import shlex
import stat
import subprocess
import tempfile
from pathlib import Path

from textual.app import App

from afterword.errors import AfterwordError
from afterword.repo import Repository, atomic


def edit_in_editor(app: "App[object]", text: str, root: Path) -> str | None:
    """Let the author edit text in $VISUAL or $EDITOR; None where nothing changed.

    The file lies in the draft folder, which only the author can read, and is gone afterwards. An editor that ends
    with an error leaves the text as it was, unless it had written the file.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    path = _file(Repository.open(root).git_path("afterword"))
    try:
        _fill(path, text + "\n")
        with app.suspend():
            status = _run([*command, str(path)])
        edited = path.read_bytes().decode("utf-8", "replace").removesuffix("\n")
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


def _run(command: list[str]) -> int:
    try:
        return subprocess.run(command, check=False).returncode
    except OSError as error:
        raise AfterwordError(
            f"{command[0]} could not be started: {error.strerror}.",
            "Set $EDITOR to an editor that is installed.",
        ) from None
