"""A work tree of its own for a revision, beside the user's checkout, which is left alone.

Each is registered in git's common folder under a lock that its process holds: whoever starts next removes those whose
lock nobody holds, so that nothing stays after `kill -9` either.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from afterword.evals.interrupts import uninterrupted
from afterword.repo import Repository
from afterword.repo.errors import RepositoryError
from afterword.repo.runner import Runner, failure, to_text

_NO_FETCH = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
_NO_HOOKS = ("-c", f"core.hooksPath={os.devnull}")
_LOCK, _PLACE, _OWNERS = "lock", "place", "owners"


class Worktree:
    """A linked work tree at one revision; `folder` is its root, `remarks` what it lacks, in sentences."""

    def __init__(self, repository: Repository, register: Path, place: Path) -> None:
        self.folder = place / repository.root.name
        self.remarks: list[str] = []
        self._repository = repository
        self._register = register
        self._place = place

    @classmethod
    def _registered(cls, repository: Repository) -> tuple[Self, int]:
        """Return a work tree that has a place but does not exist yet, and the handle that holds its lock."""
        name = secrets.token_hex(6)
        register = registry(repository) / name
        register.mkdir(parents=True)
        handle = os.open(register / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not (register / _LOCK).exists():
            # Another start took it for abandoned in the moment before it was locked.
            os.close(handle)
            return cls._registered(repository)
        place = Path(tempfile.gettempdir()).resolve() / f"afterword-{name}"
        try:
            (register / _PLACE).write_bytes(os.fsencode(place))
            place.mkdir(mode=0o700)
        except OSError:
            shutil.rmtree(register, ignore_errors=True)
            os.close(handle)
            raise
        return cls(repository, register, place), handle

    def _fill(self, sha: str) -> None:
        self._add(self._repository.root, self.folder, sha)
        self._fill_submodules(self._repository.root, self.folder)

    def _add(self, owner: Path, folder: Path, sha: str) -> None:
        """Check a clone's commit out, noting first that something of it is to be removed."""
        with (self._register / _OWNERS).open("ab") as owners:
            owners.write(os.fsencode(owner) + b"\0")
        _add(self._repository.runner if folder == self.folder else Runner(owner), folder, sha)

    def _fill_submodules(self, source: Path, target: Path) -> None:
        """Check submodules out from the user's own clones of them: nothing is fetched."""
        for path, sha in _submodules(target):
            clone = source / path
            if not (clone / ".git").exists():
                self.remarks.append(f"The submodule {path} is not in this clone; its folder stays empty.")
                continue
            try:
                self._add(clone, target / path, sha)
            except RepositoryError:
                self.remarks.append(
                    f"The submodule {path} stands at {sha[:7]}, which its clone does not have; its folder stays empty."
                )
            else:
                self._fill_submodules(clone, target / path)

    @property
    def reports(self) -> Path:
        """A folder for reports, outside of the work tree."""
        folder = self._place / "reports"
        folder.mkdir(exist_ok=True)
        return folder


@contextlib.contextmanager
def worktree(repository: Repository, sha: str) -> Iterator[Worktree]:
    """Offer a work tree at a commit, and remove it whatever happens; RepositoryError where git cannot make one."""
    made, handle = None, -1
    try:
        with uninterrupted():
            made, handle = _placed(repository)
            made._fill(sha)
        yield made
    finally:
        if made is not None:
            with uninterrupted():
                _remove(made._register)
                os.close(handle)


def _placed(repository: Repository) -> tuple[Worktree, int]:
    try:
        return Worktree._registered(repository)
    except OSError as error:
        raise RepositoryError(
            f"No temporary work tree can be made: {error.filename}: {error.strerror}.",
            "Make it writable; TMPDIR names another folder for work trees.",
        ) from error


def sweep(repository: Repository) -> int:
    """Remove work trees whose process was killed, and return how many there were."""
    count = 0
    for register in registry(repository).glob("*"):
        try:
            handle = os.open(register / _LOCK, os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        else:
            with uninterrupted():
                _remove(register)
            count += 1
        finally:
            os.close(handle)
    return count


def registry(repository: Repository) -> Path:
    """Return the folder that all work trees of the repository share for what is to be removed."""
    common = repository.runner.line("rev-parse", "--git-common-dir")
    return repository.root / common / "afterword" / "worktrees"


def _add(runner: Runner, folder: Path, sha: str) -> None:
    # Hooks belong to the user's checkout: one that installs or announces something must not run for a proof.
    done = runner.write(*_NO_HOOKS, "worktree", "add", "--quiet", "--detach", str(folder), sha, environment=_NO_FETCH)
    if done.status != 0:
        raise failure("worktree add", done.err)


def _submodules(folder: Path) -> list[tuple[str, str]]:
    """Return path and commit of each submodule of the checked-out revision."""
    listing = Runner(folder).run("ls-files", "--stage", "-z")
    entries = (to_text(entry).partition("\t") for entry in listing.split(b"\0")[:-1])
    return [(path, head.split(" ")[1]) for head, _, path in entries if head.startswith("160000 ")]


def _remove(register: Path) -> None:
    """Remove a work tree and what git knows of it, and only then forget it."""
    with contextlib.suppress(FileNotFoundError):
        place = Path(os.fsdecode((register / _PLACE).read_bytes()))
        if place.name == f"afterword-{register.name}":
            for owner in reversed(_owners(register)):
                _forget(owner, place)
            shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(register, ignore_errors=True)


def _owners(register: Path) -> list[Path]:
    """Return the clones that have a work tree there: the repository first, then its submodules."""
    try:
        noted = (register / _OWNERS).read_bytes().split(b"\0")[:-1]
    except FileNotFoundError:
        return []
    return [Path(os.fsdecode(owner)) for owner in noted]


def _forget(owner: Path, place: Path) -> None:
    if not owner.is_dir():
        return
    runner = Runner(owner)
    for folder in _known_to(runner):
        if folder.is_relative_to(place):
            runner.write("worktree", "remove", "--force", "--force", str(folder))


def _known_to(runner: Runner) -> list[Path]:
    """Return the folders of a clone's linked work trees."""
    listing = runner.attempt("worktree", "list", "--porcelain", "-z")
    if listing.status == 0:
        named = (line.removeprefix(b"worktree ") for line in listing.out.split(b"\0") if line.startswith(b"worktree "))
        return [Path(os.fsdecode(name)) for name in named]
    # Git before 2.36 lists a folder with a newline in its name as two lines, so that its own notes are read.
    common = runner.folder / runner.line("rev-parse", "--git-common-dir")
    notes = (note.read_bytes().removesuffix(b"\n") for note in common.glob("worktrees/*/gitdir"))
    return [Path(os.fsdecode(note)).parent for note in notes]
