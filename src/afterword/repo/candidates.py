"""What git knows about a window, as rows that an author may take into the timeline."""

import itertools
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from afterword.record.vocabulary import EventKind, PromptChangeKind
from afterword.record.when import When
from afterword.repo.globs import Globs
from afterword.repo.history.change import Change
from afterword.repo.history.log import Commit, is_empty, read_commits
from afterword.repo.history.times import moment_of, when
from afterword.repo.people import is_bot

if TYPE_CHECKING:
    from afterword.repo.repository import Repository

Source = Literal["prompt", "settings", "tag", "merge", "commit"]
"""Where a row comes from, the weightiest first."""

_MOST_CHANGES = 2_000
_MOST_COMMITS = 300
_NAMED = 2
_ACTOR = "person (engineer)"


@dataclass(frozen=True)
class Candidate:
    """One row to offer; `actor` is a role, never a name."""

    time: When
    kind: str
    actor: str
    what: str
    evidence: str
    source: Source


def candidates(repository: "Repository", since: datetime | None, until: datetime | None) -> list[Candidate]:
    """Return the rows of a window by time: changes of prompts and settings, deployments, other commits."""
    if is_empty(since, until) or not repository.has_commits:
        return []
    commits = read_commits(repository.runner, since, until, _MOST_COMMITS)
    bots = {commit.sha for commit in commits if is_bot(commit.author, commit.mail)}
    found: list[tuple[datetime, Candidate]] = []
    touched: set[str] = set()
    with repository.prompt_changes(since, until) as changes:
        for sha, group in itertools.groupby(itertools.islice(changes, _MOST_CHANGES), key=lambda change: change.sha):
            touched.add(sha)
            files = list(group)
            found.append((files[0].committed.earliest, _change(files, sha in bots)))
    found += [(commit.committed, _commit(commit, repository)) for commit in commits if commit.sha not in touched]
    found += _tags(repository, since, until)
    return [candidate for _, candidate in sorted(found, key=lambda pair: pair[0].replace(second=0))]


def _change(files: list[Change], by_bot: bool) -> Candidate:
    prompts = [file for file in files if not file.is_settings]
    shown = sorted(prompts or files, key=lambda file: file.kind == PromptChangeKind.MOVED)
    first = shown[0]
    same = [file for file in shown if file.kind == first.kind]
    names = ", ".join(f"`{file.path}`" for file in same[:_NAMED])
    more = f" and {len(same) - _NAMED} more" if len(same) > _NAMED else ""
    subject = f": {first.subject}" if first.subject else ""
    return Candidate(
        time=first.committed,
        kind=EventKind.CHANGE,
        actor="tool" if by_bot else _ACTOR,
        what=f"{names}{more} {first.kind}{subject}",
        evidence=f"commit {first.short}",
        source="prompt" if prompts else "settings",
    )


def _commit(commit: Commit, repository: "Repository") -> Candidate:
    is_merge = len(commit.parents) > 1
    return Candidate(
        time=when(commit.committed),
        kind=EventKind.CHANGE,
        actor="tool" if is_bot(commit.author, commit.mail) else _ACTOR,
        what=_neutral(commit.subject) if is_merge else commit.subject or "commit without a message",
        evidence=f"commit {repository.abbreviated(commit.sha)}",
        source="merge" if is_merge else "commit",
    )


def _neutral(subject: str) -> str:
    """Return a merge's subject without the account and branch it came from, often a person's name."""
    request = re.match(r"Merge pull request #\d+(?= from \S+$)", subject)
    return request[0] if request else re.sub(r" of \S+://\S+", "", subject) or "merge"


def _tags(repository: "Repository", since: datetime | None, until: datetime | None) -> list[tuple[datetime, Candidate]]:
    """Return the deployments: tags that look like one, at the time of the tag or else of its commit."""
    globs = Globs(repository.config.deploy_tags)
    listing = repository.runner.run("for-each-ref", "--format=%(refname:strip=2)%00%(creatordate:unix)", "refs/tags")
    found = []
    for entry in listing.decode("utf-8", "surrogateescape").split("\n"):
        name, _, stamp = entry.partition("\0")
        if not stamp.isdigit() or not globs.matches(name):
            continue
        moment = moment_of(stamp)
        if (since is None or moment >= since) and (until is None or moment <= until):
            row = Candidate(when(moment), EventKind.DEPLOY, "tool", f"`{name}` deployed", f"tag {name}", "tag")
            found.append((moment, row))
    return found
