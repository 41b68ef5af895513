"""The culprit: found among the commits that touched prompts and settings, whatever their order, and with gaps."""

from math import ceil, log2
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.evals.bisect import BAD, GOOD, SKIP, Found, Search, Suspect, find_culprit, most_runs, suspects
from afterword.evals.proof import make_task
from afterword.evals.revisions import Chosen, known_good, live
from afterword.repo import Repository
from afterword.repo.errors import RepositoryError
from tests.evals.toy import BAD as BAD_PROMPT
from tests.evals.toy import GOOD as GOOD_PROMPT
from tests.evals.toy import ID, PROMPT, Toy
from tests.histories import History


@st.composite
def histories(draw: st.DrawFn) -> tuple[tuple[Suspect, ...], int, frozenset[int]]:
    """A history whose last commit follows on all others, one culprit in it, and some that say nothing."""
    count = draw(st.integers(1, 20))
    ancestors: list[frozenset[int]] = []
    for number in range(count):
        last = number == count - 1
        parents = (
            range(number)
            if last
            else draw(st.sets(st.sampled_from(range(number)), max_size=2) if number else st.just(()))
        )
        ancestors.append(frozenset(parents).union(*(ancestors[parent] for parent in parents)))
    whole = tuple(Suspect(str(number), str(number), "", "", (), before) for number, before in enumerate(ancestors))
    return whole, draw(st.integers(0, count - 1)), frozenset(draw(st.sets(st.integers(0, count - 1), max_size=4)))


@given(histories())
def test_the_culprit_is_always_among_what_is_left(history: tuple[tuple[Suspect, ...], int, frozenset[int]]) -> None:
    whole, culprit, silent = history
    search = Search(whole)
    asked = 0
    while (number := search.next()) is not None:
        is_bad = culprit == number or culprit in whole[number].ancestors
        search.answer(number, SKIP if number in silent else BAD if is_bad else GOOD)
        asked += 1
    assert culprit in search.left
    assert asked <= len(whole)
    if not silent:
        assert search.left == {culprit}


@given(st.integers(1, 300), st.data())
def test_a_line_of_commits_is_halved(count: int, data: st.DataObject) -> None:
    culprit = data.draw(st.integers(0, count - 1))
    search = Search(tuple(Suspect("", "", "", "", (), frozenset(range(number))) for number in range(count)))
    asked = 0
    while (number := search.next()) is not None:
        search.answer(number, BAD if number >= culprit else GOOD)
        asked += 1
    assert search.left == {culprit}
    assert asked <= (ceil(log2(count)) if count > 1 else 0) == most_runs(count) - 2


@pytest.fixture
def long(toy: Toy) -> Toy:
    """The toy repository with a longer history: tuned, spoiled on a branch, merged, tuned again."""
    toy.stand_in("judge")
    commit = toy.history.commit
    commit("Good again", {PROMPT: GOOD_PROMPT}, at="2026-03-04T10:00:00+00:00")
    toy.history.tag("good")
    commit("Shorter", {PROMPT: GOOD_PROMPT + "Be short.\n"}, at="2026-03-05T10:00:00+00:00")
    commit("Readme", {"README.md": "x\n"}, at="2026-03-05T11:00:00+00:00")
    toy.history.branch("tone")
    toy.culprit = commit("Warmer", {PROMPT: BAD_PROMPT}, at="2026-03-06T10:00:00+00:00")
    toy.history.switch("main")
    commit("Cooler", {"config/models.yaml": "model: gpt-4o\ntemperature: 0.1\n"}, at="2026-03-06T11:00:00+00:00")
    toy.history.merge("tone", at="2026-03-07T10:00:00+00:00")
    commit("Longer", {PROMPT: BAD_PROMPT + "Be kind.\n"}, at="2026-03-08T10:00:00+00:00")
    toy.history.tag("bad")
    return toy


def ends(toy: Toy, good: str = "good", bad: str = "bad") -> tuple[Repository, Chosen, Chosen]:
    repository = Repository.open(toy.root)
    return repository, known_good(repository, toy.saved, good), live(repository, toy.saved, bad, "--bad")


def found(toy: Toy, good: str = "good", bad: str = "bad") -> tuple[Found, list[str]]:
    repository, first, last = ends(toy, good, bad)
    heard: list[str] = []
    status = toy.history.index()
    task = make_task(repository, toy.saved, ID)
    result = find_culprit(repository, task, first, last, suspects(repository, first, last), tell=heard.append)
    assert toy.worktrees() == [] and toy.history.index() == status
    return result, heard


def test_only_commits_that_touched_prompts_and_settings_are_suspects(long: Toy) -> None:
    listed = suspects(*ends(long))
    assert sorted(one.subject for one in listed) == ["Cooler", "Longer", "Shorter", "Warmer"]
    by_subject = {one.subject: one for one in listed}
    assert by_subject["Warmer"].paths == (PROMPT,) and by_subject["Cooler"].paths == ("config/models.yaml",)
    assert len(by_subject["Longer"].ancestors) == 3 and len(by_subject["Cooler"].ancestors) == 1


def test_the_culprit_on_a_merged_branch(long: Toy) -> None:
    result, heard = found(long)
    assert [one.sha for one in result.culprits] == [long.culprit]
    assert result.runs == len(heard) <= most_runs(4)


def test_what_finds_nothing_out_is_skipped(long: Toy) -> None:
    long.stand_in("judge_unless", "Be short")
    result, heard = found(long)
    assert [one.subject for one in result.culprits] == ["Shorter", "Warmer"]
    assert any(": skip (The command ended with 70" in line for line in heard)


def test_a_subject_may_hold_what_else_ends_lines(toy: Toy) -> None:
    toy.history.commit(
        "Two\u2028halves \x0b and\x85more", {PROMPT: BAD_PROMPT + "More.\n"}, at="2026-03-09T10:00:00+00:00"
    )
    listed = suspects(*ends(toy, toy.good, "HEAD"))
    assert listed[-1].subject.startswith("Two\u2028halves") and len(listed) == 3


def test_a_submodule_that_moved_is_a_suspect_and_is_checked_out(toy: Toy, tmp_path: Path) -> None:
    library = History(tmp_path / "library")
    library.commit("Good", {"prompts/support.txt": GOOD_PROMPT})
    allow = ("-c", "protocol.file.allow=always")
    toy.history.git(*allow, "submodule", "--quiet", "add", str(library.root), "lib")
    agent = (toy.root / "agent.py").read_text().replace("prompts/support.txt", "lib/prompts/support.txt")
    good = toy.history.commit("Take the library", {"agent.py": agent}, at="2026-03-10T10:00:00+00:00")
    inner = History.at(toy.root / "lib")
    before, after = inner.head()[:7], inner.commit("Bad", {"prompts/support.txt": BAD_PROMPT})[:7]
    moved = toy.history.commit("Newer library", at="2026-03-11T10:00:00+00:00")
    bad = toy.history.commit("Shorter", {PROMPT: GOOD_PROMPT + "Be short.\n"}, at="2026-03-12T10:00:00+00:00")
    repository, first, last = ends(toy, good, bad)
    task = make_task(repository, toy.saved, ID)
    (culprit,) = find_culprit(repository, task, first, last, suspects(repository, first, last)).culprits
    assert culprit.sha == moved
    assert culprit.paths == (f"lib/prompts/support.txt (submodule lib: {before} to {after})",)
    assert toy.worktrees() == []


def test_ends_that_are_not_as_said(long: Toy) -> None:
    result, _ = found(long, bad="good~0", good="good~1")
    assert result.culprits == () and result.runs == 1
    assert "The case passes at" in result.problem and "which should be bad" in result.problem
    long.stand_in("both", "fail")
    assert "which should be good" in found(long)[0].problem
    long.stand_in("crash")
    assert "The command ended with 70" in found(long)[0].problem


def test_the_good_one_comes_first(long: Toy) -> None:
    with pytest.raises(RepositoryError, match="does not come before"):
        suspects(*ends(long, good="bad", bad="good"))


def test_without_options_they_are_the_sides_of_the_prompt_change(toy: Toy) -> None:
    repository, good, bad = ends(toy, "", "")
    assert (good.sha, bad.sha) == (toy.good, toy.bad)
    assert [one.subject for one in suspects(repository, good, bad)] == ["Warm the tone"]
