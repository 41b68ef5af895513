"""Where a file is expected lies something else: nothing waits for it, and no link leads out of the repository."""

import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from afterword.cli import main
from afterword.record.document import render
from afterword.repo import Repository
from afterword.tui.listed import Listed, read_listed
from tests.checks.records import complete
from tests.histories import History
from tests.program import AFTERWORD
from tests.terminal import Terminal

FOLDER = "docs/postmortems"
NAME = f"{FOLDER}/2026-03-02-refunds.md"


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _folder(path: Path) -> None:
    path.mkdir()


THINGS: dict[str, Callable[[Path], None]] = {
    "a pipe": _pipe,
    "an endless device": _endless,
    "a socket": _socket,
    "a link to itself": _loop,
    "a folder": _folder,
}


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process, as it runs in a pipe."""

    def run(*arguments: str, cwd: Path) -> Ended:
        code = main(["-C", str(cwd), *arguments])
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Come back from wherever a command went."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A repository with one record."""
    history = History(tmp_path / "agent")
    history.commit("Begin", {"prompts/a.md": "Be kind.\n", NAME: render(complete())})
    return history


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("name", [".afterword.toml", "pyproject.toml"])
def test_as_configuration(run: Run, history: History, thing: str, name: str) -> None:
    THINGS[thing](history.root / name)
    done = run("list", cwd=history.root)
    assert done.returncode == 2 and f"{name} could not be read" in done.stderr


@pytest.mark.parametrize("thing", THINGS)
def test_as_a_record(run: Run, history: History, thing: str) -> None:
    THINGS[thing](history.root / f"{FOLDER}/2026-03-05-thing.md")
    done = run("list", cwd=history.root)
    assert done.returncode == 0
    thing_row, good = done.stdout.splitlines()
    assert "2026-03-05-thing" in thing_row and "unreadable" in thing_row and "2026-03-02-refunds" in good
    checked = run("check", "2026-03-05-thing", cwd=history.root)
    assert checked.returncode == 1 and "2026-03-05-thing.md" in checked.stdout


@pytest.mark.parametrize("thing", ["a pipe", "an endless device", "a socket", "a link to itself", "a folder"])
def test_as_a_draft(history: History, thing: str) -> None:
    folder = history.root / ".git/afterword/drafts"
    folder.mkdir(parents=True)
    THINGS[thing](folder / "x.json")
    drafts, problems = Repository.open(history.root).drafts.scan()
    assert not drafts and len(problems) == 1


@pytest.mark.parametrize("thing", THINGS)
def test_as_a_sample(history: History, thing: str) -> None:
    path = history.root / "trace.txt"
    THINGS[thing](path)
    with Terminal([*AFTERWORD, "new", "--sample", str(path)], cwd=history.root) as terminal:
        assert terminal.exit_code() == 2
        assert "trace.txt" in "".join(terminal.screen()) and "fault of" not in terminal.text()


@pytest.mark.parametrize("option", [[], ["--jsonl"]])
def test_an_endless_device_to_redact(run: Run, history: History, option: list[str]) -> None:
    done = run("redact", "/dev/zero", *option, cwd=history.root)
    assert done.returncode == 2 and "is larger than 64 MB" in done.stderr


@pytest.mark.parametrize("thing", ["a pipe", "an endless device", "a socket"])
def test_as_an_eval_case_or_suite(run: Run, history: History, thing: str) -> None:
    (history.root / "evals/incidents").mkdir(parents=True)
    THINGS[thing](history.root / "evals/incidents/2026-03-02-refunds.yaml")
    for arguments in (["check"], ["case", "refunds", "--into", "evals/incidents/2026-03-02-refunds.yaml"], ["prompts"]):
        done = run(*arguments, cwd=history.root)
        assert done.returncode in (0, 1, 2, 3) and "fault of" not in done.stderr


# Links and `..`


def test_a_record_that_leads_out_is_not_read(run: Run, history: History, tmp_path: Path) -> None:
    outside = tmp_path / "2026-03-07-outside.md"
    outside.write_text(render(complete(title="Private words")))
    (history.root / f"{FOLDER}/2026-03-07-outside.md").symlink_to(outside)
    done = run("list", cwd=history.root)
    assert "Private words" not in done.stdout and "leads outside the work tree" in done.stdout
    assert "Private words" not in run("show", "outside", cwd=history.root).stdout


def test_a_records_folder_that_leads_out_is_refused(run: Run, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "2026-03-07-outside.md").write_text(render(complete()))
    history = History(tmp_path / "agent")
    (history.root / "docs").mkdir()
    (history.root / FOLDER).symlink_to(outside)
    done = run("list", cwd=history.root)
    assert done.returncode == 2 and "leads outside the work tree" in done.stderr
    assert [path.name for path in outside.iterdir()] == ["2026-03-07-outside.md"]


@pytest.mark.parametrize("value", ["../x", "/etc", "a/../../x", ".git/x", "..", "a\\u0000b"])
def test_a_configured_folder_outside_is_refused(run: Run, history: History, value: str) -> None:
    history.write(".afterword.toml", f'records_dir = "{value}"\n')
    done = run("list", cwd=history.root)
    assert done.returncode == 2 and ".afterword.toml:1: records_dir must be a folder inside" in done.stderr


@pytest.mark.parametrize("path", ["../out.yaml", "/tmp/out.yaml", "evals/link/out.yaml", ".git/out.yaml"])
def test_the_path_of_an_eval_case_stays_inside(run: Run, history: History, tmp_path: Path, path: str) -> None:
    (tmp_path / "beyond").mkdir()
    (history.root / "evals").mkdir()
    (history.root / "evals/link").symlink_to(tmp_path / "beyond")
    record = complete()
    assert record.eval_case is not None
    case = record.eval_case.changed(path=path, assertion="contains: policy", input="Refund?")
    history.write(NAME, render(record.changed(eval_case=case)))
    history.write(".afterword.toml", '[evals]\ncommand = "touch {case}"\nexit_codes = true\n')
    for arguments in (["case", "refunds"], ["prove", "refunds", "--yes"], ["check"]):
        done = run(*arguments, cwd=history.root)
        assert "fault of" not in done.stderr
    assert not list((tmp_path / "beyond").iterdir()) and not (tmp_path / "out.yaml").exists()
    assert not (history.root / ".git/out.yaml").exists()


def test_drafts_that_are_a_link_are_refused(history: History, tmp_path: Path) -> None:
    (tmp_path / "beyond").mkdir()
    (history.root / ".git/afterword").symlink_to(tmp_path / "beyond")
    with Terminal([*AFTERWORD, "new", "Wrong refunds"], cwd=history.root) as terminal:
        terminal.wait("What shall we call it").type(" again").wait("again")
        terminal.wait("is a link", timeout=10).press("ctrl+q")
        terminal.settle().press("ctrl+q").settle()
    assert not list((tmp_path / "beyond").rglob("*"))


def test_whoever_leaves_does_not_wait_for_thousands_of_records(history: History) -> None:
    for number in range(60):
        history.write(f"{FOLDER}/2026-01-01-r{number}.md", render(complete()))
    first: list[Listed] = []
    every: list[Listed] = []

    def take_no_more(lines: list[Listed]) -> bool:
        first.extend(lines)
        return not first

    def take_all(lines: list[Listed]) -> bool:
        every.extend(lines)
        return True

    read_listed(history.root, datetime.now(UTC), take_no_more)
    assert 0 < len(first) < 61
    read_listed(history.root, datetime.now(UTC), take_all)
    assert len(every) == 61
