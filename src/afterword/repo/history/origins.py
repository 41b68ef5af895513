"""Where each line of an effective prompt came from: HEAD first, then all of history, found while git still reads.

Every text is read at most once, a few megabytes at a time, and a line that was found is not looked for again.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Self

from afterword.repo.defaults import RECORD_FOLDERS
from afterword.repo.globs import Globs
from afterword.repo.history.origin_blobs import LARGEST
from afterword.repo.history.origin_head import look_at_head, look_at_work_tree
from afterword.repo.history.origin_lines import MOST_LINES
from afterword.repo.history.origin_past import Past, name_branches
from afterword.repo.history.origin_search import Event, Found, Known, Lines, Progress, Source
from afterword.repo.history.origin_words import Origin, Run, counted, is_versioned, rows, runs
from afterword.repo.runner import Runner

if TYPE_CHECKING:
    from afterword.repo.repository import Repository

__all__ = [
    "Found",
    "Origin",
    "Progress",
    "Run",
    "Trace",
    "counted",
    "is_versioned",
    "rows",
    "runs",
    "trace",
    "trace_in",
]


def trace(runner: Runner, text: str, *, prompts: Globs, skip: Globs, is_shallow: bool) -> "Trace":
    """Trace the lines of `text`; `prompts` are looked at first, `skip` (the records themselves) never."""
    return Trace(runner, text, prompts=prompts, skip=skip, is_shallow=is_shallow)


def trace_in(repository: "Repository", text: str) -> "Trace":
    """Trace the lines of `text` in a repository; a post-mortem that quotes them does not count as their home."""
    folder = repository.records.folder
    inside = folder.is_relative_to(repository.root) and folder != repository.root
    own = [folder.relative_to(repository.root).as_posix()] if inside else []
    skip = Globs(f"{_escaped(name)}/**" for name in (*own, *RECORD_FOLDERS))
    prompts = repository.pathways.prompts
    return trace(repository.runner, text, prompts=prompts, skip=skip, is_shallow=repository.is_shallow)


class Trace:
    """The search as an iterator of what is found; `close`, from any thread, ends it."""

    def __init__(self, runner: Runner, text: str, *, prompts: Globs, skip: Globs, is_shallow: bool) -> None:
        self._lines = Lines(text)
        self._source = Source(runner, prompts, skip)
        self._is_shallow = is_shallow
        self._events = self._search()

    def __iter__(self) -> Iterator[Event]:
        return self

    def __next__(self) -> Event:
        return next(self._events)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop searching."""
        self._source.close()

    @property
    def origins(self) -> tuple[Origin, ...]:
        """What is known so far of each line that is not blank."""
        return tuple(self._lines.origins)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was not looked at, in sentences."""
        unread, said = self._source.unread, []
        if self._lines.beyond:
            said.append(f"The first {MOST_LINES:,} lines were traced; {self._lines.beyond:,} more were not.")
        if self._is_shallow:
            said.append("This clone is shallow: older commits are not here (git fetch --unshallow brings them).")
        if unread["missing"]:
            said.append(f"{_texts(unread['missing'])} never fetched into this clone, and not looked into.")
        if unread["large"]:
            said.append(f"{_texts(unread['large'])} not looked into: larger than {LARGEST // 1_000_000} MB.")
        if unread["beyond"]:
            said.append(f"{_texts(unread['beyond'])} not looked into: the history is too long.")
        return tuple(said)

    def _search(self) -> Iterator[Event]:
        lines, source = self._lines, self._source
        if not lines.open:
            return
        source.open()
        if source.head:
            yield from look_at_head(lines, source)
            yield from self._dated(lines.at_home)
        for is_other in (False, True) if source.head else (True,):
            past = Past(lines, source, is_other)
            yield from past.look()
            past.found |= name_branches(past.found, source)
            yield from lines.settle(past.found)
            yield from self._dated(past.found)
        if source.closed:
            return
        weak = {number: lines.weak[number] for number in lines.open & lines.weak.keys()}
        yield from lines.settle(weak)
        yield from self._dated(weak)
        yield from look_at_work_tree(lines, source)
        if not source.closed:
            yield from lines.settle(dict.fromkeys(lines.open, Known("", self._nowhere())))

    def _dated(self, found: Mapping[int, Known]) -> Iterator[Event]:
        for event in self._source.dated(found, self._is_shallow):
            if isinstance(event, Progress):
                yield event
            else:
                yield from self._lines.settle(event)

    def _nowhere(self) -> Origin:
        if self._is_shallow:
            return Origin("", "unseen", lacking="the history that this shallow clone has")
        if self._source.unread["missing"]:
            return Origin("", "unseen", lacking="what was fetched into this partial clone")
        return Origin("", "never")


def _texts(count: int) -> str:
    return "1 text was" if count == 1 else f"{count:,} texts were"


def _escaped(path: str) -> str:
    return "".join("?" if char in "*?[]\\{}!" else char for char in path)
