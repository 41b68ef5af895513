"""`afterword`: the home screen."""

from argparse import Namespace

from afterword.cli.output import Output


def run(arguments: Namespace, out: Output) -> int:
    """Open the home screen."""
    from afterword.cli.screen import open_repository, start

    return start(out, open_repository().root, mode="home", mouse=arguments.mouse)
