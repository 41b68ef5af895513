"""A proof, put into the record: into one that is being written, or into its file."""

from pathlib import Path

from afterword.errors import AfterwordError
from afterword.evals.proof import Result
from afterword.record.model import Record
from afterword.repo import Repository
from afterword.repo.store import StoredRecord


def with_proof(record: Record, result: Result) -> Record:
    """Return a record with the proof of its case; AfterwordError where there is no case any more."""
    if record.eval_case is None:
        raise AfterwordError("The record has no eval case.", "Write it first: `afterword case ID`.")
    return record.changed(eval_case=record.eval_case.changed(proof=result.proof))


def save_proof(repository: Repository, stored: StoredRecord, result: Result) -> Path:
    """Write a proof into a saved record, of which every other byte stays; ConflictError where the file changed."""
    if stored.record is None:
        raise stored.error or AssertionError("a record without error parses")
    return repository.records.save(with_proof(stored.record, result), stored.id, stored.text)
