"""`afterword`: the home screen."""

from typing import TYPE_CHECKING

from afterword.cli.output import Output

if TYPE_CHECKING:
    from argparse import Namespace
    from types import SimpleNamespace


def run(arguments: "Namespace | SimpleNamespace", out: Output) -> int:
    """Open the home screen."""
    from afterword.cli.screen import find, show
    from afterword.tui.start import Start

    root, _, _ = find()
    return show(out, Start(root, "home", mouse=arguments.mouse))
