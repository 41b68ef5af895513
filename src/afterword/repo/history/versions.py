"""The line of one prompt over time: each version, through moves, and which texts came back."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from afterword.record.vocabulary import PromptChangeKind
from afterword.repo.blobs import Blobs
from afterword.repo.history.change import Change
from afterword.repo.history.log import Entry, look_into, read_log, read_named, stream_path
from afterword.repo.history.one_commit import CommitReader
from afterword.repo.history.pathways import Pathways
from afterword.repo.history.sides import Side, runner_of, sides
from afterword.repo.runner import Runner

_VERBS = {PromptChangeKind.CHANGED: "moved and edited from", PromptChangeKind.MOVED: "moved from"}
_AWAY = {
    PromptChangeKind.CHANGED: "moved and edited to",
    PromptChangeKind.MOVED: "moved to",
    PromptChangeKind.REPLACED: "replaced by",
}
MOST = 1_000
"""Versions that are listed; of a prompt with more the latest are."""


@dataclass(frozen=True)
class Version:
    """One version of a prompt, made by `change`; `side.rev` is "" where the prompt went.

    `same_as` is the short name of the earliest commit that had the very same text before. `has_left` says that it
    went on under another name.
    """

    change: Change
    side: Side
    same_as: str = ""
    was_gone: bool = False
    has_left: bool = False

    @property
    def sentence(self) -> str:
        """What happened, in words."""
        change = self.change
        again = f", the text of {self.same_as} again" if self.same_as else ""
        if change.kind is PromptChangeKind.ADDED:
            return ("re-introduced" if self.was_gone or again else "added") + again
        if self.has_left:
            return f"{_AWAY.get(change.kind, str(change.kind))} {change.name}"
        if change.name != change.name_before:
            verb = _VERBS.get(change.kind, str(change.kind))
            return f"{verb} {change.name_before}{again}"
        return f"{change.kind}{again}"


def versions(runner: Runner, pathways: Pathways, side: Side, short: int, submodule: str = "") -> list[Version]:
    """Return the versions of the prompt that stands (or stood) at `side`, newest first, following it through moves."""
    inner = runner_of(runner, submodule)
    ways = pathways.within(submodule) if submodule else pathways
    start = side._replace(path=side.path.removeprefix(f"{submodule}/"))
    with Blobs(inner) as blobs:
        reader = CommitReader(ways, blobs, short)
        return _told(_followed(inner, reader, ways, start))


def _told(changes: Iterator[tuple[Change, bool]]) -> list[Version]:
    """Say of each change whether its text was there before."""
    listed = list(islice(changes, MOST))
    first: dict[str, str] = {}
    found = []
    was_gone = False
    for change, has_left in reversed(listed):
        went = change.kind is PromptChangeKind.DELETED
        known = first.get(change.text_id, "") if change.kind is not PromptChangeKind.MOVED and not went else ""
        found.append(Version(change, sides(change)[1], known, was_gone, has_left))
        first.setdefault(change.text_id, change.short)
        was_gone = went
    return found[::-1]


def _followed(runner: Runner, reader: CommitReader, pathways: Pathways, start: Side) -> Iterator[tuple[Change, bool]]:
    """Yield the changes of a prompt, newest first, and whether it left by them; where it came from, go on there."""
    here = start
    seen: set[tuple[str, str, str]] = set()
    while (key := (here.rev, here.path, here.constant)) not in seen:
        seen.add(key)
        for change in _at_place(runner, reader, pathways, here):
            stays = (change.path, change.constant) == here[1:]
            yield change, not stays
            if stays and change.name != change.name_before and change.before_rev:
                here = Side(change.before_rev, change.path_before, change.constant_before)
                break
        else:
            return


def _at_place(runner: Runner, reader: CommitReader, pathways: Pathways, here: Side) -> Iterator[Change]:
    """Yield the changes of what has stood under one name, newest first."""
    with closing(stream_path(runner, here.rev, here.path)) as stream:
        for entry in read_log(stream.pieces()):
            for change in _changes(runner, reader, pathways, entry, here):
                if here[1:] in ((change.path, change.constant), (change.path_before, change.constant_before)):
                    yield change
                    break


def _changes(runner: Runner, reader: CommitReader, pathways: Pathways, entry: Entry, here: Side) -> Iterator[Change]:
    """Yield what a commit did; where the prompt came or went in it, its other half may be any file of the commit."""
    is_edit = all(not file.status.strip("MT") for file in entry.files)
    if is_edit:
        files = [] if here.constant else look_into(runner, [entry])[0].files
        edited = list(reader.changes(Entry(entry.commit, files), entry.files if here.constant else []))
        if not here.constant or any(change.constant == change.constant_before == here.constant for change in edited):
            yield from edited
            return
    (whole,) = list(read_named(runner, [entry.commit.sha]))
    ours = [file for file in whole.files if not file.is_submodule]
    sources = [file for file in ours if pathways.is_source(file.path)]
    yield from reader.changes(look_into(runner, [Entry(whole.commit, ours)])[0], sources)
