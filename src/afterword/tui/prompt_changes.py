"""A change of a prompt in the form in which the record keeps it."""

from afterword.record.model import PromptChange
from afterword.record.vocabulary import PromptChangeKind
from afterword.repo import Repository
from afterword.repo.history.change import Change
from afterword.repo.history.sides import Side


def as_recorded(repository: Repository, before: Side, after: Side, change: Change) -> PromptChange:
    """Return the difference of two versions; `change` is what made the later one.

    The diff is as git prints it, revisions are in their short form, both commits being named by what `change` knows.
    """
    kind = change.kind
    if kind is PromptChangeKind.ADDED and repository.was_there_before(change):
        kind = PromptChangeKind.REINTRODUCED
    return PromptChange(
        path=after.path,
        path_before=before.path,
        constant=after.constant or before.constant,
        before=repository.abbreviated(before.rev),
        after=repository.abbreviated(after.rev),
        kind=kind,
        committed=change.committed,
        deployed=None,
        diff=repository.diff_between(before, after, change.submodule),
    )
