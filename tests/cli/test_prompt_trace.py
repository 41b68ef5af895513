"""Where the lines of an effective prompt came from, on the command line."""

import io
import json
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from afterword.cli.output import Output
from afterword.cli.prompt_trace import run_trace
from afterword.errors import AfterwordError
from tests.histories import History

GREETING = "You are the support agent of a small shop."


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    """A repository with one prompt, which is the working directory."""
    history = History(tmp_path / "shop")
    history.commit("1", {"prompts/a.md": f"{GREETING}\n"}, at="2026-03-01T10:00:00Z")
    monkeypatch.chdir(history.root)
    return history


def traced(text: str | bytes, tmp_path: Path, is_json: bool = False) -> int:
    file = tmp_path / "prompt.txt"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = Output()
    status = run_trace(Namespace(trace=str(file), json=is_json), out)
    out.flush()
    return status


def test_a_row_for_each_run_of_lines(shop: History, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert traced(f"{GREETING}\n\nThe customer is Jane.\n", tmp_path) == 0
    done = capsys.readouterr()
    short = shop.git("rev-parse", "--short", "HEAD")
    assert done.out.splitlines() == [
        f"{GREETING}  verbatim in `prompts/a.md`:1 since 2026-03-01 ({short})",
        "The customer is Jane.                       never in this repository",
    ]
    assert done.err == "1 at HEAD, 1 never in this repository.\n"


def test_json_has_every_line_whole(shop: History, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = "x" * 500
    traced(f"{GREETING}\n{long}\n-\n", tmp_path, is_json=True)
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "afterword/origins/1" and data["versioned"] == "no"
    first, second, third = data["origins"]
    assert (first["kind"], first["path"], first["line_number"], first["since"]) == (
        *("here", "prompts/a.md", 1),
        "2026-03-01T10:00Z",
    )
    assert shop.head().startswith(first["commit"])
    assert (second["line"], second["kind"], third["kind"]) == (long, "never", "short")


def test_standard_input(shop: History, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GREETING.encode())))
    assert run_trace(Namespace(trace="-", json=False), Output()) == 0
    assert "verbatim in `prompts/a.md`:1" in capsys.readouterr().out


def test_bad_input_is_one_clear_sentence(shop: History, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AfterwordError, match=r"there\.txt cannot be read: No such file"):
        run_trace(Namespace(trace="there.txt", json=False), Output())
    with pytest.raises(AfterwordError, match="is not a text file"):
        traced(b"a\0b", tmp_path)
    traced("", tmp_path)
    assert capsys.readouterr().err == "There is no line to trace: the text is empty.\n"
    traced(GREETING.encode() + b"\n\xff a line in another encoding\n", tmp_path)
    done = capsys.readouterr()
    assert "is not UTF-8 (line 2" in done.err and "verbatim" in done.out
