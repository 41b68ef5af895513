"""Which changes of prompts and settings a window shows."""

import itertools
import random
from pathlib import Path

import pytest

from tests.histories import History, clone, day
from tests.repo.repositories import PROMPT, WARMER, changes, opened


def test_newest_first_with_everything_the_picker_shows(support: History) -> None:
    newest, *older = changes(support)
    assert (newest.path, newest.path_before, newest.kind) == (
        "prompts/support.md",
        "prompts/support.md",
        "changed",
    )
    assert (newest.added, newest.removed, newest.uncounted) == (1, 2, "")
    assert str(newest.committed) == "2026-03-02T13:58Z"
    assert newest.subject == "Make the tone warmer" and newest.author == "Ada Author"
    assert newest.after_rev == newest.sha == support.head() and newest.sha.startswith(newest.short)
    assert newest.before_rev == support.git("rev-parse", "HEAD~1")
    assert {(change.path, change.is_settings) for change in older} == {
        ("prompts/support.md", False),
        ("config/models.yaml", True),
    }
    assert all(change.before_rev == "" and change.kind == "added" for change in older)


def test_window_goes_by_committer_time_and_includes_its_ends(history: History) -> None:
    for n, moment in enumerate(("2026-03-01T00:00:00+00:00", "2026-03-02T00:00:00+00:00", "2026-03-03T02:00:00+02:00")):
        history.commit(str(n), {"prompts/a.md": f"{n}\n"}, at=moment, authored="2020-01-01T00:00:00+00:00")
    found = changes(history, day("2026-03-02"), day("2026-03-03"))
    assert [change.subject for change in found] == ["2", "1"]
    assert str(found[0].authored) == "2020-01-01T00:00Z"
    assert changes(history, day("2026-03-02T00:00:01"), day("2026-03-02T23:59:59")) == []
    assert changes(history, day("2026-03-05"), day("2026-03-01")) == []
    assert len(changes(history, day("1969-01-01"), day("9999-12-31"))) == 3
    assert changes(history, day("2200-01-01"), None) == changes(history, None, day("1950-01-01")) == []


def test_deleted_added_and_brought_back(history: History) -> None:
    history.commit("1", {"prompts/a.md": PROMPT}, at="2026-03-01T01:00:00Z")
    history.commit("2", {"prompts/a.md": None}, at="2026-03-01T02:00:00Z")
    history.commit("3", {"prompts/a.md": PROMPT}, at="2026-03-01T03:00:00Z")
    assert [change.kind for change in changes(history)] == ["added", "deleted", "added"]


def test_a_move_without_a_change_of_text(history: History) -> None:
    history.commit("1", {"prompts/a.md": PROMPT})
    history.move("prompts/a.md", "agents/prompts/b.md")
    history.commit("2")
    moved = changes(history)[0]
    assert (moved.path_before, moved.path, moved.kind) == ("prompts/a.md", "agents/prompts/b.md", "moved")
    assert (moved.added, moved.removed, moved.uncounted) == (0, 0, "")


def test_moved_and_edited_in_one_commit(history: History) -> None:
    history.commit("1", {"prompts/a.md": PROMPT})
    history.move("prompts/a.md", "prompts/b.md")
    history.commit("2", {"prompts/b.md": PROMPT.replace("voucher", "gift")})
    change = changes(history)[0]
    assert (change.path_before, change.path, change.kind) == ("prompts/a.md", "prompts/b.md", "changed")
    diff = opened(history).diff(change.before_rev, change.after_rev, change.path, change.path_before)
    assert "rename from prompts/a.md" in diff and "+You may offer a gift.\n" in diff


def test_a_move_whose_lines_changed_places_is_an_edit(history: History) -> None:
    history.commit("1", {"prompts/a.md": "".join(f"rule number {n}\n" for n in range(9))})
    history.move("prompts/a.md", "prompts/b.md")
    history.commit("2", {"prompts/b.md": "".join(f"rule number {n}\n" for n in reversed(range(9)))})
    assert changes(history)[0].kind == "changed"


def test_moved_in_from_a_place_that_is_no_prompt_and_out_again(history: History) -> None:
    history.commit("1", {"lib/text.md": PROMPT}, at="2026-03-01T01:00:00Z")
    history.move("lib/text.md", "prompts/a.md")
    history.commit("2", at="2026-03-01T02:00:00Z")
    history.move("prompts/a.md", "lib/text.md")
    history.commit("3", at="2026-03-01T03:00:00Z")
    assert [(c.path_before, c.path, c.kind) for c in changes(history)] == [
        ("prompts/a.md", "lib/text.md", "moved"),
        ("lib/text.md", "prompts/a.md", "moved"),
    ]


def test_three_hundred_prompts_moved_and_three_edited_at_once(history: History) -> None:
    texts = {f"patterns/p{n}/system.md": f"# Pattern {n}\n" + f"Do the thing {n}.\n" * 20 for n in range(300)}
    history.commit("Add", texts, at="2026-03-01T01:00:00Z")
    history.move("patterns", "data/patterns")
    edits = {f"data/{path}": text + "And be kind.\n" for path, text in itertools.islice(texts.items(), 3)}
    history.commit("Restructure", edits, at="2026-03-02T01:00:00Z")
    found = changes(history, day("2026-03-02"), day("2026-03-03"))
    assert len(found) == 300
    assert {change.path for change in found if change.kind == "changed"} == set(edits)
    assert all(change.path == f"data/{change.path_before}" for change in found)


def test_only_the_mode_changed(support: History) -> None:
    before = changes(support)
    (support.root / "prompts/support.md").chmod(0o755)
    support.commit("Executable")
    assert changes(support) == before


def test_a_binary_file_among_the_prompts(history: History) -> None:
    history.commit("1", {"prompts/a.md": b"\x00\x01\x02"})
    assert [(change.uncounted, change.added) for change in changes(history)] == [("binary", 0)]


def test_an_ordinary_merge_repeats_nothing(support: History) -> None:
    support.branch("side")
    support.commit("Side", {"prompts/other.md": "Hello\n"}, at="2026-03-03T01:00:00Z")
    support.switch("main")
    support.commit("Main", {"README.md": "x\n"}, at="2026-03-03T02:00:00Z")
    support.merge("side", at="2026-03-03T03:00:00Z")
    assert [change.subject for change in changes(support, day("2026-03-03"))] == ["Side"]


def test_text_that_only_a_merge_commit_wrote(support: History) -> None:
    support.branch("side")
    support.commit("Side", {"notes.md": "x\n"}, at="2026-03-03T01:00:00Z")
    support.switch("main")
    support.commit("Main", {"README.md": "x\n"}, at="2026-03-03T02:00:00Z")
    main = support.head()
    merge = support.merge(
        "side", at="2026-03-03T03:00:00Z", files={"prompts/support.md": WARMER + "Promise refunds.\n"}
    )
    (change,) = changes(support, day("2026-03-03"))
    assert (change.sha, change.before_rev, change.is_merge, change.path) == (
        merge,
        main,
        True,
        "prompts/support.md",
    )
    assert (change.added, change.removed) == (1, 0)
    assert "+Promise refunds.\n" in opened(support).diff(change.before_rev, change.after_rev, change.path)


def test_a_branch_whose_edit_the_merge_threw_away(support: History) -> None:
    text = (support.root / "prompts/support.md").read_text()
    support.branch("side")
    support.commit("Side edit", {"prompts/support.md": text + "More.\n"}, at="2026-03-03T01:00:00Z")
    support.switch("main")
    support.commit("Main", {"README.md": "x\n"}, at="2026-03-03T02:00:00Z")
    support.merge("side", at="2026-03-03T03:00:00Z", files={"prompts/support.md": text})
    assert "Side edit" in {change.subject for change in changes(support, day("2026-03-03"))}


@pytest.mark.parametrize(
    "path",
    [
        "prompts/support.md",
        "app/prompts/deep/er/a.txt",
        "src/system_prompt.txt",
        "SYSTEM_PROMPT.md",
        "agent.prompty",
        "templates/answer.j2",
        "data/patterns/summarize/system.md",
        "src/prompts.py",
        "bots/refund-prompt.md",
        "x.prompt.yaml",
    ],
)
def test_prompts_found_without_configuration(history: History, path: str) -> None:
    history.commit("1", {path: PROMPT})
    assert [(change.path, change.is_settings) for change in changes(history)] == [(path, False)]
    assert [prompt.path for prompt in opened(history).prompts().prompts] == [path]


@pytest.mark.parametrize(
    "path",
    [
        "node_modules/x/prompts/a.md",
        "prompts/logo.png",
        "docs/postmortems/2026-03-02-prompts.md",
        "roles/web/templates/nginx.conf.j2",
        "README.md",
        "src/main.py",
        "vendor/x/system.md",
    ],
)
def test_what_is_no_prompt(history: History, path: str) -> None:
    history.commit("1", {path: PROMPT})
    assert changes(history) == []


def test_configured_patterns_replace_the_usual_ones(history: History) -> None:
    history.write(".afterword.toml", 'prompts = ["texts/**", "!texts/old/**"]\n')
    history.commit("1", {"texts/a.md": "a\n", "texts/old/b.md": "b\n", "prompts/c.md": "c\n"})
    assert [change.path for change in changes(history)] == ["texts/a.md"]


def test_patterns_that_find_nothing(history: History) -> None:
    history.write(".afterword.toml", "prompts = []\nsettings = []\n")
    history.commit("1", {"prompts/a.md": "a\n"})
    assert changes(history) == []


def test_subjects_and_names_that_look_like_something_else(history: History) -> None:
    history.commit(
        ":100644 100644 abc def M",
        {"prompts/:a\tb\n.md": "1\n", "prompts/\x01x": "2\n", "prompts/1\t2\t3": "3\n"},
    )
    history.commit("\x01\x1b[31mred", {"prompts/\x01x": "4\n"}, at="2026-03-02T01:00:00Z")
    found = changes(history)
    assert {change.path for change in found} == {"prompts/:a\tb\n.md", "prompts/\x01x", "prompts/1\t2\t3"}
    assert [change.subject for change in found if change.path == "prompts/\x01x"][-1] == ":100644 100644 abc def M"
    assert all(change.added == 1 for change in found)


def test_users_own_log_and_diff_configuration_changes_nothing(support: History) -> None:
    plain = changes(support)
    for key, value in {
        "log.showRoot": "false",
        "log.follow": "true",
        "log.showSignature": "true",
        "diff.renames": "false",
        "diff.noprefix": "true",
        "diff.external": "false",
        "color.ui": "always",
        "log.diffMerges": "off",
        "diff.renameLimit": "1",
        "diff.wordRegex": ".",
    }.items():
        support.git("config", key, value)
    assert changes(support) == plain


def test_leaving_early_ends_git(history: History) -> None:
    for n in range(40):
        history.commit(str(n), {"prompts/a.md": f"{n}\n"})
    stream = opened(history).prompt_changes()
    with stream:
        assert next(stream).subject == "39"
    assert list(stream) == []


def test_partial_clone_never_fetches(support: History, tmp_path: Path) -> None:
    support.git("config", "uploadpack.allowFilter", "true")
    partial = clone(support.root, tmp_path / "partial", "--filter=blob:none", "--no-checkout")
    repository = opened(partial)
    found = list(repository.prompt_changes())
    assert next((c.path, c.kind, c.uncounted) for c in found) == (
        "prompts/support.md",
        "changed",
        "not fetched",
    )
    with pytest.raises(Exception, match="not in this clone"):
        repository.read_text("HEAD", "prompts/support.md")
    with pytest.raises(Exception, match="not in this clone"):
        repository.diff(found[0].before_rev, found[0].after_rev, found[0].path)
    problems = repository.find_settings("HEAD").problems
    assert [str(problem) for problem in problems] == ["config/models.yaml was never fetched into this partial clone."]
    missing = partial.git("rev-list", "--objects", "--all", "--missing=print")
    assert missing.count("?") == 3


@pytest.mark.parametrize("seed", range(6))
def test_every_change_of_a_random_history_is_found(history: History, seed: int) -> None:
    """Compare with the truth, computed from the trees of every commit and its parents."""
    dice = random.Random(seed)
    for n in range(25):
        stamp = f"2026-03-{n // 2 + 1:02d}T{n % 2 * 6 + 3:02d}:00:00Z"
        if n > 3 and dice.random() < 0.25:
            side, back = f"b{n}", f"m{n}"
            history.branch(side, f"HEAD~{dice.randrange(1, 3)}")
            history.commit(side, {f"prompts/{dice.randrange(6)}.md": f"{n} side\n"}, at=stamp)
            history.git("switch", "--quiet", "-")
            history.git("merge", "--quiet", "--no-ff", "-X", "ours", "-m", back, side, env=_at(stamp), check=False)
            if history.git("status", "--porcelain"):
                history.commit(back, at=stamp)
        else:
            path = dice.choice(["prompts", "lib"])
            history.commit(str(n), {f"{path}/{dice.randrange(6)}.md": f"{n}\n" * dice.randrange(1, 9)}, at=stamp)
    since, until = day("2026-03-03"), day("2026-03-10")
    found = {(change.sha, change.path) for change in changes(history, since, until)}
    assert found == _truth(history, since.timestamp(), until.timestamp())


def _at(stamp: str) -> dict[str, str]:
    return {"GIT_COMMITTER_DATE": stamp, "GIT_AUTHOR_DATE": stamp}


def _truth(history: History, since: float, until: float) -> set[tuple[str, str]]:
    """Return the commits of a window with the prompts whose text differs from that of every parent."""
    truth = set()
    for line in history.git("log", "--format=%H %ct %P").splitlines():
        sha, stamp, *parents = line.split()
        if not since <= int(stamp) <= until:
            continue
        after, befores = _tree(history, sha), [_tree(history, parent) for parent in parents] or [{}]
        paths = after.keys() | {path for before in befores for path in before}
        truth |= {
            (sha, path)
            for path in paths
            if path.startswith("prompts/") and all(after.get(path) != before.get(path) for before in befores)
        }
    return truth


def _tree(history: History, sha: str) -> dict[str, str]:
    rows = history.git("ls-tree", "-r", sha).splitlines()
    return {row.partition("\t")[2]: row.split()[2] for row in rows}
