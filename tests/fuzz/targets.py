"""What is fuzzed: each takes any bytes, and fails where a reader does something else than read or refuse."""

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from afterword.errors import AfterwordError
from afterword.evals.discovery import is_config, loaded
from afterword.evals.inserting import insert, variables_in
from afterword.evals.reports import Unreadable, read_report
from afterword.record.document import DocumentError, parse, parse_bytes, render, rewrite
from afterword.record.span import between, duration
from afterword.record.spoken import understand
from afterword.record.when import When
from afterword.redaction import Placeholders, Redaction, apply, scan
from afterword.repo.config import parse_config
from afterword.repo.diff import parse_diff
from afterword.repo.drafts import Drafts
from afterword.repo.globs import Globs, check_pattern
from afterword.repo.history.pairing import likeness
from afterword.repo.prompts.constants import constants_in
from afterword.repo.prompts.templates import remarks
from afterword.repo.settings.formats import read_settings
from afterword.repo.texts import decode
from afterword.repo.words import paired
from afterword.visible import escaped, visible, visible_line
from tests.evals.cases import ID, case
from tests.fuzz import seeds
from tests.hostile import obeyed

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Target:
    """A reader and what it usually gets."""

    check: Callable[[bytes], None]
    seeds: Sequence[bytes]


def record(data: bytes) -> None:
    """A file is read, keeping every byte, or refused with file, line and what to do."""
    try:
        text = parse_bytes(data, "a.md")
        found = parse(text, "a.md")
    except DocumentError as error:
        assert error.message.startswith("a.md, line "), error.message
        assert len(error.message) < 1_000
        return
    assert rewrite(text, found, "a.md") == text
    assert parse(render(found)) == found


def times(data: bytes) -> None:
    """What people type is a time, which reads again as itself, or one sentence says why not."""
    text = data[:2_000].decode("utf-8", "surrogateescape")
    try:
        when = understand(text, NOW, UTC, When.parse("2026-03-02T14:05Z"))
    except ValueError as error:
        assert 10 < len(str(error)) < 600
        return
    assert When.parse(str(when)) == when
    assert when.earliest <= when.latest
    for span in (between(when, When.parse("2026-03-02")), duration(when, NOW)):
        assert str(span)


def diff(data: bytes) -> None:
    """A diff is its own text again, and words lie within their lines."""
    text = data.decode("utf-8", "surrogateescape")
    found = parse_diff(text)
    assert found.text in (text, f"{text}\n")
    for hunk in found.hunks:
        for row in paired(hunk):
            for line, spans in ((row.old, row.old_spans), (row.new, row.new_spans)):
                last = 0
                for start, end in spans:
                    assert line is not None and last <= start < end <= len(line.text)
                    last = end
    half = text[: len(text) // 2]
    assert 0 <= likeness(text, half) <= 1
    remarks(text, half)


def redaction(data: bytes) -> None:
    """Findings lie apart and inside the text, and what is accepted is not in the output."""
    text = data[:3_000].decode("utf-8", "replace")
    found = scan(text)
    last = 0
    for finding in found.findings:
        assert last <= finding.start < finding.end <= len(text)
        last = finding.end
    state = Redaction.of(text)
    while state.undecided:
        state = state.accept(state.findings.index(state.undecided[0]))
    placeholders = Placeholders(numbers=dict.fromkeys(["EMAIL", "PERSON", "SECRET"], 70))
    output = apply(state, placeholders)
    for finding in state.redacted:
        value = state.text[finding.start : finding.end]
        assert len(value) < 8 or value.startswith("[") or value not in output
    assert apply(state, placeholders) == output or "[" in text


def configuration(data: bytes) -> None:
    """A configuration is read, or one error names file and what to do."""
    for section in ("", "tool.afterword"):
        try:
            parse_config(data, "x.toml", section)
        except AfterwordError as error:
            assert error.message.startswith("x.toml") and error.hint, error.message


def globs(data: bytes) -> None:
    """A pattern is refused, or tried on any path in no time."""
    pattern, _, path = data[:2_000].decode("utf-8", "surrogateescape").partition("\n")
    if not check_pattern(pattern):
        Globs([pattern]).matches(path)


def settings(data: bytes) -> None:
    """Settings are found, or the end of a sentence says why not."""
    for name in ("a.yaml", "a.json", "a.toml", ".env", "a.md", "a.py"):
        text, _ = decode(data, name)
        try:
            for found in read_settings(name, text):
                assert 1 <= found.line <= text.count("\n") + text.count("\r") + 1
        except ValueError as error:
            assert type(error) is ValueError and len(str(error)) < 1_000, repr(error)


def prompts(data: bytes) -> None:
    """Prompts in a Python file lie within it."""
    text, _ = decode(data, "a.py")
    for one in constants_in(text).found:
        assert 1 <= one.line <= one.end_line
    remarks(text, text[::2])


def reports(data: bytes) -> None:
    """A runner's report is read, or it is said why it says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for kind, name in (("promptfoo", "a.json"), ("junit", "a.xml"), ("inspect", "a.json"), ("inspect", "a.eval")):
            file = Path(folder) / name
            file.write_bytes(_zipped(data) if name == "a.eval" and not data.startswith(b"PK") else data)
            try:
                for run in read_report(kind, file, ID).runs:
                    assert len(run.why) <= 300
            except Unreadable as error:
                assert 5 < len(str(error)) < 200


def _zipped(data: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("header.json", json.dumps({"status": "success", "eval": {}}))
        archive.writestr("samples/1_epoch_1.json", data)
    return whole.getvalue()


def inserting(data: bytes) -> None:
    """A case is put in as lines of its own, or the file is refused with the text to paste."""
    text = data.decode("utf-8", "replace")
    for name in ("a.yaml", "a.jsonl"):
        try:
            after = insert(text, case(), name)
        except AfterwordError as error:
            assert error.message and error.hint
            continue
        added = len(after) - len(text)
        assert any(after[:at] == text[:at] and after[at + added :] == text[at:] for at in range(len(text) + 1))


def suites(data: bytes) -> None:
    """A team's YAML is data or nothing at all; no tag is obeyed."""
    text = data.decode("utf-8", "replace")
    found = loaded(text)
    assert found is None or isinstance(found, str | int | float | bytes | list | dict | set) or hasattr(found, "year")
    is_config(found)
    variables_in(text)


def drafts(data: bytes) -> None:
    """A draft is offered, or set aside with a sentence; its text stays."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "drafts" / "a.json"
        file.parent.mkdir()
        file.write_bytes(data)
        found, problems = Drafts(Path(folder)).scan()
        assert len(found) + len(problems) == 1
        kept = [path for path in file.parent.iterdir() if path.read_bytes() == data]
        assert kept


def shown(data: bytes) -> None:
    """What is shown holds nothing that a terminal obeys, and shows the same a second time."""
    text = data.decode("utf-8", "surrogateescape")
    assert not obeyed(visible_line(text).encode("utf-8", "surrogatepass"))
    assert visible(visible(text)) == visible(text)
    assert visible(text).count("\n") == text.count("\n")
    quoted = json.dumps(text, ensure_ascii=False)
    assert json.loads(escaped(quoted)) == text
    assert not obeyed(escaped(quoted).encode("utf-8", "surrogatepass"))


TARGETS = {
    "record": Target(record, seeds.records()),
    "times": Target(times, seeds.TIMES),
    "diff": Target(diff, seeds.DIFFS),
    "redaction": Target(redaction, seeds.samples()),
    "configuration": Target(configuration, seeds.CONFIGURATIONS),
    "globs": Target(globs, seeds.GLOBS),
    "settings": Target(settings, seeds.SETTINGS),
    "prompts": Target(prompts, seeds.PYTHON),
    "reports": Target(reports, seeds.REPORTS),
    "inserting": Target(inserting, seeds.suites()),
    "suites": Target(suites, seeds.suites()),
    "drafts": Target(drafts, seeds.drafts()),
    "shown": Target(shown, seeds.forms()),
}
