"""`afterword edit`: resume a draft, or walk a saved record again."""

from typing import TYPE_CHECKING

from afterword.cli.output import Output
from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from types import SimpleNamespace

    from afterword.repo import Repository

DESCRIPTION = """\
Resume a draft, or walk a saved record again. Without ID the waiting draft
opens, or the home screen where there are several. What you edited by hand in
a saved file is kept.

  afterword edit
  afterword edit 2026-03-02-support

--plain goes on in plain questions, also with what the walk began.
"""


def add_arguments(parser: "ArgumentParser") -> None:
    """Declare what the command takes."""
    from afterword.cli.surface import surface_arguments

    surface_arguments(parser)
    parser.add_argument("id", nargs="?", metavar="ID", help="a record or draft, or a part of its id that is unique")


def run(arguments: "Namespace | SimpleNamespace", out: Output) -> int:
    """Open a walk."""
    from afterword.cli.screen import find, open_repository, show
    from afterword.tui.start import Start

    if arguments.id:
        from afterword.cli.which import which

        repository = open_repository()
        saved = repository.records.ids()
        chosen = which(arguments.id, [*saved, *(draft.id for draft in repository.drafts.list())], "record or draft")
        if chosen in saved and (error := repository.records.get(chosen).error) is not None:
            raise error
        if arguments.plain:
            return _plain(out, repository, chosen)
        return show(out, Start(repository.root, "edit", chosen, mouse=arguments.mouse))
    if arguments.plain:
        return _plain(out, open_repository(), None)
    root, config, glimpse = find(glimpse=True)
    return show(out, Start(root, "edit", glimpse=glimpse, severities=config.severities, mouse=arguments.mouse))


def _plain(out: Output, repository: "Repository", chosen: str | None) -> int:
    from afterword.cli.plain import interview
    from afterword.tui.sessions import opened

    return interview(out, repository, opened(repository.root, chosen or _waiting(repository)))


def _waiting(repository: "Repository") -> str:
    """Return the id of the only draft; where there is none, or several, nobody can be asked which."""
    drafts = [draft.id for draft in repository.drafts.list()]
    if len(drafts) == 1:
        return drafts[0]
    if drafts:
        raise AfterwordError(f"{len(drafts)} drafts are waiting: {', '.join(drafts)}.", "Name one of them.")
    raise AfterwordError("No draft is waiting here.", "Name a saved record (`afterword list`), or begin one.")
