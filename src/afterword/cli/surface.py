"""Options on how a command shows itself."""

from argparse import ArgumentParser


def plain_argument(parser: ArgumentParser) -> None:
    """Declare --plain."""
    parser.add_argument(
        "--plain", action="store_true", help="plain questions, a line each: for screen readers and scripts"
    )
