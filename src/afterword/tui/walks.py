"""The walk of a new record, of a draft, or of a saved record again."""

from datetime import datetime
from pathlib import Path

from afterword.repo import Repository
from afterword.tui.screens.walk import WalkScreen
from afterword.tui.sessions import begun, opened
from afterword.tui.start import Start


def begin(repository: Repository, start: Start) -> WalkScreen:
    """Return the walk of a new record that holds what the command line says."""
    return WalkScreen(begun(repository, start))


def open_walk(root: Path, record_id: str | None, now: datetime | None = None) -> WalkScreen:
    """Return a walk: a new one, a draft resumed, or a saved record walked again (its waiting draft first)."""
    return WalkScreen(opened(root, record_id, now))
