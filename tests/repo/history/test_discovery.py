"""Which prompts stand in a repository at any commit."""

from tests.histories import History, clone
from tests.repo.history.test_constructed import LONG, module
from tests.repo.repositories import opened


def names(history: History, rev: str = "HEAD") -> list[tuple[str, str, int]]:
    """Return path, constant and line of each prompt."""
    return [prompt[:3] for prompt in opened(history).prompts(rev).prompts]


def test_files_and_constants_at_any_commit(history: History) -> None:
    old = history.commit("Add", {"prompts/a.md": LONG, "src/agent.py": module(LONG), "src/plain.py": "x = 1\n"})
    history.commit(
        "Change", {"prompts/a.md": None, "tests/test_agent.py": module(LONG), "app/prompts.py": module(LONG)}
    )
    assert names(history) == [("app/prompts.py", "SYSTEM_PROMPT", 5), ("src/agent.py", "SYSTEM_PROMPT", 5)]
    assert names(history, old) == [("prompts/a.md", "", 1), ("src/agent.py", "SYSTEM_PROMPT", 5)]


def test_what_is_kept_is_found_again_and_a_damaged_file_counts_as_none(history: History) -> None:
    history.commit("Add", {"src/agent.py": module(LONG)})
    kept = opened(history).git_path("afterword/cache/prompts.json")
    first = names(history)
    assert kept.is_file() and kept.stat().st_mode & 0o777 == 0o600
    assert "Never promise" not in kept.read_text()
    for damage in ("", "{", '{"form": 1, "blobs": {"x": 1}, "trees": []}', '{"form": 99}'):
        kept.write_text(damage)
        assert names(history) == first
    assert names(history) == first


def test_another_configuration_is_not_mistaken_for_the_kept_one(history: History) -> None:
    history.commit("Add", {"src/agent.py": module(LONG), "texts/a.md": LONG})
    assert names(history) == [("src/agent.py", "SYSTEM_PROMPT", 5)]
    history.write(".afterword.toml", 'prompts = ["texts/**"]\n')
    assert names(history) == [("texts/a.md", "", 1)]


def test_a_python_prompt_file_that_does_not_parse_counts_as_text(history: History) -> None:
    history.commit("Add", {"prompts.py": module(LONG) + "def (:\n"})
    found = opened(history).prompts()
    assert [prompt[:2] for prompt in found.prompts] == [("prompts.py", "")]
    (problem,) = found.problems
    assert problem.startswith("prompts.py does not parse as Python (line 14)") and problem.endswith("its text is used.")


def test_a_partial_clone_says_what_it_lacks(history: History) -> None:
    history.commit("Add", {"prompts/a.md": LONG, "app/prompts.py": module(LONG)})
    history.git("config", "uploadpack.allowFilter", "true")
    partial = clone(history.root, history.root.parent / "partial", "--filter=blob:none", "--no-checkout")
    found = opened(partial).prompts()
    assert {prompt.path for prompt in found.prompts} == {"prompts/a.md", "app/prompts.py"}
    assert found.problems == ("app/prompts.py was never fetched into this partial clone.",)


def test_before_the_first_commit_there_is_none(history: History) -> None:
    assert names(history) == []
