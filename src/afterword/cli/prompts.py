"""`afterword prompts`: changes of prompts and settings in a window."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from afterword.cli.output import Output
from afterword.errors import AfterwordError, Exit

if TYPE_CHECKING:
    from afterword.record.when import When
    from afterword.repo import Repository
    from afterword.repo.history.ranking import Ranked

DESCRIPTION = """\
List the changes of prompts and model settings that came in a window, the
likeliest cause first: text of prompts (newest first), then settings, then moves
without a change of text. With --impact, what changed after it began comes after
what changed before. Each line has commit, time (UTC), lines added and removed,
prompt, subject; below it stands why, and how the change went out: when it came
to the default branch, by which merge, and the first deploy tag that has it.
Then come model settings: each commit that changed one, with file and line, and
what is not pinned. Without --since the last 14 days before --until are listed.

  afterword prompts --since "last monday" --impact "yesterday 14:05"
  afterword prompts --since 2026-03-01 --until 2026-03-04 --diff
  afterword prompts --all --json
  afterword prompts --trace effective.txt

--trace says of each line of a prompt as the model received it (pasted from a
trace) where it came from: at HEAD, in an old version, or never in this history.

A prompt is a file, or a constant in a Python file with a telling name and 80
characters or more. Which files count is set in [tool.afterword] of
pyproject.toml, or in .afterword.toml, as are the deploy tags:
prompts = ["prompts/**"]  settings = ["config/**/*.yaml"]  deploy_tags = ["v*"]

--json prints {"schema": "afterword/prompts/1", "changes": [...], "settings":
[...]}; with --trace {"schema": "afterword/origins/1", "origins": [...]}.
"""
_WINDOW = timedelta(days=14)


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--since", metavar="WHEN", help="from then on: 2026-03-01, 'yesterday 14:05', '3 days ago'")
    parser.add_argument("--until", metavar="WHEN", help="up to then (default: now)")
    parser.add_argument("--impact", metavar="WHEN", help="when the impact started, for the order")
    parser.add_argument(
        "--all", action="store_true", help="all branches and tags, not only HEAD and the default branch"
    )
    parser.add_argument("--diff", action="store_true", help="print the diff of each change")
    parser.add_argument("--trace", metavar="FILE", help="trace the lines of an effective prompt (-: stdin)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: Namespace, out: Output) -> int:
    """Print the changes, ranked."""
    from afterword.cli.prompt_rows import print_change, print_settings, settings_values, values
    from afterword.repo import Repository
    from afterword.repo.history.ranking import journey, ranked

    if arguments.trace is not None:
        from afterword.cli.prompt_trace import run_trace

        return run_trace(arguments, out)
    repository = Repository.open(".")
    since, until = _window(arguments, repository)
    started = _started(arguments, repository)
    with repository.prompt_changes(since, until, arguments.all) as changes:
        listed = list(changes)
        arrivals = changes.arrivals
    found = ranked(listed, started, None, arrivals)
    settings = list(repository.settings_history(changes.commits))
    told = ((one, journey(one.change, arrivals), _diff(repository, one, arguments)) for one in found)
    if arguments.json:
        out.json(
            "afterword/prompts/1",
            changes=[values(*one) for one in told],
            settings=settings_values(settings, changes.commits),
        )
    else:
        for one in told:
            print_change(*one, out)
        print_settings(settings, changes.commits, repository.abbreviated, out)
    for problem in dict.fromkeys(str(problem) for step in settings for problem in step.problems):
        out.note(problem)
    if changes.lacking:
        out.note(changes.lacking)
    _tell(repository, len(found), since, until, out)
    return int(Exit.FINE)


def _diff(repository: "Repository", one: "Ranked", arguments: Namespace) -> str | None:
    """Return the diff where it is asked for; a text that is not here is no reason to leave out the others."""
    if not arguments.diff:
        return None
    try:
        return repository.diff_of(one.change)
    except AfterwordError as error:
        return f"{error.message} {error.hint}".strip() + "\n"


def _started(arguments: Namespace, repository: "Repository") -> "When | None":
    from afterword.cli.screen import zone_of
    from afterword.cli.times import understood

    return understood(arguments.impact, zone_of(repository.config.timezone), "--impact") if arguments.impact else None


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


def _tell(repository: "Repository", count: int, since: datetime, until: datetime, out: Output) -> None:
    if repository.is_shallow:
        out.note("The history here is shallow: older changes are missing. `git fetch --unshallow` brings them.")
    if count:
        return
    if not repository.has_commits:
        out.note("This repository has no commit yet, so no prompt has a history.")
    elif not repository.prompts().prompts:
        patterns = ", ".join(pattern for pattern in repository.config.prompts if not pattern.startswith("!"))
        out.note(f"No prompt was found at HEAD. Searched: {patterns}.")
        out.note('Say where yours are: [tool.afterword] prompts = ["path/**"] in pyproject.toml.')
    else:
        out.note(f"No prompt or setting changed from {since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M} UTC.")
        out.note("A wider window: afterword prompts --since 2026-01")
