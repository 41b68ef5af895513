"""Opening a repository: what works, and the one sentence for what does not."""

import os
import threading
from pathlib import Path

import pytest

from afterword.repo import Repository
from afterword.repo.errors import RepositoryError
from tests.histories import History, clone, day
from tests.repo.repositories import MODELS, PROMPT, changes, opened


def said(path: Path) -> str:
    with pytest.raises(RepositoryError) as caught:
        Repository.open(path)
    assert caught.value.message.endswith(".") and "\n" not in str(caught.value)
    return str(caught.value)


def test_opens_from_a_subfolder_and_from_a_file(support: History) -> None:
    assert Repository.open(support.root / "prompts").root == support.root
    assert Repository.open(support.root / "prompts" / "support.md").root == support.root


def test_outside_any_repository(tmp_path: Path) -> None:
    assert "is not inside a git repository" in said(tmp_path)


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    assert "does not exist" in said(tmp_path / "nowhere")


def test_git_missing(support: History, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Git was not found on the PATH" in said(support.root)


def test_bare_repository(tmp_path: Path) -> None:
    bare = History(tmp_path / "bare.git", "--bare")
    assert "bare repository" in said(bare.root)


def test_inside_the_git_folder(support: History) -> None:
    assert "inside git's own folder" in said(support.root / ".git")


def test_repository_of_another_user(support: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    sentence = said(support.root)
    assert "belongs to another user" in sentence
    assert f"git config --global --add safe.directory {support.root}" in sentence


def test_damaged_configuration_is_said_in_gits_words(support: History) -> None:
    (support.root / ".git" / "config").write_text("[core\n")
    assert "bad config line 1" in said(support.root)


def test_places_that_a_hook_leaves_in_the_environment(support: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(support.root)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    repository = Repository.open()
    monkeypatch.chdir("/")
    assert repository.root == support.root
    assert repository.resolve("HEAD") == support.head()


def test_work_tree_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = tmp_path / "tree"
    history = History(tmp_path / "home")
    history.commit("Prompt", {"prompts/a.md": PROMPT})
    tree.mkdir()
    monkeypatch.setenv("GIT_DIR", str(history.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tree))
    repository = Repository.open(tree)
    assert repository.root == tree
    assert [change.path for change in repository.prompt_changes()] == ["prompts/a.md"]


def test_before_the_first_commit(history: History) -> None:
    repository = opened(history)
    assert not repository.has_commits
    assert repository.head_label == "main"
    assert list(repository.prompt_changes()) == []
    assert repository.candidates() == []
    assert repository.prompts().prompts == ()
    assert repository.people() == ()
    with pytest.raises(RepositoryError, match="no commit yet"):
        repository.resolve("HEAD")


def test_branch_and_detached_head(support: History) -> None:
    assert opened(support).head_label == "main"
    support.branch("größer/zwei")
    assert opened(support).head_label == "größer/zwei"
    support.git("switch", "--quiet", "--detach", "HEAD")
    assert opened(support).head_label == f"detached at {support.head()[:7]}"


def test_linked_worktree_has_its_own_drafts(support: History, tmp_path: Path) -> None:
    support.git("worktree", "add", "--quiet", str(tmp_path / "linked tree"), "-b", "fix")
    linked = Repository.open(tmp_path / "linked tree")
    assert linked.head_label == "fix"
    assert linked.drafts.folder != opened(support).drafts.folder
    assert linked.drafts.folder.is_relative_to(support.root / ".git" / "worktrees")
    assert len(list(linked.prompt_changes())) == 3


def test_submodule(support: History, tmp_path: Path) -> None:
    outer = History(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(support.root), "parts/agent")
    outer.commit("Add the agent as a submodule")
    inner = Repository.open(outer.root / "parts" / "agent" / "prompts")
    assert inner.root == outer.root / "parts" / "agent"
    assert {change.path for change in inner.prompt_changes()} == {"prompts/support.md", "config/models.yaml"}
    assert {(change.path, change.submodule) for change in changes(outer)} == {
        ("parts/agent/prompts/support.md", "parts/agent"),
        ("parts/agent/config/models.yaml", "parts/agent"),
    }
    with pytest.raises(RepositoryError, match="is a submodule"):
        opened(outer).read_text("HEAD", "parts/agent")


def test_shallow_clone_says_so(support: History, tmp_path: Path) -> None:
    shallow = clone(support.root, tmp_path / "shallow", "--depth=1")
    repository = opened(shallow)
    assert repository.is_shallow and not opened(support).is_shallow
    assert [change.kind for change in repository.prompt_changes()] == ["added", "added"]
    with pytest.raises(RepositoryError, match=r"shallow.*--unshallow"):
        repository.resolve(support.git("rev-parse", "HEAD~1"))


def test_sha256_repository(tmp_path: Path) -> None:
    history = History(tmp_path / "new", "--object-format=sha256")
    first = history.commit("Add", {"prompts/a.md": PROMPT, "config/models.yaml": MODELS})
    second = history.commit("Edit", {"prompts/a.md": PROMPT + "Be kind.\n"})
    repository = opened(history)
    assert len(second) == 64
    assert [change.kind for change in repository.prompt_changes()] == ["changed", "added", "added"]
    assert "+Be kind.\n" in repository.diff(first, second, "prompts/a.md")
    assert repository.diff("", first, "prompts/a.md").startswith("diff --git")
    assert {setting.value for setting in repository.find_settings("HEAD").settings} == {"gpt-4o-2024-08-06", "0.2"}


def test_paths_and_folders_with_spaces_and_letters_of_the_world(tmp_path: Path) -> None:
    history = History(tmp_path / "größe und raum")
    path = "prompts/свой файл — «1».md"
    history.commit("Add", {path: "one\n"})
    history.commit("Edit", {path: "two\n"})
    repository = opened(history)
    change = next(repository.prompt_changes())
    assert change.path == path
    assert repository.read_text("HEAD", path).text == "two\n"
    assert repository.diff(change.before_rev, change.after_rev, path).endswith("-one\n+two\n")


def test_a_name_with_bytes_that_are_no_utf8(history: History) -> None:
    (history.root / "prompts").mkdir()
    (history.root / os.fsdecode(b"prompts/caf\xe9.md")).write_bytes(b"hi\n")
    history.commit("Add")
    change = next(opened(history).prompt_changes())
    assert os.fsencode(change.path) == b"prompts/caf\xe9.md"
    assert opened(history).read_text("HEAD", change.path).text == "hi\n"


def test_revisions_from_outside_are_no_options(support: History) -> None:
    repository = opened(support)
    for rev in ("--all", "-h", "--output=/tmp/x", "nothing", "", "HEAD:prompts", "a b", "HEAD\0"):
        with pytest.raises(RepositoryError):
            repository.resolve(rev)
    assert repository.resolve("HEAD~1") == support.git("rev-parse", "HEAD~1")


def test_who_writes_here(support: History, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(support).user == "Ada Author <ada@example.org>"
    monkeypatch.delenv("GIT_AUTHOR_NAME")
    monkeypatch.delenv("GIT_AUTHOR_EMAIL")
    support.git("config", "user.useConfigOnly", "true")
    assert opened(support).user == ""


def test_people_for_the_blameless_check(support: History) -> None:
    support.commit("x", author="Grace Hopper <8341+ghopper@users.noreply.github.com>")
    support.commit("y", author="dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>")
    support.commit("z", author="Linus Example <info@example.org>")
    people = opened(support).people()
    assert people[0] in ("Carl Committer", "carl")
    assert {"Ada Author", "ada", "Grace Hopper", "ghopper", "Linus Example"} <= set(people)
    assert not {"info", "dependabot[bot]", "users"} & set(people)


def test_state_of_the_branch_at_a_time(support: History) -> None:
    repository = opened(support)
    assert repository.commit_at(day("2026-03-02")) == support.git("rev-parse", "HEAD~1")
    assert repository.commit_at(day("2026-03-03")) == support.head()
    assert repository.commit_at(day("2020-01-01")) == ""


def test_one_repository_serves_many_threads(support: History) -> None:
    repository = opened(support)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(list(repository.prompt_changes())))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3] * 8


def test_the_folder_moved_away_while_open(support: History) -> None:
    repository = opened(support)
    support.root.rename(support.root.with_name("elsewhere"))
    with pytest.raises(RepositoryError):
        repository.read_text("HEAD", "prompts/support.md")
