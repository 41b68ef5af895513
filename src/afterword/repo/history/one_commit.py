"""What one commit did to prompts and settings: files and constants, those that went paired with those that came."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from afterword.record.vocabulary import PromptChangeKind
from afterword.repo.blobs import Blobs
from afterword.repo.history.change import Change
from afterword.repo.history.constants import ConstantReader, Edits, split
from afterword.repo.history.log import Commit, Counts, Entry, Touched
from afterword.repo.history.pairing import Mates, Piece, mates
from afterword.repo.history.pathways import Pathways
from afterword.repo.history.times import when
from afterword.repo.texts import decode

_KINDS = {"A": PromptChangeKind.ADDED, "D": PromptChangeKind.DELETED}
_MOST_READ = 40
"""Files of one commit whose texts are read to see which replaced which."""


class CommitReader:
    """Turns commits into changes; `short` is how many letters name a commit here."""

    def __init__(self, pathways: Pathways, blobs: Blobs, short: int) -> None:
        self._pathways = pathways
        self._blobs = blobs
        self._constants = ConstantReader(blobs)
        self._short = short

    @property
    def unread(self) -> tuple[str, ...]:
        """Python files that were not looked into for prompts, since this clone lacks their text."""
        return tuple(self._constants.unread)

    def prepare(self, sources: Iterable[Touched]) -> None:
        """Read the Python files of several commits together."""
        self._constants.prepare(sources)

    def changes(self, entry: Entry, sources: Sequence[Touched]) -> Iterator[Change]:
        """Yield the changes of a commit: `entry` knows of moves, `sources` are its Python files as git lists them."""
        commit = entry.commit
        edits = {file.path: self._constants.edits(file) for file in sources}
        files = [*self._files(entry, edits), *self._unparsed(commit, sources, edits)]
        both, gone, new = split([edit for each in edits.values() for edit in each.edits])
        for edit in both:
            assert edit.before and edit.after
            yield self._of_pieces(commit, edit.before, edit.after, PromptChangeKind.CHANGED)
        lost = [file for file in files if file.kind is PromptChangeKind.DELETED and not file.is_settings]
        came = [file for file in files if file.kind is PromptChangeKind.ADDED and not file.is_settings]
        paired = mates([*gone, *self._pieces(lost, 0, entry)], [*new, *self._pieces(came, -1, entry)])
        for pair in paired:
            yield self._of_mates(commit, pair)
        taken = {piece[:2] for pair in paired for piece in (pair.gone, pair.new)}
        yield from (file for file in files if (file.path, "") not in taken)
        for piece in gone:
            if piece[:2] not in taken:
                yield self._of_pieces(commit, piece, None, PromptChangeKind.DELETED)
        for piece in new:
            if piece[:2] not in taken:
                yield self._of_pieces(commit, None, piece, PromptChangeKind.ADDED)

    # Files

    def _files(self, entry: Entry, edits: dict[str, Edits]) -> Iterator[Change]:
        for file in entry.files:
            kind = self._pathways.kind(file.path, file.path_before)
            told = [edits[path] for path in {file.path, file.path_before} if path in edits]
            # Where a file's prompts are constants, they are what changed.
            if not kind or any(each.edits for each in told) or file.is_submodule:
                continue
            change = self._of_file(entry.commit, file, kind == "settings")
            if change is not None:
                yield change if not told else _remarked(change, told)

    def _unparsed(self, commit: Commit, sources: Sequence[Touched], edits: dict[str, Edits]) -> Iterator[Change]:
        """Yield the Python files that held prompts before or after but cannot be read as Python on the other side."""
        for file in sources:
            told = edits[file.path]
            if told.problem and told.has_any and not self._pathways.kind(file.path):
                counts = _counts(self._text(file.blobs[0]), self._text(file.blobs[-1]))
                yield _remarked(
                    self._change(commit, file.path_before, file.path, PromptChangeKind.CHANGED, counts), [told]
                )

    def _of_file(self, commit: Commit, file: Touched, is_settings: bool) -> Change | None:
        moved = file.path != file.path_before
        if file.same_text and not moved:
            return None  # only its mode changed
        kind = PromptChangeKind.MOVED if file.same_text else _KINDS.get(file.status[:1], PromptChangeKind.CHANGED)
        counts = Counts() if file.same_text else file.counts
        more = {"is_settings": is_settings, "text_id": file.blobs[-1]}
        return self._change(commit, file.path_before, file.path, kind, counts, **more)

    def _pieces(self, files: Sequence[Change], side: int, entry: Entry) -> list[Piece]:
        """Return files as pieces, with the text of the side on which they stand."""
        blobs = {file.path: file.blobs for file in entry.files}
        few = len(files) <= _MOST_READ
        return [Piece(file.path, "", self._text(blobs[file.path][side]) if few else None) for file in files]

    def _text(self, blob: str) -> str | None:
        data = self._blobs.read(blob)
        if data is None:
            return None
        text, problem = decode(data, "")
        return text if text or not problem else None

    # Constants, and what replaced what

    def _of_mates(self, commit: Commit, pair: Mates) -> Change:
        if pair.is_same:
            return self._of_pieces(commit, pair.gone, pair.new, PromptChangeKind.MOVED)
        kind = PromptChangeKind.CHANGED if pair.is_edited else PromptChangeKind.REPLACED
        return self._of_pieces(commit, pair.gone, pair.new, kind, pair.why)

    def _of_pieces(
        self, commit: Commit, before: Piece | None, after: Piece | None, kind: PromptChangeKind, why: str = ""
    ) -> Change:
        old, new = before or after, after or before
        assert old and new
        counts = _counts(before.text if before else "", after.text if after else "")
        names = {"constant": new.constant, "constant_before": old.constant}
        text_id = _mark(after.text) if after else ""
        return self._change(commit, old.path, new.path, kind, counts, **names, why=why, text_id=text_id)

    def _change(
        self,
        commit: Commit,
        path_before: str,
        path: str,
        kind: PromptChangeKind,
        counts: Counts,
        **more: Any,
    ) -> Change:
        return replace(change_by(commit, self._short, path, kind, counts), path_before=path_before, **more)


def change_by(commit: Commit, short: int, path: str, kind: PromptChangeKind, counts: Counts) -> Change:
    """Return what a commit did to a file that stayed where it was."""
    return Change(
        sha=commit.sha,
        short=commit.sha[:short],
        committed=when(commit.committed),
        authored=when(commit.authored),
        author=commit.author,
        subject=commit.subject,
        path=path,
        path_before=path,
        kind=kind,
        is_settings=False,
        is_merge=len(commit.parents) > 1,
        added=counts.added,
        removed=counts.removed,
        uncounted=counts.uncounted,
        before_rev=commit.parents[0] if commit.parents else "",
        after_rev=commit.sha,
    )


def _remarked(change: Change, told: Sequence[Edits]) -> Change:
    """Say of a Python file why it is shown as a whole."""
    problem = next((each.problem for each in told if each.problem), "")
    if problem:
        return replace(change, remark=f"{change.path} {problem}.")
    if any(each.has_any for each in told):
        return replace(change, remark="No prompt constant in this file changed.")
    return change


def _mark(text: str | None) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest() if text is not None else ""


def _counts(before: str | None, after: str | None) -> Counts:
    """Count lines added and removed, whatever their order."""
    if before is None or after is None:
        return Counts(uncounted="not read")
    if before == after:
        return Counts()
    old, new = Counter(before.splitlines()), Counter(after.splitlines())
    return Counts((new - old).total(), (old - new).total())
