"""The one error type that code below the interface raises."""

from enum import IntEnum


class Exit(IntEnum):
    """What the process tells its caller."""

    FINE = 0
    PROBLEMS = 1
    """Problems were found in what was asked about (`check`)."""
    USAGE = 2
    """The call or its surroundings do not fit: no repository, no terminal."""
    REFUSED = 3
    """Refused in order to protect data: an undecided finding, a file changed on disk."""


class AfterwordError(Exception):
    """Something a user can act on: what is wrong, and what to do about it.

    `message` is one sentence that names the place (file, line) where there is one; `hint` says what to do.
    """

    def __init__(self, message: str, hint: str = "", code: Exit = Exit.USAGE) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
