"""What is written: a new record, a draft to resume, a saved record again."""

from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from afterword.errors import AfterwordError
from afterword.record.model import Record
from afterword.record.spoken import understand
from afterword.record.vocabulary import Status
from afterword.repo import Repository
from afterword.repo.draft import Draft
from afterword.tui.clock import Here, local_zone
from afterword.tui.sample_file import read_sample
from afterword.tui.session import Session, Surroundings
from afterword.tui.start import Start


def begun(repository: Repository, start: Start) -> Session:
    """Return a new record that holds what the command line says."""
    zone = _zone(repository)
    here = Here(zone, fixed=start.now)
    resolved = understand(start.resolved, here.now(), zone) if start.resolved else None
    record = Record(title=start.title, status=Status.DRAFT, resolved=resolved)
    return _session(repository, Draft(record=record, samples=tuple(map(read_sample, start.samples))), start.now)


def opened(root: Path, record_id: str | None, now: datetime | None = None) -> Session:
    """Return a new record, a draft resumed, or a saved record to change (its waiting draft first)."""
    repository = Repository.open(root)
    if record_id is None:
        return begun(repository, Start(root, now=now))
    if any(draft.id == record_id for draft in repository.drafts.list()):
        return _session(repository, repository.drafts.load(record_id), now)
    stored = repository.records.get(record_id)
    if stored.record is None:
        raise stored.error or AfterwordError(f"{stored.path} does not parse.")
    path = stored.path.relative_to(root).as_posix() if stored.path.is_absolute() else stored.path.as_posix()
    waiting = repository.drafts.for_record(path)
    if waiting is not None:
        return _session(repository, repository.drafts.load(waiting.id), now)
    return _session(repository, Draft(record=stored.record, base_path=path, base_text=stored.text), now)


def _session(repository: Repository, draft: Draft, now: datetime | None) -> Session:
    zone = _zone(repository)
    around = Surroundings(
        tuple(repository.config.severities), frozenset(repository.people()), repository.config.redaction
    )
    return Session(draft, Here(zone, fixed=now), repository.root, around)


def _zone(repository: Repository) -> tzinfo:
    """Return the configured zone, or this machine's."""
    name = repository.config.timezone
    return ZoneInfo(name) if name else local_zone()
