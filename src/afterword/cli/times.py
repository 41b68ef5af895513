"""Times given on the command line, as people say them."""

from datetime import UTC, datetime, tzinfo

from afterword.errors import AfterwordError
from afterword.record.when import When


def understood(text: str, zone: tzinfo, option: str) -> When:
    """Read a time as people type it; AfterwordError names the option."""
    from afterword.record.spoken import understand

    try:
        return understand(text, datetime.now(UTC), zone)
    except ValueError as error:
        raise AfterwordError(
            f"{option} {text!r} is not a time that can be read: {error}",
            "Write it as 14:05, 'yesterday 14:05', 2026-03-03 or 2026-03-03T10:55Z.",
        ) from error
