"""Small real git repositories for tests: fixed people and dates, nothing of the machine's configuration."""

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

ISOLATION = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada Author",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Carl Committer",
    "GIT_COMMITTER_EMAIL": "carl@example.org",
}
"""Environment in which git behaves alike everywhere; tests set it for the program as well."""
LEAKS = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_EDITOR",
    "GIT_PAGER",
)
"""Variables that a git hook around the test run would leave behind."""

Content = str | bytes


class History:
    """One repository with a work tree; every method that changes it returns what a test goes on with."""

    def __init__(self, root: Path, *init: str, branch: str = "main") -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", f"--initial-branch={branch}", *init)

    @classmethod
    def at(cls, root: Path) -> "History":
        """Take a repository that is there already, such as a clone."""
        history = cls.__new__(cls)
        history.root = root
        return history

    @property
    def version(self) -> tuple[int, int]:
        """The version of git itself."""
        major, minor, *_ = self.git("version").split()[2].split(".")
        return int(major), int(minor)

    def git(self, *arguments: str, env: Mapping[str, str] | None = None, check: bool = True) -> str:
        """Run git here and return its output without the last newline."""
        done = self.raw(*arguments, env=env, check=check)
        return done.decode("utf-8", "surrogateescape").removesuffix("\n")

    def raw(self, *arguments: str, env: Mapping[str, str] | None = None, check: bool = True) -> bytes:
        """Run git here and return the bytes it printed."""
        around = {key: value for key, value in os.environ.items() if key not in LEAKS}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**around, **ISOLATION, **(env or {})},
            capture_output=True,
        )
        if check and done.returncode != 0:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
        return done.stdout

    def write(self, path: str, content: Content) -> Path:
        """Put a file into the work tree."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return file

    def commit(
        self,
        message: str,
        files: Mapping[str, Content | None] | None = None,
        at: str = "2026-03-01T12:00:00+00:00",
        authored: str = "",
        author: str = "",
    ) -> str:
        """Write these files (None removes one), commit everything, and return the commit's full name."""
        for path, content in (files or {}).items():
            if content is None:
                (self.root / path).unlink()
            else:
                self.write(path, content)
        self.git("add", "--all")
        options = [f"--author={author}"] if author else []
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}", *options, env=_dates(at, authored))
        return self.head()

    def move(self, before: str, after: str) -> None:
        """Rename a file in the work tree."""
        target = self.root / after
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.root / before).rename(target)

    def branch(self, name: str, start: str = "HEAD") -> None:
        """Make a branch and switch to it."""
        self.git("switch", "--quiet", "--create", name, start)

    def switch(self, name: str) -> None:
        """Switch to a branch."""
        self.git("switch", "--quiet", name)

    def merge(
        self, branch: str, at: str = "2026-03-01T12:00:00+00:00", files: Mapping[str, Content] | None = None
    ) -> str:
        """Merge a branch, always with a merge commit; `files` are changed by the merge commit itself."""
        self.git("merge", "--quiet", "--no-ff", "--no-commit", branch)
        for path, content in (files or {}).items():
            self.write(path, content)
        self.git("add", "--all")
        self.git("commit", "--quiet", f"--message=Merge branch '{branch}'", env=_dates(at))
        return self.head()

    def tag(self, name: str, at: str = "2026-03-01T12:00:00+00:00", message: str = "") -> None:
        """Tag HEAD; with a message it is a tag with a date of its own."""
        self.git("tag", *([f"--message={message}"] if message else []), name, env=_dates(at))

    def head(self) -> str:
        """Return the full name of the current commit."""
        return self.git("rev-parse", "HEAD")

    def hook(self, name: str, script: str) -> None:
        """Install a hook, given as a shell script."""
        path = self.root / self.git("rev-parse", "--git-path", f"hooks/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def index(self) -> str:
        """Return everything that is staged, and what git thinks has changed."""
        return self.git("ls-files", "--stage") + "\n" + self.git("status", "--porcelain=v2")


def clone(source: Path, target: Path, *options: str) -> History:
    """Clone a repository over the file protocol, which shallow and partial clones need."""
    around = {**os.environ, **ISOLATION}
    command = ["git", "clone", "--quiet", *options, source.absolute().as_uri(), str(target)]
    subprocess.run(command, env=around, check=True, capture_output=True)
    return History.at(target)


def day(text: str) -> datetime:
    """Return midnight UTC of a day, or a time of it: `2026-03-01`, `2026-03-01T12:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _dates(committed: str, authored: str = "") -> dict[str, str]:
    return {"GIT_COMMITTER_DATE": committed, "GIT_AUTHOR_DATE": authored or committed}
