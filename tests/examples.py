"""How many examples a property is tried with: few in `make test`, many in `make test-thorough`."""

import os

_THOROUGH = os.environ.get("AFTERWORD_THOROUGH") == "1"


def examples(short: int, thorough: int) -> int:
    """Return the number for this run."""
    return thorough if _THOROUGH else short
