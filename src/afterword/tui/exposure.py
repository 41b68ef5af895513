"""A look for secrets and personal data in the author's own words, as `afterword check` takes it."""

from afterword.checks import Problem, exposed
from afterword.record.model import Record


def look_for_exposed(record: Record) -> list[Problem]:
    """Return what a reviewer would find in the file; takes a moment, so it is called in a thread."""
    from afterword.redaction import scan

    return exposed(record, lambda text: scan(text).findings)
