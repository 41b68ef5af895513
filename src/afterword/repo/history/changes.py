"""Which commits changed a prompt or a setting, found while git still reads the history.

Git is not asked for paths: with many patterns that takes it minutes on a large history, because it compares the
trees of every commit down to the window. It lists the window's commits instead, and only those that touch one of
our files are looked into for renames, counts and constants. What was written before the window but merged in it
is listed as well: it went live then.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Self

from afterword.repo.blobs import Blobs
from afterword.repo.globs import Globs
from afterword.repo.history.arrivals import Arrivals, Step, main_line, steps
from afterword.repo.history.change import Change
from afterword.repo.history.log import Entry, Touched, is_empty, look_into, read_log, read_named, stream_log
from afterword.repo.history.one_commit import CommitReader
from afterword.repo.history.pathways import Pathways
from afterword.repo.history.submodules import SubmoduleReader
from afterword.repo.runner import Runner, Stream

_PATIENCE = 0.1
"""Seconds after which a commit found is shown, however few there are."""
_MOST_AT_ONCE = 64
_CLOCKS_DIFFER = timedelta(hours=36)
"""Git ends a walk at the first commit that is too old. One whose clock was a day slow must not hide those before it."""
_EARLIEST = datetime(1970, 1, 3, tzinfo=UTC)
_EVERYWHERE = ("HEAD", "--branches", "--remotes", "--tags")


class Changes:
    """The changes in a window, newest first, as an iterator; `close`, from any thread, ends git and the iteration.

    Reads what HEAD and the default branch have; `everywhere` all branches and tags. `reached` is the time of the
    commit read last, `commits` are all that were read, whatever they touched.
    """

    def __init__(
        self,
        runner: Runner,
        pathways: Pathways,
        since: datetime | None,
        until: datetime | None,
        deploy_tags: Globs | None = None,
        everywhere: bool = False,
    ) -> None:
        self.reached: datetime | None = None
        self.commits: dict[str, datetime] = {}
        self._runner = runner
        self._pathways = pathways
        self._blobs = Blobs(runner)
        self._since = since
        self._stream: Stream | None = None
        self._arrivals: Future[Arrivals] | None = None
        self._closed = False
        head = runner.attempt("rev-parse", "--verify", "--quiet", "--short", "HEAD^{commit}")
        short = len(head.out.strip())
        self._commits = CommitReader(pathways, self._blobs, short)
        self._submodules = SubmoduleReader(runner, pathways, short)
        if head.status == 0 and not is_empty(since, until):
            reference, branch = main_line(runner)
            early = max(since, _EARLIEST) - _CLOCKS_DIFFER if since is not None else None
            self._stream = stream_log(runner, early, until, _EVERYWHERE if everywhere else ("HEAD", reference))
            tags = deploy_tags or Globs(())

            def arrivals() -> Arrivals:
                line = _within(steps(runner, reference, early, until), since)
                return Arrivals(runner, reference, branch, line, tags)

            # On an old window git takes as long for this as for the list, so both run at once.
            pool = ThreadPoolExecutor(1, "arrivals")
            self._arrivals = pool.submit(arrivals)
            pool.shutdown(wait=False)
        self._found = self._read()

    @property
    def arrivals(self) -> Arrivals | None:
        """When commits arrived on the default branch; waits for git. None in an empty window."""
        return self._arrivals.result() if self._arrivals is not None else None

    @property
    def lacking(self) -> str:
        """A sentence about Python files that could not be looked into for prompts, or ""."""
        unread = self._commits.unread
        if not unread:
            return ""
        more = f" and {len(unread) - 1} more Python files" if len(unread) > 1 else ""
        return f"Prompts in {unread[0]}{more} were not looked for: their text was never fetched, or is too large."

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
        self._blobs.close()

    def _read(self) -> Iterator[Change]:
        if self._stream is None:
            return
        yield from self._of(self._within(read_log(self._stream.pieces())))
        if not self._closed and self.arrivals is not None:
            older = [sha for sha in self.arrivals.brought() if sha not in self.commits]
            yield from self._of(self._noted(read_named(self._runner, older)) if older else iter(()))
        self._blobs.close()

    def _within(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self.reached = entry.commit.committed
            if self._since is None or self.reached >= self._since:
                yield from self._noted(iter((entry,)))

    def _noted(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self.commits[entry.commit.sha] = entry.commit.committed
            yield entry

    def _of(self, entries: Iterator[Entry]) -> Iterator[Change]:
        """Look into the commits that touch our files a few at a time: the first at once, then ever more."""
        waiting: list[Entry] = []
        room, begun = 1, monotonic()
        for commit, files in entries:
            ours = [file for file in files if self._is_ours(file)]
            if ours:
                waiting.append(Entry(commit, ours))
            if waiting and (len(waiting) >= room or monotonic() - begun > _PATIENCE):
                yield from self._changes(waiting)
                waiting, room, begun = [], min(4 * room, _MOST_AT_ONCE), monotonic()
        yield from self._changes(waiting)

    def _is_ours(self, file: Touched) -> bool:
        return file.is_submodule or bool(self._pathways.kind(file.path)) or self._pathways.is_source(file.path)

    def _changes(self, entries: list[Entry]) -> Iterator[Change]:
        if self._closed:
            return
        named = [Entry(commit, [f for f in files if self._is_file(f)]) for commit, files in entries]
        looked = iter(look_into(self._runner, [entry for entry in named if entry.files]))
        python = [[file for file in files if self._is_source(file)] for _, files in entries]
        self._commits.prepare(file for files in python for file in files)
        for (commit, files), (_, ours), sources in zip(entries, named, python, strict=True):
            entry = next(looked) if ours else Entry(commit, [])
            for change in self._commits.changes(entry, sources):
                if self._closed:
                    return
                yield change
            for file in files:
                if file.is_submodule:
                    yield from self._submodules.changes(commit, file)

    def _is_source(self, file: Touched) -> bool:
        return not file.is_submodule and self._pathways.is_source(file.path)

    def _is_file(self, file: Touched) -> bool:
        return not file.is_submodule and bool(self._pathways.kind(file.path))


def _within(line: list[Step], since: datetime | None) -> list[Step]:
    """Return the part of the main line, newest first, down to the last commit of the window by its own clock."""
    inside = [n for n, step in enumerate(line, 1) if since is None or step.committed >= since]
    return line[: inside[-1]] if inside else []
