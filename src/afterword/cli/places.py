"""How paths are printed."""

from pathlib import Path


def shown(path: Path) -> str:
    """Return a path relative to the current folder where it lies below it, as editors and CI expect."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
