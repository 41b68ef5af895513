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
    from afterword.cli.screen import find, open_repository, show
    from afterword.tui.start import Start

    if arguments.id:
        from afterword.cli.which import which

        repository = open_repository()
        saved = repository.records.ids()
        chosen = which(arguments.id, [*saved, *(draft.id for draft in repository.drafts.list())], "record or draft")
        if chosen in saved and (error := repository.records.get(chosen).error) is not None:
            raise error
        return show(out, Start(repository.root, "edit", chosen))
    root, config, glimpse = find(glimpse=True)
    return show(out, Start(root, "edit", glimpse=glimpse, severities=config.severities))
