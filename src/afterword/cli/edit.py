"""`afterword edit`: resume a draft, or walk a saved record again."""

from argparse import ArgumentParser, Namespace

from afterword.cli.output import Output

NAME = "edit"
SUMMARY = "resume a draft, or walk a saved record again"
DESCRIPTION = """\
Resume a draft, or walk a saved record again. Without ID the waiting draft
opens, or the home screen where there are several. What you edited by hand in
a saved file is kept.

  afterword edit
  afterword edit 2026-03-02-support
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("id", nargs="?", metavar="ID", help="a record or draft, or a part of its id that is unique")


def run(arguments: Namespace, out: Output) -> int:
    """Open a walk."""
    from afterword.cli.screen import open_repository, start
    from afterword.cli.which import which

    repository = open_repository()
    chosen = None
    if arguments.id:
        saved = {stored.id: stored for stored in repository.records.list()}
        chosen = which(arguments.id, [*saved, *(draft.id for draft in repository.drafts.list())], "record or draft")
        if chosen in saved and (error := saved[chosen].error) is not None:
            raise error
    return start(out, repository.root, mode="edit", record_id=chosen)
