"""What is told in passing."""

from textual.notifications import Notification

_LEAST = 0.05
"""Seconds for which a note stays that is still to be shown."""


class PassingNote(Notification):
    """A notification that has some time left, whenever that is asked.

    Textual asks first whether one has expired, and only then how much time it has left. Where its end lay in between,
    the timer was set to less than nothing, and turned round for ever.
    """

    @property
    def time_left(self) -> float:
        """The seconds for which it is still to be seen."""
        return max(_LEAST, super().time_left)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return super().time_left <= 0
