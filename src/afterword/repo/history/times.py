"""Git's times in the form of a record."""

from datetime import UTC, datetime
from functools import lru_cache

from afterword.record.when import When

_LAST = int(datetime(9998, 12, 30, tzinfo=UTC).timestamp())
"""The last year of a record's times, less a day for zones ahead of UTC."""


def seconds_of(stamp: str | bytes) -> int:
    """Return a time that git states in seconds; 0 where a commit's date is damaged, which git shows as 1970 too."""
    return min(int(stamp[:20]), _LAST) if stamp.isdigit() and stamp.isascii() else 0


def moment_of(stamp: str | bytes) -> datetime:
    """Return a time that git states in seconds as UTC; one beyond the calendar is its last day."""
    return datetime.fromtimestamp(seconds_of(stamp), UTC)


@lru_cache(maxsize=512)
def when(moment: datetime) -> When:
    """Return a commit's time for a record: UTC, to the minute."""
    return When.parse(f"{moment:%Y-%m-%dT%H:%M}Z")
