"""Writing into a record that others write as well: nothing of theirs is lost, and a waiting draft is told of."""

from typing import TYPE_CHECKING

from afterword.cli.output import Output

if TYPE_CHECKING:
    from pathlib import Path

    from afterword.record.model import EvalCase
    from afterword.repo import Repository
    from afterword.repo.store import StoredRecord


def save_case(repository: "Repository", stored: "StoredRecord", case: "EvalCase", out: Output) -> None:
    """Put the eval case into the record, also where somebody changed other parts of the file in between.

    ConflictError (exit code 3) where they changed the case itself, or where the file is gone or no record any more.
    """
    from afterword.record.combining import combine
    from afterword.record.document import parse
    from afterword.repo.errors import ConflictError

    assert stored.record is not None
    record = stored.record.changed(eval_case=case)
    try:
        repository.records.save(record, stored.id, stored.text)
    except ConflictError as conflict:
        if conflict.text is None:
            raise
        theirs = parse(conflict.text, str(conflict.path))
        if theirs.eval_case != stored.record.eval_case:
            raise ConflictError(
                f"{conflict.path.name} was changed by somebody else in the meantime, its eval case too.",
                "Nothing was written into it; look at the case and run this again.",
                conflict.path,
            ) from conflict
        repository.records.save(combine(stored.record, theirs, record, {}).record, stored.id, conflict.text)
        out.note(f"{conflict.path.name} was changed by somebody else in the meantime; what they wrote is kept.")
    tell_of_draft(repository, stored.path, out)


def tell_of_draft(repository: "Repository", path: "Path", out: Output) -> None:
    """Say that a draft began with the record as it was; the walk shows the difference when it goes on."""
    name = path.relative_to(repository.root).as_posix() if path.is_relative_to(repository.root) else str(path)
    draft = repository.drafts.for_record(name)
    if draft is None:
        return
    from afterword.repo.claims import Claim, in_words

    holder = Claim(repository.drafts.path(draft.id)).holder()
    where = f"is open in {in_words(holder)}" if holder is not None else "waits"
    out.note(f"A draft of this record {where}: it began before this change, and its walk will show the two versions.")
