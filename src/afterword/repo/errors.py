"""What can go wrong between a record and the repository."""

from pathlib import Path

from afterword.errors import AfterwordError, Exit


class RepositoryError(AfterwordError):
    """Git cannot say what was asked: no repository, no such revision, a text that was never fetched."""


class ConfigError(AfterwordError):
    """The repository's configuration of afterword cannot be understood; names file and key."""


class WriteError(AfterwordError):
    """A file could not be written; what was there before is untouched."""


class ConflictError(AfterwordError):
    """A record's file is not what the author started from; nothing was written.

    `text` is what stands on disk now (None: it is gone or is no file), `free_id` a name that is still free,
    `moved_to` the file that has the text the author started from.
    """

    def __init__(
        self,
        message: str,
        hint: str,
        path: Path,
        text: str | None = None,
        free_id: str = "",
        moved_to: Path | None = None,
    ) -> None:
        super().__init__(message, hint, Exit.REFUSED)
        self.moved_to = moved_to
        self.path = path
        self.text = text
        self.free_id = free_id


class DraftConflict(AfterwordError):
    """Another process wrote or removed this draft in between; nothing was written."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint, Exit.REFUSED)


class CommitError(AfterwordError):
    """Git did not commit; the record's file stays as saved. `output` is what git or a hook said, raw."""

    def __init__(self, message: str, hint: str = "", output: str = "") -> None:
        super().__init__(message, hint, Exit.USAGE)
        self.output = output


class InTable(ValueError):
    """Something is wrong with a key of a table within the configuration."""

    def __init__(self, key: str, wrong: str, hint: str = "") -> None:
        super().__init__(wrong)
        self.key, self.hint = key, hint
