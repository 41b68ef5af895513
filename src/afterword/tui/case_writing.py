"""The eval case of a walk as a file: written as `afterword case` writes it, before the record itself is saved."""

from pathlib import PurePosixPath

from afterword.errors import AfterwordError, Exit
from afterword.evals.case import case_of, decided, refuse_exposed
from afterword.evals.formats import Written
from afterword.evals.writing import create, is_own_name, own_file, stands
from afterword.repo import Repository
from afterword.tui.case_moving import remove
from afterword.tui.saving import free_id
from afterword.tui.session import Session


def write_case(session: Session, earlier: Written | None = None) -> tuple[str, Written]:
    """Write the case's file; return the id that it carries, and what was written.

    AfterwordError where the case is not whole, where anything in the walk still forbids saving, or where something in
    the case was not decided upon. Of files that are there only `earlier`, the one that this walk wrote, is replaced.
    """
    _refuse_gaps(session)
    blocked = session.blocking()
    if blocked:
        raise AfterwordError(blocked[0].message, blocked[0].hint, Exit.REFUSED)
    repository = Repository.open(session.root)
    record, record_id = session.samples.final_record(), case_id(session, repository)
    case = case_of(record_id, record)
    refuse_exposed(case, repository.config.redaction, decided(record))
    written = own_file(case, repository, record.eval_case)
    create(written, repository.root, earlier)
    if earlier is not None and earlier.path != written.path:
        remove(earlier, repository.root)
    return record_id, written


def case_id(session: Session, repository: Repository) -> str:
    """Return the id that the case of this walk carries: that of the record's file, or the one it will have."""
    base = session.draft.base_path
    return PurePosixPath(base).stem if base else free_id(session.draft, repository)


def is_outdated(session: Session, repository: Repository) -> bool:
    """Whether the case's own file differs from what would be written now; a team's own list is not compared."""
    record = session.samples.provisional_record()
    noted = record.eval_case
    if noted is None or not noted.path:
        return False
    try:
        case = case_of(case_id(session, repository), record)
        if not is_own_name(case, noted.path):
            return False
        written = own_file(case, repository, noted)
        return written.path == noted.path and not stands(written, session.root)
    except (AfterwordError, OSError):
        return False


def _refuse_gaps(session: Session) -> None:
    case = session.record.eval_case
    if case is None or not case.input:
        raise AfterwordError("The case has no input yet.", "Fill in what was asked when it failed.")
    if not case.assertion:
        raise AfterwordError("The case has no assertion yet.", "For example: does not contain: refund is on its way.")
