"""The package redact-secret as a second scanner for secrets; its findings are only ever added."""

from collections.abc import Iterator
from importlib import metadata, util

from afterword.redaction.candidate import LOOSE, Candidate

_PACKAGE = "redact-secret"
_CONFIDENCE = {"high": 0.9, "medium": 0.7, "low": 0.5}


def name() -> str | None:
    """Return name and version of the installed second scanner, or None."""
    if util.find_spec("redact_secret") is None:
        return None
    try:
        return f"{_PACKAGE} {metadata.version(_PACKAGE)}"
    except metadata.PackageNotFoundError:
        return None


def find(text: str) -> Iterator[Candidate]:
    """Yield the second scanner's findings where it is installed; text that it refuses adds nothing."""
    if util.find_spec("redact_secret") is None:
        return
    import redact_secret

    try:
        found = redact_secret.scan(text.encode("utf-8", "replace").decode())
    except redact_secret.SecretScanError:
        return
    for each in found:
        confidence = _CONFIDENCE.get(each.confidence, 0.6)
        yield Candidate(each.start, each.end, "SECRET", confidence, f"{_PACKAGE} says {each.type}", LOOSE)
