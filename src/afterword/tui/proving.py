"""Whose eval case is proved from the screen: that of the record being written, or that of a saved one."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from afterword.evals.proof import Plan, Result, plan
from afterword.evals.recording import proved, save_case
from afterword.repo import Repository
from afterword.repo.store import StoredRecord
from afterword.tui.case_writing import case_id, is_outdated
from afterword.tui.session import Session


class Subject(Protocol):
    """A record whose case can be proved; `plan` may be called in a thread, `keep` only where the screen is."""

    root: Path

    def plan(self, repository: Repository) -> tuple[Plan, str]:
        """Return what would be run, and a remark or ""; AfterwordError says what is missing."""

    def keep(self, result: Result) -> str:
        """Put the proof into the record, and return the sentence that says where it is; AfterwordError."""


class Written:
    """The record that is being written; its proof is saved with it."""

    def __init__(self, session: Session, kept: Callable[[], object]) -> None:
        """`kept` is called once the proof is in the draft."""
        self.root, self._session, self._kept = session.root, session, kept

    def plan(self, repository: Repository) -> tuple[Plan, str]:
        """Plan with the fields as they stand; the case is its file."""
        record_id = case_id(self._session, repository)
        planned = plan(repository, self._session.samples.provisional_record(), record_id)
        if not is_outdated(self._session, repository):
            return planned, ""
        return planned, f"{planned.task.case} says something else than this section; the file is run. F6 writes it."

    def keep(self, result: Result) -> str:
        """Put the proof into the draft."""
        self._session.set("eval_case", proved(self._session.record, result))
        self._kept()
        return "The proof is in the record that you are writing; ^S saves it."


class Saved:
    """A record as it lies in the work tree."""

    def __init__(self, root: Path, record_id: str) -> None:
        self.root, self._id = root, record_id
        self._stored: StoredRecord | None = None

    def plan(self, repository: Repository) -> tuple[Plan, str]:
        """Plan with the record on disk."""
        self._stored = stored = repository.records.get(self._id)
        if stored.record is None:
            raise stored.error or AssertionError("a record without error parses")
        return plan(repository, stored.record, self._id), ""

    def keep(self, result: Result) -> str:
        """Write the proof into the file, unless somebody changed the case meanwhile."""
        stored = self._stored
        assert stored is not None and stored.record is not None
        remark = save_case(Repository.open(self.root), stored, proved(stored.record, result))
        name = stored.path.relative_to(self.root) if stored.path.is_relative_to(self.root) else stored.path
        return " ".join(filter(None, (f"The proof is in {name}; it is not committed yet.", remark)))
