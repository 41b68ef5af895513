"""Asyncio without TLS, which takes 4 MB and is of no use to a program that never opens a connection."""

import sys


def load_asyncio() -> None:
    """Load asyncio, before Textual does, as it is where Python was built without TLS."""
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]
