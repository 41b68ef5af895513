"""The proof of the eval case, from the walk: what is said first, what is recorded, and that nothing stays behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from afterword.record.model import EvalCase
from afterword.repo import Repository
from afterword.tui.screens.proof import ProofScreen
from afterword.tui.sections import section_index
from tests.evals.toy import CASE, ID, PROMPT, Toy
from tests.program import AFTERWORD, reads
from tests.terminal import Terminal
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Toy:
    """The toy repository, with a stand-in for promptfoo; work trees go to a folder of their own."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    toy = Toy(tmp_path / "agent")
    toy.stand_in("judge")
    return toy


def left_behind(toy: Toy) -> list[str]:
    return [*toy.worktrees(), *(path.name for path in (toy.root.parent / "temporary").iterdir())]


@asynccontextmanager
async def planned(toy: Toy, *words: str) -> AsyncIterator[Walker]:
    """A walk of the saved record, at the screen of the proof."""
    async with walking(toy.root, now=NOW, mode="edit", record_id=ID) as walk:
        await walk.walk.go(section_index("eval_case"))
        await walk.sees("F7", "Prove", "^S", "Proof: none yet")
        await walk.press("f7")
        await walk.sees("Prove the new eval case", *(words or ("Run the case on both revisions?",)))
        yield walk


def drafted(walk: Walker) -> EvalCase:
    case = walk.walk.session.record.eval_case
    assert case is not None
    return case


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


# The plan


async def test_the_plan_says_what_will_be_run_and_runs_nothing(toy: Toy) -> None:
    toy.stand_in("judge", repeat=2, setup=["true"], link=[".env"], env={"KEY": "hush"}, timeout=90)
    async with planned(toy) as walk:
        await reads(
            walk,
            f"Before {toy.bad[:7]}  2026-03-02  Warm the tone  (live in the incident, from {PROMPT})",
            f"After {toy.fixed[:7]}  2026-03-03  Bring the policy back  (the fix, from {PROMPT})",
            "it may cost money",
            "stand_in.py judge {out}",
            "Runs 2 times on each of two revisions, each for 1 min 30 s at most",
            "Setup true, first in each work tree",
            "Linked .env, from your checkout",
            "Set KEY, in the environment",
        )
        assert "hush" not in walk.text
        await walk.press("escape")
        await walk.sees("Which case, had it existed")
        assert drafted(walk).proof is None and left_behind(toy) == []


async def test_a_case_that_was_not_written_anew_is_told(toy: Toy) -> None:
    async with walking(toy.root, now=NOW, mode="edit", record_id=ID) as walk:
        walk.walk.session.set("eval_case", EvalCase(runner="pytest", input="A?", assertion="contains: B"))
        await walk.go("New eval case")
        await walk.press("f6")
        await walk._until(lambda: drafted(walk).path == CASE or "exists already" in said(walk), "the answer")
        (toy.root / CASE).unlink()
        await walk.press("f6")
        await walk.sees(CASE)
        await walk.press("f7")
        await walk.sees("Run the case on both revisions?")
        await walk.sees_not("says something else")
        await walk.press("escape")
        walk.walk.session.set("eval_case.assertion", "contains: C")
        await walk.press("f7")
        await reads(walk, f"{CASE} says something else than this section; the file is run. F6 writes it.")


def said(walk: Walker) -> str:
    return "\n".join(f"{each.title} {each.message}" for each in walk.app._notifications)


@pytest.mark.parametrize(
    ("spoil", "sentences"),
    [
        (
            lambda toy: (toy.root / ".afterword.toml").unlink(),
            ("does not say how its evals are run.", "pyproject.toml", "[tool.afterword.evals]", "pytest {case}"),
        ),
        (lambda toy: toy.record(case=""), ("The record has no eval case yet.", "F6 under “New eval case”")),
        (lambda toy: (toy.root / CASE).unlink(), (f"The eval case {CASE} is not there.", "F6")),
        (
            lambda toy: toy.record(*(toy.saved.causes[0].prompts[1],)),
            ("does not say which revision was live", "under “Prompt diff”"),
        ),
    ],
    ids=["no configuration", "no case", "no file", "no revision live"],
)
async def test_what_cannot_be_planned_is_said(
    toy: Toy, spoil: Callable[[Toy], None], sentences: tuple[str, ...]
) -> None:
    spoil(toy)
    async with planned(toy, sentences[0][:20]) as walk:
        await reads(walk, *sentences)
        await walk.sees_not("Run it")
        await walk.press("y", "escape")
        await walk.sees("Which case, had it existed")
    assert left_behind(toy) == []


async def test_without_a_fix_both_sides_would_be_alike(toy: Toy) -> None:
    (live, _) = toy.saved.causes[0].prompts
    toy.record(live.changed(after=toy.fixed[:7]))
    async with planned(toy, "Both sides are") as walk:
        await reads(walk, "a fix cannot be what was live", "as a change of the kind fix")


# The verdict


async def test_the_proof_goes_into_the_record_that_is_being_written(toy: Toy) -> None:
    before = toy.text
    async with planned(toy) as walk:
        await walk.press("y")
        await walk.sees("Proved:")
        await reads(
            walk,
            f"Proved: the case fails at {toy.bad[:7]} (before) and passes at {toy.fixed[:7]} (after).",
            f"Before {toy.bad[:7]}  fail",
            f"After {toy.fixed[:7]}  pass",
            'Expected output to not contain "refund is on its way"',
            "The proof is in the record that you are writing; ^S saves it.",
        )
        assert toy.text == before and left_behind(toy) == []
        await walk.press("escape")
        await walk.sees(f"Proof: before {toy.bad[:7]} fail, after {toy.fixed[:7]} pass")
        await walk.settle()
        kept = Repository.open(toy.root).drafts.list()[0].record.eval_case
        assert kept is not None and kept.proof == drafted(walk).proof
        proof = drafted(walk).proof
        assert proof is not None and proof.versions.startswith("promptfoo 0.119.6")
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("enter")
        await walk._until(lambda: toy.proof is not None, "the proof in the file")
    assert toy.proof == proof


async def test_pytest_for_real(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    toy.configure([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "{case}", "--junitxml={out}"])
    async with planned(toy) as walk:
        await walk.press("y")
        await walk.sees("Proved: the case fails at", "AssertionError")
        proof = drafted(walk).proof
    assert proof is not None and [str(side.verdict) for side in proof.sides] == ["fail", "pass"]


@pytest.mark.parametrize(
    ("words", "recorded", "sentences"),
    [
        (("judge", "flaky"), True, ("6 of 10 failed", "Not proved: the case fails at", "6 of 10 times")),
        (("both", "fail"), True, ("Not proved", "If both sides ran the same code")),
        (("both", "pass"), False, ("would not have caught the incident", "not run", "it proves nothing")),
        (("both", "error"), False, ("The case was not judged: API error: 503", "error", "no evidence either way")),
        (("crash",), False, ("ended with 70", "The command's last words:", "the runner has a fault", "link, bring")),
    ],
    ids=["flaky", "still fails", "passes before", "error", "crash"],
)
async def test_what_is_not_proved_is_said(
    toy: Toy, words: tuple[str, ...], recorded: bool, sentences: tuple[str, ...]
) -> None:
    toy.stand_in(*words)
    async with planned(toy) as walk:
        await walk.press("y")
        await walk.sees("y Run it")
        await reads(walk, *sentences)
        assert (drafted(walk).proof is not None) is recorded
    assert left_behind(toy) == []


async def test_what_the_runner_prints_is_shown_and_never_obeyed(toy: Toy) -> None:
    toy.history.write("evals/own.py", "print('\\x1b]0;owned\\x07 \\u202e [bold]x[/bold]'); raise SystemExit(9)\n")
    toy.configure([sys.executable, "evals/own.py", "{out}"], report="promptfoo", env={"PYTHONUTF8": "1"})
    async with planned(toy) as walk:
        await walk.press("y")
        await walk.sees("ended with 9")
        await walk.sees("␛]0;owned␇ <U+202E> [bold]x[/bold]")


# Stopping


def hanging(toy: Toy, tmp_path: Path) -> Path:
    mark = tmp_path / "mark"
    toy.stand_in("hang", str(mark))
    return mark


def runs(mark: Path) -> bool:
    """Whether what the stand-in started in the background is still there."""
    mine = [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(mark).encode() in _bytes(path)]
    return bool(mine)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


async def test_one_key_stops_it(toy: Toy, tmp_path: Path) -> None:
    mark = hanging(toy, tmp_path)
    async with planned(toy) as walk:
        await walk.press("y")
        await walk.sees("Running.", f"Before  {toy.bad[:7]}  run 1 of 1", f"After   {toy.fixed[:7]}  waiting")
        await walk._until(mark.exists, "the command")
        assert runs(mark) and left_behind(toy) != []
        await walk.press("s")
        await walk.sees("Stopped. Nothing was recorded", "y Run it")
        assert not runs(mark) and left_behind(toy) == [] and drafted(walk).proof is None
        toy.stand_in("judge")
        await walk.press("escape", "f7")
        await walk.sees("Run the case on both revisions?")
        await walk.press("y")
        await walk.sees("Proved:")


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_leaving_asks_first(toy: Toy, tmp_path: Path, key: str) -> None:
    mark = hanging(toy, tmp_path)
    async with planned(toy) as walk:
        await walk.press("y")
        await walk._until(mark.exists, "the command")
        await walk.press(key)
        await walk.sees("Stop the run and go back?")
        await walk.press("enter")
        await walk.sees("Running.")
        assert runs(mark)
        await walk.press(key)
        await walk.sees("Stop the run and go back?")
        await walk.press("y")
        await walk.sees("Which case, had it existed")
        assert not runs(mark) and left_behind(toy) == []


async def test_leaving_the_program_ends_the_run(toy: Toy, tmp_path: Path) -> None:
    mark = hanging(toy, tmp_path)
    async with planned(toy) as walk:
        await walk.press("y")
        await walk._until(mark.exists, "the command")
        walk.app.exit()
    until(lambda: not runs(mark) and left_behind(toy) == [])


async def test_nothing_is_painted_while_nothing_changes(toy: Toy) -> None:
    async with planned(toy) as walk:
        await walk.press("y")
        await walk.sees("Proved:")
        (screen,) = [each for each in walk.app.screen_stack if isinstance(each, ProofScreen)]
        assert screen._timer is None


@pytest.mark.parametrize("end", ["SIGTERM", "hang up"])
def test_a_program_that_is_ended_leaves_no_process_and_no_work_tree(toy: Toy, tmp_path: Path, end: str) -> None:
    mark = hanging(toy, tmp_path)
    with Terminal([*AFTERWORD, "edit", ID], cwd=toy.root) as terminal:
        terminal.wait("Sections")
        for _ in range(11):
            terminal.press("ctrl+n")
        terminal.wait("Proof: none yet").press("f7").wait("Run the case on both").type("y").wait("run 1 of 1")
        until(mark.exists)
        assert runs(mark)
        if end == "hang up":
            terminal.hang_up()
        else:
            terminal.signal(signal.Signals[end])
        terminal.exit_code()
    assert not runs(mark) and left_behind(toy) == []


async def test_the_home_screen_removes_what_a_killed_proof_left(toy: Toy, tmp_path: Path) -> None:
    mark = hanging(toy, tmp_path)
    program = subprocess.Popen(
        [*AFTERWORD, "prove", "refunds", "--yes"],
        cwd=toy.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until(lambda: mark.exists() and mark.read_text() != "")
    async with walking(toy.root, now=NOW, mode="home") as walk:
        await walk.sees("Support agent promised")
        await walk._until(lambda: not _tidying(walk), "the look for work trees")
    assert len(left_behind(toy)) == 3  # it still runs
    program.kill()
    program.wait(30)
    os.killpg(int(mark.read_text()), signal.SIGKILL)
    async with walking(toy.root, now=NOW, mode="home") as walk:
        await walk._until(lambda: left_behind(toy) == [], "the work tree to go")


def _tidying(walk: Walker) -> bool:
    return any(not worker.is_finished for worker in walk.app.workers)


# After saving


async def test_after_saving_the_proof_is_offered_and_goes_into_the_file(toy: Toy) -> None:
    async with walking(toy.root, now=NOW, mode="edit", record_id=ID) as walk:
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("enter")
        await walk.sees("Prove the new eval case now?")
        await walk.press("y")
        await walk.sees("Run the case on both revisions?")
        await walk.press("y")
        await walk.sees("Proved:")
        await reads(walk, f"The proof is in docs/postmortems/{ID}.md; it is not committed yet.")
        assert toy.proof is not None
        await walk.press("escape")
    (told,) = walk.app.told
    assert told.startswith("Saved: ") and "Proved: the case fails at" in told and "Next:" not in told


@pytest.mark.parametrize("key", ["enter", "ctrl+q"])
async def test_later_is_an_answer(toy: Toy, key: str) -> None:
    async with walking(toy.root, now=NOW, mode="edit", record_id=ID) as walk:
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("enter")
        await walk.sees("Prove the new eval case now?")
        await walk.press(key)
        await walk.sees_not("Prove the new eval case now?")
    (told,) = walk.app.told
    assert f"Next: afterword prove {ID} shows" in told and toy.proof is None


async def test_a_record_that_changed_meanwhile_keeps_what_others_wrote(toy: Toy) -> None:
    file = toy.root / f"docs/postmortems/{ID}.md"
    async with walking(toy.root, now=NOW, mode="edit", record_id=ID) as walk:
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("enter")
        await walk.sees("Prove the new eval case now?")
        await walk.press("y")
        await walk.sees("Run the case on both revisions?")
        file.write_text(toy.text + "\nMore.\n")
        await walk.press("y")
        await reads(walk, "Proved:", "was changed by somebody else in the meantime; what they wrote is kept.")
    assert toy.proof is not None and toy.text.endswith("More.\n")
