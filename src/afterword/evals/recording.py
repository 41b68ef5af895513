"""An eval case or its proof, put into a record: into one that is being written, or into its file."""

from afterword.errors import AfterwordError
from afterword.evals.proof import Result
from afterword.record.combining import combine
from afterword.record.document import parse
from afterword.record.model import EvalCase, Record
from afterword.repo import Repository
from afterword.repo.errors import ConflictError
from afterword.repo.store import StoredRecord


def proved(record: Record, result: Result) -> EvalCase:
    """Return a record's eval case with its proof; AfterwordError where there is no case any more."""
    if record.eval_case is None:
        raise AfterwordError("The record has no eval case.", "Write it first: `afterword case ID`.")
    return record.eval_case.changed(proof=result.proof)


def save_case(repository: Repository, stored: StoredRecord, case: EvalCase) -> str:
    """Write the eval case into a saved record, of which every other byte stays; return a remark, or "".

    What others changed in the file meanwhile is kept, and remarked. ConflictError where they changed the case itself,
    or where the file is gone or no record any more.
    """
    if stored.record is None:
        raise stored.error or AssertionError("a record without error parses")
    record = stored.record.changed(eval_case=case)
    try:
        repository.records.save(record, stored.id, stored.text)
    except ConflictError as conflict:
        if conflict.text is None:
            raise
        name = conflict.path.name
        theirs = parse(conflict.text, str(conflict.path))
        if theirs.eval_case != stored.record.eval_case:
            raise ConflictError(
                f"{name} was changed by somebody else in the meantime, its eval case too.",
                "Nothing was written into it; look at the case and run this again.",
                conflict.path,
            ) from conflict
        repository.records.save(combine(stored.record, theirs, record, {}).record, stored.id, conflict.text)
        return f"{name} was changed by somebody else in the meantime; what they wrote is kept."
    return ""
