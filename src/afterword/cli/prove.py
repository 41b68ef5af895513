"""`afterword prove`: the new eval case, run on what was live and on the fix."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from afterword.cli.output import Output, table
from afterword.errors import AfterwordError, Exit

if TYPE_CHECKING:
    from afterword.evals.proof import Plan, Result
    from afterword.repo import Repository
    from afterword.repo.store import StoredRecord

NAME = "prove"
SUMMARY = "show that the new eval case fails before the fix and passes after"
DESCRIPTION = """\
Run a record's eval case at the revision that was live in the incident and at
the fix, each in a temporary work tree, and write what came out into the
record. Proved: it failed before, without an error, and always passed after.

  afterword prove refunds
  afterword prove refunds --yes --before 4f1c2d9 --after HEAD

The case and the runner's configuration come from your checkout, the code from
the revision. [tool.afterword.evals] in pyproject.toml says how:

  command = "npx promptfoo eval -c promptfooconfig.yaml --tests {case}
             --output {out}"       also {id}, {root} (your checkout)
                                   and {tree} (the work tree)
  report = "promptfoo"             promptfoo, junit or inspect; guessed
  setup = ["npm ci"]               run first in each work tree
  link = [".venv", ".env"]         linked from your checkout
  bring = ["evals/scorers/**"]     copied from your checkout
  env = { PYTHONPATH = "src" }
  version = "pytest --version"     recorded
  repeat = 10                      runs a side (1)
  timeout = 600                    seconds a run
  exit_codes = false               true: 0 passes, 1 fails, no report

The exit code is 0 when it is proved, 1 when it is not, and 2 when a run found
nothing out: the record stays as it was then.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("id", metavar="ID", help="a record, or a part of its id that is unique")
    parser.add_argument("--before", metavar="REV", default="", help="the revision that was live in the incident")
    parser.add_argument("--after", metavar="REV", default="", help="the revision of the fix")
    parser.add_argument("--yes", action="store_true", help="run it without asking")


def run(arguments: Namespace, out: Output) -> int:
    """Prove the case and record it."""
    from afterword.cli.confirming import confirmed
    from afterword.cli.which import readable, stored_record
    from afterword.evals.interrupts import ending_cleanly
    from afterword.evals.proof import plan, prove
    from afterword.repo import Repository

    repository = Repository.open(".")
    stored = stored_record(arguments.id, repository.records)
    record = readable(stored)
    planned = plan(repository, record, stored.id, arguments.before, arguments.after)
    _announce(planned, repository, out)
    if not confirmed(out, arguments.yes):
        out.note("Nothing was run.")
        return int(Exit.FINE)
    with ending_cleanly():
        result = prove(repository, planned, tell=out.note)
    _report(result, out)
    if not result.is_conclusive:
        return int(Exit.PROBLEMS if result.passes_before else Exit.USAGE)
    _save(repository, stored, result, out)
    out.note(f"The proof is in {stored.id}.")
    return int(Exit.FINE if result.is_proved else Exit.PROBLEMS)


def _announce(planned: "Plan", repository: "Repository", out: Output) -> None:
    config = planned.task.config
    times = "once" if config.repeat == 1 else f"{config.repeat} times"
    out.note(f"The case {planned.task.case} is run {times} on each of two revisions:")
    out.note(f"  before  {planned.before.short}  {planned.before.why}")
    out.note(f"  after   {planned.after.short}  {planned.after.why}")
    for command in config.setup:
        out.note(f"Setup, in each work tree: {' '.join(command)}")
    out.note(f"Command: {planned.command}")
    out.note("It runs with your environment and keys, and may call paid models.")
    if repository.runner.run("status", "--porcelain", "--untracked-files=no").strip():
        out.note("Your checkout has changes that are not committed; they are not part of either revision.")


def _report(result: "Result", out: Output) -> None:
    sides = result.proof.sides
    rows = [("side", "revision", "verdict", "passed", "failed", "errors", "took")]
    rows += [
        (one.side, one.revision, str(one.verdict), str(one.passed), str(one.failed), str(one.errors), one.duration)
        for one in sides
    ]
    for row in table(rows, ("", "cyan", "bold", "", "", "", ""), out.width):
        out.row(*row)
    out.data(result.sentence)
    for side in filter(None, (result.before, result.after)):
        for remark in side.remarks:
            out.note(remark)
        if side.tail:
            out.note("The command's last words:")
            out.note("\n".join(f"  {line}" for line in side.tail.splitlines()))
    if result.hint:
        out.note(result.hint)


def _save(repository: "Repository", stored: "StoredRecord", result: "Result", out: Output) -> None:
    from afterword.cli.waiting import save_case

    record = stored.record
    if record is None or record.eval_case is None:
        raise AfterwordError("The record has no eval case.", "Write it first: `afterword case ID`.")
    save_case(repository, stored, record.eval_case.changed(proof=result.proof), out)
