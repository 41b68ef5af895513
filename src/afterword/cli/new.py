"""`afterword new`: start a record and walk it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from afterword.cli.output import Output
from afterword.cli.surface import surface_arguments

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
    from afterword.cli.screen import find, need_terminal, open_repository, show, zone_of
    from afterword.repo.glimpse import Glimpse
    from afterword.tui.start import Start

    repository = open_repository() if arguments.plain else None
    root, config = (repository.root, repository.config) if repository is not None else find()[:2]
    resolved = ""
    if arguments.resolved is not None:
        from afterword.cli.times import understood

        resolved = understood(arguments.resolved, zone_of(config.timezone), "--resolved").text
    for path in arguments.sample:
        from afterword.tui.sample_file import read_sample

        read_sample(path)
    samples = tuple(path.expanduser().absolute() for path in arguments.sample)
    title = arguments.title
    if repository is not None:
        from afterword.cli.plain import interview
        from afterword.tui.sessions import begun

        asked_for = Start(root, "new", title=title, resolved=resolved, samples=samples)
        return interview(out, repository, begun(repository, asked_for))
    need_terminal()
    glimpse = Glimpse(record={"title": title, "severity": "undetermined", "status": "draft"})
    return show(
        out, Start(root, "new", None, title, resolved, samples, glimpse, config.severities, mouse=arguments.mouse)
    )
