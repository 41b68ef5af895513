"""Git as it is in the wild: odd repositories, settings and hooks. A record is committed, or a sentence says why not."""

import os
import sys
import threading
from pathlib import Path

import pytest

from afterword.record.document import parse, render
from afterword.record.model import Record
from afterword.repo import Repository
from afterword.repo.draft import Draft
from afterword.repo.errors import CommitError, ConflictError
from afterword.visible import visible
from tests.checks.records import complete
from tests.histories import History, clone
from tests.program import run
from tests.repo.repositories import PROMPT, opened

ID = "2026-03-02-refunds"
FILE = f"docs/postmortems/{ID}.md"
RECORD = complete(status="in_review")


def saved_and_committed(root: Path) -> str:
    """Save a record, write a draft, walk it again and commit it, as the program does; return the commit."""
    repository = Repository.open(root)
    repository.drafts.write(Draft(record=RECORD))
    assert len(repository.drafts.list()) == 1
    path = repository.records.save(RECORD, ID)
    repository.commit([path], "Add post-mortem")
    stored = repository.records.get(ID)
    path = repository.records.save(RECORD.changed(title="Again"), ID, stored.text)
    sha = repository.commit([path], "Update post-mortem")
    assert parse(path.read_bytes().decode()).title == "Again"
    assert repository.runner.run("status", "--porcelain", "--", str(path)) == b""
    return sha


def saved_and_committed_again(root: Path) -> None:
    """Commit the record that waits in the work tree."""
    repository = Repository.open(root)
    repository.commit([repository.records.path_for(ID)], "Add post-mortem")


def files_of(history: History, rev: str) -> str:
    return history.git("show", "--format=", "--name-only", rev)


def refused(root: Path) -> CommitError:
    repository = Repository.open(root)
    path = repository.records.path_for(ID)
    if not path.exists():
        path = repository.records.save(RECORD, ID)
    with pytest.raises(CommitError) as caught:
        repository.commit([path], "Add post-mortem")
    assert path.is_file(), "the record stays saved"
    return caught.value


# Repositories


def test_linked_worktree_with_a_configuration_of_its_own(support: History, tmp_path: Path) -> None:
    support.git("config", "extensions.worktreeConfig", "true")
    support.git("worktree", "add", "--quiet", str(tmp_path / "linked"), "-b", "fix")
    linked = History.at(tmp_path / "linked")
    linked.git("config", "--worktree", "user.name", "Linked Author")
    head = support.head()
    sha = saved_and_committed(linked.root)
    assert linked.head() == sha and support.head() == head and files_of(linked, sha) == FILE


def test_submodule(support: History, tmp_path: Path) -> None:
    outer = History(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(support.root), "agent")
    outer.commit("Add the agent")
    saved_and_committed(outer.root / "agent")
    assert outer.git("status", "--porcelain") == " M agent"
    assert not (outer.root / "docs").exists()


@pytest.mark.parametrize("way", ["environment", "core.worktree"])
def test_bare_repository_with_its_work_tree_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    bare, tree = History(tmp_path / "home.git", "--bare"), tmp_path / "tree"
    tree.mkdir()
    if way == "environment":
        monkeypatch.setenv("GIT_WORK_TREE", str(tree))
    else:
        bare.git("config", "core.bare", "false")
        bare.git("config", "core.worktree", str(tree))
    monkeypatch.setenv("GIT_DIR", str(bare.root))
    monkeypatch.chdir(tree)
    sha = saved_and_committed(tree)
    assert bare.git("ls-tree", "-r", "--name-only", sha) == FILE
    assert (bare.root / "afterword/drafts").is_dir()


def test_detached_head_and_unborn_branch(support: History, tmp_path: Path) -> None:
    support.git("switch", "--quiet", "--detach")
    saved_and_committed(support.root)
    assert support.git("branch", "--show-current") == ""
    saved_and_committed(History(tmp_path / "unborn").root)


def conflicted(history: History) -> None:
    """Two branches that changed one prompt, the second one current."""
    history.branch("side")
    history.commit("Side", {"prompts/support.md": "side\n"})
    history.switch("main")
    history.commit("Main", {"prompts/support.md": "main\n"})


@pytest.mark.parametrize("command", ["merge side", "rebase side", "cherry-pick side", "revert HEAD~1"])
def test_in_the_middle_of_something(support: History, command: str) -> None:
    """Saving works; a commit would take everything or nothing, or it becomes part of what is under way."""
    conflicted(support)
    support.git(*command.split(), check=False)
    assert "UU" in support.git("status", "--porcelain")
    before = support.index()
    error = refused(support.root)
    assert "is under way" in error.message and "The file is saved" in error.hint
    assert support.index().replace("\n? docs/", "") == before


def test_in_the_middle_of_a_bisect(support: History) -> None:
    support.commit("Third", {"prompts/support.md": "third\n"})
    support.git("bisect", "start", "HEAD", "HEAD~2")
    assert "a bisect is under way" in refused(support.root).message
    support.git("bisect", "reset")
    saved_and_committed_again(support.root)


def test_records_outside_a_sparse_checkout(support: History) -> None:
    support.commit("More", {FILE: render(RECORD), "prompts/deep/x.md": "x\n"})
    support.git("sparse-checkout", "init", "--cone")
    support.git("sparse-checkout", "set", "config")
    assert not (support.root / FILE).exists()
    repository = opened(support)
    path = repository.records.save(RECORD, "2026-04-01-other")
    if support.version < (2, 34):  # before, git takes what lies outside
        repository.commit([path], "Add post-mortem")
        assert support.git("show", "--name-only", "--format=", "HEAD") == str(path.relative_to(support.root))
        return
    with pytest.raises(CommitError, match="outside the sparse checkout") as caught:
        repository.commit([path], "Add post-mortem")
    assert "git sparse-checkout add" in caught.value.hint and path.is_file()


def test_shallow_clone(support: History, tmp_path: Path) -> None:
    saved_and_committed(clone(support.root, tmp_path / "shallow", "--depth=1").root)


def test_a_partial_clone_never_asks_its_remote(support: History, tmp_path: Path) -> None:
    support.git("config", "uploadpack.allowFilter", "true")
    partial = clone(support.root, tmp_path / "partial", "--filter=blob:none")
    log, contact = tmp_path / "contacted", tmp_path / "contact"
    contact.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexit 1\n')
    contact.chmod(0o755)
    partial.git("config", "remote.origin.uploadpack", str(contact))
    saved_and_committed(partial.root)
    repository = opened(partial)
    assert list(repository.prompt_changes())
    for command in (["list"], ["check"], ["prompts"], ["prompts", "--json"]):
        run(*command, cwd=partial.root)
    assert not log.exists()


def test_sha256_and_reftable(tmp_path: Path) -> None:
    saved_and_committed(History(tmp_path / "sha256", "--object-format=sha256").root)
    try:
        reftable = History(tmp_path / "reftable", "--ref-format=reftable")
    except AssertionError:
        return  # this git does not know it
    saved_and_committed(reftable.root)


def test_a_folder_with_spaces_letters_and_a_newline(tmp_path: Path) -> None:
    for name in ("mit leer zeichen", "größe-文書", "new\nline", "-dash", "quote'\"$x"):
        history = History(tmp_path / name)
        history.commit("Begin", {"prompts/a.md": PROMPT})
        saved_and_committed(history.root)


@pytest.mark.parametrize("value", ["true", "false"])
def test_names_beyond_ascii(support: History, value: str) -> None:
    support.git("config", "core.quotePath", value)
    support.git("config", "core.precomposeUnicode", "true")
    support.write(".afterword.toml", 'records_dir = "ops/größe 文書"\n')
    repository = opened(support)
    path = repository.records.save(RECORD, "2026-03-02-rückerstattung")
    sha = repository.commit([path], "Add post-mortem")
    assert support.git("show", "--format=", "--name-only", "-z", sha) == "ops/größe 文書/2026-03-02-rückerstattung.md\0"


def test_two_records_that_differ_in_case(support: History) -> None:
    """Where the file system tells them apart, another author's would not: one of them would be lost on checkout."""
    support.git("config", "core.ignorecase", "true")
    records = opened(support).records
    records.save(RECORD, "2026-03-02-Ärger")
    with pytest.raises(ConflictError, match="exists already") as caught:
        records.save(RECORD.changed(title="Other"), "2026-03-02-ärger")
    assert caught.value.free_id == "2026-03-02-ärger-2"


# Line ends, encodings, filters


@pytest.mark.parametrize("autocrlf", ["true", "input"])
def test_autocrlf(support: History, autocrlf: str) -> None:
    support.git("config", "core.autocrlf", autocrlf)
    saved_and_committed(support.root)
    assert b"\r" not in support.raw("cat-file", "blob", f"HEAD:{FILE}")


def test_a_checkout_with_crlf_keeps_its_line_ends(support: History) -> None:
    support.commit("Add", {FILE: render(RECORD), ".gitattributes": "*.md text eol=crlf\n"})
    (support.root / FILE).unlink()
    support.git("checkout", "--", FILE)
    repository = opened(support)
    stored = repository.records.get(ID)
    assert stored.text.count("\r\n") == stored.text.count("\n") > 10
    path = repository.records.save(RECORD.changed(title="Again"), ID, stored.text)
    repository.commit([path], "Update")
    data = path.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    assert b"\r" not in support.raw("cat-file", "blob", f"HEAD:{FILE}")
    assert support.git("diff", "--shortstat", "HEAD~1", "HEAD", "--", FILE).strip().startswith("1 file changed, 2 ins")


def test_a_working_tree_encoding_that_is_not_utf8_is_told(support: History) -> None:
    support.commit("Add", {".gitattributes": "docs/*.md working-tree-encoding=UTF-16LE-BOM\n"})
    support.write(FILE, b"\xff\xfe" + render(RECORD).encode("utf-16-le"))
    stored = opened(support).records.get(ID)
    assert stored.record is None and stored.error is not None and "UTF-16, not UTF-8" in stored.error.message


def test_filters_work_as_in_the_users_git(support: History) -> None:
    support.commit("Filter", {".gitattributes": "docs/** filter=shout\n"})
    support.git("config", "filter.shout.clean", "tr a-z A-Z")
    support.git("config", "filter.shout.smudge", "tr A-Z a-z")
    repository = opened(support)
    path = repository.records.save(RECORD, ID)
    repository.commit([path], "Add")
    assert path.read_text() == render(RECORD)
    assert support.git("show", f"HEAD:{FILE}").startswith("---\nSCHEMA: AFTERWORD/1")


def test_a_required_filter_that_fails(support: History) -> None:
    support.commit("Filter", {".gitattributes": "docs/** filter=lfs\n"})
    support.git("config", "filter.lfs.clean", "no-such-git-lfs clean")
    support.git("config", "filter.lfs.required", "true")
    assert "clean filter 'lfs' failed" in refused(support.root).message


def test_a_pointer_of_a_large_file_store_is_not_read_as_a_record(support: History) -> None:
    support.write(FILE, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    stored = opened(support).records.get(ID)
    assert stored.record is None and stored.error is not None and "there is no front matter" in stored.error.message


# Hooks and what they print


def test_hooks_that_print_garbage(support: History) -> None:
    support.hook("pre-commit", r"printf '\033]0;owned\007\033[2J\377\000\n'; yes garbage | head -c 300000; exit 1")
    error = refused(support.root)
    assert "a commit hook of this repository refused it" in error.message
    assert "\x1b" not in visible(error.output)


def test_hooks_that_warn_do_not_stop_it(support: History) -> None:
    support.hook("pre-commit", "echo 'warning: fatal: not really' >&2")
    support.hook("post-commit", "exit 1")
    saved_and_committed(support.root)


def test_a_hook_that_hangs_can_be_stopped(support: History) -> None:
    support.hook("pre-commit", "trap '' TERM; sleep 600")
    repository, stop = opened(support), threading.Event()
    path = repository.records.save(RECORD, ID)
    before = support.index()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(CommitError, match="you stopped it"):
        repository.commit([path], "Add", stop)
    assert support.index() == before and not (support.root / ".git/index.lock").exists()


def test_a_hook_that_rewrites_the_record(support: History) -> None:
    support.hook("pre-commit", f"test -f {FILE} && sed -i 's/  */ /g' {FILE} && git add {FILE}; exit 0")
    repository = opened(support)
    path = repository.records.save(RECORD, ID)
    repository.commit([path], "Add")
    assert support.git("status", "--porcelain") == ""
    stored = repository.records.get(ID)
    repository.records.save(RECORD.changed(title="Again"), ID, stored.text)


def test_run_from_within_a_hook(support: History) -> None:
    """Git sets GIT_DIR and GIT_INDEX_FILE for hooks; the program finds the same repository and reads."""
    support.write(FILE, render(RECORD))
    support.git("add", FILE)
    program = f"{sys.executable} -m afterword"
    support.hook("pre-commit", f"cd prompts && {program} list > ../.git/listed && {program} check {ID}")
    support.git("commit", "--quiet", "--message=Add", env={"PYTHONPATH": os.environ.get("PYTHONPATH", "")})
    assert ID in (support.root / ".git/listed").read_text()


# Settings


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("commit.cleanup", "verbatim"),
        ("commit.cleanup", "scissors"),
        ("core.commentChar", "A"),
        ("core.commentChar", "auto"),
        ("core.untrackedCache", "true"),
        ("core.splitIndex", "true"),
        ("index.version", "4"),
        ("feature.manyFiles", "true"),
        ("commit.verbose", "true"),
        ("commit.status", "false"),
        ("status.relativePaths", "false"),
        ("color.ui", "always"),
        ("core.pager", "false"),
        ("log.showSignature", "true"),
        ("core.abbrev", "40"),
        ("diff.noprefix", "true"),
        ("i18n.commitEncoding", "ISO-8859-1"),
        ("advice.statusHints", "false"),
        ("push.default", "nothing"),
        ("core.fsmonitor", "/bin/false"),
    ],
)
def test_settings_that_people_have(support: History, key: str, value: str) -> None:
    support.git("config", key, value)
    sha = saved_and_committed(support.root)
    assert support.git("log", "-1", "--format=%s", sha) == "Update post-mortem"
    assert [change.path for change in opened(support).prompt_changes()][:1] == ["prompts/support.md"]


def test_a_message_that_begins_with_the_comment_character(support: History) -> None:
    repository = opened(support)
    path = repository.records.save(Record(title="x"), ID)
    sha = repository.commit([path], "#42: add post-mortem")
    assert support.git("log", "-1", "--format=%s", sha) == "#42: add post-mortem"


def test_no_git_in_the_path(support: History, tmp_path: Path) -> None:
    done = run("list", cwd=support.root, PATH=str(tmp_path))
    assert done.returncode == 2 and "Git was not found on the PATH. Install git 2.30" in " ".join(done.stderr.split())


def test_a_repository_of_another_user(support: History) -> None:
    done = run("list", cwd=support.root, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    assert done.returncode == 2 and "safe.directory" in done.stderr


# What happens between saving and committing


def test_another_branch_between_saving_and_committing(support: History) -> None:
    support.branch("side")
    support.switch("main")
    repository = opened(support)
    path = repository.records.save(RECORD, ID)
    support.switch("side")
    sha = repository.commit([path], "Add post-mortem")
    assert support.git("rev-parse", "side") == sha and files_of(support, sha) == FILE


def test_head_that_moved_between_saving_and_committing(support: History) -> None:
    repository = opened(support)
    path = repository.records.save(RECORD, ID)
    support.git("commit", "--quiet", "--allow-empty", "--message=Meanwhile")
    head = support.head()
    assert support.git("rev-parse", f"{repository.commit([path], 'Add')}~1") == head
