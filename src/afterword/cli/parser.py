"""The commands and their manual."""

import argparse
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
_COMMANDS = {
    "new": "start a record and walk through it",
    "edit": "resume a draft, or walk a saved record again",
    "list": "list the records with status, severity, clock and problems",
    "show": "print one record",
    "check": "report what is open, contradictory, blaming or not redacted",
    "case": "write the record's eval case in the team's format",
    "prove": "show that the new eval case fails before the fix and passes after",
    "culprit": "find the commit that made the new eval case fail",
    "prompts": "list the changes of prompts and model settings in a window",
    "redact": "report secrets and personal data in a text",
    "demo": "make a scratch repository with an incident to write up",
}
"""What each command is for."""
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


class _Command(_Parser):
    """A command, whose module is loaded when it is called: to tell all their names needs none of them."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Declare what the command takes, then read it."""
        name = self.prog.split()[-1]
        command: Any = import_module(f"afterword.cli.{_MODULES.get(name, name)}")
        self.description = command.DESCRIPTION
        command.add_arguments(self)
        self.set_defaults(run=command.run)
        return super().parse_known_args(args, namespace)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; `run` in its result is the command to call."""
    whole = _Parser(prog="afterword", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=_Formatter)
    whole.add_argument("--version", action="version", version=f"afterword {__version__}")
    whole.add_argument("-C", dest="directory", metavar="DIR", help="work in DIR instead of the current folder")
    mouse_argument(whole)
    whole.set_defaults(run=home.run)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Command)
    for name, summary in _COMMANDS.items():
        commands.add_parser(name, help=summary, formatter_class=_Formatter)
    return whole
