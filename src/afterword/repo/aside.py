"""Words that were not taken when two versions of a record were brought together: kept for a month, told where."""

import contextlib
import stat
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from afterword.repo import atomic

_KEPT = 30 * 86_400.0
"""Seconds after which they go."""


def keep_aside(folder: Path, name: str, left: Sequence[tuple[str, str, str]]) -> Path:
    """Write parts that were not taken (the part, whose it is, its text) into `folder`/aside; return the file.

    WriteError where that cannot be done: then nothing may be given up.
    """
    place = folder / "aside"
    for each in (folder, place):
        atomic.make_folder(each, stat.S_IRWXU)
    _sweep(place)
    now = datetime.now(UTC)
    blocks = [f"# Not taken into {name}, {now:%Y-%m-%dT%H:%MZ}"]
    blocks += [f"## {part} ({side})\n\n{text}" for part, side, text in left]
    stem = Path(name).stem[:80] or "draft"
    path, count = place / f"{stem}-{now:%Y%m%d-%H%M%S}.md", 1
    while True:
        try:
            atomic.write(path, "\n\n".join([*blocks, ""]).encode("utf-8", "replace"), mode=0o600, new=True)
            return path
        except FileExistsError:
            count += 1
            path = path.with_name(f"{stem}-{now:%Y%m%d-%H%M%S}-{count}.md")


def _sweep(place: Path) -> None:
    for path in place.glob("*.md"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _KEPT:
                path.unlink()
