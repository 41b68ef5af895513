"""The lines of the home screen: drafts, and records with their status, clock and open actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from afterword.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from afterword.repo.draft import Draft
    from afterword.repo.store import StoredRecord

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
    for stored in repository.records.newest():
        lines.append(_record(stored, now))
        if len(lines) >= _BATCH:
            if not take(lines):
                break
            lines = []
    take(lines)
    return " ".join(problem.message for problem in problems)


def _draft(draft: "Draft", now: datetime) -> Listed:
    from afterword.checks import Clock

    record = draft.record
    clock = Clock(record, now).text
    cells = ("✎", record.title or "Untitled draft", _severity(record.severity), "unsaved", clock, "")
    return Listed(Row(cells, key=f"draft:{draft.id}"), " ".join(cells).casefold(), True)


def _record(stored: "StoredRecord", now: datetime) -> Listed:
    from afterword.checks import Clock

    key, record = f"record:{stored.id}", stored.record
    if record is None:
        cells = ("!", stored.id, "", "does not parse", "", "")
        return Listed(Row(cells, key=key, tone="bad"), stored.id.casefold(), False)
    clock, actions = Clock(record, now).text, _actions(record.actions, now)
    cells = ("", record.title, _severity(record.severity), str(record.status), clock, actions)
    return Listed(Row(cells, key=key), stored.text.casefold(), False)


def _severity(label: str) -> str:
    return "?" if label == "undetermined" else label


def _actions(actions: "tuple[object, ...]", now: datetime) -> str:
    from afterword.record.model import ActionItem
    from afterword.record.vocabulary import ActionState

    waiting = [
        item for item in actions
        if isinstance(item, ActionItem) and item.state not in (ActionState.DONE, ActionState.DROPPED)
    ]  # fmt: skip
    overdue = sum(item.due is not None and item.due.latest <= now for item in waiting)
    if not waiting:
        return "all done" if actions else ""
    return f"{len(waiting)} open" + (f", {overdue} overdue" if overdue else "")
