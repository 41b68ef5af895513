"""The commands and their manual."""

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from afterword import __version__
from afterword.cli import home
from afterword.cli.surface import mouse_argument
from afterword.visible import visible

_DESCRIPTION = """\
Write the post-mortem of an AI incident in the terminal, inside the git
repository whose prompts and configuration took part in it.

Without a command the home screen opens: records, drafts to resume, the
72-hour clock of each. Everything works offline and by keyboard alone.
For screen readers, simple terminals and scripts: new --plain, edit --plain.
"""
_EPILOG = """\
records live in docs/postmortems (or an existing postmortem folder) as one
Markdown file each; drafts live inside .git and go when a record is saved.

exit codes: 0 fine; 1 problems were found; 2 usage or environment (no
repository, no terminal); 3 refused in order to protect data.

Begin with: afterword demo
"""
_COMMANDS = ("new", "edit", "list", "show", "check", "case", "prove", "culprit", "prompts", "redact", "demo")
_MODULES = {"list": "list_records"}
"""Modules that are not called as their command is, for that would hide a word of Python's."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of descriptions, and gives options a column that their names fit into."""

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, **{**options, "max_help_position": 26})


class _Parser(argparse.ArgumentParser):
    """Shows what it complains about as a terminal may see it: arguments are foreign text as well."""

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        super().exit(status, visible(message) if message else None)


def parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of a command line; `run` in its result is the command to call.

    Where it begins with a command, or names none, nothing of the others is loaded.
    """
    whole = _Parser(prog="afterword", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=_Formatter)
    whole.add_argument("--version", action="version", version=f"afterword {__version__}")
    whole.add_argument("-C", dest="directory", metavar="DIR", help="work in DIR instead of the current folder")
    mouse_argument(whole)
    whole.set_defaults(run=home.run)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND")
    for name in argv[:1] if not argv or argv[0] in _COMMANDS else _COMMANDS:
        command: Any = import_module(f"afterword.cli.{_MODULES.get(name, name)}")
        summary, description = command.SUMMARY, command.DESCRIPTION
        part = commands.add_parser(name, help=summary, description=description, formatter_class=_Formatter)
        command.add_arguments(part)
        run: Callable[..., int] = command.run
        part.set_defaults(run=run)
    return whole
