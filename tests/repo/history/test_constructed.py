"""Histories as they happen: prompts replaced, moved, kept as constants, merged late, in a submodule."""

from pathlib import Path

import pytest

from afterword.errors import AfterwordError
from afterword.record.when import When
from afterword.repo.history.change import Change
from afterword.repo.history.ranking import Group, journey, ranked
from tests.histories import History, clone, day
from tests.repo.repositories import PROMPT, WARMER, changes, opened

LONG = "You are the support agent of a shop.\nNever promise a refund; link the policy instead.\nAnswer in a sentence.\n"
MILD = LONG.replace("Never promise a refund; link the policy instead.", "Be generous when a customer is upset.")
OTHER = "Sei ein Lagerroboter.\nZähle Kisten.\nMelde jede fehlende Kiste sofort an die Leitstelle im Erdgeschoss.\n"


def module(text: str, name: str = "SYSTEM_PROMPT") -> str:
    """Return a Python module with one prompt."""
    return f'"""The agent."""\n\nimport os\n\n{name} = """\\\n{text}"""\n\n\ndef run():\n    return {name}\n'


def only(history: History) -> Change:
    """Return the one change of the newest commit."""
    (change,) = [change for change in changes(history) if change.sha == history.head()]
    return change


def test_a_constant_is_followed_by_name(history: History) -> None:
    history.commit("Add", {"src/agent.py": module(LONG)})
    history.commit("Soften", {"src/agent.py": module(MILD)})
    change = only(history)
    assert (change.name, change.kind, change.added, change.removed) == ("src/agent.py: SYSTEM_PROMPT", "changed", 1, 1)
    diff = opened(history).diff_of(change)
    assert "-Never promise a refund; link the policy instead.\n+Be generous when a customer is upset.\n" in diff
    assert "a/src/agent.py:SYSTEM_PROMPT" in diff and "import os" not in diff


def test_code_around_a_constant_is_no_change_of_the_prompt(history: History) -> None:
    history.commit("Add", {"src/agent.py": module(LONG)})
    history.commit("Refactor", {"src/agent.py": module(LONG).replace("import os", "import sys")})
    assert [change.subject for change in changes(history)] == ["Add"]


def test_a_constant_renamed(history: History) -> None:
    history.commit("Add", {"src/agent.py": module(LONG)})
    history.commit("Rename", {"src/agent.py": module(LONG, "AGENT_INSTRUCTIONS")})
    change = only(history)
    assert (change.kind, change.constant_before, change.constant) == ("moved", "SYSTEM_PROMPT", "AGENT_INSTRUCTIONS")


def test_a_constant_moved_to_another_module_and_edited(history: History) -> None:
    history.commit("Add", {"src/agent.py": module(LONG)})
    history.commit("Move", {"src/agent.py": "import os\n", "src/texts.py": module(MILD)})
    change = only(history)
    assert (change.kind, change.path_before, change.path) == ("changed", "src/agent.py", "src/texts.py")
    assert "% of the text is the same" in change.why
    diff = opened(history).diff_of(change)
    assert "-Never promise a refund" in diff and " You are the support agent of a shop.\n" in diff


def test_a_constant_that_became_a_file(history: History) -> None:
    history.commit("Add", {"src/agent.py": module(LONG)})
    history.commit("Take out", {"src/agent.py": "import os\n", "src/prompts/agent.md": LONG})
    change = only(history)
    assert (change.kind, change.name_before, change.name) == (
        "moved",
        "src/agent.py: SYSTEM_PROMPT",
        "src/prompts/agent.md",
    )


def test_a_module_of_prompts_moved_as_a_whole(history: History) -> None:
    history.commit("Add", {"prompts.py": module(LONG)})
    history.move("prompts.py", "app/prompts.py")
    history.commit("Move")
    change = only(history)
    assert (change.kind, change.path_before, change.name) == ("moved", "prompts.py", "app/prompts.py: SYSTEM_PROMPT")


def test_a_python_file_that_does_not_parse_is_shown_as_text(history: History) -> None:
    history.commit("Add", {"app/prompts.py": module(LONG)})
    history.commit("Break", {"app/prompts.py": module(MILD) + "def (:\n"})
    change = next(change for change in changes(history) if change.subject == "Break" and not change.constant)
    assert "does not parse" in change.remark and change.remark.startswith("app/prompts.py ")
    assert "+Be generous" in opened(history).diff_of(change)


def test_replaced_without_a_rename(history: History) -> None:
    history.commit("Add", {"prompts/agent_v1.md": LONG})
    history.commit("New agent", {"prompts/agent_v1.md": None, "prompts/agent_v2.md": OTHER})
    change = only(history)
    assert (change.kind, change.path_before, change.path) == ("replaced", "prompts/agent_v1.md", "prompts/agent_v2.md")
    (first, *_) = ranked([change])
    assert first.reasons[0] == "replaced prompts/agent_v1.md: both are called agent; 0% of the text is the same"
    diff = opened(history).diff_of(change)
    assert "-Never promise a refund" in diff and "+Zähle Kisten." in diff


def test_replaced_over_two_commits_is_pointed_out(history: History) -> None:
    history.commit("Add", {"prompts/agent.md": LONG}, at="2026-03-01T10:00:00Z")
    history.commit("New", {"prompts/robot.md": OTHER}, at="2026-03-02T10:00:00Z")
    history.commit("Old one goes", {"prompts/agent.md": None}, at="2026-03-02T11:00:00Z")
    reasons = {one.change.path: one.reasons for one in ranked(changes(history, day("2026-03-02")))}
    assert reasons["prompts/robot.md"][0].startswith("may replace prompts/agent.md, deleted in ")
    assert reasons["prompts/agent.md"][0].startswith("may have been replaced by prompts/robot.md, added in ")


def test_written_long_before_the_window_but_merged_in_it(support: History) -> None:
    support.branch("side")
    old = support.commit("Side", {"prompts/side.md": LONG}, at="2026-01-05T10:00:00Z")
    support.switch("main")
    support.commit("Main", {"README.md": "x\n"}, at="2026-03-04T10:00:00Z")
    merge = support.merge("side", at="2026-03-05T10:00:00Z")
    support.tag("deploy-7", at="2026-03-06T10:00:00Z", message="Deploy")
    support.tag("notes-1", at="2026-03-05T11:00:00Z", message="No deployment")
    with opened(support).prompt_changes(day("2026-03-04"), day("2026-03-07")) as found:
        (change,) = list(found)
        went = journey(change, found.arrivals)
    assert change.sha == old and went.arrival and went.deployment
    assert (went.arrival.branch, went.arrival.merge, str(went.arrival.time)) == ("main", merge, "2026-03-05T10:00Z")
    assert (went.deployment.tag, str(went.live)) == ("deploy-7", "2026-03-06T10:00Z")
    assert went.sentence == f"on main 2026-03-05T10:00Z by merge {merge[:7]}; first in deploy-7 (2026-03-06T10:00Z)"


def test_merged_only_after_the_window_and_never_merged(support: History) -> None:
    support.branch("late")
    support.commit("Late", {"prompts/late.md": LONG}, at="2026-03-05T10:00:00Z")
    support.branch("open", "main")
    support.commit("Open", {"prompts/open.md": LONG}, at="2026-03-05T11:00:00Z")
    support.switch("main")
    support.merge("late", at="2026-03-20T10:00:00Z")
    window = (day("2026-03-04"), day("2026-03-07"))
    assert [change.subject for change in changes(support, *window)] == ["Late"]
    with opened(support).prompt_changes(*window, everywhere=True) as found:
        went = {change.subject: journey(change, found.arrivals) for change in found}
    late, never = went["Late"].arrival, went["Open"].arrival
    assert late and str(late.time) == "2026-03-20T10:00Z"
    assert never and never.time is None and went["Open"].sentence == "not on main; no deploy tag"


def test_what_only_the_default_branch_has_is_listed_on_another_branch(support: History) -> None:
    support.branch("fix")
    support.switch("main")
    support.commit("On main", {"prompts/support.md": LONG}, at="2026-03-05T10:00:00Z")
    support.switch("fix")
    assert changes(support)[0].subject == "On main"


def test_an_author_whose_clock_is_a_day_wrong(history: History) -> None:
    history.commit("Add", {"prompts/a.md": LONG}, at="2026-03-01T10:00:00Z")
    history.commit("Slow", {"prompts/a.md": MILD}, at="2026-03-04T10:00:00Z", authored="2026-03-03T10:00:00Z")
    history.commit("Fast", {"prompts/a.md": LONG}, at="2026-03-05T10:00:00Z", authored="2026-03-06T10:00:00Z")
    found = ranked(changes(history, day("2026-03-04"), day("2026-03-05T12:00")))
    assert [one.change.subject for one in found] == ["Fast", "Slow"]
    assert found[0].reasons == ("written 24 h after it was committed",)
    assert found[1].reasons == ("written 24 h before it was committed",)


def test_a_committer_whose_clock_is_a_day_wrong_is_found_by_place(history: History) -> None:
    for n in range(12):
        history.commit(f"{n}", {"README.md": f"{n}\n"}, at=f"2026-03-04T{n:02d}:00:00Z")
    history.commit("Slow", {"prompts/a.md": LONG}, at="2026-03-02T12:00:00Z")
    for n in range(12):
        history.commit(f"x{n}", {"README.md": f"x{n}\n"}, at=f"2026-03-05T{n:02d}:00:00Z")
    assert [change.subject for change in changes(history, day("2026-03-04"), day("2026-03-06"))] == ["Slow"]


def test_a_prompt_in_a_submodule(support: History, tmp_path: Path) -> None:
    outer = History(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(support.root), "parts/agent")
    outer.commit("Add", at="2026-03-03T10:00:00Z")
    before = support.head()
    support.commit("Promise", {"prompts/support.md": WARMER + "Promise refunds.\n", "bot.py": module(LONG)})
    outer.git("-C", "parts/agent", "-c", "protocol.file.allow=always", "pull", "--quiet")
    outer.commit("Step", at="2026-03-04T10:00:00Z")
    found = {change.name: change for change in changes(outer, day("2026-03-04"))}
    assert set(found) == {"parts/agent/prompts/support.md", "parts/agent/bot.py: SYSTEM_PROMPT"}
    change = found["parts/agent/prompts/support.md"]
    assert (change.subject, change.before_rev, change.after_rev) == ("Step", before, support.head())
    assert "+Promise refunds.\n" in opened(outer).diff_of(change)
    assert "+Answer in a sentence.\n" in opened(outer).diff_of(found["parts/agent/bot.py: SYSTEM_PROMPT"])
    outer.git("submodule", "--quiet", "deinit", "--force", "parts/agent")
    (unread,) = changes(outer, day("2026-03-04"))
    assert unread.path == "parts/agent" and "git submodule update --init" in unread.remark
    assert ranked([unread])[0].group is Group.UNREAD
    with pytest.raises(AfterwordError, match="not checked out"):
        opened(outer).diff_of(change)


def test_a_constant_that_only_a_merge_changed(history: History) -> None:
    history.commit("Add", {"src/agent.py": module(LONG)}, at="2026-03-01T10:00:00Z")
    history.branch("side")
    history.commit("Side", {"notes.md": "x\n"}, at="2026-03-02T10:00:00Z")
    history.switch("main")
    history.commit("Main", {"README.md": "x\n"}, at="2026-03-02T11:00:00Z")
    merge = history.merge("side", at="2026-03-03T10:00:00Z", files={"src/agent.py": module(MILD)})
    (change,) = changes(history, day("2026-03-02"))
    assert (change.sha, change.name, change.is_merge) == (merge, "src/agent.py: SYSTEM_PROMPT", True)
    assert "in none of its parents" in " ".join(ranked([change])[0].reasons)


def test_a_shallow_history_shows_what_it_has(support: History, tmp_path: Path) -> None:
    shallow = clone(support.root, tmp_path / "shallow", "--depth=1")
    repository = opened(shallow)
    with repository.prompt_changes() as found:
        listed = list(found)
        went = [journey(change, found.arrivals) for change in listed]
    assert {change.path for change in listed} == {"prompts/support.md", "config/models.yaml"}
    assert all(one.arrival and one.arrival.time for one in went)


def test_grafts_and_a_replaced_root(support: History) -> None:
    first = support.git("rev-list", "--max-parents=0", "HEAD")
    other = support.git("commit-tree", "-m", "Other root", f"{first}^{{tree}}")
    support.git("replace", first, other)
    assert {change.path for change in changes(support)} == {"prompts/support.md", "config/models.yaml"}
    support.git("replace", "--graft", support.head())
    assert {change.kind for change in changes(support)} == {"added"}


def test_order_and_reasons(support: History) -> None:
    support.commit(
        "Warmer model", {"config/models.yaml": "support_agent:\n  model: gpt-4o\n"}, at="2026-03-03T08:00:00Z"
    )
    support.move("prompts", "texts/prompts")
    support.commit("Restructure", at="2026-03-03T09:00:00Z")
    support.commit("Fix", {"texts/prompts/support.md": PROMPT}, at="2026-03-03T12:00:00Z")
    found = ranked(changes(support, day("2026-03-02")), When.parse("2026-03-02T14:05Z"))
    assert [(one.change.subject, one.group.name) for one in found] == [
        ("Make the tone warmer", "BEFORE"),
        ("Fix", "AFTER"),
        ("Warmer model", "SETTINGS"),
        ("Restructure", "MOVED"),
    ]
    assert found[0].reasons == ("7 min before the impact started",)
    assert found[1].reasons == ("21 h after the impact started: the fix may be here",)
    assert found[3].reasons == ("only moved: no text changed",)


def test_where_only_the_end_is_known_a_late_change_may_be_the_fix(support: History) -> None:
    support.commit("Fix", {"prompts/support.md": PROMPT}, at="2026-03-03T12:00:00Z")
    found = ranked(changes(support, day("2026-03-02")), None, When.parse("2026-03-03T13:30Z"))
    assert [one.reasons for one in found] == [("90 min before it was over: this may be the fix",), ()]


def test_what_was_merged_only_after_the_impact_began_did_not_cause_it(support: History) -> None:
    support.branch("side")
    support.commit("Side", {"prompts/support.md": LONG}, at="2026-03-04T10:00:00Z")
    support.switch("main")
    support.commit("Main", {"README.md": "x\n"}, at="2026-03-04T11:00:00Z")
    support.merge("side", at="2026-03-05T10:00:00Z")
    with opened(support).prompt_changes(day("2026-03-04"), day("2026-03-07")) as found:
        listed = list(found)
        (one,) = ranked(listed, When.parse("2026-03-04T20:00Z"), None, found.arrivals)
    assert one.group is Group.AFTER and one.reasons == ("14 h after the impact started: the fix may be here",)


def test_python_files_that_a_partial_clone_lacks_are_named_and_the_rest_works(history: History, tmp_path: Path) -> None:
    history.commit("Add", {"src/agent.py": module(LONG), "prompts/a.md": LONG}, at="2026-03-01T10:00:00Z")
    history.commit("Soften", {"src/agent.py": module(MILD), "prompts/a.md": MILD}, at="2026-03-02T10:00:00Z")
    history.git("config", "uploadpack.allowFilter", "true")
    partial = clone(history.root, tmp_path / "partial", "--filter=blob:none", "--no-checkout")
    partial.git("checkout", "--quiet", "main", "--", "src")
    with opened(partial).prompt_changes() as found:
        listed = [(change.name, change.subject) for change in found]
        told = found.lacking
    assert ("prompts/a.md", "Soften") in listed and ("prompts/a.md", "Add") in listed
    assert told == "Prompts in src/agent.py were not looked for: their text was never fetched, or is too large."
    assert partial.git("rev-list", "--objects", "--all", "--missing=print").count("?") == 3
