"""`afterword list`: the records with status, severity, clock and problems."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from afterword.cli.output import Output, table
from afterword.cli.places import shown
from afterword.errors import Exit

if TYPE_CHECKING:
    from afterword.repo import Repository
    from afterword.repo.store import StoredRecord

NAME = "list"
SUMMARY = "list the records with status, severity, clock and problems"
DESCRIPTION = """\
List the records, newest first: id, status, severity, what is left of the 72
hours since resolution, problems (errors, and warnings after a +), title.

  afterword list --status draft
  afterword list --json | jq -r '.records[] | select(.status == "draft").id'

--json prints {"schema": "afterword/list/1", "records": [...]} with the
record's own keys; a file that does not parse has "error" set.
"""
_STATUSES = ("draft", "in_review", "reviewed", "published", "closed")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--status", choices=_STATUSES, help="only records with this status")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: Namespace, out: Output) -> int:
    """Print the records."""
    from afterword.repo import Repository

    repository = Repository.open(".")
    stored = sorted(repository.records.list(), key=lambda one: one.id, reverse=True)
    if arguments.status:
        stored = [one for one in stored if one.record and one.record.status == arguments.status]
    entries = _entries(repository, stored)
    if arguments.json:
        out.json("afterword/list/1", records=entries)
        return int(Exit.FINE)
    for pieces in table([_cells(entry) for entry in entries], ("bold", "", "", "yellow", "", ""), out.width):
        out.row(*pieces)
    _tell(repository, entries, arguments.status, out)
    return int(Exit.FINE)


def _entries(repository: "Repository", stored: "list[StoredRecord]") -> list[dict[str, Any]]:
    """Return each record as the values that a list shows."""
    if not stored:
        return []
    from afterword.checks import Clock, check

    now = datetime.now(UTC)
    people, severities = repository.people(), repository.config.severities
    entries = []
    for one in stored:
        entry: dict[str, Any] = {
            "id": one.id,
            "path": shown(one.path),
            "error": str(one.error) if one.error else None,
        }
        record = one.record
        if record:
            problems = check(record, now=now, people=people, severities=severities)
            errors = sum(problem.severity == "error" for problem in problems)
            clock = Clock(record, now)
            dumped = record.model_dump(mode="json", include=set(_SHOWN_KEYS))
            entry |= {key: dumped[key] for key in _SHOWN_KEYS}
            entry["clock"] = {
                "state": clock.state,
                "text": clock.text,
                "due": clock.due.isoformat().replace("+00:00", "Z") if clock.due else None,
            }
            entry["problems"] = {"errors": errors, "warnings": len(problems) - errors}
        entries.append(entry)
    return entries


_SHOWN_KEYS = (
    *("title", "status", "severity", "owner", "services", "tags"),
    *("impact_started", "detected", "mitigated", "resolved"),
)


def _cells(entry: dict[str, Any]) -> list[str]:
    if entry["error"]:
        return [entry["id"], "unreadable", "", "", "", entry["error"].removeprefix(f"{entry['path']}, ")]
    problems = entry["problems"]
    count = f"{problems['errors']}+{problems['warnings']}" if problems["warnings"] else str(problems["errors"])
    severity = "" if entry["severity"] == "undetermined" else entry["severity"]
    return [entry["id"], entry["status"], severity, entry["clock"]["text"], count, entry["title"]]


def _tell(repository: "Repository", entries: list[dict[str, Any]], status: str | None, out: Output) -> None:
    if not entries:
        which = f"with status {status} " if status else ""
        out.note(f"No record {which}in {repository.records.folder}. `afterword new` starts one.")
    waiting = len(repository.drafts.list())
    if waiting:
        out.note(f"{waiting} {'draft waits' if waiting == 1 else 'drafts wait'}: `afterword edit` resumes.")
