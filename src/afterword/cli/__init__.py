"""The command `afterword`: reads arguments, runs one command, prints, and tells the caller how it went."""

import os
import sys
from collections.abc import Sequence
from types import SimpleNamespace

from afterword.cli.output import Output
from afterword.errors import AfterwordError, Exit

INTERRUPTED = 130
PIPE_CLOSED = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code, as `afterword.errors.Exit` explains it."""
    out = Output()
    try:
        code = _run(argv, out)
        out.flush()
        return code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(Exit.USAGE)
    except AfterwordError as error:
        out.error(error.message, error.hint)
        return int(error.code)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        out.abandon()
        return PIPE_CLOSED
    except OSError as error:
        out.abandon()
        place = f"{error.filename}: " if error.filename else ""
        out.error(f"The system refused: {place}{error.strerror or type(error).__name__}.")
        return int(Exit.USAGE)
    except Exception as error:
        out.error(*_crash(error))
        return int(Exit.USAGE)


PLAINLY = SimpleNamespace(directory=None, mouse=True, plain=False, id=None)
"""What `afterword` and `afterword edit` are run with where nothing else is said."""


def _run(argv: Sequence[str] | None, out: Output) -> int:
    given = sys.argv[1:] if argv is None else [*argv]
    # The first frame of these does not wait for what reads arguments.
    if not given:
        from afterword.cli import home

        return home.run(PLAINLY, out)
    if given == ["edit"]:
        from afterword.cli import edit

        return edit.run(PLAINLY, out)
    from afterword.cli.parser import parser

    arguments = parser().parse_args(given)
    if arguments.directory is not None:
        try:
            os.chdir(arguments.directory)
        except OSError as error:
            raise AfterwordError(
                f"-C {arguments.directory}: {error.strerror}.", "Give a folder that exists."
            ) from error
    code: int = arguments.run(arguments, out)
    return code


def _crash(error: Exception) -> tuple[str, str]:
    """Name an unexpected error by type, file and line; its text may hold what belongs in no log."""
    import platform
    import traceback
    from pathlib import Path

    from afterword import __version__

    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "afterword" in Path(frame.filename).parts] or list(frames)
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "an unknown place"
    versions = f"afterword {__version__}, Python {platform.python_version()}, {sys.platform}"
    return (
        f"This is a fault of afterword: {type(error).__name__} in {place}.",
        f"Please report this line, with the command but without any record's text ({versions}).",
    )
