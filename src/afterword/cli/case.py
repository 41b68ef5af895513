"""`afterword case`: the record's eval case, written in the team's format."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from afterword.cli.output import Output
from afterword.cli.places import shown
from afterword.errors import AfterwordError, Exit

if TYPE_CHECKING:
    from afterword.evals.case import Case
    from afterword.evals.formats import Written
    from afterword.repo import Repository
    from afterword.repo.store import StoredRecord

DESCRIPTION = """\
Write the eval case that a record describes (input, expected behaviour,
assertion) as a file that the team's runner executes, and note its path in the
record. ID may be any part of the id that is unique.

  afterword case refunds
  afterword case refunds --format pytest
  afterword case refunds --into promptfooconfig.yaml
  afterword case refunds --print
  afterword case refunds --into suite.yaml --print | diff suite.yaml -

Without --format it is the runner that the record names, else the one that the
repository shows. The file is the one that the record names, else
evals/incidents/ID.yaml (or the runner's form), and carries the record's id.
--into puts the case into a list that is there: text is inserted and every other
byte stays; where that cannot be proved (references, anchors, flow style,
generated files) nothing is written, the text to paste is printed, and the exit
code is 3. So it is where the case holds a secret or personal data that nobody
has decided upon.

The assertion is one line of the record: "contains: …", "does not contain: …"
(in both, capitals do not count), "matches: REGEX", "fits the JSON schema: …",
"equals: …", "rubric: …".
"""
_FORMATS = ("promptfoo", "inspect", "inspect-csv", "pytest", "jsonl")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("id", metavar="ID", help="a record, or a part of its id that is unique")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--format", choices=_FORMATS, metavar="FORM", help=", ".join(_FORMATS))
    form.add_argument("--into", metavar="FILE", help="put it into this promptfoo YAML or JSONL file")
    parser.add_argument("--print", action="store_true", help="print the case and write nothing")


class _Placed(NamedTuple):
    """What to write where; `base` is the file as it was found, None for a new one."""

    written: "Written"
    base: bytes | None = None


def run(arguments: Namespace, out: Output) -> int:
    """Write the case and note it in the record."""
    from afterword.cli.which import readable, stored_record
    from afterword.evals.case import case_of, decided, refuse_exposed
    from afterword.evals.writing import own_file
    from afterword.repo import Repository

    repository = Repository.open(".")
    stored = stored_record(arguments.id, repository.records)
    record = readable(stored)
    case = case_of(stored.id, record)
    refuse_exposed(case, repository.config.redaction, decided(record))
    if arguments.into:
        placed = _into(case, arguments, repository, out)
    else:
        placed = _Placed(own_file(case, repository, record.eval_case, arguments.format))
    if arguments.print:
        out.raw(placed.written.text)
    else:
        _write(placed, stored, repository, out)
        out.data(shown(repository.root / placed.written.path))
    out.note(placed.written.how_to_run)
    return int(Exit.FINE)


def _into(case: "Case", arguments: Namespace, repository: "Repository", out: Output) -> _Placed:
    from afterword.evals.formats import Written
    from afterword.evals.formats.promptfoo import notes
    from afterword.evals.inserting import NotInserted, insert, runner_of, variables_in
    from afterword.repo.regular import real

    file, root = real(Path(arguments.into).absolute()), real(repository.root)
    if not file.is_relative_to(root) or ".git" in file.relative_to(root).parts:
        raise AfterwordError(f"{arguments.into} is not in this repository.", "Name a file of the work tree.")
    name = file.relative_to(root).as_posix()
    base = _read(file, arguments.into)
    try:
        text = base.decode("utf-8")
        whole = insert(text, case, name)
    except UnicodeDecodeError as error:
        raise AfterwordError(f"{name} is not UTF-8 (byte {error.start}).", "Convert it first.") from error
    except NotInserted as refused:
        out.raw(refused.paste)
        raise
    runner = runner_of(text, name)
    how = [f"Put into {name}; every other byte is as it was."]
    how += notes(case, *variables_in(text)) if runner == "promptfoo" else []
    return _Placed(Written(name, whole, runner, "\n".join(how)), base)


def _read(file: Path, named: str) -> bytes:
    from afterword.repo.regular import read_regular

    try:
        return read_regular(file)
    except OSError as error:
        raise AfterwordError(f"{named} cannot be read: {error.strerror}.", "Name a file that is there.") from error


def _write(placed: _Placed, stored: "StoredRecord", repository: "Repository", out: Output) -> None:
    """Write the case first: a record must not name a file that is not there."""
    from afterword.cli.waiting import save_case
    from afterword.evals.writing import create
    from afterword.repo import atomic
    from afterword.repo.regular import read_regular

    record = stored.record
    assert record is not None and record.eval_case is not None
    written = placed.written
    file, data = repository.root / written.path, written.text.encode("utf-8")
    if placed.base is not None:
        if read_regular(file) != placed.base:
            raise AfterwordError(f"{written.path} was changed meanwhile.", "Try again.", Exit.REFUSED)
        atomic.write(file, data)
    else:
        create(written, repository.root)
    case = record.eval_case.changed(path=written.path, runner=written.runner)
    if case != record.eval_case:
        save_case(repository, stored, case, out)
