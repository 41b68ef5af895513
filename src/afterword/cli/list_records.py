"""`afterword list`: the records with status, severity, clock and problems."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from afterword.cli.output import Output, table
from afterword.cli.places import shown
from afterword.errors import Exit

if TYPE_CHECKING:
    from afterword.repo import Repository
    from afterword.repo.digests import Listed

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
    listed = [*repository.digests().newest()]
    if arguments.status:
        listed = [one for one in listed if one.digest and one.digest.status == arguments.status]
    now = datetime.now(UTC)
    entries = [_entry(one, now) for one in listed]
    if arguments.json:
        out.json("afterword/list/1", records=entries)
        return int(Exit.FINE)
    for pieces in table([_cells(entry) for entry in entries], ("bold", "", "", "yellow", "", ""), out.width):
        out.row(*pieces)
    _tell(repository, entries, arguments.status, out)
    return int(Exit.FINE)


def _entry(listed: "Listed", now: datetime) -> dict[str, Any]:
    """Return a record as the values that a list shows."""
    entry: dict[str, Any] = {
        "id": listed.id,
        "path": shown(listed.path),
        "error": str(listed.error) if listed.error else None,
    }
    digest = listed.digest
    if digest is None:
        return entry
    from afterword.record.clock import Clock

    clock = Clock(digest, now)
    errors, warnings = digest.problems(now)
    values = digest.values()
    return (
        entry
        | {name: values[name] for name in _SHOWN}
        | {
            "clock": {
                "state": clock.state,
                "text": clock.text,
                "due": clock.due.isoformat().replace("+00:00", "Z") if clock.due else None,
            },
            "problems": {"errors": errors, "warnings": warnings},
        }
    )


_SHOWN = (
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
    from afterword.repo.glimpse import waiting

    if not entries:
        which = f"with status {status} " if status else ""
        out.note(f"No record {which}in {repository.records.folder}. `afterword new` starts one.")
    drafts = waiting(repository.git_path("afterword/drafts"))
    if drafts:
        out.note(f"{drafts} {'draft waits' if drafts == 1 else 'drafts wait'}: `afterword edit` resumes.")
