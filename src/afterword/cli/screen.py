"""Start the full-screen interface, after making sure that it can start."""

import gc
import os
import sys
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from afterword import without_openssl
from afterword.cli.output import Output
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.repo import Repository
    from afterword.repo.config import Config
    from afterword.repo.glimpse import Glimpse
    from afterword.tui.start import Start


def find(glimpse: bool = False) -> "tuple[Path, Config, Glimpse | None]":
    """Return the root of the repository around the current folder, its configuration, found good, and a glimpse.

    The glimpse is one of the draft that waits, where it is asked for. Where a screen can be shown, what draws it is
    loaded while git answers.
    """
    from afterword.repo.place import Search

    gc.disable()  # nothing of what is loaded now can go; the application turns it on after its first frame
    search = Search(Path())
    asked = search.where("afterword/drafts") if glimpse else None
    if _has_terminal():
        without_openssl.load("asyncio")
        import afterword.tui.app  # noqa: F401
    drafts = search.kept_in(asked) if asked else None
    place = search.place()
    from afterword.repo.config import read_config
    from afterword.repo.glimpse import waiting_draft

    config = read_config(place.root)  # a mistake in it is told before a screen opens
    return place.root, config, waiting_draft(drafts) if drafts else None


def open_repository() -> "Repository":
    """Open the repository around the current folder, with its configuration read and found good."""
    from afterword.repo import Repository

    repository = Repository.open(".")
    _ = repository.config  # read here, so that a mistake in it is told before a screen opens
    return repository


def _has_terminal() -> bool:
    streams = (sys.stdin, sys.stdout, sys.stderr)
    # What is closed is None; what is drawn goes to stderr, which may be a file for its messages all the same.
    return None not in streams and sys.stdin.isatty() and sys.stdout.isatty()


def need_terminal() -> None:
    """Refuse to start without a terminal that can show screens."""
    if not _has_terminal():
        raise AfterwordError(
            "The interface needs a terminal, and stdin or stdout is not one.",
            "Run it in a terminal without pipes, or without screens: afterword new --plain, afterword edit --plain.",
        )
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise AfterwordError(
            f"The terminal type TERM={os.environ.get('TERM', '') or '(unset)'} cannot show screens.",
            "Set TERM to what your terminal is (TERM=xterm-256color), or go without screens: afterword new --plain",
        )


def show(out: Output, start: "Start") -> int:
    """Run the interface and tell, once the terminal is back, what it left to say."""
    need_terminal()
    without_openssl.load("asyncio")
    from afterword.tui.app import run

    code, told = run(start)
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
