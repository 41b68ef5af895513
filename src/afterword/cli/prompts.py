"""`afterword prompts`: changes of prompts and settings in a window."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from afterword.cli.output import Output, cells, cut
from afterword.errors import AfterwordError, Exit
from afterword.visible import visible_line

if TYPE_CHECKING:
    from afterword.repo import Repository
    from afterword.repo.history import Change

NAME = "prompts"
SUMMARY = "list the changes of prompts and model settings in a window"
DESCRIPTION = """\
List the commits that changed a prompt or a model setting, newest first: commit,
time (UTC), lines added and removed, file, subject. Without --since the last 14
days before --until are listed.

  afterword prompts --since "last monday" --until now
  afterword prompts --since 2026-03-01 --until 2026-03-04 --json

Which files count is set in [tool.afterword] of pyproject.toml, or in
.afterword.toml:  prompts = ["prompts/**"]  settings = ["config/**/*.yaml"]

--json prints {"schema": "afterword/prompts/1", "changes": [...]}.
"""
_WINDOW = timedelta(days=14)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--since", metavar="WHEN", help="from then on: 2026-03-01, 'yesterday 14:05', '3 days ago'")
    parser.add_argument("--until", metavar="WHEN", help="up to then (default: now)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: Namespace, out: Output) -> int:
    """Print the changes as git finds them."""
    from afterword.repo import Repository

    repository = Repository.open(".")
    since, until = _window(arguments, repository)
    changes = repository.prompt_changes(since, until)
    if arguments.json:
        listed = [_values(change) for change in changes]
        out.json("afterword/prompts/1", changes=listed)
        count = len(listed)
    else:
        count = 0
        for change in changes:
            _print(change, out)
            count += 1
    _tell(repository, count, since, until, out)
    return int(Exit.FINE)


def _window(arguments: Namespace, repository: "Repository") -> tuple[datetime, datetime]:
    from afterword.cli.screen import zone_of
    from afterword.cli.times import understood

    zone = zone_of(repository.config.timezone)
    until = datetime.now(UTC)
    if arguments.until:
        until = min(until, understood(arguments.until, zone, "--until").latest)
    since = understood(arguments.since, zone, "--since").earliest if arguments.since else until - _WINDOW
    if since > until:
        raise AfterwordError(
            f"The window ends before it begins: {since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M} UTC.",
            "Give --since the earlier time; a bare clock time means today.",
        )
    return since, until


_PATH_SHARE = 0.45


def _print(change: "Change", out: Output) -> None:
    """Print one change on one line; what does not fit a terminal is cut, the path from its left."""
    counts = change.uncounted or f"+{change.added} -{change.removed}"
    start = f"{change.short}  {change.committed.earliest:%Y-%m-%d %H:%M}Z  "
    kind = "" if str(change.kind) == "changed" else f"{change.kind}  "
    path, subject = visible_line(change.path), visible_line(change.subject)
    if out.width:
        room = out.width - cells(start) - max(8, cells(counts)) - cells(kind) - 4
        path = cut(path, max(12, int(room * _PATH_SHARE), room - cells(subject)), keep_end=True)
        subject = cut(subject, max(1, room - cells(path)))
    out.row((start, "yellow"), (f"{counts:<8}  ", "dim"), (kind, "cyan"), (path, "bold"), (f"  {subject}", ""))


def _values(change: "Change") -> dict[str, Any]:
    return {
        "commit": change.sha,
        "committed": change.committed.text,
        "authored": change.authored.text,
        "author": change.author,
        "subject": change.subject,
        "path": change.path,
        "path_before": "" if change.path_before == change.path else change.path_before,
        "kind": str(change.kind),
        "settings": change.is_settings,
        "merge": change.is_merge,
        "added": change.added,
        "removed": change.removed,
        "uncounted": change.uncounted,
        "before": change.before_rev,
        "after": change.after_rev,
    }


def _tell(repository: "Repository", count: int, since: datetime, until: datetime, out: Output) -> None:
    if repository.is_shallow:
        out.note("The history here is shallow: older changes are missing. `git fetch --unshallow` brings them.")
    if count:
        return
    if not repository.has_commits:
        out.note("This repository has no commit yet, so no prompt has a history.")
    elif not repository.prompt_files():
        patterns = ", ".join(pattern for pattern in repository.config.prompts if not pattern.startswith("!"))
        out.note(f"No prompt file was found at HEAD. Searched: {patterns}.")
        out.note('Say where yours are: [tool.afterword] prompts = ["path/**"] in pyproject.toml.')
    else:
        out.note(f"No prompt or setting changed from {since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M} UTC.")
        out.note("A wider window: afterword prompts --since 2026-01")
