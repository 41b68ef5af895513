"""Start the full-screen interface, after making sure that it can start."""

import os
import sys
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from afterword.cli.output import Output
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.repo import Repository


def open_repository() -> "Repository":
    """Open the repository around the current folder, with its configuration read and found good."""
    from afterword.repo import Repository

    repository = Repository.open(".")
    _ = repository.config  # read here, so that a mistake in it is told before a screen opens
    return repository


def need_terminal() -> None:
    """Refuse to start without a terminal that can show screens."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    # What is closed is None; what is drawn goes to stderr, which may be a file for its messages all the same.
    if None in streams or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AfterwordError(
            "The interface needs a terminal, and stdin or stdout is not one.",
            "Run it in a terminal without pipes, or without screens: afterword new --plain, afterword edit --plain.",
        )
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise AfterwordError(
            f"The terminal type TERM={os.environ.get('TERM', '') or '(unset)'} cannot show screens.",
            "Set TERM to what your terminal is (TERM=xterm-256color), or go without screens: afterword new --plain",
        )


def start(
    out: Output,
    path: Path,
    *,
    mode: Literal["home", "new", "edit"],
    record_id: str | None = None,
    title: str = "",
    resolved: str = "",
    samples: tuple[Path, ...] = (),
    mouse: bool = True,
) -> int:
    """Run the interface and tell, once the terminal is back, what it left to say."""
    need_terminal()
    from afterword.tui.app import run

    code, told = run(path, mode=mode, record_id=record_id, title=title, resolved=resolved, samples=samples, mouse=mouse)
    for line in told:
        out.note(line)
    return code


def zone_of(name: str | None) -> tzinfo:
    """Return the repository's configured zone, or this machine's."""
    from zoneinfo import ZoneInfo

    if name:
        return ZoneInfo(name)
    from afterword.tui.clock import local_zone

    return local_zone()
