"""`afterword new`: start a record and walk it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from afterword.cli.output import Output
from afterword.cli.surface import surface_arguments

NAME = "new"
SUMMARY = "start a record and walk through it"
DESCRIPTION = """\
Start a post-mortem and walk through its sections. Nothing reaches the work
tree before you save; the draft is kept inside .git while you type.

  afterword new "Support agent promised refunds" --resolved "10:55"
  afterword new --sample /tmp/transcript.txt --sample /tmp/trace.json

--plain asks the same in plain questions, a line each, for screen readers,
simple terminals and scripts: questions on stderr, answers from stdin, and on
stdout the path of the saved file alone.

  afterword new --plain < answers.txt
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
    surface_arguments(parser)


def run(arguments: Namespace, out: Output) -> int:
    """Start a walk."""
    from afterword.cli.screen import need_terminal, open_repository, start, zone_of
    from afterword.cli.times import understood
    from afterword.tui.sample_file import read_sample

    repository = open_repository()
    zone = zone_of(repository.config.timezone)
    resolved = understood(arguments.resolved, zone, "--resolved").text if arguments.resolved is not None else ""
    for path in arguments.sample:
        read_sample(path)
    samples = tuple(path.expanduser().absolute() for path in arguments.sample)
    if arguments.plain:
        from afterword.cli.plain import interview
        from afterword.tui.sessions import begun
        from afterword.tui.start import Start

        asked_for = Start(repository.root, "new", title=arguments.title, resolved=resolved, samples=samples)
        return interview(out, repository, begun(repository, asked_for))
    need_terminal()
    return start(
        out,
        repository.root,
        mode="new",
        title=arguments.title,
        resolved=resolved,
        samples=samples,
        mouse=arguments.mouse,
    )
