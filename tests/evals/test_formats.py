"""Each format is what its runner reads: parsed by the runner's own readers where they are at hand."""

import asyncio
import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from afterword.errors import AfterwordError
from afterword.evals.formats import FORMATS, format_of, promptfoo
from afterword.evals.formats import pytest as pytest_file
from tests.evals.cases import HOSTILE, ID, case

hostile = st.sampled_from(HOSTILE) | st.text()
SCHEMA = '{"type": "object", "required": ["id"], "$ref": "#/definitions/x"}'
BY_KIND = {
    "contains": "policy",
    "not_contains": "on its way",
    "regex": r"pol\w+",
    "equals": "See the policy.",
    "rubric": "is polite",
    "json_schema": SCHEMA,
}


def settled(text: str) -> str:
    """Return what a file can hold of a text."""
    return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)


@given(hostile)
def test_a_quoted_text_is_that_text_in_yaml_and_shows_what_it_is(text: str) -> None:
    written = promptfoo.quoted(text)
    assert yaml.safe_load(written) == settled(text)
    assert yaml.safe_load(f"- a: {written} # x\n  b: c") == [{"a": settled(text), "b": "c"}]
    assert "\n" not in written and not set(written) & set("\u202e\u2066\u200b\x1b\x85\u2028\ufeff\U000e0041")


@given(hostile, hostile)
def test_every_format_carries_texts_unharmed(asked: str, expected: str) -> None:
    asked, expected = settled(asked), settled(expected)
    one = case(input=asked, expected=expected)
    (test,) = yaml.safe_load(FORMATS["promptfoo"](one).text)
    assert test == promptfoo.test_of(one)
    for name in ("inspect", "jsonl"):
        (line,) = FORMATS[name](one).text.splitlines()
        assert json.loads(line)["input"] == asked
    names: dict[str, Any] = {}
    source = FORMATS["pytest"](one).text
    exec(compile(source, "case", "exec"), names)
    assert (names["INPUT"], names["EXPECTED"]) == (asked, expected)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_csv_row_carries_texts_unharmed(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO(FORMATS["inspect-csv"](case(input=text)).text, newline=""), dialect="unix")
    assert row["input"] == text and json.loads(row["metadata"])["incident"] == ID


@given(hostile)
def test_nothing_in_a_text_is_a_template_or_a_reference(text: str) -> None:
    written = promptfoo.literal(text)
    if written == text:
        assert not any(mark in text for mark in ("{{", "{%", "{#")) and not text.startswith("file://")
        return
    assert not written.startswith("file://")
    parts = written.removeprefix("{% raw %}").removesuffix("{% endraw %}").split("{% endraw %}{% raw %}")
    assert "".join(parts) == text
    assert not any(mark in part for part in parts for mark in ("{{", "{%", "{#"))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("kind", BY_KIND)
def test_a_case_carries_the_id_and_says_how_it_is_run(name: str, kind: str) -> None:
    written = FORMATS[name](case(kind, BY_KIND[kind]))
    assert ID in written.text and written.path.startswith("evals/incidents/")
    assert written.how_to_run and format_of(written.runner) == name.removesuffix("-csv")
    assert written.text.endswith("\n") and "\r" not in written.text
    assert FORMATS[name](case(kind, BY_KIND[kind], title="", expected="", metadata={})).text


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("contains", "icontains"),
        ("not_contains", "not-icontains"),
        ("regex", "regex"),
        ("equals", "equals"),
        ("rubric", "llm-rubric"),
        ("json_schema", "is-json"),
    ],
)
def test_promptfoo_knows_the_assertion(kind: str, type_: str) -> None:
    (test,) = yaml.safe_load(FORMATS["promptfoo"](case(kind, BY_KIND[kind])).text)
    assert test["assert"] == [{"type": type_, "value": BY_KIND[kind]}]
    assert test["metadata"] == {"incident": ID, "expected": "links the policy and promises no refund"}
    assert test["description"] == f"{ID}: Support agent promised refunds"


def test_a_regular_expression_that_the_runner_does_not_know_is_refused() -> None:
    for value in ("(?i)refund", r"\Arefund", "(?P<a>b)"):
        with pytest.raises(AfterwordError, match="JavaScript"):
            FORMATS["promptfoo"](case("regex", value))
    assert FORMATS["promptfoo"](case("regex", r"\\A|(?:a)"))
    with pytest.raises(AfterwordError, match="does not compile"):
        FORMATS["pytest"](case("regex", "(?<name>a"))


TOY = """\
import pytest


@pytest.fixture
def answer():
    return lambda text: {said!r}
"""


def run_pytest(folder: Path, said: str, text: str, path: str) -> tuple[int, str]:
    """Run a case against a model that always says the same; return the exit code and the JUnit report."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    (folder / "conftest.py").write_text(TOY.format(said=said), encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n")
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junit-xml={report}", str(file)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.returncode, report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "value", "good", "bad"),
    [
        ("not_contains", "refund is on its way", "See the policy.", "Your REFUND is on its way!"),
        ("regex", r"pol\w+", "See the policy.", "Sure!"),
    ],
)
def test_the_pytest_file_fails_on_the_bad_answer_and_passes_on_the_good(
    tmp_path: Path, kind: str, value: str, good: str, bad: str
) -> None:
    written = FORMATS["pytest"](case(kind, value))
    assert pytest_file.is_test_file(written.path)
    code, report = run_pytest(tmp_path / "good", good, written.text, written.path)
    assert code == 0 and f"test_incident[{ID}]" in report and f'name="incident" value="{ID}"' in report
    code, report = run_pytest(tmp_path / "bad", bad, written.text, written.path)
    assert code == 1 and 'failures="1"' in report and 'errors="0"' in report


def test_without_the_fixture_the_pytest_file_is_an_error_and_no_failure(tmp_path: Path) -> None:
    written = FORMATS["pytest"](case())
    (tmp_path / "x").mkdir()
    code, report = run_pytest(tmp_path / "x", "", written.text.replace("answer", "reply"), written.path)
    assert code == 1 and 'errors="1"' in report and 'failures="0"' in report


def test_inspect_reads_the_dataset_and_scores_by_its_assertion(tmp_path: Path) -> None:
    pytest.importorskip("inspect_ai", reason="opt-in: pip install inspect-ai")
    from inspect_ai.dataset import csv_dataset, json_dataset

    from afterword.evals.formats.inspect import SCORER

    names: dict[str, Any] = {}
    scorer = tmp_path / "scorer.py"
    scorer.write_text(SCORER)
    exec(compile(SCORER, str(scorer), "exec"), names)
    for name, reader in (("inspect", json_dataset), ("inspect-csv", csv_dataset)):
        for text in HOSTILE:
            written = FORMATS[name](case(input=text))
            file = tmp_path / Path(written.path).name
            file.write_bytes(written.text.encode("utf-8"))
            (sample,) = reader(str(file))
            # Inspect opens CSV files in text mode: carriage returns become newlines there.
            kept = text if name == "inspect" else text.replace("\r\n", "\n").replace("\r", "\n")
            assert (sample.id, sample.input, sample.metadata["incident"]) == (ID, kept, ID)
        for said, value in (("Your Refund is on its way", "I"), ("See the policy", "C")):
            state = SimpleNamespace(metadata=sample.metadata, output=SimpleNamespace(completion=said))
            assert asyncio.run(names["incident"]()(state, None)).value == value
