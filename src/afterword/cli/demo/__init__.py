"""`afterword demo`: a scratch repository with an incident to write up."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from afterword.cli.output import Output
from afterword.errors import Exit

DESCRIPTION = """\
Make a git repository whose support agent promised refunds that policy forbids,
resolved a few hours ago: prompts, model settings, deploy tags, the on-call's
notes (README.md), and beside it a folder of failing outputs with invented
secrets and personal data in them. The path is printed to stdout.

  afterword demo
  cd "$(afterword demo)" && afterword new
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "folder",
        nargs="?",
        metavar="DIR",
        type=Path,
        help="where to make it; must be empty (default: a fresh folder)",
    )


def run(arguments: Namespace, out: Output) -> int:
    """Make the repository and tell what to type next."""
    import shlex

    from afterword.cli.demo.making import fresh_folder, make_demo

    demo = make_demo(arguments.folder or fresh_folder(), datetime.now(UTC))
    out.data(str(demo.path))
    samples = " ".join(f"--sample {shlex.quote(str(path))}" for path in demo.samples[:1])
    out.note(f"\nA support agent promised refunds that policy forbids; resolved {demo.resolved:%H:%M} UTC.")
    out.note("The on-call's notes are in README.md, failing outputs with planted secrets in:")
    for path in demo.samples:
        out.note(f"  {path}")
    out.note("\nWrite it up:")
    out.note(f"  cd {shlex.quote(str(demo.path))}")
    out.note(f"  afterword new {samples}")
    return int(Exit.FINE)
