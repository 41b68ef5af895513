"""The eval case of a record that was saved under another id than its file carries already."""

from contextlib import suppress
from pathlib import Path

from afterword.errors import AfterwordError
from afterword.evals.case import case_of
from afterword.evals.formats import Written
from afterword.evals.writing import create, is_own_name, own_file, stands
from afterword.record.model import Record
from afterword.repo import Repository


def carry_over(record: Record, promised_id: str, record_id: str, repository: Repository) -> str:
    """Write the case that this walk wrote anew for a saved record; return a sentence where that was not possible.

    Only a file that says what was written under the promised id is replaced, and then the record names the new one.
    """
    case = record.eval_case
    if case is None or not case.path or not promised_id or promised_id == record_id:
        return ""
    try:
        before = own_file(case_of(promised_id, record), repository, case)
        if before.path != case.path or not stands(before, repository.root):
            return _said(case.path, promised_id, record_id)
        usual = is_own_name(case_of(promised_id, record), case.path)
        noted = case.changed(path="") if usual else case
        after = own_file(case_of(record_id, record), repository, noted)
        create(after, repository.root, before)
        stored = repository.records.get(record_id)
        repository.records.save(record.changed(eval_case=case.changed(path=after.path)), record_id, stored.text)
        if after.path != before.path:
            remove(before, repository.root)
    except (AfterwordError, OSError):
        return _said(case.path, promised_id, record_id)
    return ""


def _said(path: str, promised_id: str, record_id: str) -> str:
    return f"{path} carries the id {promised_id}: write {record_id} there, or `afterword check` will not find the case."


def remove(written: Written, root: Path) -> None:
    """Remove what a walk wrote, unless somebody changed it: a case must not stand twice."""
    with suppress(OSError):
        if stands(written, root):
            (root / written.path).unlink()
