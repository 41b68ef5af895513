"""A link to a remote terminal: when what a program sends would have arrived at the other end."""

from dataclasses import dataclass


@dataclass
class Link:
    """Round trip in seconds and bytes a second from the program to the terminal; what is sent queues up."""

    round_trip: float = 0.0
    rate: float = float("inf")
    _free: float = 0.0

    def arrives(self, sent: float, size: int) -> float:
        """Return when the last of `size` bytes is there that were sent at `sent`, seconds of one clock."""
        self._free = max(self._free, sent) + size / self.rate
        return self._free + self.round_trip / 2
