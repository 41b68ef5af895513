"""`afterword`: the home screen."""

from argparse import Namespace

from afterword.cli.output import Output


def run(arguments: Namespace, out: Output) -> int:
    """Open the home screen."""
    from afterword.cli.screen import find, show
    from afterword.tui.start import Start

    root, _, _ = find()
    return show(out, Start(root, "home", mouse=arguments.mouse))
