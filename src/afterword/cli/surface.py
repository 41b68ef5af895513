"""Options on how a command shows itself."""

import argparse


def mouse_argument(parser: argparse.ArgumentParser, **options: object) -> None:
    """Declare --no-mouse; `mouse` in the result says whether the mouse is listened to."""
    parser.add_argument(
        "--no-mouse",
        dest="mouse",
        action="store_false",
        help="leave the mouse to the terminal, which then selects and copies by itself",
        **options,  # type: ignore[arg-type]
    )


def surface_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare --plain and --no-mouse."""
    parser.add_argument(
        "--plain", action="store_true", help="plain questions, a line each: for screen readers and scripts"
    )
    # The same option before the command must not be undone by its absence behind it.
    mouse_argument(parser, default=argparse.SUPPRESS)
