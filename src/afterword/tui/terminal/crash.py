"""What is said of a fault of the program: by name, file and line, with no word of what was typed."""

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

_FRAMES = 5


def places(error: BaseException | None) -> list[str]:
    """Return lines that say what happened and where; an exception's own text may quote the record."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    ours = [frame for frame in frames if "afterword" in Path(frame.filename).parts] or list(frames)
    name = type(error).__name__ if error else "an error"
    return [
        f"Afterword stopped: {name}",
        *(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in ours[-_FRAMES:]),
    ]


def watch_threads(failed: Callable[[BaseException], object]) -> None:
    """Have `failed` called with what ends a thread or is raised where nobody listens, instead of printing it."""

    def thread_ended(fault: threading.ExceptHookArgs) -> None:
        if fault.exc_value is not None and not isinstance(fault.exc_value, SystemExit):
            failed(fault.exc_value)

    threading.excepthook = thread_ended
    sys.unraisablehook = lambda _: None
