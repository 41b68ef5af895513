"""What to open: the first screen, a new walk, a draft to resume, a saved record to walk again."""

from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from textual.screen import Screen

from afterword.errors import AfterwordError
from afterword.record.model import Record
from afterword.record.spoken import understand
from afterword.record.vocabulary import Status
from afterword.repo import Repository
from afterword.repo.drafts import Draft, RawSample
from afterword.tui.clock import Here, local_zone
from afterword.tui.session import Session, Surroundings
from afterword.tui.start import Start


def first_screen(start: Start) -> Screen[Any]:
    """Return the screen that the author asked for on the command line."""
    repository = Repository.open(start.path)
    root = repository.root
    if start.mode == "new":
        return _walk(repository, _new_draft(repository, start), start.now)
    if start.mode == "edit" and start.record_id is not None:
        return open_walk(root, start.record_id, start.now)
    if start.mode == "edit":
        drafts = repository.drafts.list()
        if len(drafts) == 1:
            return open_walk(root, drafts[0].id, start.now)
    from afterword.tui.screens.home import HomeScreen

    return HomeScreen(root, lambda record_id: open_walk(root, record_id, start.now), start.now)


def open_walk(root: Path, record_id: str | None, now: datetime | None = None) -> Screen[Any]:
    """Return a walk: a new one, a draft resumed, or a saved record walked again (its waiting draft first)."""
    repository = Repository.open(root)
    if record_id is None:
        return _walk(repository, _new_draft(repository, Start(root)), now)
    if any(draft.id == record_id for draft in repository.drafts.list()):
        return _walk(repository, repository.drafts.load(record_id), now)
    stored = repository.records.get(record_id)
    if stored.record is None:
        raise stored.error or AfterwordError(f"{stored.path} does not parse.")
    path = stored.path.relative_to(root).as_posix() if stored.path.is_absolute() else stored.path.as_posix()
    waiting = repository.drafts.for_record(path)
    if waiting is not None:
        return _walk(repository, repository.drafts.load(waiting.id), now)
    return _walk(repository, Draft(record=stored.record, base_path=path, base_text=stored.text), now)


def _walk(repository: Repository, draft: Draft, now: datetime | None) -> Screen[Any]:
    from afterword.tui.screens.walk import WalkScreen

    config = repository.config
    around = Surroundings(tuple(config.severities), frozenset(repository.people()), zone_of(config.timezone))
    return WalkScreen(Session(draft, Here(around.zone, fixed=now), repository.root, around))


def _new_draft(repository: Repository, start: Start) -> Draft:
    """Begin a record with what the command line says."""
    zone = zone_of(repository.config.timezone)
    here = Here(zone, fixed=start.now)
    resolved = understand(start.resolved, here.now(), zone) if start.resolved else None
    record = Record(title=start.title, status=Status.DRAFT, resolved=resolved)
    samples = tuple(_sample(path) for path in start.samples)
    return Draft(record=record, samples=samples)


def _sample(path: Path) -> RawSample:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AfterwordError(
            f"The sample {path} could not be read: {error.strerror}.", "Give a file you can read."
        ) from None
    return RawSample(title="", text=data.decode("utf-8", "replace"), source=path.name)


def zone_of(name: str | None) -> tzinfo:
    """Return the configured zone, or this machine's."""
    return ZoneInfo(name) if name else local_zone()
