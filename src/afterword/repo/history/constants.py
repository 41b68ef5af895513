"""Which prompt constants of Python files one commit changed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from afterword.repo.blobs import Blobs
from afterword.repo.history.log import Touched
from afterword.repo.history.pairing import Piece
from afterword.repo.prompts.constants import Constants, constants_in, may_hold
from afterword.repo.texts import decode

_NONE = Constants(())
_KEPT = 4_096
_NOT_FETCHED = Constants((), "was never fetched into this partial clone, or is too large to be read")


class Edit(NamedTuple):
    """A constant on both sides of a commit; None on a side where it does not stand."""

    before: Piece | None
    after: Piece | None


class Edits(NamedTuple):
    """What one commit did to the constants of a file; `has_any` tells whether there are any on either side."""

    edits: tuple[Edit, ...]
    has_any: bool
    problem: str = ""


class ConstantReader:
    """Reads the constants of texts by the texts' names, each once."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._known: dict[str, Constants] = {}
        self.unread: dict[str, None] = {}
        """Paths of files whose text this clone lacks."""

    def prepare(self, files: Iterable[Touched]) -> None:
        """Read the texts of files together, which is quicker than one by one."""
        if len(self._known) > _KEPT:
            self._known.clear()
        wanted = dict.fromkeys(blob for file in files for blob in file.blobs)
        for blob, data in self._blobs.some([blob for blob in wanted if blob not in self._known and blob.strip("0")]):
            self._known[blob] = _constants(data)

    def at(self, blob: str) -> Constants:
        """Return the prompt constants of a text."""
        if not blob.strip("0"):
            return _NONE
        if blob not in self._known:
            self._known[blob] = _constants(self._blobs.read(blob))
        return self._known[blob]

    def edits(self, file: Touched) -> Edits:
        """Return the constants of a file that differ from those of every parent."""
        sides = [self.at(blob) for blob in file.blobs]
        befores, after = [_texts(side) for side in sides[:-1]], _texts(sides[-1])
        names = dict.fromkeys((*after, *(name for before in befores for name in before)))
        found = [
            Edit(_piece(file.path_before, name, befores[0]), _piece(file.path, name, after))
            for name in names
            if all(before.get(name) != after.get(name) for before in befores)
        ]
        if any(side is _NOT_FETCHED for side in sides):
            self.unread[file.path] = None
        problem = next((side.problem for side in reversed(sides) if side.problem), "")
        # What cannot be read on one side has not gone there.
        return Edits(
            () if problem else tuple(edit for edit in found if edit.before or edit.after), bool(names), problem
        )


def _constants(data: bytes | None) -> Constants:
    if data is None:
        return _NOT_FETCHED
    return constants_in(decode(data, "")[0]) if may_hold(data) else _NONE


def _texts(side: Constants) -> dict[str, str]:
    return {constant.name: constant.text for constant in side.found}


def _piece(path: str, name: str, side: dict[str, str]) -> Piece | None:
    return Piece(path, name, side[name]) if name in side else None


def split(edits: Sequence[Edit]) -> tuple[list[Edit], list[Piece], list[Piece]]:
    """Return the constants that stand on both sides, those that went, and those that came."""
    both = [edit for edit in edits if edit.before and edit.after]
    return both, list(_only(edits, 0)), list(_only(edits, 1))


def _only(edits: Sequence[Edit], side: int) -> Iterator[Piece]:
    for edit in edits:
        piece, other = edit[side], edit[1 - side]
        if piece is not None and other is None:
            yield piece
