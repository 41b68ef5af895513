"""A git repository, opened: where it is, what it can show, and the parts that read and write it."""

import threading
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from afterword.repo.config import Config, read_config
from afterword.repo.errors import RepositoryError
from afterword.repo.people import recent_people
from afterword.repo.place import Search
from afterword.repo.runner import Runner, to_text
from afterword.repo.store import Store

# What reads drafts, history and settings is loaded when it is asked for: `list` does without.
if TYPE_CHECKING:
    from afterword.repo.candidates import Candidate
    from afterword.repo.digests import Digests
    from afterword.repo.drafts import Drafts
    from afterword.repo.history.change import Change
    from afterword.repo.history.changes import Changes
    from afterword.repo.history.pathways import Pathways
    from afterword.repo.history.sides import Side
    from afterword.repo.history.versions import Version
    from afterword.repo.prompts.known import Discovered
    from afterword.repo.settings import Comparison, SettingsFound, SettingsStep
    from afterword.repo.texts import PromptText


class Repository:
    """The repository around a folder.

    Opening takes one run of git; everything else is read when asked for and never cached beyond the
    configuration, so what another program does to the repository shows. Each command is a process of its own:
    a worker may use the same object as the screen, or open one for itself.
    """

    def __init__(self, root: Path, runner: Runner, is_shallow: bool) -> None:
        self.root = root
        self.runner = runner
        self.is_shallow = is_shallow

    @classmethod
    def open(cls, path: Path | str = ".") -> Self:
        """Open the repository that holds a file or folder; RepositoryError says what stands in the way."""
        place = Search(Path(path)).place()
        return cls(place.root, Runner(place.root, place.environment), place.is_shallow)

    # What it is

    def git_path(self, name: str) -> Path:
        """Return where git keeps `name` for this work tree, as an absolute path."""
        return self.root / self.runner.line("rev-parse", "--git-path", name)

    @property
    def has_commits(self) -> bool:
        """Whether HEAD names a commit; False right after `git init`."""
        return self.runner.attempt("rev-parse", "--verify", "--quiet", "HEAD^{commit}").status == 0

    @property
    def head_label(self) -> str:
        """The branch, or `detached at abc1234`."""
        branch = self.runner.attempt("symbolic-ref", "--quiet", "--short", "HEAD")
        if branch.status == 0:
            return to_text(branch.out).removesuffix("\n")
        return f"detached at {self.short(self.resolve('HEAD'))}"

    @property
    def user(self) -> str:
        """The author of this machine as `Name <mail>`, or "" where git does not know one."""
        identity = self.runner.attempt("var", "GIT_AUTHOR_IDENT")
        return to_text(identity.out).rsplit(">", 1)[0] + ">" if identity.status == 0 else ""

    def people(self) -> tuple[str, ...]:
        """Return names and handles of recent authors, the most frequent first, for the blameless check."""
        return recent_people(self.runner)

    @cached_property
    def config(self) -> Config:
        """The repository's configuration; ConfigError names file, line and key."""
        return read_config(self.root)

    @cached_property
    def pathways(self) -> "Pathways":
        """Which paths are prompts and which hold settings."""
        from afterword.repo.history.pathways import Pathways

        return Pathways(self.config.prompts, self.config.settings)

    # Revisions

    def resolve(self, rev: str) -> str:
        """Return the full name of the commit that `rev` means; RepositoryError where there is none."""
        done = self.runner.attempt("rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
        if done.status != 0 or not rev:
            if not self.has_commits:
                raise RepositoryError(
                    "This repository has no commit yet.", "Commit the prompts first, or paste the text."
                )
            more = " The history here is shallow: `git fetch --unshallow` brings the rest." if self.is_shallow else ""
            raise RepositoryError(f"No commit here is called {rev!r}.", f"Give a commit, tag or branch.{more}")
        return to_text(done.out).strip()

    def short(self, sha: str) -> str:
        """Return a commit's name as a record has it: seven letters, more where the repository is large."""
        done = self.runner.attempt("rev-parse", "--verify", "--quiet", "--short", "--end-of-options", sha)
        return to_text(done.out).strip() if done.status == 0 else sha[:7]

    def commit_at(self, moment: datetime) -> str:
        """Return the commit that the branch stood at, going by committer times; "" before the first one."""
        from afterword.repo.history.log import window

        if not self.has_commits:
            return ""
        return self.runner.line("rev-list", "--first-parent", "-n1", *window(None, moment), "HEAD")

    def abbreviated(self, sha: str) -> str:
        """Return a commit's name cut to the length that git uses here, without looking it up."""
        return sha[: self._abbreviation]

    @cached_property
    def _abbreviation(self) -> int:
        return len(self.short("HEAD"))

    # History

    def prompt_changes(
        self, since: datetime | None = None, until: datetime | None = None, everywhere: bool = False
    ) -> "Changes":
        """Return changes of prompts and settings in a window, newest first, read as git finds them.

        Those of HEAD and of the default branch; `everywhere` those of all branches.
        """
        from afterword.repo.globs import Globs
        from afterword.repo.history.changes import Changes

        return Changes(self.runner, self.pathways, since, until, Globs(self.config.deploy_tags), everywhere)

    def diff_of(self, change: "Change") -> str:
        """Return the diff of a change, of whole files as `git diff` prints it."""
        from afterword.repo.history.sides import diff_sides, sides

        return diff_sides(self.runner, *sides(change), change.submodule)

    def diff_between(self, before: "Side", after: "Side", submodule: str = "") -> str:
        """Return the diff between any two versions of a prompt."""
        from afterword.repo.history.sides import diff_sides

        return diff_sides(self.runner, before, after, submodule)

    def versions(self, side: "Side", submodule: str = "") -> "list[Version]":
        """Return the versions of one prompt, newest first, through moves."""
        from afterword.repo.history.versions import versions

        return versions(self.runner, self.pathways, side, self._abbreviation, submodule)

    def versions_of(self, change: "Change") -> "list[Version]":
        """Return the versions of the prompt that a change is about, newest first, also those after the change."""
        from afterword.repo.history.sides import sides

        before, after = sides(change)
        here = after if after.rev else before
        is_in_head = self.runner.attempt("merge-base", "--is-ancestor", change.sha, "HEAD").status == 0
        rev = self.resolve("HEAD") if is_in_head and not change.submodule else here.rev
        return self.versions(here._replace(rev=rev), change.submodule)

    def was_there_before(self, change: "Change") -> bool:
        """Whether the file that a change adds has stood in the history before."""
        if not change.before_rev or change.submodule or change.constant:
            return False
        found = self.runner.run("log", "-1", "--format=%H", change.before_rev, "--", f":(literal){change.path}")
        return bool(found.strip())

    def texts_of(self, change: "Change") -> tuple[str, str]:
        """Return the texts before and after a change, "" on a side where there is none."""
        from afterword.repo.history.sides import sides, text_of

        before, after = (text_of(self.runner, side, change.submodule) for side in sides(change))
        return before, after

    def prompts(self, rev: str = "HEAD") -> "Discovered":
        """Return the prompts at a revision, files and constants; none before the first commit."""
        from afterword.repo.prompts.discovery import discover
        from afterword.repo.prompts.known import Discovered

        if rev == "HEAD" and not self.has_commits:
            return Discovered(())
        return discover(self.runner, self.pathways, self.resolve(rev), self.git_path("afterword/cache/prompts.json"))

    def candidates(self, since: datetime | None = None, until: datetime | None = None) -> "list[Candidate]":
        """Return what git knows about a window as rows to offer for the timeline, in order of time."""
        from afterword.repo.candidates import candidates

        return candidates(self, since, until)

    def read_text(self, rev: str, path: str) -> "PromptText":
        """Return a file's text at a revision, byte for byte and decoded."""
        from afterword.repo.texts import read_text

        return read_text(self.runner, self.resolve(rev), path)

    def diff(self, before_rev: str, after_rev: str, path: str, path_before: str = "") -> str:
        """Return what `git diff` prints between two revisions of a file; "" stands for "did not exist"."""
        from afterword.repo.diff import diff_text

        before = self.resolve(before_rev) if before_rev else ""
        after = self.resolve(after_rev) if after_rev else ""
        return diff_text(self.runner, before, after, path, path_before)

    # Settings

    def find_settings(self, rev: str) -> "SettingsFound":
        """Return the model settings at a revision, and which files could not be read."""
        from afterword.repo.settings import find_settings

        return find_settings(self.runner, self.pathways.settings, self.resolve(rev))

    def settings_history(self, commits: Iterable[str]) -> "Iterator[SettingsStep]":
        """Yield what each of these commits did to model settings."""
        from afterword.repo.settings import settings_history

        return settings_history(self.runner, self.pathways.settings, commits)

    def compare_settings(self, before: str, after: str) -> "Comparison":
        """Return the settings on both sides, changed ones first, and which files could not be read."""
        from afterword.repo.settings import SettingsFound, compare_settings

        sides = [
            (self.short(sha), self.find_settings(sha)) if sha else ("", SettingsFound()) for sha in (before, after)
        ]
        return compare_settings(*sides[0], *sides[1])

    # Writing

    @cached_property
    def records(self) -> Store:
        """The post-mortems saved in the work tree."""
        return Store(self.root, self.config.records_dir, lambda: self.git_path("afterword"))

    def digests(self) -> "Digests":
        """Return the saved records as lists show them."""
        from afterword.repo.digests import Digests

        kept = self.git_path("afterword/cache/records.json")
        return Digests(self.records, kept, self.people(), self.config.severities)

    @cached_property
    def drafts(self) -> "Drafts":
        """The unfinished post-mortems, kept beside git's own files."""
        from afterword.repo.drafts import Drafts

        return Drafts(self.git_path("afterword"))

    def commit(self, paths: Iterable[Path | str], message: str, stop: threading.Event | None = None) -> str:
        """Commit these files and nothing else, returning the commit; CommitError leaves all as it was.

        `stop`, once set, ends a commit whose hook does not.
        """
        from afterword.repo.commit import commit

        return commit(self.runner, self.root, paths, message, stop)
