"""`list`, `show` and `check` over saved records."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from afterword.record.document import render
from afterword.record.model import Record
from tests.checks.records import complete
from tests.cli.conftest import Run
from tests.histories import History

FOLDER = "docs/postmortems"
REFUNDS, PRICES, BROKEN = "2026-03-02-refunds", "2026-01-14-old-prices", "2026-02-01-broken"


@pytest.fixture
def saved(history: History) -> History:
    """A repository with one complete record, one begun, and one that does not parse."""
    history.commit("Prompt", {"prompts/system.md": "x\n"}, author="Ana Lima <ana@example.org>")
    history.write(f"{FOLDER}/{REFUNDS}.md", render(complete(status="in_review")))
    history.write(f"{FOLDER}/{PRICES}.md", render(Record(title="Agent quotes old prices", severity="SEV3")))
    history.write(f"{FOLDER}/{BROKEN}.md", "---\nschema: afterword/1\ntitle: a: b\n---\n\n# x\n")
    return history


def write(history: History, name: str, **changes: Any) -> Path:
    return history.write(f"{FOLDER}/{name}.md", render(complete(**changes)))


def test_list_shows_records_newest_first(start: Run, saved: History) -> None:
    done = start("list", cwd=saved.root)
    assert done.returncode == 0 and done.stderr == ""
    first, second, third = done.stdout.splitlines()
    assert first.split()[:5] == [REFUNDS, "in_review", "SEV2", "done", "0"]
    assert first.endswith("Support agent promised refunds")
    assert second.startswith(BROKEN) and "unreadable" in second and "line 3" in second
    assert "not resolved yet" in third and "SEV3" in third


def test_list_json_has_the_records_own_keys(run: Run, saved: History) -> None:
    data = json.loads(run("list", "--json", cwd=saved.root).stdout)
    assert data["schema"] == "afterword/list/1"
    refunds, broken, prices = data["records"]
    assert (refunds["id"], refunds["status"]) == (REFUNDS, "in_review")
    assert refunds["resolved"] == "2026-03-03T10:55Z"
    assert refunds["clock"]["due"] == "2026-03-06T10:55:00Z"
    assert refunds["problems"] == {"errors": 0, "warnings": 0}
    assert "line 3" in broken["error"] and "title" not in broken
    assert prices["problems"]["errors"] > 10


def test_list_by_status(run: Run, saved: History) -> None:
    drafts = run("list", "--status", "draft", cwd=saved.root).stdout
    assert [line.split()[0] for line in drafts.splitlines()] == [PRICES]
    none = run("list", "--status", "closed", cwd=saved.root)
    assert (none.stdout, none.returncode) == ("", 0)
    assert "No record with status closed" in none.stderr


def test_show_prints_the_file_to_the_byte(start: Run, saved: History) -> None:
    path = saved.root / FOLDER / f"{REFUNDS}.md"
    for part in (REFUNDS, "2026-03", "refunds"):
        assert start("show", part, cwd=saved.root).stdout == path.read_text()
    data = json.loads(start("show", "refunds", "--json", cwd=saved.root).stdout)
    assert data["schema"] == "afterword/show/1"
    (record,) = data["records"]
    assert record["id"] == REFUNDS
    assert record["actions"][0]["due"] == "2026-03-20"
    assert set(Record.model_fields) <= set(record)


def test_show_of_a_file_that_does_not_parse_prints_it_with_the_reason(run: Run, saved: History) -> None:
    done = run("show", "broken", cwd=saved.root)
    assert done.returncode == 0
    assert done.stdout.startswith("---\nschema: afterword/1\n")
    assert "line 3" in done.stderr
    assert run("show", "broken", "--json", cwd=saved.root).returncode == 2


def test_abbreviated_ids_must_be_unique(run: Run, saved: History) -> None:
    several = run("show", "2026", cwd=saved.root)
    assert several.returncode == 2
    assert f"'2026' could be 3 records: {PRICES}, {BROKEN}, {REFUNDS}." in several.stderr
    none = run("show", "nothing", cwd=saved.root)
    assert none.returncode == 2
    assert "There is no record 'nothing' here." in none.stderr
    assert REFUNDS in none.stderr


def test_check_passes_a_complete_record(start: Run, saved: History) -> None:
    done = start("check", "refunds", cwd=saved.root)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "No problems in 1 record.\n"


def test_check_names_file_line_and_a_better_way(run: Run, saved: History) -> None:
    summary = "All began well.\nAna forgot to run the suite."
    path = write(saved, "2026-03-04-blame", status="in_review", summary=summary)
    done = run("check", "blame", cwd=saved.root)
    assert done.returncode == 1
    line = path.read_text().splitlines().index("Ana forgot to run the suite.") + 1
    first, hint = done.stdout.splitlines()
    assert first.startswith(f"{FOLDER}/2026-03-04-blame.md:{line}: error: “Ana forgot to run the suite” ")
    assert first.endswith("[blame-forgot]")
    assert "no step of the process required to run the suite" in hint
    assert done.stderr == "1 error, 0 warnings in 1 record.\n"


def test_check_of_everything_reports_the_file_that_does_not_parse(run: Run, saved: History) -> None:
    done = run("check", cwd=saved.root)
    assert done.returncode == 1
    assert f"{FOLDER}/{BROKEN}.md:3: error:" in done.stdout
    assert f"{FOLDER}/{PRICES}.md:" in done.stdout
    assert f"{FOLDER}/{REFUNDS}.md" not in done.stdout


def test_warnings_alone_do_not_fail(run: Run, saved: History) -> None:
    write(saved, "2026-03-04-thin", status="in_review", lucky="")
    done = run("check", "thin", cwd=saved.root)
    assert done.returncode == 0
    assert ": warning: “Where we got lucky” is empty." in done.stdout


def test_check_finds_values_in_the_text_without_repeating_them(run: Run, saved: History) -> None:
    address = "mia.kruse@" + "posthalter.net"
    key = "sk-" + "ant-" + "api03-" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY" * 3 + "AA"
    texts = {"summary": f"First the ticket of {address}.", "lucky": f"The key {key} had expired."}
    write(saved, "2026-03-04-leak", status="in_review", **texts)
    done = run("check", "leak", cwd=saved.root)
    assert done.returncode == 1
    assert done.stdout.count("[exposed]") == 2
    assert address not in done.stdout and key not in done.stdout


def test_check_works_outside_a_repository_for_paths(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "one.md").write_text(render(complete(status="in_review")))
    assert run("check", "one.md", cwd=folder).returncode == 0
    assert run("check", folder, cwd=tmp_path).stderr == "No problems in 1 record.\n"
    (folder / "two.md").write_text("# no record\n")
    done = run("check", folder / "two.md", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("plain/two.md:1: error:")
    missing = run("check", "three.md", cwd=folder)
    assert missing.returncode == 2
    assert "three.md does not exist." in missing.stderr


def test_nothing_to_check_is_said_and_fine(run: Run, history: History) -> None:
    done = run("check", cwd=history.root)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Nothing to check" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"---\nschema: afterword/1\ntitle: caf\xe9\n---\n", "UTF-8"),
        (
            b"---\nschema: afterword/1\n<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> x\n---\n",
            "conflict",
        ),
        (b"---\nschema: afterword/1\nseverity: {a: b}\n---\n", "severity"),
        (b"", "error"),
    ],
)
def test_unreadable_files_are_problems_with_a_line(run: Run, history: History, content: bytes, said: str) -> None:
    history.write(f"{FOLDER}/2026-01-01-bad.md", content)
    done = run("check", f"{FOLDER}/2026-01-01-bad.md", cwd=history.root)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{FOLDER}/2026-01-01-bad.md:")
    assert said in done.stdout
    assert len([line for line in done.stdout.splitlines() if ": error: " in line]) == 1


def test_json_github_and_junit_carry_the_same_problems(run: Run, saved: History) -> None:
    write(saved, "2026-03-04-blame", status="in_review", summary="Human error, 100%: sad.", lucky="")
    data = json.loads(run("check", "blame", "--format", "json", cwd=saved.root).stdout)
    assert data["schema"] == "afterword/check/1"
    error, warning = data["problems"]
    assert (error["code"], error["severity"], error["section"]) == ("blame-human-error", "error", "summary")
    assert error["path"] == warning["path"] == f"{FOLDER}/2026-03-04-blame.md"
    assert 0 < error["line"] < warning["line"]

    github = run("check", "blame", "--format", "github", cwd=saved.root)
    assert github.returncode == 1
    first, second = github.stdout.splitlines()
    place = f"file={FOLDER}/2026-03-04-blame.md,line={error['line']}"
    assert first.startswith(f"::error {place},title=afterword blame-human-error::“Human error” ")
    assert second.startswith("::warning file=")

    suites = ET.fromstring(run("check", "blame", "refunds", "--format", "junit", cwd=saved.root).stdout)
    failures = [(suite.get("name"), suite.get("failures")) for suite in suites]
    assert failures == [("2026-03-04-blame", "1"), (REFUNDS, "0")]
    assert "Human error" in (suites[0][0][0].get("message") or "")
    assert "Where we got lucky" in (suites[0].findtext("system-out") or "")


def test_github_annotations_escape_what_would_break_them(run: Run, saved: History) -> None:
    saved.write("a, b:c/2026-03-04-x.md", render(complete(title="", status="in_review")))
    done = run("check", "a, b:c/2026-03-04-x.md", "--format", "github", cwd=saved.root)
    assert "file=a%2C b%3Ac/2026-03-04-x.md,line=" in done.stdout


def test_configured_severities_and_authors_are_known(run: Run, saved: History) -> None:
    saved.write(".afterword.toml", 'severities = ["P1", "P2"]\n')
    write(
        saved,
        "2026-03-04-p",
        status="in_review",
        severity="P1",
        summary="The chat was down. Lima missed the page.",
    )
    done = run("check", "2026-03-04-p", cwd=saved.root)
    assert [line.split()[-1] for line in done.stdout.splitlines() if "error" in line] == ["[blame-person-broke]"]
    write(saved, "2026-03-05-p", status="in_review", severity="SEV2")
    assert "[unknown-word]" in run("check", "2026-03-05-p", cwd=saved.root).stdout
