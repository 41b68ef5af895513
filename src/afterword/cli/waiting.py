"""Writing into a record that others write as well: nothing of theirs is lost, and a waiting draft is told of."""

from typing import TYPE_CHECKING

from afterword.cli.output import Output

if TYPE_CHECKING:
    from pathlib import Path

    from afterword.record.model import EvalCase
    from afterword.repo import Repository
    from afterword.repo.store import StoredRecord


def save_case(repository: "Repository", stored: "StoredRecord", case: "EvalCase", out: Output) -> None:
    """Put the eval case into a saved record, and say what the author should know of others who write it."""
    from afterword.evals import recording

    remark = recording.save_case(repository, stored, case)
    if remark:
        out.note(remark)
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
