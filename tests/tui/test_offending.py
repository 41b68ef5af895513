"""The author marks offending lines; the record keeps them, and check finds them when they come back."""

import subprocess
import sys
from pathlib import Path

import pytest

from afterword.record.model import Cause, OffendingLines, PromptChange
from afterword.record.paths import get
from afterword.repo import Repository
from afterword.tui.offending import markable, marked_lines, with_marks
from tests.histories import History
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking

PROMPT = "prompts/support.md"
GOOD = "You are the support agent.\n\nYou may offer a voucher.\nNever promise a refund; link the policy instead.\n"
LINE = "Say yes first; find a way to help even if policy says no."
BAD = f"You are the friendly support agent.\n\nYou may offer a voucher.\n{LINE}\nBe brief.\n"


@pytest.fixture
def support(tmp_path: Path) -> History:
    history = History(tmp_path / "support")
    history.commit("Add the support agent", {PROMPT: GOOD}, at="2026-02-27T10:00:00+00:00")
    history.commit("Make the tone warmer", {PROMPT: BAD}, at="2026-03-02T13:58:07+00:00")
    return history


def offending(walk: Walker) -> tuple[OffendingLines, ...]:
    found = get(walk.walk.session.record, "causes[0].offending")
    return tuple(found or ())


async def picked(walk: Walker) -> None:
    """Pick the change that began the incident."""
    await walk.go("Prompt diff")
    await walk.press("enter")
    await walk.sees("Make the tone warmer", "Say yes first")
    await walk.press("enter")
    await walk.sees("Mark lines", PROMPT)


async def marking(walk: Walker) -> None:
    await walk.press("m")
    await walk.sees("Which of these lines must never come back?")


async def test_from_marking_to_the_check_that_finds_the_line_again(support: History) -> None:
    async with walking(support.root, now=NOW) as walk:
        await walk.type("Support agent promised refunds")
        await picked(walk)
        await marking(walk)
        lines = [line.strip() for line in walk.lines if "[ ]" in line]
        assert lines[0].endswith("You are the friendly support agent.") and "+" in lines[0]
        assert lines[-1].endswith("You may offer a voucher.") and "+" not in lines[-1]
        await walk.press("down", "space", "space", "enter")
        await walk.sees("changed, 2 marked")
        (found,) = offending(walk)
        assert (found.path, found.text) == (PROMPT, f"{LINE}\nBe brief.")
        assert support.git("rev-parse", found.revision) == support.head()
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("enter")
        await walk._until(lambda: bool(Repository.open(support.root).records.list()), "the record")
    (stored,) = Repository.open(support.root).records.list()
    assert stored.record is not None and stored.record.causes[0].offending == (found,)
    assert f"#### Offending lines\n\n`{PROMPT}` at {found.revision}\n\n~~~text\n{LINE}\nBe brief.\n~~~" in stored.text
    support.commit("Put it right", {PROMPT: GOOD})
    assert "line-back" not in checked(support)
    support.commit("Bring it back", {"prompts/vip.md": f"# VIP\n\n- {LINE}\n", PROMPT: GOOD})
    assert f"prompts/vip.md:3: error: A line that must not come back is back: “{LINE}”" in checked(support)


def checked(history: History) -> str:
    command = [sys.executable, "-m", "afterword", "check"]
    return subprocess.run(command, cwd=history.root, capture_output=True, encoding="utf-8").stdout


async def test_marks_are_there_again_and_can_be_taken_back(support: History) -> None:
    async with walking(support.root, now=NOW) as walk:
        await picked(walk)
        await marking(walk)
        await walk.press("down", "space", "enter")
        await walk.sees("changed, 1 marked")
        await marking(walk)
        assert next(line for line in walk.lines if "[x]" in line).rstrip().endswith(LINE)
        await walk.press("space", "escape")
        assert len(offending(walk)) == 1, "Esc changes nothing"
        await marking(walk)
        await walk.press("down", "space", "enter")
        await walk.sees_not("marked")
        assert offending(walk) == ()
        await walk.press("ctrl+z")
        await walk.sees("changed, 1 marked")


async def test_a_pasted_prompt_has_no_lines_to_mark(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Prompt diff")
        await walk.press("m")
        assert "Pick one first" in " ".join(one.message for one in walk.app._notifications)


DIFF = "@@ -1,4 +1,4 @@\n Be kind.\n-Never promise a refund.\n+Say yes first.\n \n You may."


def test_of_a_fix_the_lines_that_it_took_away_come_first() -> None:
    fix = PromptChange(path="b.md", path_before="a.md", before="1111111", after="2222222", kind="fix", diff=DIFF)
    assert [line.text for line in markable(fix, [])] == ["Never promise a refund.", "Be kind.", "You may."]
    (kept,) = with_marks((), fix, ["Never promise a refund."])
    assert (kept.path, kept.revision) == ("a.md", "1111111")


def test_marks_of_other_versions_and_lines_typed_into_the_record_stay() -> None:
    change = PromptChange(path="a.md", before="1111111", after="2222222", diff=DIFF)
    other = OffendingLines(path="b.md", revision="3333333", text="x y z")
    mine = OffendingLines(path="a.md", revision="2222222", text="Typed by hand.\nSay yes first.")
    cause = Cause(prompts=(change,), offending=(mine, other))
    marked = marked_lines(change, cause.offending)
    shown = [line.text for line in markable(change, marked)]
    assert shown == ["Say yes first.", "Be kind.", "You may.", "Typed by hand."]
    after = with_marks(cause.offending, change, ["Say yes first."])
    assert after == (mine.changed(text="Say yes first."), other)
    assert with_marks(after, change, []) == (other,)
