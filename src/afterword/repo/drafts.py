"""Unfinished post-mortems, kept where only their author reads them and no commit ever takes them."""

import contextlib
import json
import re
import secrets
import stat
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar, NamedTuple

from pydantic import ValidationError

from afterword.errors import AfterwordError
from afterword.repo import atomic
from afterword.repo.draft import SCHEMA, Draft, now
from afterword.repo.errors import DraftConflict, WriteError
from afterword.repo.regular import read_regular
from afterword.repo.turns import turn

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_ABANDONED_AFTER = 3600.0
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_LATEST = datetime(9998, 1, 1, tzinfo=UTC)


def _in_order(moment: datetime) -> datetime:
    """Return a draft's time so that there is always a later one, whatever the clock was that it was read from."""
    if moment.tzinfo is None:
        return _EARLIEST
    return _LATEST if moment.year > _LATEST.year else moment


def _written_at(path: Path) -> datetime:
    """Return when a draft says that it was written; the earliest time where it cannot be read."""
    try:
        return _in_order(datetime.fromisoformat(json.loads(read_regular(path))["updated"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return _EARLIEST


class DraftProblem(NamedTuple):
    """A draft that cannot be offered: where it lies, and a sentence about it."""

    path: Path
    message: str


class Drafts:
    """The drafts of one work tree, one JSON file each, in `FOLDER/drafts`."""

    _removed: ClassVar[set[Path]] = set()
    """Drafts that this process is done with, in whichever thread."""

    _known: ClassVar[set[Path]] = set()
    """Drafts that this process has written: where one is gone, somebody else is done with it."""

    _newest: ClassVar[dict[Path, datetime]] = {}
    """When a draft in each folder was last written, whatever clock that was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "drafts"

    def list(self) -> list[Draft]:
        """Return the drafts, the one written last first."""
        return [*self.scan()[0]]

    def scan(self) -> tuple[Sequence[Draft], Sequence[DraftProblem]]:
        """Return the drafts and what is wrong with the others; a damaged file is set aside, never deleted."""
        if (link := self._link()) is not None:
            return [], [DraftProblem(link, " ".join(atomic.is_a_link(link)))]
        self._sweep()
        drafts, problems = [], []
        for path in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else []:
            try:
                drafts.append(self._read(path))
            except FileNotFoundError:
                continue
            except AfterwordError as error:
                problems.append(DraftProblem(path, str(error)))
        problems += [DraftProblem(path, f"{path} is a damaged draft.") for path in self._damaged(problems)]
        return sorted(drafts, key=lambda draft: _in_order(draft.updated), reverse=True), problems

    def load(self, draft_id: str) -> Draft:
        """Return a draft to go on with; AfterwordError where it is gone or damaged."""
        try:
            return self._read(self.path(draft_id))
        except FileNotFoundError as error:
            raise AfterwordError(f"There is no draft {draft_id}.", "It was saved or removed.") from error

    def for_record(self, base_path: str) -> Draft | None:
        """Return the newest draft of a saved record, if one is waiting."""
        return next((draft for draft in self.list() if draft.base_path == base_path), None)

    def write(self, draft: Draft, over: bool = False) -> None:
        """Write a draft so that a crash leaves the old state or this one.

        DraftConflict where another process wrote or removed it since; `over` writes all the same.
        """
        with turn(self.folder / f".{draft.id}.turn"):
            self._write(draft, over)

    def _write(self, draft: Draft, over: bool) -> None:
        path = self.path(draft.id)
        if path in self._removed:
            return
        self._check_there()
        revision = self._next_revision(path, draft, over)
        for folder in (self.folder.parent, self.folder):
            atomic.make_folder(folder, stat.S_IRWXU)
        values = draft.model_dump(mode="json", by_alias=True) | {
            "updated": self._moment().isoformat(),
            "revision": revision,
        }
        data = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        atomic.write(path, data, mode=stat.S_IRUSR | stat.S_IWUSR)
        self._known.add(path)

    def is_elses(self, draft: Draft) -> bool:
        """Whether what lies on the disk is what another process wrote since this one loaded or wrote it."""
        try:
            values = json.loads(read_regular(self.path(draft.id)))
            return draft.writer != values["writer"] and draft.taken_from != f"{values['writer']}:{values['revision']}"
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return False

    def remove(self, draft_id: str) -> None:
        """Delete a draft with everything raw in it; a late write of this process does not bring it back."""
        path = self.path(draft_id)
        self._removed.add(path)
        if not self.folder.is_dir() or self._link() is not None:
            return
        try:
            for file in (path, path.with_suffix(".open"), *self.folder.glob(f".{path.name}.*{atomic.TEMPORARY}")):
                file.unlink(missing_ok=True)
        except OSError as error:
            raise atomic.refused(path, error) from error
        atomic.sync_folder(self.folder)

    def _link(self) -> Path | None:
        """Return which of our folders is a link, which leads to who knows where."""
        return next((folder for folder in (self.folder.parent, self.folder) if folder.is_symlink()), None)

    def path(self, draft_id: str) -> Path:
        """Return where a draft of this id lies; AfterwordError where it cannot be one."""
        if not _ID.fullmatch(draft_id):
            raise AfterwordError(f"{draft_id!r} is not the id of a draft.", "`afterword list` shows them.")
        return self.folder / f"{draft_id}.json"

    def _moment(self) -> datetime:
        """Return the time of a write: now, but after every write so far where the clock was set back."""
        if self.folder not in self._newest:
            written = (_written_at(path) for path in self.folder.glob("*.json"))
            self._newest[self.folder] = max(written, default=_EARLIEST)
        moment = max(now(), self._newest[self.folder] + timedelta(microseconds=1))
        self._newest[self.folder] = moment
        return moment

    def _check_there(self) -> None:
        """Refuse where the repository is gone: a draft in a folder made anew would be found by nobody."""
        place = self.folder.parent.parent
        if not place.is_dir():
            raise WriteError(
                f"{self.folder} could not be written: the repository is not there any more.",
                f"Bring {place} back; until then the text is only on this screen.",
            )

    def _next_revision(self, path: Path, draft: Draft, over: bool) -> int:
        try:
            values = json.loads(read_regular(path))
            writer, revision = str(values["writer"]), int(values["revision"])
        except FileNotFoundError as error:
            # Another program removes the draft alone; where its folder went as well, nobody is done with it.
            if (draft.taken_from or path in self._known) and not over and self.folder.is_dir():
                raise DraftConflict(
                    "This draft was saved or removed by another afterword.",
                    "Look at the saved record first; keep yours as a new draft if it holds more.",
                ) from error
            return 1
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            # Unreadable now, though it was written whole: what is in memory is the better copy.
            self._set_aside(path)
            return 1
        if not over and writer != draft.writer and f"{writer}:{revision}" != draft.taken_from:
            raise DraftConflict(
                "Another afterword is writing this draft.",
                "Close the other one, or go on here and write over what it wrote.",
            )
        return revision + 1

    def _read(self, path: Path) -> Draft:
        try:
            values = json.loads(read_regular(path))
            schema = str(values["schema"])
        except FileNotFoundError:
            raise
        except OSError as error:
            raise AfterwordError(f"{path} could not be read: {error.strerror}.", "Make it readable.") from error
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise self._damage(path) from error
        if schema != SCHEMA:
            raise AfterwordError(f"{path} was written by another version of afterword ({schema}).", "Use that version.")
        try:
            mark = f"{values.pop('writer')}:{values.pop('revision')}"
            return Draft.model_validate(values).model_copy(update={"taken_from": mark})
        except (ValidationError, KeyError) as error:
            raise self._damage(path) from error

    def _damage(self, path: Path) -> AfterwordError:
        aside = self._set_aside(path)
        return AfterwordError(
            f"{path.name} was damaged and is set aside as {aside}.", "Its text can still be read there."
        )

    def _set_aside(self, path: Path) -> Path:
        aside = path.with_name(f"{path.name}.{now():%Y%m%d%H%M%S}-{secrets.token_hex(2)}.damaged")
        with contextlib.suppress(OSError):
            path.rename(aside)
        return aside

    def _damaged(self, reported: Sequence[DraftProblem]) -> Sequence[Path]:
        said = " ".join(problem.message for problem in reported)
        return [path for path in sorted(self.folder.glob("*.damaged")) if str(path) not in said]

    def _sweep(self) -> None:
        """Delete what a killed process left half written long ago: it may hold raw text."""
        for folder in (self.folder, self.folder.parent):
            for path in folder.glob(f".*{atomic.TEMPORARY}"):
                with contextlib.suppress(OSError):
                    if time.time() - path.stat().st_mtime > _ABANDONED_AFTER:
                        path.unlink()
