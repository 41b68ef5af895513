"""From a draft to a file in the repository, and to a commit."""

import threading
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from afterword.errors import AfterwordError, Exit
from afterword.record.identity import record_id_for
from afterword.record.model import Record
from afterword.repo import Repository
from afterword.repo.draft import Draft
from afterword.repo.regular import real
from afterword.tui.session import Session


@dataclass(frozen=True)
class SaveResult:
    """What was saved, and what to tell once the terminal is back."""

    record_id: str
    path: str
    commit: str = ""
    next_step: str = ""
    """What the record waits for now, as a sentence with the command; "" for nothing."""
    remark: str = ""
    """What must be seen to in another file; "" for nothing."""

    @property
    def told(self) -> list[str]:
        """What to say in the shell: one message, so that what comes next is never told alone."""
        done = f"Saved and committed as {self.commit[:7]}: {self.path}" if self.commit else f"Saved: {self.path}"
        return ["\n".join(filter(None, (done, self.remark, self.next_step)))]


def proposal(draft: Draft, root: Path) -> str:
    """Return the path proposed for a new record, relative to the root."""
    repository = Repository.open(root)
    return _relative(repository.records.path_for(free_id(draft, repository)), root)


def free_id(draft: Draft, repository: Repository) -> str:
    """Return the id proposed for a new record: the one that its eval case carries already, else a speaking one."""
    return repository.records.free_id(draft.promised_id or record_id_for(draft.record))


def write_record(session: Session, root: Path, target: str) -> SaveResult:
    """Write the record into the work tree; AfterwordError leaves it and the draft as they were.

    `target` is the path chosen, relative to the root; another one than the walk began with makes a new record, in
    which everything stands that was written by hand into the one it began with.
    """
    blocked = session.blocking()
    if blocked:
        raise AfterwordError(blocked[0].message, blocked[0].hint, Exit.REFUSED)
    record = session.samples.final_record()
    repository = Repository.open(root)
    store = repository.records
    base, base_text = session.draft.base_path, session.draft.base_text
    if base is not None and target.strip() == base:
        path = store.save(record, PurePosixPath(base).stem, base_text)
    else:
        record_id = _chosen_id(store.folder, root, target)
        path = store.save_as(record, record_id, base_text) if base_text is not None else store.save(record, record_id)
    remark = _carry_case_over(session, record, path.stem, repository)
    return SaveResult(path.stem, _relative(path, root), "", _next_step(record, path.stem, repository), remark)


def _carry_case_over(session: Session, record: Record, record_id: str, repository: Repository) -> str:
    if record.eval_case is None:
        return ""
    # Writing cases takes a library that few walks need.
    from afterword.tui.case_moving import carry_over

    return carry_over(record, session.draft.promised_id, record_id, repository)


def _next_step(record: Record, record_id: str, repository: Repository) -> str:
    """Return how the eval case is proved, where there is one, a way to run it, and no proof yet."""
    case = record.eval_case
    if case is None or not case.path or case.proof is not None or repository.config.evals is None:
        return ""
    return f"Next: afterword prove {record_id} shows that the new eval case fails before the fix and passes after."


def _chosen_id(folder: Path, root: Path, target: str) -> str:
    chosen = real(root / target.strip())
    if chosen.suffix != ".md" or chosen.parent != real(folder):
        raise AfterwordError(
            f"{target} is not a Markdown file in {_relative(folder, root)}.",
            "Keep the folder, change only the name; .afterword.toml can name another folder (records_dir).",
        )
    return chosen.stem


def commit_record(saved: SaveResult, root: Path, message: str, stop: threading.Event | None = None) -> SaveResult:
    """Commit the saved file and nothing else; `stop` ends it."""
    message = message.strip() or "Add post-mortem"
    return replace(saved, commit=Repository.open(root).commit([root / saved.path], message, stop))


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
