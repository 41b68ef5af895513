"""Committing a record takes the record and nothing else."""

from pathlib import Path

import pytest

from afterword.repo.errors import CommitError
from tests.histories import History
from tests.repo.repositories import opened

RECORD = "docs/postmortems/2026-03-02-refunds.md"


def written(history: History, text: str = "# One\n") -> Path:
    return history.write(RECORD, text)


def refused(history: History) -> CommitError:
    with pytest.raises(CommitError) as caught:
        opened(history).commit([history.root / RECORD], "Add post-mortem")
    assert (history.root / RECORD).exists() and RECORD in caught.value.message and caught.value.hint
    return caught.value


def test_a_new_record_alone(support: History) -> None:
    path = written(support)
    sha = opened(support).commit([path], "Add post-mortem\n\n- a list\n# not a comment")
    assert sha == support.head()
    assert support.git("show", "--format=%B", "--name-status", "HEAD").split("\n\n") == [
        "Add post-mortem",
        "- a list\n# not a comment\n",
        f"A\t{RECORD}",
    ] or "# not a comment" in support.git("log", "-1", "--format=%B")
    assert support.git("show", "--name-only", "--format=", "HEAD") == RECORD
    assert support.git("status", "--porcelain") == ""


def test_what_was_staged_stays_staged(support: History) -> None:
    support.write("prompts/support.md", "staged\n")
    support.write("new.md", "new, staged\n")
    support.git("add", "prompts/support.md", "new.md")
    support.write("prompts/support.md", "staged\nand edited further\n")
    support.write("other.md", "untracked\n")
    support.git("rm", "--quiet", "--cached", "config/models.yaml")
    before = support.git("diff", "--cached"), support.git("diff")
    opened(support).commit([written(support)], "Add post-mortem")
    assert (support.git("diff", "--cached"), support.git("diff")) == before
    assert support.git("show", "--name-only", "--format=", "HEAD") == RECORD


def test_an_older_version_of_the_record_was_staged(support: History) -> None:
    path = written(support)
    support.git("add", RECORD)
    written(support, "# Two\n")
    opened(support).commit([path], "Add post-mortem")
    assert support.git("show", f"HEAD:{RECORD}") == "# Two"


def test_several_paths_with_strange_names(support: History) -> None:
    names = ["docs/postmortems/größe *.md", "docs/postmortems/a b/review 1.md", "docs/postmortems/-x.md"]
    for name in [*names, "docs/postmortems/größe x.md"]:
        support.write(name, name)
    opened(support).commit([*names[:2], support.root / names[2]], "Add")
    listed = support.git("-c", "core.quotepath=false", "show", "--name-only", "--format=", "HEAD").split("\n")
    assert sorted(listed) == sorted(names)


def test_the_very_first_commit(history: History) -> None:
    history.write("staged.md", "x")
    history.git("add", "staged.md")
    opened(history).commit([written(history)], "Add post-mortem")
    assert history.git("ls-tree", "-r", "--name-only", "HEAD") == RECORD
    assert history.git("status", "--porcelain") == "A  staged.md"


@pytest.mark.parametrize("staged", [False, True])
@pytest.mark.parametrize("born", [False, True])
def test_a_hook_that_refuses_leaves_everything_as_it_was(history: History, staged: bool, born: bool) -> None:
    if born:
        history.commit("First", {"a.md": "a\n"})
    history.hook("pre-commit", "echo 'lint: \x1b[31mline 3 is too long'; echo more >&2; exit 1")
    written(history)
    history.write("staged.md", "x")
    history.git("add", "staged.md")
    if staged:
        history.git("add", RECORD)
    before = history.index()
    error = refused(history)
    assert "a commit hook of this repository refused it" in error.message
    assert "line 3 is too long" in error.output and "more" in error.output
    assert history.index() == before
    assert (history.root / RECORD).read_text() == "# One\n"


def test_a_hook_that_rewrites_the_file(support: History) -> None:
    support.hook("pre-commit", f"printf '# Rewritten\\n' > {RECORD}; git add {RECORD}")
    path = written(support)
    opened(support).commit([path], "Add post-mortem")
    assert path.read_text() == "# Rewritten\n" == support.git("show", f"HEAD:{RECORD}") + "\n"


def test_a_hook_that_asks_is_not_waited_for(support: History) -> None:
    support.hook("pre-commit", 'read answer < /dev/tty || exit 1; test -z "$answer"')
    assert "refused" in refused(support_written(support)).message


def support_written(history: History) -> History:
    written(history)
    return history


def test_templates_and_editors_are_not_opened(support: History, tmp_path: Path) -> None:
    template = tmp_path / "template"
    template.write_text("TEMPLATE\n")
    support.git("config", "commit.template", str(template))
    support.git("config", "commit.verbose", "true")
    support.git("config", "core.editor", "sleep 1000")
    opened(support).commit([written(support)], "Add post-mortem")
    assert support.git("log", "-1", "--format=%B").strip() == "Add post-mortem"


def test_signing_that_fails(support: History) -> None:
    support.git("config", "commit.gpgSign", "true")
    support.git("config", "gpg.program", "false")
    written(support)
    before = support.index()
    assert "signing it failed" in refused(support).message
    assert support.index() == before


def test_signing_as_the_user_configured_it(support: History, tmp_path: Path) -> None:
    program = tmp_path / "signer"
    program.write_text(
        "#!/bin/sh\ncat > /dev/null\nprintf '[GNUPG:] KEY_CONSIDERED\\n[GNUPG:] SIG_CREATED \\n' >&2\n"
        "printf -- '-----BEGIN PGP SIGNATURE-----\\nabc\\n-----END PGP SIGNATURE-----\\n'\n"
    )
    program.chmod(0o755)
    support.git("config", "commit.gpgSign", "true")
    support.git("config", "gpg.program", str(program))
    opened(support).commit([written(support)], "Add post-mortem")
    assert "BEGIN PGP SIGNATURE" in support.git("cat-file", "commit", "HEAD")


def test_another_git_at_work(support: History) -> None:
    written(support)
    before = support.index()
    lock = support.root / ".git" / "index.lock"
    lock.write_text("")
    error = refused(support)
    assert "another git command is at work" in error.message and "index.lock" in error.output
    lock.unlink()
    assert support.index() == before


def test_in_the_middle_of_a_merge(support: History) -> None:
    support.branch("side")
    support.commit("Side", {"prompts/support.md": "side\n"})
    support.switch("main")
    support.commit("Main", {"prompts/support.md": "main\n"})
    support.git("merge", "side", check=False)
    written(support)
    before = support.index()
    error = refused(support)
    assert "a merge, rebase or cherry-pick is under way" in error.message
    assert "The file is saved" in error.hint
    assert support.index() == before


def test_ignored_folder(support: History) -> None:
    support.write(".gitignore", "docs/\n")
    written(support)
    assert ".gitignore excludes it" in refused(support).message


def test_nothing_new(support: History) -> None:
    path = written(support)
    opened(support).commit([path], "Add")
    assert "committed already" in refused(support).message


def test_nobody_known_to_git(support: History, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{name}_NAME")
        monkeypatch.delenv(f"GIT_{name}_EMAIL")
    support.git("config", "user.useConfigOnly", "true")
    written(support)
    assert "git does not know who you are" in refused(support).message


def test_outside_and_empty(support: History, tmp_path: Path) -> None:
    for paths, message in (([tmp_path / "x.md"], "m"), (["../x.md"], "m"), ([], "m"), ([RECORD], " \n")):
        with pytest.raises(CommitError):
            opened(support).commit(paths, message)


def test_through_a_link_to_the_repository(support: History, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(support.root)
    written(support)
    opened(support).commit([link / RECORD], "Add")
    assert support.git("show", "--name-only", "--format=", "HEAD") == RECORD


def test_in_a_linked_worktree_on_a_detached_head_with_crlf(support: History, tmp_path: Path) -> None:
    support.git("config", "core.autocrlf", "true")
    support.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    linked = History.at(tmp_path / "linked")
    opened(linked).commit([written(linked)], "Add")
    assert linked.raw("cat-file", "blob", f"HEAD:{RECORD}") == b"# One\n"
    assert (linked.root / RECORD).read_bytes() == b"# One\n"
