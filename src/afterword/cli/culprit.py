"""`afterword culprit`: the commit that made the new eval case fail."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from afterword.cli.output import Output
from afterword.errors import Exit

if TYPE_CHECKING:
    from afterword.evals.bisect import Suspect
    from afterword.evals.revisions import Chosen
    from afterword.evals.side import Task

DESCRIPTION = """\
List the commits between a good and the bad revision that touched prompts or
settings, newest last, and what finding the culprit among them would cost.
With --run, find it: the record's eval case is run on half of the rest, again
and again, in temporary work trees. A revision that finds nothing out is
skipped.

  afterword culprit refunds
  afterword culprit refunds --run --good v1.4 --bad HEAD

Without --good and --bad they are the two sides of the record's prompt change.
[tool.afterword.evals] says how the case is run, see `afterword prove --help`.
The exit code is 1 when no single commit was found.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("id", metavar="ID", help="a record, or a part of its id that is unique")
    parser.add_argument("--run", dest="is_run", action="store_true", help="run the case to find the culprit")
    parser.add_argument("--good", metavar="REV", default="", help="a revision on which the case passes")
    parser.add_argument("--bad", metavar="REV", default="", help="a revision on which the case fails")
    parser.add_argument("--yes", action="store_true", help="run it without asking")


def run(arguments: Namespace, out: Output) -> int:
    """List the suspects, or find the culprit."""
    from afterword.cli.confirming import confirmed
    from afterword.cli.which import readable, stored_record
    from afterword.evals.bisect import find_culprit, suspects
    from afterword.evals.interrupts import ending_cleanly
    from afterword.evals.proof import make_task
    from afterword.evals.revisions import known_good, live
    from afterword.repo import Repository

    repository = Repository.open(".")
    stored = stored_record(arguments.id, repository.records)
    record = readable(stored)
    good = known_good(repository, record, arguments.good)
    bad = live(repository, record, arguments.bad, "--bad")
    among = suspects(repository, good, bad)
    if not among:
        out.note(f"No commit between {good.short} and {bad.short} touched a prompt or a setting.")
        return int(Exit.PROBLEMS)
    if not arguments.is_run:
        _list(among, out)
        out.note(f"To find the one: afterword culprit {stored.id} --run")
        return int(Exit.FINE)
    task = make_task(repository, record, stored.id)
    _announce(task, good, bad, among, out)
    if not confirmed(out, arguments.yes):
        out.note("Nothing was run.")
        return int(Exit.FINE)
    with ending_cleanly():
        found = find_culprit(repository, task, good, bad, among, tell=out.note)
    if found.problem:
        out.data(found.problem)
        return int(Exit.PROBLEMS)
    if len(found.culprits) > 1:
        out.note("It is one of these; the revisions between them found nothing out:")
    _list(found.culprits, out)
    return int(Exit.FINE if len(found.culprits) == 1 else Exit.PROBLEMS)


def _announce(task: "Task", good: "Chosen", bad: "Chosen", among: "tuple[Suspect, ...]", out: Output) -> None:
    from afterword.evals.bisect import most_runs
    from afterword.evals.proof import shown_command

    revisions, repeat = most_runs(len(among)), task.config.repeat
    out.note(f"good  {good.short}  {good.why}")
    out.note(f"bad   {bad.short}  {bad.why}")
    commits = "1 commit" if len(among) == 1 else f"{len(among)} commits"
    out.note(f"{commits} between them touched prompts or settings.")
    times = f"{revisions} runs" if repeat == 1 else f"{revisions * repeat} runs ({revisions} revisions, {repeat} each)"
    out.note(f"The case {task.case} is run on {revisions} revisions at most: {times}, more where one is skipped.")
    for command in task.config.setup:
        out.note(f"Setup, in each work tree: {' '.join(command)}")
    out.note(f"Command: {shown_command(task.config)}")
    out.note("It runs with your environment and keys, and may call paid models.")


def _list(among: "tuple[Suspect, ...]", out: Output) -> None:
    for one in among:
        out.row((f"{one.short}  ", "cyan"), (f"{one.date}  ", "dim"), (one.subject, ""))
        for path in one.paths:
            out.row((f"  {path}", "dim"))
