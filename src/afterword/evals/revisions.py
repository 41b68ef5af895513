"""Which revisions a proof runs on: the one that was live in the incident, and the fix."""

from dataclasses import dataclass

from afterword.errors import AfterwordError
from afterword.record.model import PromptChange, Record
from afterword.record.vocabulary import CauseRole, PromptChangeKind
from afterword.repo import Repository
from afterword.repo.errors import RepositoryError


@dataclass(frozen=True)
class Chosen:
    """A commit, and why it was chosen, as the rest of a sentence; `date` is the committer's day."""

    sha: str
    short: str
    why: str
    date: str = ""
    subject: str = ""

    @property
    def told(self) -> str:
        """The commit as people recognise it: `4f1c2d9  2026-03-02  Warm the tone`."""
        return f"{self.short}  {self.date}  {self.subject}".rstrip()


def live(repository: Repository, record: Record, given: str = "", option: str = "--before") -> Chosen:
    """Return the revision that was live in the incident: what the cause's prompt change led to."""
    if given:
        return _resolved(repository, given, "as given", option)
    change = next(iter(_changes(record)), None)
    if change is None:
        raise AfterwordError(
            "The record does not say which revision was live: no cause has a prompt change.",
            f"Take the prompt change that went live under “Prompt diff”, or name a revision: {option} REV.",
        )
    return _resolved(repository, change.after, f"live in the incident, from {change.path}", option)


def fix(repository: Repository, record: Record, given: str = "") -> Chosen:
    """Return the revision that fixed it: that of a prompt change of the kind fix, else HEAD."""
    if given:
        return _resolved(repository, given, "as given", "--after")
    fixes = [change for cause in record.causes for change in cause.prompts if change.kind is PromptChangeKind.FIX]
    found = next((change for change in reversed(fixes) if change.after), None)
    if found is None:
        return _resolved(repository, "HEAD", "HEAD, since the record names no fix", "--after")
    return _resolved(repository, found.after, f"the fix, from {found.path}", "--after")


def known_good(repository: Repository, record: Record, given: str = "") -> Chosen:
    """Return a revision from before the incident: what the cause's prompt change started from."""
    if given:
        return _resolved(repository, given, "as given", "--good")
    change = next((change for change in _changes(record) if change.before), None)
    if change is None:
        raise AfterwordError("The record does not say from when on it went wrong.", "Name a good one: --good REV.")
    return _resolved(repository, change.before, f"before the incident, from {change.path}", "--good")


def _changes(record: Record) -> list[PromptChange]:
    """Return what went live, the root cause's first, in each cause the last first."""
    causes = sorted(record.causes, key=lambda cause: cause.role != CauseRole.ROOT_CAUSE)
    return [
        change
        for cause in causes
        for change in reversed(cause.prompts)
        if change.after and change.kind is not PromptChangeKind.FIX
    ]


def _resolved(repository: Repository, rev: str, why: str, option: str) -> Chosen:
    try:
        sha = repository.resolve(rev)
    except RepositoryError as error:
        if why == "as given" or rev == "HEAD":
            raise
        raise RepositoryError(
            f"The record names {rev} ({why}), and no commit here is called that.",
            f"It may have been rebased away, or lie in a submodule. Name another: {option} REV.",
        ) from error
    date, _, subject = repository.runner.line(
        "show", "--no-show-signature", "--no-patch", "--format=%cs%x00%s", sha
    ).partition("\0")
    return Chosen(sha, repository.short(sha), why, date, subject)
