"""A question before something is run that may cost money."""

import sys

from afterword.cli.output import Output
from afterword.errors import AfterwordError


def confirmed(out: Output, is_settled: bool) -> bool:
    """Ask whether to go on; AfterwordError where nobody can be asked and `--yes` was not given."""
    if is_settled:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise AfterwordError("Nothing was run: there is no terminal to ask on.", "Give --yes to run it unasked.")
    out.flush()
    sys.stderr.write("Run it? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
