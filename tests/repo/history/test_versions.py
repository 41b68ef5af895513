"""The line of a prompt over time, and any two versions compared."""

from afterword.repo.history.sides import Side
from afterword.repo.history.versions import Version
from tests.histories import History
from tests.repo.history.test_constructed import LONG, MILD, OTHER, module
from tests.repo.repositories import opened


def line(history: History, path: str, constant: str = "", rev: str = "HEAD") -> list[Version]:
    """Return the versions of a prompt, newest first."""
    repository = opened(history)
    return repository.versions(Side(repository.resolve(rev), path, constant))


def test_change_fix_and_re_introduction(history: History) -> None:
    first = history.commit("Add", {"prompts/a.md": LONG}, at="2026-03-01T10:00:00Z")
    change = history.commit("Soften", {"prompts/a.md": MILD}, at="2026-03-02T10:00:00Z")
    history.commit("Unrelated", {"README.md": "x\n"}, at="2026-03-02T11:00:00Z")
    history.commit("Fix", {"prompts/a.md": LONG}, at="2026-03-03T10:00:00Z")
    history.commit("Gone", {"prompts/a.md": None}, at="2026-03-04T10:00:00Z")
    back = history.commit("Back", {"prompts/a.md": MILD}, at="2026-03-05T10:00:00Z")
    found = line(history, "prompts/a.md")
    assert [(version.change.subject, version.sentence) for version in found] == [
        ("Back", f"re-introduced, the text of {change[:7]} again"),
        ("Gone", "deleted"),
        ("Fix", f"changed, the text of {first[:7]} again"),
        ("Soften", "changed"),
        ("Add", "added"),
    ]
    diff = opened(history).diff_between(found[-1].side, found[0].side)
    assert diff == history.git("diff", first, back, "--", "prompts/a.md") + "\n"


def test_through_a_move_and_out_of_a_constant(history: History) -> None:
    history.commit("Add", {"src/agent.py": module(LONG)}, at="2026-03-01T10:00:00Z")
    history.commit("Soften", {"src/agent.py": module(MILD)}, at="2026-03-02T10:00:00Z")
    history.commit("Rename", {"src/agent.py": module(MILD, "INSTRUCTIONS")}, at="2026-03-03T10:00:00Z")
    history.commit("Code", {"src/agent.py": module(MILD, "INSTRUCTIONS") + "x = 1\n"}, at="2026-03-03T11:00:00Z")
    history.commit("Take out", {"src/agent.py": "x = 1\n", "prompts/a.md": MILD}, at="2026-03-04T10:00:00Z")
    history.move("prompts/a.md", "prompts/b.md")
    history.commit("Move", {"prompts/b.md": LONG}, at="2026-03-05T10:00:00Z")
    found = line(history, "prompts/b.md")
    assert [version.change.subject for version in found] == ["Move", "Take out", "Rename", "Soften", "Add"]
    assert found[0].sentence == "moved and edited from prompts/a.md"
    assert found[1].sentence == "moved from src/agent.py: INSTRUCTIONS"
    assert found[2].sentence == "moved from src/agent.py: SYSTEM_PROMPT"
    diff = opened(history).diff_between(found[-1].side, found[1].side)
    assert "-Never promise a refund" in diff and "a/src/agent.py:SYSTEM_PROMPT" in diff


def test_a_prompt_that_went_on_under_another_name(history: History) -> None:
    history.commit("Add", {"prompts/a.md": LONG}, at="2026-03-01T10:00:00Z")
    history.move("prompts/a.md", "prompts/b.md")
    history.commit("Move", at="2026-03-02T10:00:00Z")
    assert [version.sentence for version in line(history, "prompts/a.md")] == ["moved to prompts/b.md", "added"]


def test_what_replaced_another_goes_on_with_it(history: History) -> None:
    history.commit("Add", {"prompts/v1.md": LONG}, at="2026-03-01T10:00:00Z")
    history.commit("Two", {"prompts/v1.md": None, "prompts/v2.md": OTHER}, at="2026-03-02T10:00:00Z")
    assert [version.sentence for version in line(history, "prompts/v2.md")] == ["replaced prompts/v1.md", "added"]


def test_of_a_prompt_that_is_gone(history: History) -> None:
    history.commit("Add", {"prompts/a b\n[1].md": LONG}, at="2026-03-01T10:00:00Z")
    history.commit("Gone", {"prompts/a b\n[1].md": None, "notes.md": "x\n"}, at="2026-03-02T10:00:00Z")
    found = line(history, "prompts/a b\n[1].md")
    assert [version.sentence for version in found] == ["deleted", "added"]
    assert opened(history).diff_between(found[1].side, found[0].side).count("\n-") == 4
