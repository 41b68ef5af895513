"""What the author asked for on the command line."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from afterword.record.vocabulary import SEVERITIES
from afterword.repo.glimpse import Glimpse


@dataclass(frozen=True)
class Start:
    """The screen to begin with, and what is known of a new record."""

    path: Path
    mode: Literal["home", "new", "edit"] = "home"
    record_id: str | None = None
    title: str = ""
    resolved: str = ""
    samples: tuple[Path, ...] = ()
    glimpse: Glimpse | None = None
    """What is shown of the walk before its record is read; None shows nothing until it is."""
    severities: tuple[str, ...] = SEVERITIES
    mouse: bool = True
    now: datetime | None = None
    """Stops the clock, for pictures."""
