"""The lines of the home screen: drafts, and records with their status, clock and open actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from afterword.record.clock import Clock
from afterword.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from afterword.repo.digest import Digest
    from afterword.repo.digests import Listed as ListedRecord
    from afterword.repo.draft import Draft

_BATCH = 20


@dataclass(frozen=True)
class Listed:
    """One line of the home screen, and the words it is found by."""

    row: Row
    words: str
    is_draft: bool


def read_listed(root: Path, now: datetime, take: Callable[[list[Listed]], bool]) -> str:
    """Read the drafts and the records of a repository, the newest first, and return what must be told about them.

    Lines go to `take` as they are read, some at a time; once it says no, nothing more is read.
    """
    from afterword.repo import Repository

    repository = Repository.open(root)
    drafts, problems = repository.drafts.scan()
    lines = [_draft(draft, now) for draft in drafts]
    for listed in repository.digests().newest():
        lines.append(_record(listed, now))
        if len(lines) >= _BATCH:
            if not take(lines):
                break
            lines = []
    take(lines)
    return " ".join(problem.message for problem in problems)


def _draft(draft: "Draft", now: datetime) -> Listed:
    record = draft.record
    clock = Clock(record, now).text
    cells = ("✎", record.title or "Untitled draft", _severity(record.severity), "unsaved", clock, "")
    return Listed(Row(cells, key=f"draft:{draft.id}"), " ".join(cells).casefold(), True)


def _record(listed: "ListedRecord", now: datetime) -> Listed:
    key, digest = f"record:{listed.id}", listed.digest
    if digest is None:
        cells = ("!", listed.id, "", "does not parse", "", "")
        return Listed(Row(cells, key=key, tone="bad"), listed.id.casefold(), False)
    cells = (
        *("", digest.title, _severity(digest.severity), str(digest.status)),
        *(Clock(digest, now).text, _actions(digest, now)),
    )
    return Listed(Row(cells, key=key), listed.text.casefold(), False)


def _severity(label: str) -> str:
    return "?" if label == "undetermined" else label


def _actions(digest: "Digest", now: datetime) -> str:
    overdue = sum(due is not None and due.latest <= now for due in digest.due)
    if not digest.due:
        return "all done" if digest.planned else ""
    return f"{len(digest.due)} open" + (f", {overdue} overdue" if overdue else "")
