"""When garbage is collected: while nobody types, and never in what was loaded for the first frame."""

import asyncio
import gc

_QUIET = 0.5
"""Seconds without a key after which nobody feels a collection."""
_WORTH_IT = 5_000
"""Objects made since the last one, below which it finds little."""
_TOO_MANY = 100_000
"""Objects made since the last one, from which on it does not wait for quiet."""


def collect_again() -> None:
    """Collect garbage from now on, seldom; what is there stays and is not looked through each time."""
    gc.freeze()
    gc.set_threshold(_TOO_MANY)
    gc.enable()


def collect() -> None:
    """Collect now, where enough was made since the last time; for moments in which nobody waits."""
    if gc.isenabled() and gc.get_count()[0] > _WORTH_IT:
        gc.collect()


class Collector:
    """Collects once the keyboard is quiet: in the midst of a key's work it would double the time that this takes."""

    def __init__(self) -> None:
        self._waiting: asyncio.TimerHandle | None = None

    def put_off(self) -> None:
        """Wait for quiet from now on, for a key was taken."""
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = asyncio.get_running_loop().call_later(_QUIET, collect)
