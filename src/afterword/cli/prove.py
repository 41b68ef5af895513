"""`afterword prove`: the new eval case, run on what was live and on the fix."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from afterword.cli.output import Output, table
from afterword.errors import Exit

if TYPE_CHECKING:
    from afterword.evals.proof import Plan, Result, Step
    from afterword.repo import Repository

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
    from afterword.cli.waiting import save_case
    from afterword.cli.which import readable, stored_record
    from afterword.evals.interrupts import ending_cleanly
    from afterword.evals.proof import plan, prove
    from afterword.evals.recording import proved
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
        result = prove(repository, planned, tell=lambda step: _narrate(step, out))
    _report(result, out)
    if not result.is_conclusive:
        return int(Exit.PROBLEMS if result.passes_before else Exit.USAGE)
    save_case(repository, stored, proved(record, result), out)
    out.note(f"The proof is in {stored.id}.")
    return int(Exit.FINE if result.is_proved else Exit.PROBLEMS)


def _announce(planned: "Plan", repository: "Repository", out: Output) -> None:
    from afterword.evals import telling

    for label, text in telling.planned(planned):
        out.note(f"{label:<10}{text}")
    out.note(telling.COST)
    if said := telling.uncommitted(repository):
        out.note(said)


def _narrate(step: "Step", out: Output) -> None:
    from afterword.evals.side import MAKING

    if step.doing == MAKING:
        out.note(f"Running the case at {step.chosen.short} ({step.chosen.why}).")


def _report(result: "Result", out: Output) -> None:
    rows = [("side", "revision", "verdict", "passed", "failed", "errors", "took")]
    rows += [
        (one.side, one.revision, str(one.verdict), str(one.passed), str(one.failed), str(one.errors), one.duration)
        for one in result.proof.sides
    ]
    for row in table(rows, ("", "cyan", "bold", "", "", "", ""), out.width):
        out.row(*row)
    out.data(result.sentence)
    for side in filter(None, (result.before, result.after)):
        for remark in (*side.remarks, *(why for why in side.whys if why.rstrip(".") not in result.sentence)):
            out.note(remark)
        if side.tail:
            out.note("The command's last words:")
            out.note("\n".join(f"  {line}" for line in side.tail.splitlines()))
    if result.hint:
        out.note(result.hint)
