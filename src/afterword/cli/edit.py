"""`afterword edit`: resume a draft, or walk a saved record again."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from afterword.cli.output import Output
from afterword.cli.surface import surface_arguments
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.repo import Repository

NAME = "edit"
SUMMARY = "resume a draft, or walk a saved record again"
DESCRIPTION = """\
Resume a draft, or walk a saved record again. Without ID the waiting draft
opens, or the home screen where there are several. What you edited by hand in
a saved file is kept.

  afterword edit
  afterword edit 2026-03-02-support

--plain goes on in plain questions, also with what the walk began.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    surface_arguments(parser)
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
    if arguments.plain:
        from afterword.cli.plain import interview
        from afterword.tui.sessions import opened

        return interview(out, repository, opened(repository.root, chosen or _waiting(repository)))
    return start(out, repository.root, mode="edit", record_id=chosen, mouse=arguments.mouse)


def _waiting(repository: "Repository") -> str:
    """Return the id of the only draft; where there is none, or several, nobody can be asked which."""
    drafts = [draft.id for draft in repository.drafts.list()]
    if len(drafts) == 1:
        return drafts[0]
    if drafts:
        raise AfterwordError(f"{len(drafts)} drafts are waiting: {', '.join(drafts)}.", "Name one of them.")
    raise AfterwordError("No draft is waiting here.", "Name a saved record (`afterword list`), or begin one.")
