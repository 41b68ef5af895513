"""`afterword redact`: secrets and personal data in a text."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from afterword.cli.output import Output
from afterword.errors import AfterwordError, Exit

if TYPE_CHECKING:
    from afterword.redaction import Finding, Rules, Scan

_LARGEST = 64 * 1024 * 1024
"""Bytes of one text that are read."""
DESCRIPTION = """\
Report secrets and personal data in a file or in standard input, one finding a
line: place, label, confidence, reason, and the value's first and last letter.
Nothing is changed and nothing is stored.

  afterword redact transcript.txt
  afterword redact --apply transcript.txt > safe.txt
  pbpaste | afterword redact --json

--apply prints the text with a placeholder for every finding, the same one
for the same value; documented dummies (example.com, test cards) stay. No
person has looked at it then: read it before you publish it.

--json prints {"schema": "afterword/redact/1", "findings": [...]} without the
values; offsets count code points.

--jsonl serves programs: for each line {"text": "..."} on standard input (or in
FILE) it prints one line, a list of {"start", "end", "label"}, and hands it on
at once.

Two extras find more, each on wherever it is installed: afterword[scan], a
second scanner for secrets; afterword[ner], a language model that guesses names
of people in prose (confidence 40 %). A line on stderr says which are on.

The exit code is 0 whether or not something was found; 3 where a text could not
be scanned to its end, which --apply does not print.

The rules of the repository around the working directory hold here as well:
[tool.afterword.redaction] in pyproject.toml, [redaction] in .afterword.toml.
"""
_STDIN = "standard input"
_NOT_READ = "{}: the name model did not read all of it; beyond that, names were found by the rules alone."


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="a text file (default: standard input)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--apply", action="store_true", help="print the text with placeholders")
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--jsonl", action="store_true", help="one JSON text a line in, one JSON list a line out")


def run(arguments: Namespace, out: Output) -> int:
    """Print the findings."""
    if arguments.file == "-":
        if sys.stdin.isatty():
            out.note("Reading standard input; end it with Ctrl+D.")
        return _run(arguments, sys.stdin.buffer, _STDIN, out)
    try:
        with Path(arguments.file).open("rb") as file:
            return _run(arguments, file, arguments.file, out)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise AfterwordError(f"{arguments.file} cannot be read: {error.strerror}.", "Give a text file.") from error


def _run(arguments: Namespace, file: BinaryIO, name: str, out: Output) -> int:
    from afterword.repo.config import config_around

    rules = config_around(Path.cwd()).redaction
    if arguments.jsonl:
        return _lines(file, name, rules, out)
    from afterword.redaction import scan

    text = _decoded(_within(file.read(_LARGEST + 1), name), name)
    found = scan(text, rules, guess_names=True)
    if arguments.apply:
        _refuse_incomplete(name, found)
        _apply(text, found, out)
    elif arguments.json:
        values = [_values(text, one) for one in found.findings]
        state = {"complete": found.complete, "stopped_at": found.stopped_at, "names_guessed": found.names_guessed}
        out.json("afterword/redact/1", findings=values, **state)
    else:
        for one in found.findings:
            _print(name, text, one, out)
        out.note(f"{_counted(len(found.findings), 'finding')}." if found.findings else "Nothing found.")
        _tell_extras(out)
    if found.names_guessed is False:
        out.note(_NOT_READ.format(name))
    _refuse_incomplete(name, found)
    return int(Exit.FINE)


def _refuse_incomplete(name: str, found: "Scan") -> None:
    if not found.complete:
        raise AfterwordError(
            f"{name} could not be scanned to its end: it stopped at character {found.stopped_at}.",
            "Split the text and scan the rest by itself.",
            Exit.REFUSED,
        )


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'s' * (count != 1)}"


def _apply(text: str, found: "Scan", out: Output) -> None:
    from afterword.redaction import Placeholders, Redaction, apply, counts

    state = Redaction.from_scan(text, found).without_person("a documented dummy")
    out.raw(apply(state, Placeholders()))
    labels = [f"{count} {label}" for label, count in counts(state).items()]
    dummies = "1 documented dummy" if len(state.kept) == 1 else f"{len(state.kept)} documented dummies"
    kept = f" Kept: {dummies}." if state.kept else ""
    out.note(f"Replaced: {', '.join(labels) or 'nothing'}.{kept}")


def _tell_extras(out: Output) -> None:
    """Say which of the extras took part."""
    from afterword.redaction import name_model, second_scanner

    extras = (("second scanner", second_scanner()), ("names guessed by", name_model()))
    if told := "; ".join(f"{what} {which}" for what, which in extras if which):
        out.note(f"Also on: {told}.")


def _decoded(data: bytes, name: str) -> str:
    """Decode as UTF-8; a byte that is not UTF-8 must not keep a secret from being seen."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AfterwordError(
            f"{name}:{line}: byte {error.start} is not UTF-8.", f"Convert it: iconv -t UTF-8 {name}"
        ) from error


def _print(name: str, text: str, found: "Finding", out: Output) -> None:
    line, column = _place(text, found.start)
    out.row(
        (f"{name}:{line}:{column}: ", "bold"),
        (found.label, "cyan"),
        (f"  {round(found.confidence * 100)} %  {masked(text[found.start : found.end])}  {found.reason}", ""),
        ("  (a documented dummy)" if found.suggest_keep else "", "dim"),
    )


def masked(value: str) -> str:
    """Return a value's first and last letter; nothing of a short one."""
    return f"{value[0]}…{value[-1]}" if len(value) >= 8 and value.isprintable() else "…"


def _values(text: str, found: "Finding") -> dict[str, Any]:
    line, column = _place(text, found.start)
    return {
        "start": found.start,
        "end": found.end,
        "line": line,
        "column": column,
        "label": found.label,
        "confidence": round(found.confidence, 3),
        "reason": found.reason,
        "suggest_keep": found.suggest_keep,
    }


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def _lines(file: BinaryIO, name: str, rules: "Rules | None", out: Output) -> int:
    """Answer each JSON text with its findings, as soon as it has come in."""
    import json

    from afterword.redaction import scan

    for number, data in enumerate(iter(lambda: file.readline(_LARGEST + 1), b""), 1):
        if not _within(data, f"{name}:{number}").strip():
            continue
        try:
            text = json.loads(data)["text"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise _not_a_text(name, number) from error
        if not isinstance(text, str):
            raise _not_a_text(name, number)
        found = scan(text, rules, guess_names=True)
        spans = [{"start": one.start, "end": one.end, "label": one.label} for one in found.findings]
        if not found.complete:
            out.note(f"{name}:{number}: not scanned to its end; stopped at character {found.stopped_at}.")
        if found.names_guessed is False:
            out.note(_NOT_READ.format(f"{name}:{number}"))
        out.now(json.dumps(spans, ensure_ascii=False))
    return int(Exit.FINE)


def _within(data: bytes, name: str) -> bytes:
    """Refuse what is too large to be held, such as a device that never ends."""
    if len(data) > _LARGEST:
        raise AfterwordError(f"{name} is larger than {_LARGEST // 1024 // 1024} MB.", "Cut it into parts.")
    return data


def _not_a_text(name: str, number: int) -> AfterwordError:
    return AfterwordError(f'{name}:{number}: the line is not {{"text": "..."}}.', "Give one JSON object a line.")
