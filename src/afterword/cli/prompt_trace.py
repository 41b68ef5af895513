"""`afterword prompts --trace FILE`: where each line of an effective prompt came from."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from afterword.cli.output import Output, cells, cut, padded
from afterword.errors import AfterwordError, Exit
from afterword.visible import visible_line

if TYPE_CHECKING:
    from afterword.record.model import LineOrigin
    from afterword.repo.history.origins import Origin, Trace

SCHEMA = "afterword/origins/1"
_LARGEST = 50_000_000


def run_trace(arguments: Namespace, out: Output) -> int:
    """Print the origin of each line of the file `arguments.trace` ("-": standard input), as JSON on request."""
    from afterword.repo import Repository
    from afterword.repo.history.origins import counted, is_versioned, rows, trace_in

    repository = Repository.open(".")
    text = _text(arguments.trace, out)
    with trace_in(repository, text) as trace:
        if out.is_terminal:
            out.note(f"Tracing {len(trace.origins):,} lines through HEAD and all of history…")
        for _ in trace:
            pass
    if arguments.json:
        versioned = str(is_versioned(trace.origins))
        out.json(SCHEMA, origins=[_values(one) for one in trace.origins], versioned=versioned, notes=list(trace.notes))
    else:
        _print(rows(trace.origins), out)
    _tell(trace, counted(trace.origins), out)
    return int(Exit.FINE)


def _text(name: str, out: Output) -> str:
    from afterword.repo.texts import decode

    try:
        if name == "-":
            if sys.stdin.isatty():
                out.note("Reading the effective prompt from standard input; end it with Ctrl+D.")
            name, data = "standard input", sys.stdin.buffer.read(_LARGEST)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_LARGEST)
    except OSError as error:
        raise AfterwordError(
            f"{name} cannot be read: {error.strerror}.", "Give a text file, or - for stdin."
        ) from error
    text, problem = decode(data, name, cut=len(data) == _LARGEST)
    if data and not text:
        raise AfterwordError(problem or f"{name} holds no text.", "Give the prompt as text.")
    if problem:
        out.note(problem)
    return text


def _print(table: "tuple[LineOrigin, ...]", out: Output) -> None:
    """Print a row a line in a pipe; on a terminal, where neither part would fit beside the other, below each other."""
    wide = max((cells(visible_line(row.line)) for row in table), default=0)
    for row in table:
        line, origin = visible_line(row.line), visible_line(row.origin)
        if out.width is None:
            out.row((padded(line, wide) + "  ", ""), (origin, ""))
        else:
            out.row((cut(line, out.width), "bold"))
            out.row(("    ", ""), (cut(origin, out.width - 4), "yellow" if origin.startswith("never") else "dim"))


def _tell(trace: "Trace", count: str, out: Output) -> None:
    if not trace.origins:
        out.note("There is no line to trace: the text is empty.")
        return
    out.note(f"{count}.")
    for note in trace.notes:
        out.note(note)


def _values(origin: "Origin") -> dict[str, Any]:
    return {
        "line": origin.line,
        "origin": origin.sentence,
        "kind": origin.kind,
        "path": origin.path,
        "line_number": origin.line_no,
        "since": origin.since.text if origin.since else "",
        "commit": origin.sha,
        "path_then": origin.path_then,
        "until": origin.until.text if origin.until else "",
        "until_commit": origin.until_sha,
        "filled": list(origin.holes),
        "in_string": origin.is_quoted,
        "more": origin.more,
    }
