"""The package redact-secret as a second scanner for secrets; its findings are only ever added."""

import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib import metadata, util

from afterword.redaction.candidate import LOOSE, Candidate

_PACKAGE = "redact-secret"
_CONFIDENCE = {"high": 0.9, "medium": 0.7, "low": 0.5}


@lru_cache(maxsize=1)
def _is_on(path: tuple[str, ...]) -> bool:
    """Whether the package is on a search path, which takes longer to find out than a short text to scan."""
    return util.find_spec("redact_secret") is not None


def name() -> str | None:
    """Return name and version of the installed second scanner, or None."""
    if not _is_on(tuple(sys.path)):
        return None
    try:
        return f"{_PACKAGE} {metadata.version(_PACKAGE)}"
    except metadata.PackageNotFoundError:
        return None


def find(text: str) -> Iterator[Candidate]:
    """Yield the second scanner's findings where it is installed; text that it refuses adds nothing."""
    if not _is_on(tuple(sys.path)):
        return
    import redact_secret

    try:
        found = redact_secret.scan(text.encode("utf-8", "replace").decode())
    except redact_secret.SecretScanError:
        return
    for each in found:
        confidence = _CONFIDENCE.get(each.confidence, 0.6)
        yield Candidate(each.start, each.end, "SECRET", confidence, f"{_PACKAGE} says {each.type}", LOOSE)
