"""Bad input in the real program: one clear sentence with what to do, the exit code it has, nothing typed is lost."""

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from afterword.record.document import parse, render
from afterword.record.model import Record
from afterword.repo import Repository
from tests.checks.records import complete
from tests.histories import History
from tests.program import AFTERWORD, run, see
from tests.terminal import Terminal
from tests.tui.driver import walking

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
FOLDER = "docs/postmortems"


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A repository with one commit and no prompt."""
    history = History(tmp_path / "agent")
    history.commit("Begin", {"README.md": "# Agent\n"}, at="2026-03-01T10:00:00+00:00")
    return history


def refused(*arguments: str, cwd: Path, code: int = 2, **environment: str) -> str:
    """Run a command in a terminal that must end at once; return what it said, which is no crash and no screen."""
    with Terminal([*AFTERWORD, *arguments], cwd=cwd, env=environment, size=(120, 24)) as terminal:
        assert terminal.exit_code() == code, terminal.text()
        assert b"\x1b[?1049h" not in terminal.bytes_seen
        assert "fault of afterword" not in terminal.text() and "stopped" not in terminal.text()
        return " ".join(line.strip() for line in terminal.screen() if line)


# What goes wrong around the walk


def test_git_goes_missing_during_the_walk(history: History) -> None:
    tools = history.root.parent / "bin"
    tools.mkdir()
    git = tools / "git"
    real = shutil.which("git")
    assert real is not None
    git.symlink_to(real)
    with Terminal([*AFTERWORD, "new", "Wrong refunds"], cwd=history.root, env={"PATH": str(tools)}) as terminal:
        terminal.wait("What shall we call it", "0/14")
        git.unlink()
        terminal.type(" again").wait("Wrong refunds again").press("ctrl+s")
        see(terminal, "Git was not found on the PATH. Install git").press("ctrl+q")
        assert terminal.exit_code() == 0, terminal.text()
    assert [draft.record.title for draft in Repository.open(history.root).drafts.list()] == ["Wrong refunds again"]


def test_the_configuration_breaks_during_the_walk(history: History) -> None:
    with Terminal([*AFTERWORD, "new", "Wrong refunds"], cwd=history.root) as terminal:
        terminal.wait("What shall we call it", "0/14")
        broken = history.write(".afterword.toml", "prompts = 3\n")
        see(terminal.press("ctrl+s"), ".afterword.toml:1: prompts must be a list of texts.")
        broken.unlink()
        terminal.press("ctrl+s").wait("Save the post-mortem").press("enter")
        assert terminal.exit_code() == 0
    assert (history.root / FOLDER / "wrong-refunds.md").is_file()


# A repository without a past


def test_a_repository_without_a_commit_gets_its_first_one(tmp_path: Path) -> None:
    history = History(tmp_path / "new")
    with Terminal([*AFTERWORD, "new", "Wrong refunds"], cwd=history.root) as terminal:
        terminal.wait("What shall we call it").press(*["ctrl+n"] * 6).wait("Which prompt changed").press("enter")
        see(terminal, "Prompt changes", "This repository has no commit yet, so there is no").press("escape")
        terminal.wait("Which prompt changed").press("ctrl+s").wait("Save the post-mortem")
        terminal.press("right").wait("[yes]").press("enter")
        assert terminal.exit_code() == 0
    assert history.git("log", "--format=%s") == "Add post-mortem: Wrong refunds"
    assert history.git("show", "--name-only", "--format=", "HEAD") == f"{FOLDER}/wrong-refunds.md"


@pytest.mark.parametrize("arguments", [["list"], ["check"], ["prompts"]])
def test_commands_without_a_commit(tmp_path: Path, arguments: list[str]) -> None:
    done = run(*arguments, cwd=History(tmp_path / "new").root)
    assert (done.returncode, done.stdout) == (0, "")
    assert len(done.stderr.splitlines()) == 1


# Prompts


async def test_no_prompt_file_is_found(history: History) -> None:
    async with walking(history.root, now=NOW) as walk:
        await walk.go("Prompt diff")
        await walk.press("enter")
        await walk.sees("No prompt was found.", "**/{prompts,", ".afterword.toml", '["path/**"]')
        await walk.press("escape")
        await walk.sees("Which prompt changed")


LATIN = [text.encode("latin-1") for text in ("Grüße nie.\n", "Grüße immer süß.\n")]


async def test_a_prompt_that_is_not_utf8(history: History) -> None:
    for at, data in enumerate(LATIN, 1):
        history.commit(f"Edit {at}", {"prompts/greeting.txt": data}, at=f"2026-03-02T1{at}:00:00+00:00")
    async with walking(history.root, now=NOW, title="Wrong greeting") as walk:
        await walk.go("Prompt diff")
        await walk.press("enter")
        await walk.sees("- Gr��e nie.", "+ Gr��e immer s��.", "not UTF-8")
        await walk.press("enter")
        await walk.sees("Which prompt changed", "prompts/greeting.txt")
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("enter")
        await walk.sees_not("Save the post-mortem")
    saved = parse((history.root / FOLDER / "wrong-greeting.md").read_text("utf-8"))
    assert "-Gr��e nie.\n+Gr��e immer s��." in saved.causes[0].prompts[0].diff


async def test_a_prompt_of_two_megabytes(history: History) -> None:
    rules = [f"Rule {at}: be kind to everybody, and never promise a refund to anybody.\n" for at in range(30_000)]
    assert len("".join(rules)) > 2_000_000
    rules[10] += "Answer in English.\n"
    history.commit("Write it all down", {"prompts/all.md": "".join(rules)}, at="2026-03-02T10:00:00+00:00")
    rules[29_000] = "Rule 29000: say yes first.\n"
    history.commit("Say yes first", {"prompts/all.md": "".join(rules)}, at="2026-03-02T11:00:00+00:00")
    begun = time.monotonic()
    async with walking(history.root, now=NOW, title="Too kind") as walk:
        await walk.go("Prompt diff")
        await walk.press("enter")
        await walk.sees("Say yes first", "29000", "say yes")
        await walk.press("down")
        await walk.sees("Write it all down", "+30001", "Rule 0: be kind", "Rule 5")
        await walk.press("enter")
        await walk.sees("Which prompt changed", "prompts/all.md")
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("enter")
        await walk.sees_not("Save the post-mortem")
    plain = history.git("show", "--format=", "HEAD~1", "--", "prompts/all.md")
    text = (history.root / FOLDER / "too-kind.md").read_text("utf-8")
    assert f"~~~diff\n{plain}\n~~~\n" in text
    assert parse(text).causes[0].prompts[0].diff == plain
    assert time.monotonic() - begun < 60, "minutes would be a fault of its own"


# Files that are no record any more

GOOD = render(complete(status="in_review"))
CONFLICT = GOOD.replace("severity: SEV2\n", "<<<<<<< HEAD\nseverity: SEV1\n=======\nseverity: SEV2\n>>>>>>> theirs\n")
BODY_CONFLICT = GOOD.replace("## Timeline\n", "<<<<<<< HEAD\n## Timeline\n=======\n## Time line\n>>>>>>> theirs\n")
BROKEN = {
    "not-yaml": (GOOD.replace("title: ", "title: [a: "), "status: ", "the front matter is not YAML"),
    "wrong-type": (GOOD.replace("severity: SEV2", "severity: {a: 1}"), "severity: ", '"severity" is a mapping'),
    "conflict": (CONFLICT, "<<<<<<< HEAD", "merge conflict"),
    "conflict-in-the-body": (BODY_CONFLICT, "<<<<<<< HEAD", "merge conflict"),
    "not-utf8": (GOOD.replace("policy forbids", "policy verbi\udce4t", 1), "The support agent", "is not UTF-8"),
}


def break_record(history: History, kind: str, name: str = "2026-03-02-refunds") -> tuple[Path, int, str]:
    """Write a file that is a record no more: its path, the line that is wrong, what must be said of it."""
    text, start, said = BROKEN[kind]
    line = next(number for number, each in enumerate(text.split("\n"), 1) if each.startswith(start))
    return history.write(f"{FOLDER}/{name}.md", text.encode("utf-8", "surrogateescape")), line, said


@pytest.fixture(params=list(BROKEN))
def broken(request: pytest.FixtureRequest, history: History) -> tuple[Path, int, str]:
    """A file that is a record no more."""
    return break_record(history, request.param)


def test_a_broken_record_is_told_with_its_line(broken: tuple[Path, int, str], history: History) -> None:
    path, line, wrong = broken
    before = path.read_bytes()
    done = run("check", cwd=history.root)
    assert done.returncode == 1
    first, hint = done.stdout.splitlines()[:2]
    assert first.startswith(f"{FOLDER}/2026-03-02-refunds.md:{line}:") and wrong in first
    assert hint.strip(), "what to do about it"
    listed = run("list", cwd=history.root)
    assert (listed.returncode, "unreadable" in listed.stdout) == (0, True)
    said = refused("edit", "refunds", cwd=history.root)
    assert f"{FOLDER}/2026-03-02-refunds.md, line {line}: " in said and wrong in said
    assert path.read_bytes() == before


def test_the_home_screen_lists_them_and_refuses_to_walk_them(history: History) -> None:
    # The newest is the first in the list.
    files = [break_record(history, kind, f"2026-03-{9 - at:02}-{kind}") for at, kind in enumerate(BROKEN)]
    before = [path.read_bytes() for path, _, _ in files]
    with Terminal(AFTERWORD, cwd=history.root, size=(120, 30)) as terminal:
        for path, line, wrong in files:
            terminal.wait(path.stem, "does not parse").press("enter")
            see(terminal, f"{path.name}, line {line}:", wrong).press("down")
        terminal.press("n").wait("What shall we call it")
        terminal.press("ctrl+q").wait("does not parse").press("ctrl+q")
        assert terminal.exit_code() == 0
    assert [path.read_bytes() for path, _, _ in files] == before


# What is typed


def test_a_name_that_exists_already(history: History) -> None:
    path = history.write(f"{FOLDER}/wrong-refunds.md", render(Record(title="Another one")))
    before = path.read_bytes()
    with Terminal([*AFTERWORD, "new", "Wrong refunds"], cwd=history.root) as terminal:
        terminal.wait("What shall we call it").press("ctrl+s").wait("Save the post-mortem", "wrong-refunds-2.md")
        terminal.press("shift+tab", "end", *["backspace"] * len("-2.md")).type(".md").press("enter")
        see(terminal, "wrong-refunds.md exists already. Save it as wrong-refunds-2").press("escape")
        terminal.wait_gone("Save the post-mortem").press("ctrl+q")
        assert terminal.exit_code() == 0
    assert path.read_bytes() == before
    assert [draft.record.title for draft in Repository.open(history.root).drafts.list()] == ["Wrong refunds"]


@pytest.mark.parametrize("name", ["../../outside.md", "src/x.md", f"{FOLDER}/x.txt", f"{FOLDER}/.md", ""])
async def test_a_name_that_is_no_record(history: History, name: str) -> None:
    async with walking(history.root, now=NOW, title="Wrong refunds") as walk:
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("shift+tab", "end", "ctrl+u")
        await walk.type(name + "\n")
        await walk.sees("not a Markdown file in", FOLDER)
    assert history.git("status", "--porcelain") == ""


BACKWARDS = "The clock runs backwards: detected 2026-03-02T13:00Z is before"


def test_a_clock_that_runs_backwards(history: History) -> None:
    with Terminal([*AFTERWORD, "new", "Wrong refunds"], cwd=history.root, size=(140, 40)) as terminal:
        terminal.wait("What shall we call it").press("ctrl+n").wait("When did it start")
        terminal.type("2026-03-02 14:05").press("tab").type("2026-03-02 13:00").press("ctrl+s")
        terminal.wait("Save the post-mortem").press("escape").wait("ready for others")
        terminal.press("end").wait(BACKWARDS)
        terminal.press("ctrl+s").wait("Save the post-mortem").press("enter")
        assert terminal.exit_code() == 0
    saved = next((history.root / FOLDER).glob("*.md"))
    done = run("check", cwd=history.root)
    assert done.returncode == 1
    line = saved.read_text().splitlines().index("detected: 2026-03-02T13:00Z") + 1
    assert any(f":{line}: error: " in told and BACKWARDS in told for told in done.stdout.splitlines())
