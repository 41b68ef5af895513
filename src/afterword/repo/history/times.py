"""Git's times in the form of a record."""

from datetime import datetime
from functools import lru_cache

from afterword.record.when import When


@lru_cache(maxsize=512)
def when(moment: datetime) -> When:
    """Return a commit's time for a record: UTC, to the minute."""
    return When.parse(f"{moment:%Y-%m-%dT%H:%M}Z")
