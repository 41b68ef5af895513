"""What "now" and "here" mean while a record is written."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from afterword.record.when import When


@dataclass(frozen=True)
class Here:
    """The author's zone, and the day that a bare clock time refers to; `fixed` stops the clock for pictures."""

    zone: tzinfo
    reference: When | None = None
    fixed: datetime | None = None
    forward: bool = False
    """Whether a bare clock time before `reference` means a day after it."""

    def now(self) -> datetime:
        """Return the present moment, aware."""
        return self.fixed or datetime.now(UTC)


def local_zone() -> tzinfo:
    """Return the zone of this machine, with its rules for other dates where the system names them."""
    import os
    from pathlib import Path
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    name = os.environ.get("TZ", "").lstrip(":")
    if not name:
        link = Path("/etc/localtime")
        name = str(link.resolve()).partition("zoneinfo/")[2] if link.exists() else ""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # A POSIX rule such as "CET-1CEST" names no zone: its present offset is the best that can be said.
        return datetime.now().astimezone().tzinfo or UTC
