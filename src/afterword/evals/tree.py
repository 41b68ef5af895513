"""The files at HEAD, as the look for suites and cases reads them."""

from collections.abc import Iterable
from functools import cached_property

from afterword.repo.blobs import LARGEST, Blobs, files_at
from afterword.repo.repository import Repository
from afterword.repo.runner import to_text
from afterword.repo.texts import decode


class Tree:
    """The tree of one commit, read once; texts are read when asked for and kept."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self._texts: dict[str, str | None] = {}

    @cached_property
    def files(self) -> dict[str, str]:
        """Each ordinary file's blob by its path; none before the first commit."""
        if not self.repository.has_commits:
            return {}
        return dict(files_at(self.repository.runner, self.repository.resolve("HEAD")))

    def text(self, path: str) -> str | None:
        """Return a file's text; None where there is none, where this clone lacks it, or where it is too large."""
        if path not in self._texts and path in self.files:
            self.read([path])
        return self._texts.get(path)

    def read(self, paths: Iterable[str]) -> None:
        """Read several files in one run of git."""
        by_blob: dict[str, list[str]] = {}
        for path in paths:
            if path in self.files and path not in self._texts:
                by_blob.setdefault(self.files[path], []).append(path)
        with Blobs(self.repository.runner) as blobs:
            for blob, data in blobs.many(by_blob) if by_blob else ():
                text = decode(data, "")[0] if data is not None and len(data) <= LARGEST else None
                self._texts.update(dict.fromkeys(by_blob[blob], text))

    def mentioning(self, words: Iterable[str], *where: str) -> tuple[str, ...]:
        """Return the files that hold one of some texts, letter by letter; `where` are pathspecs."""
        asked = [part for word in words if word and "\n" not in word for part in ("-e", word)]
        if not asked or not self.files:
            return ()
        done = self.repository.runner.attempt(
            "grep", "-l", "-z", "-I", "--full-name", "--fixed-strings", *asked, "HEAD", "--", *(where or (":/",))
        )
        return tuple(sorted(to_text(path).removeprefix("HEAD:") for path in done.out.split(b"\0")[:-1]))
