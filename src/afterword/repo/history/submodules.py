"""Prompts in a submodule: what changed between the two commits that the repository pointed at."""

from collections.abc import Iterator
from dataclasses import replace

from afterword.record.vocabulary import PromptChangeKind
from afterword.repo.blobs import Blobs
from afterword.repo.errors import RepositoryError
from afterword.repo.history.change import Change
from afterword.repo.history.log import Commit, Counts, Entry, Touched, compare
from afterword.repo.history.one_commit import CommitReader, change_by
from afterword.repo.history.pathways import Pathways
from afterword.repo.runner import Runner


class SubmoduleReader:
    """Reads submodules that are checked out; of others it says that they moved."""

    def __init__(self, runner: Runner, pathways: Pathways, short: int) -> None:
        self._runner = runner
        self._pathways = pathways
        self._short = short

    def changes(self, commit: Commit, file: Touched) -> Iterator[Change]:
        """Yield what the step of a submodule, as `commit` has it, changed in its prompts and settings."""
        before, after = (sha if sha.strip("0") else "" for sha in (file.blobs[0], file.blobs[-1]))
        runner = submodule_runner(self._runner, file.path)
        try:
            files = compare(runner, before, after) if runner is not None else None
        except RepositoryError:
            files = None
        if runner is None or files is None:
            yield self._unread(commit, file.path, before, after)
            return
        pathways = self._pathways.within(file.path)
        ours = [each for each in files if pathways.kind(each.path, each.path_before)]
        sources = [each for each in files if pathways.is_source(each.path)]
        with Blobs(runner) as blobs:
            for change in CommitReader(pathways, blobs, self._short).changes(Entry(commit, ours), sources):
                yield _placed(change, file.path, before, after)

    def _unread(self, commit: Commit, path: str, before: str, after: str) -> Change:
        step = f"{before[: self._short] or 'nothing'} to {after[: self._short] or 'nothing'}"
        remark = (
            f"{path} is a submodule that went from {step}; its texts are not here"
            " (git submodule update --init brings them)."
        )
        counts = Counts(uncounted="submodule")
        return replace(change_by(commit, self._short, path, PromptChangeKind.CHANGED, counts), remark=remark)


def submodule_runner(runner: Runner, path: str) -> Runner | None:
    """Return what runs git in a submodule; None where it is not checked out."""
    folder = runner.folder / path
    # Without a repository of its own, git would answer from the one around it.
    return Runner(folder) if (folder / ".git").exists() and not folder.is_symlink() else None


def _placed(change: Change, folder: str, before: str, after: str) -> Change:
    return replace(
        change,
        path=f"{folder}/{change.path}",
        path_before=f"{folder}/{change.path_before}",
        before_rev=before,
        after_rev=after,
        submodule=folder,
    )
