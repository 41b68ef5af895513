"""`afterword new`: start a record and walk it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from afterword.cli.output import Output

NAME = "new"
SUMMARY = "start a record and walk through it"
DESCRIPTION = """\
Start a post-mortem and walk through its sections. Nothing reaches the work
tree before you save; the draft is kept inside .git while you type.

  afterword new "Support agent promised refunds" --resolved "10:55"
  afterword new --sample /tmp/transcript.txt --sample /tmp/trace.json
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("title", nargs="?", default="", metavar="TITLE", help="what people saw; can be changed later")
    parser.add_argument(
        "--resolved",
        metavar="WHEN",
        help="when the incident was over: 14:05, now, 'yesterday 14:05', 2026-03-03T10:55Z",
    )
    parser.add_argument(
        "--sample",
        metavar="FILE",
        action="append",
        default=[],
        type=Path,
        help="a failing output to redact in the walk; may be given more than once",
    )


def run(arguments: Namespace, out: Output) -> int:
    """Start a walk."""
    from afterword.cli.screen import find, need_terminal, show, zone_of
    from afterword.repo.glimpse import Glimpse
    from afterword.tui.start import Start

    root, config, _ = find()
    resolved = ""
    if arguments.resolved is not None:
        from afterword.cli.times import understood

        resolved = understood(arguments.resolved, zone_of(config.timezone), "--resolved").text
    for path in arguments.sample:
        from afterword.tui.sample_file import read_sample

        read_sample(path)
    samples = tuple(path.expanduser().absolute() for path in arguments.sample)
    need_terminal()
    title = arguments.title
    glimpse = Glimpse(record={"title": title, "severity": "undetermined", "status": "draft"})
    return show(out, Start(root, "new", None, title, resolved, samples, glimpse, config.severities))
