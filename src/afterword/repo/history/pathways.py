"""Which files of a repository are prompts, which hold settings, and which may hold prompts as constants."""

import hashlib
from copy import copy
from typing import Literal, Self

from afterword.repo.defaults import PROMPTS, SOURCES
from afterword.repo.globs import Globs

Kind = Literal["prompt", "settings", ""]


class Pathways:
    """What a path stands for. Configured prompts win over discovery: constants are looked for in them alone."""

    def __init__(self, prompts: tuple[str, ...], settings: tuple[str, ...]) -> None:
        self.prompts = Globs(prompts)
        self.settings = Globs(settings)
        self.sources = Globs(SOURCES) if prompts == PROMPTS else self.prompts
        self._folder = ""

    def within(self, folder: str) -> Self:
        """Return the same for paths inside a submodule: by the whole path, or as if it were a repository."""
        inner = copy(self)
        inner._folder = folder
        return inner

    def kind(self, *paths: str) -> Kind:
        """Return what a file is, by any of the names it had; prompts go first."""
        if self._any(self.prompts, paths):
            return "prompt"
        return "settings" if self._any(self.settings, paths) else ""

    def is_source(self, path: str) -> bool:
        """Whether a file is Python that may hold prompts as constants."""
        return path.endswith(".py") and self._any(self.sources, (path,))

    def may_hold(self, path: str) -> bool:
        """Whether a file is a prompt or may hold one."""
        return self.is_source(path) or self._any(self.prompts, (path,))

    @property
    def mark(self) -> str:
        """A text that differs where other paths are meant."""
        return hashlib.sha256(repr((self.prompts.patterns, self.sources.patterns)).encode()).hexdigest()[:16]

    def _any(self, globs: Globs, paths: tuple[str, ...]) -> bool:
        if any(map(globs.matches, paths)):
            return True
        return bool(self._folder) and any(globs.matches(f"{self._folder}/{path}") for path in paths)
