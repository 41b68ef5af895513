"""The prompt picker as an author uses it: constants, versions, other branches, leaving while git reads."""

from pathlib import Path

from afterword.record.paths import get
from tests.histories import History
from tests.repo.history.test_constructed import LONG, MILD, module
from tests.tui.driver import Walker, walking


def agent(tmp_path: Path) -> History:
    """A repository whose prompt is a constant: softened, fixed, and softened again on a branch."""
    history = History(tmp_path / "repo")
    history.commit("Add the agent", {"src/agent.py": module(LONG)}, at="2026-03-01T08:00:00Z")
    history.commit("Be generous", {"src/agent.py": module(MILD)}, at="2026-03-02T08:00:00Z")
    history.commit("Restore the rule", {"src/agent.py": module(LONG)}, at="2026-03-03T08:00:00Z")
    history.branch("softer")
    history.commit("Softer again", {"src/agent.py": module(MILD)}, at="2026-03-03T09:00:00Z")
    history.switch("main")
    return history


async def picker(walk: Walker) -> Walker:
    """Open the picker for an incident of 2 March."""
    await walk.go("Times")
    await walk.fill("Impact started", "2026-03-02T09:00Z\t")
    await walk.fill("Resolved", "2026-03-03T08:30Z\t")
    await walk.go("Prompt diff")
    await walk.press("ctrl+g")
    return await walk.sees("Prompt changes", "Versions")


async def test_a_constant_is_offered_with_its_reasons_and_taken(tmp_path: Path) -> None:
    history = agent(tmp_path)
    async with walking(history.root) as walk:
        await picker(walk)
        await walk.sees("SYSTEM_PROMPT", "60 min before the impact started", "on main 2026-03-02T08:00Z")
        await walk.press("enter")
        await walk.sees_not("Prompt changes")
        change = get(walk.walk.session.record, "causes[0].prompts[0]")
    assert (change.path, change.constant, change.kind) == ("src/agent.py", "SYSTEM_PROMPT", "changed")
    assert "-Never promise a refund; link the policy instead.\n+Be generous" in change.diff


async def test_any_two_versions_are_compared_and_taken(tmp_path: Path) -> None:
    history = agent(tmp_path)
    first = history.git("rev-list", "--max-parents=0", "HEAD")
    async with walking(history.root) as walk:
        await picker(walk)
        await walk.press("v")
        await walk.sees("Versions of src/agent.py: SYSTEM_PROMPT", "added", f"of {first[:7]} again")
        await walk.press("end", "space")
        await walk.sees("» added")
        await walk.press("up")
        await walk.sees(f"{first[:7]} → ", "+ Be generous")
        await walk.press("enter")
        await walk.sees("Which prompt changed", first[:7])
        change = get(walk.walk.session.record, "causes[0].prompts[0]")
    assert change.before == first[:7] and "+Be generous" in change.diff


async def test_other_branches_are_shown_when_asked_for(tmp_path: Path) -> None:
    async with walking(agent(tmp_path).root) as walk:
        await picker(walk)
        await walk.sees_not("03-03 09:00")
        await walk.press("b")
        await walk.sees("All branches", "03-03 09:00")
        await walk.press("b")
        await walk.sees_not("All branches")


async def test_the_list_can_be_left_while_git_still_reads(tmp_path: Path) -> None:
    history = agent(tmp_path)
    for n in range(60):
        history.commit(f"{n}", {"prompts/a.md": f"{n}\n"}, at=f"2026-03-02T10:{n:02d}:00Z")
    async with walking(history.root) as walk:
        await picker(walk)
        await walk.press("o", "o", "b", "escape")
        await walk.sees("Which prompt changed")
        await walk.press("ctrl+g")
        await walk.sees("prompts/a.md")
