"""Findings in a text: for people, as JSON, and line by line for programs."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from afterword.redaction import name_model, second_scanner
from tests.cli.conftest import Run

ADDRESS = "mia.kruse@" + "posthalter.net"
KEY = "sk-" + "ant-" + "api03-" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY" * 3 + "AA"
TEXT = f"First line.\nWrite to {ADDRESS}, please.\nANTHROPIC_API_KEY={KEY}\n"


def test_findings_have_place_label_and_reason_but_no_value(start: Run, tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(TEXT)
    done = start("redact", "chat.txt")
    assert done.returncode == 0
    first, second = done.stdout.splitlines()
    assert first.startswith("chat.txt:2:10: EMAIL ")
    assert second.startswith("chat.txt:3:19: SECRET")
    assert "m…t" in first
    assert ADDRESS not in done.stdout and KEY not in done.stdout
    assert done.stderr.splitlines()[0] == "2 findings."


def test_the_extras_that_took_part_are_named(run: Run) -> None:
    extras = [name for name in (second_scanner(), name_model()) if name]
    told = run("redact", stdin=TEXT).stderr
    assert all(name in told for name in extras)
    assert ("Also on: " in told) == bool(extras)


def test_standard_input_and_json(run: Run) -> None:
    done = run("redact", "--json", stdin=TEXT)
    data = json.loads(done.stdout)
    assert data["schema"] == "afterword/redact/1" and data["complete"] is True
    first = data["findings"][0]
    assert TEXT[first["start"] : first["end"]] == ADDRESS
    assert (first["line"], first["column"], first["label"]) == (2, 10, "EMAIL")
    assert ADDRESS not in done.stdout
    assert run("redact", stdin="Nothing here.").stderr.splitlines()[0] == "Nothing found."


def test_jsonl_answers_each_line_at_once_in_one_process() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "afterword", "redact", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdin and process.stdout
        for text in (TEXT, "", "\U0001f600 " + ADDRESS, "lone \ud800 half " + ADDRESS):
            process.stdin.write(json.dumps({"text": text}) + "\n")
            process.stdin.flush()
            spans = json.loads(process.stdout.readline())
            found = [text[span["start"] : span["end"]] for span in spans]
            assert (ADDRESS in found) == (ADDRESS in text)
            assert all(set(span) == {"start", "end", "label"} for span in spans)
        process.stdin.close()
        assert process.wait() == 0


@pytest.mark.parametrize("line", ["not json", "[]", '{"other": 1}', '{"text": 5}'])
def test_jsonl_refuses_a_line_that_is_no_text(run: Run, line: str) -> None:
    done = run("redact", "--jsonl", stdin=f'{{"text": "fine"}}\n{line}\n')
    assert done.returncode == 2
    assert done.stdout == "[]\n"
    assert 'standard input:2: the line is not {"text": "..."}.' in done.stderr


def test_files_that_cannot_be_read_are_refused(run: Run, tmp_path: Path) -> None:
    assert "missing.txt cannot be read: No such file" in run("redact", "missing.txt").stderr
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9 one\n")
    done = run("redact", "latin.txt")
    assert done.returncode == 2
    assert "latin.txt:1: byte 3 is not UTF-8." in done.stderr


def test_json_and_jsonl_exclude_each_other(run: Run) -> None:
    assert run("redact", "--json", "--jsonl").returncode == 2


def test_apply_prints_the_text_with_placeholders(run: Run, tmp_path: Path) -> None:
    text = f"{TEXT}Again {ADDRESS.upper()}, never info@example.com.\r\nNo newline at the end"
    (tmp_path / "chat.txt").write_bytes(text.encode())
    command = [sys.executable, "-m", "afterword", "redact", "--apply", str(tmp_path / "chat.txt")]
    done = subprocess.run(command, capture_output=True, check=True)
    safe = done.stdout.decode()
    assert safe.startswith("First line.\nWrite to [EMAIL_1], please.\nANTHROPIC_API_KEY=[SECRET_ANTHROPIC_1]\n")
    assert safe.endswith("Again [EMAIL_1], never info@example.com.\r\nNo newline at the end")
    assert done.stderr == b"Replaced: 2 EMAIL, 1 SECRET_ANTHROPIC. Kept: 1 documented dummy.\n"
    assert (tmp_path / "chat.txt").read_bytes() == text.encode()


def test_a_text_beyond_the_scan_is_not_printed(run: Run) -> None:
    done = run("redact", "--apply", stdin="x " * 2_050_000)
    assert done.returncode == 3 and done.stdout == "" and "could not be scanned to its end" in done.stderr


def test_the_rules_of_the_repository_hold(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".afterword.toml").write_text(
        f'[redaction]\nallow = ["{ADDRESS}"]\ninternal_hosts = ["acme.example.net"]\n'
        "patterns = [{ label = 'ticket', pattern = 'TCK-[0-9]{6}', reason = 'our tickets' }]\n"
    )
    text = f"{ADDRESS} wrote TCK-204611 about gpu7.acme.example.net"
    done = run("redact", stdin=text)
    assert re.findall(r": ([A-Z]+) ", done.stdout) == ["TICKET", "HOSTNAME"]
    assert "our tickets" in done.stdout
    spans = json.loads(run("redact", "--jsonl", stdin=json.dumps({"text": text})).stdout)
    assert [span["label"] for span in spans] == ["TICKET", "HOSTNAME"]


def test_rules_that_cannot_be_used_are_said_with_file_and_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".afterword.toml").write_text("[redaction]\npatterns = [{ label = 'x', pattern = '(a+)+b' }]\n")
    done = run("redact", stdin="aaaa")
    assert done.returncode == 2 and done.stdout == ""
    assert ".afterword.toml:2: [redaction] patterns" in done.stderr
