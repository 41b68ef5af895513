"""The post-mortems in the work tree: found, read, and saved without writing over anybody else's words."""

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from afterword.errors import AfterwordError
from afterword.repo import atomic
from afterword.repo.defaults import RECORD_FOLDERS
from afterword.repo.errors import ConflictError, RepositoryError, WriteError
from afterword.repo.regular import head_of_regular, read_regular, real
from afterword.repo.turns import turn

if TYPE_CHECKING:
    from afterword.record.model import Record

_ID = re.compile(r"\w[\w.-]{0,199}")
_OURS = re.compile(rb"^\xef?\xbb?\xbf?(schema:\s*['\"]?afterword/|impact_started:)", re.MULTILINE)
_HEAD = 8_192


@dataclass(frozen=True)
class StoredRecord:
    """A post-mortem as it lies on disk; `error` says why it could not be read, and then `record` is None."""

    id: str
    path: Path
    text: str
    record: "Record | None"
    error: AfterwordError | None = None


class Store:
    """The records of one work tree, in the folder that is configured, there already, or the usual one."""

    def __init__(self, root: Path, configured: str | None = None, private: Callable[[], Path] | None = None) -> None:
        """Take the records under `root`; `private` names a folder for what is half written, and for turns."""
        self._root = root
        self._configured = configured
        self._private = private

    @property
    def folder(self) -> Path:
        """Where records lie; it need not exist yet."""
        if self._configured is not None:
            return self._root / self._configured
        found = (self._root / name for name in RECORD_FOLDERS)
        return next((folder for folder in found if folder.is_dir()), self._root / RECORD_FOLDERS[0])

    def list(self) -> "list[StoredRecord]":
        """Return the records by id, the oldest first; one that cannot be read is there with its error."""
        return [*self.newest()][::-1]

    def newest(self) -> Iterator[StoredRecord]:
        """Yield the records, the newest first, each read when it is asked for: there may be thousands."""
        yield from map(self.read, reversed(self.paths()))

    def ids(self) -> Sequence[str]:
        """Return the ids of the records, the oldest first, without reading them."""
        return [path.stem for path in self.paths()]

    def paths(self) -> Sequence[Path]:
        """Return the files of the records, the oldest first."""
        folder = self.folder
        if not folder.is_dir():
            return []
        self._check_inside(folder)
        return sorted((path for path in folder.glob("*.md") if _is_record(path)), key=lambda path: path.stem)

    def get(self, id_or_path: str | Path) -> StoredRecord:
        """Return a record by id or by path; RepositoryError where there is none."""
        given = Path(id_or_path)
        by_id = self.folder / f"{Path(given.name).stem if given.suffix == '.md' else given.name}.md"
        candidates = [given, self._root / given] if given.suffix == ".md" else []
        candidates += [by_id] if len(given.parts) == 1 else []
        for path in candidates:
            # What lists as a record and is none is read as well, for that says what is wrong with it.
            if path.is_file() or (path == by_id and os.path.lexists(path)):
                return self.read(path.absolute())
        known = ", ".join(self.ids()[:-4:-1])
        raise RepositoryError(
            f"There is no record {str(id_or_path)!r} in {self.folder}.",
            f"The newest are: {known}." if known else "There are none yet; `afterword new` starts one.",
        )

    def bytes_of(self, path: Path) -> bytes:
        """Return what a file holds; OSError or RepositoryError where it is none of ours to read."""
        if path.is_relative_to(self._root):
            self._check_inside(path)
        return read_regular(path)

    def read(self, path: Path) -> StoredRecord:
        """Read one file, whatever state it is in."""
        from afterword.record.document import parse, parse_bytes

        text = ""
        try:
            text = parse_bytes(self.bytes_of(path), self._name(path))
            return StoredRecord(path.stem, path, text, parse(text, self._name(path)))
        except AfterwordError as error:
            return StoredRecord(path.stem, path, text, None, error)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            problem = RepositoryError(f"{self._name(path)} could not be read: {reason}.", "Make it readable.")
            return StoredRecord(path.stem, path, text, None, problem)

    def path_for(self, record_id: str) -> Path:
        """Return the path of a record's file; AfterwordError where the id cannot be a file name."""
        if not _ID.fullmatch(record_id) or ".." in record_id:
            raise RepositoryError(f"{record_id!r} cannot be the name of a record.", "Use letters, digits and hyphens.")
        return self.folder / f"{record_id}.md"

    def free_id(self, record_id: str) -> str:
        """Return this id, or the next one like it whose file does not exist."""
        count = 1
        free = record_id
        while self._is_taken(self.path_for(free)):
            count += 1
            free = f"{record_id}-{count}"
        return free

    def save(self, record: "Record", record_id: str, base_text: str | None = None) -> Path:
        """Write a record and return its path; ConflictError where that would lose what somebody else wrote.

        `base_text` is the file as this walk found it: every byte that the walk does not change stays. None: a
        new one.
        """
        # Reading Markdown takes a library that the first screen can do without.
        from afterword.record.document import render, rewrite

        path = self.path_for(record_id)
        self._check_inside(path)
        name = self._name(path)
        if base_text is None:
            return self._create(path, render(record), record_id)
        text = rewrite(base_text, record, name)
        with self._turn(record_id):
            check = partial(self._refuse_changed, path, record_id, base_text)
            check()
            atomic.write(real(path), text.encode("utf-8"), scratch=self._own_folder(), last=check)
        return path

    def changed_text(self, name: str, base_text: str) -> str | None:
        """Return what the record `name` (relative to the root) says now, None where it still says `base_text`.

        ConflictError where it is gone or is no text any more.
        """
        path = self._root / name
        try:
            self._check_inside(path)
            self._refuse_changed(path, path.stem, base_text)
        except ConflictError as conflict:
            if conflict.text is not None:
                return conflict.text
            raise
        return None

    def _refuse_changed(self, path: Path, record_id: str, base_text: str) -> None:
        from afterword.record.document import parse_bytes

        name = self._name(path)
        try:
            on_disk = parse_bytes(read_regular(path), name)
        except FileNotFoundError as error:
            moved = self._moved_to(base_text)
            hint = "Save it under a new name, or bring the file back."
            hint = f"It stands as {self._name(moved)} now. {hint}" if moved is not None else hint
            raise ConflictError(f"{name} is not there any more.", hint, path, moved_to=moved) from error
        except IsADirectoryError as error:
            raise ConflictError(
                f"{name} is a folder now.", "Save it under a new name, or move it away.", path
            ) from error
        except OSError as error:
            raise atomic.refused(path, error) from error
        if on_disk != base_text:
            raise ConflictError(
                f"{name} was changed by somebody else since this walk began.",
                "Compare the two, or save it under a new name.",
                path,
                on_disk,
                self.free_id(record_id),
            )

    def _moved_to(self, text: str) -> Path | None:
        """Return the one other record that has this very text: the file under a new name."""
        found = [stored.path for stored in self.list() if stored.text == text]
        return found[0] if len(found) == 1 else None

    def _turn(self, record_id: str) -> AbstractContextManager[None]:
        folder = self._own_folder()
        return turn(folder / f".{record_id}.turn") if folder is not None else nullcontext()

    def _own_folder(self) -> Path | None:
        """Return the folder of ours, made where it can be; None for records outside of a repository."""
        if self._private is None:
            return None
        folder = self._private()
        with suppress(WriteError):
            atomic.make_folder(folder, stat.S_IRWXU)
        return folder

    def save_as(self, record: "Record", record_id: str, base_text: str) -> Path:
        """Write a record walked from `base_text` under a new name, with all that was written into it by hand."""
        from afterword.record.document import rewrite

        path = self.path_for(record_id)
        self._check_inside(path)
        return self._create(path, rewrite(base_text, record, self._name(path)), record_id)

    def _create(self, path: Path, text: str, record_id: str) -> Path:
        atomic.make_folder(path.parent)
        try:
            if self._is_taken(path):
                raise FileExistsError
            atomic.write(path, text.encode("utf-8"), new=True, scratch=self._own_folder())
        except FileExistsError as error:
            free = self.free_id(record_id)
            raise ConflictError(
                f"{self._name(path)} exists already.",
                f"Save it as {free}, or edit the existing one.",
                path,
                None,
                free,
            ) from error
        return path

    def _is_taken(self, path: Path) -> bool:
        """Whether a file of this name is there, in capitals or accents that some file systems do not tell apart."""
        if path.exists() or not path.parent.is_dir():
            return path.exists()
        return _one_spelling(path.name) in {_one_spelling(each.name) for each in path.parent.iterdir()}

    def _check_inside(self, path: Path) -> None:
        """Refuse a folder or file whose links lead out of the work tree or into git's own folder."""
        root, target = real(self._root), real(path)
        if not target.is_relative_to(root) or ".git" in target.relative_to(root).parts:
            raise RepositoryError(
                f"{self._name(path)} leads outside the work tree, to {target}.",
                "Replace the link by a folder of this repository, or set records_dir.",
            )

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self._root)) if path.is_relative_to(self._root) else str(path)


def _one_spelling(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _is_record(path: Path) -> bool:
    """Whether a file says that it is ours, be the rest of it as damaged as it may."""
    if path.name.startswith("."):
        return False
    try:
        return _OURS.search(head_of_regular(path, _HEAD)) is not None
    except OSError:
        return re.match(r"\d{4}-\d{2}-\d{2}", path.name) is not None
