"""`afterword show`: one record."""

from argparse import ArgumentParser, Namespace

from afterword.cli.output import Output
from afterword.cli.places import shown
from afterword.errors import Exit

DESCRIPTION = """\
Print a record's Markdown as it stands in its file. ID may be any part of the
id that is unique.

  afterword show refunds
  afterword show refunds --json | jq '.records[0].actions'

--json prints {"schema": "afterword/show/1", "records": [...]} with one record,
every key of the record in it.
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("id", metavar="ID", help="a record, or a part of its id that is unique")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: Namespace, out: Output) -> int:
    """Print the record."""
    from afterword.cli.which import readable, stored_record
    from afterword.repo import Repository

    stored = stored_record(arguments.id, Repository.open(".").records)
    if arguments.json:
        values = {"id": stored.id, "path": shown(stored.path), **readable(stored).model_dump(mode="json")}
        out.json("afterword/show/1", records=[values])
        return int(Exit.FINE)
    out.raw(stored.text)
    if stored.error:
        out.note(f"afterword: {stored.error}")
    return int(Exit.FINE)
