"""Which commits changed a prompt or a setting, found while git still reads the history.

Git is not asked for paths: with many patterns that takes it minutes on a large history, because it compares the
trees of every commit down to the window. It lists the window's commits instead, and only those that touch one of
our files are looked into for renames and counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from time import monotonic
from typing import Self

from afterword.record.vocabulary import PromptChangeKind
from afterword.record.when import When
from afterword.repo.globs import Globs
from afterword.repo.history.log import Commit, Counts, Entry, Touched, is_empty, look_into, read_log, stream_log
from afterword.repo.runner import Runner, Stream

_PATIENCE = 0.1
"""Seconds after which a commit found is shown, however few there are."""
_MOST_AT_ONCE = 64
_KINDS = {"A": PromptChangeKind.ADDED, "D": PromptChangeKind.DELETED}


class Pathways:
    """Which paths are prompts, and which hold settings."""

    def __init__(self, prompts: tuple[str, ...], settings: tuple[str, ...]) -> None:
        self.prompts = Globs(prompts)
        self.settings = Globs(settings)

    def kind(self, *paths: str) -> str:
        """Return "prompt", "settings" or "" for a file, by any of the names it had; prompts go first."""
        if any(map(self.prompts.matches, paths)):
            return "prompt"
        return "settings" if any(map(self.settings.matches, paths)) else ""


@dataclass(frozen=True, slots=True)
class Change:
    """One file changed by one commit.

    `before_rev` is the first parent, "" for a root commit; `path_before` equals `path` unless the file moved.
    `moved` means that not one byte of the text changed. `added` and `removed` count lines; `uncounted` says
    why they are not known ("binary", "not fetched"). A merge commit is listed only with text that none of its
    parents had.
    """

    sha: str
    short: str
    committed: When
    authored: When
    author: str
    subject: str
    path: str
    path_before: str
    kind: PromptChangeKind
    is_settings: bool
    is_merge: bool
    added: int
    removed: int
    uncounted: str
    before_rev: str
    after_rev: str


class Changes:
    """The changes in a window, as an iterator; `close`, from any thread, ends git and the iteration."""

    def __init__(self, runner: Runner, pathways: Pathways, since: datetime | None, until: datetime | None) -> None:
        self._runner = runner
        self._pathways = pathways
        self._stream: Stream | None = None
        self._closed = False
        head = runner.attempt("rev-parse", "--verify", "--quiet", "--short", "HEAD^{commit}")
        self._short = len(head.out.strip())
        if head.status == 0 and not is_empty(since, until):
            self._stream = stream_log(runner, since, until)
        self._found = self._read()

    def __iter__(self) -> Iterator[Change]:
        return self

    def __next__(self) -> Change:
        return next(self._found)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop reading."""
        self._closed = True
        if self._stream is not None:
            self._stream.close()

    def _read(self) -> Iterator[Change]:
        """Look into the commits that touch our files a few at a time: the first at once, then ever more."""
        if self._stream is None:
            return
        waiting: list[Entry] = []
        room, begun = 1, monotonic()
        for commit, files in read_log(self._stream.pieces()):
            ours = [file for file in files if self._pathways.kind(file.path)]
            if ours:
                waiting.append(Entry(commit, ours))
            if waiting and (len(waiting) >= room or monotonic() - begun > _PATIENCE):
                yield from self._changes(waiting)
                waiting, room, begun = [], min(4 * room, _MOST_AT_ONCE), monotonic()
        yield from self._changes(waiting)

    def _changes(self, entries: list[Entry]) -> Iterator[Change]:
        for commit, files in [] if self._closed else look_into(self._runner, entries):
            for file in files:
                if self._closed:
                    return
                kind = self._pathways.kind(file.path, file.path_before)
                change = self._change(commit, file, kind == "settings") if kind else None
                if change is not None:
                    yield change

    def _change(self, commit: Commit, file: Touched, is_settings: bool) -> Change | None:
        moved = file.path != file.path_before
        if file.same_text and not moved:
            return None  # only its mode changed
        kind = PromptChangeKind.MOVED if file.same_text else _KINDS.get(file.status[:1], PromptChangeKind.CHANGED)
        counts = Counts() if file.same_text else file.counts
        return Change(
            sha=commit.sha,
            short=commit.sha[: self._short],
            committed=when(commit.committed),
            authored=when(commit.authored),
            author=commit.author,
            subject=commit.subject,
            path=file.path,
            path_before=file.path_before,
            kind=kind,
            is_settings=is_settings,
            is_merge=len(commit.parents) > 1,
            added=counts.added,
            removed=counts.removed,
            uncounted=counts.uncounted,
            before_rev=commit.parents[0] if commit.parents else "",
            after_rev=commit.sha,
        )


@lru_cache(maxsize=512)
def when(moment: datetime) -> When:
    """Return a commit's time for a record: UTC, to the minute."""
    return When.parse(f"{moment:%Y-%m-%dT%H:%M}Z")
