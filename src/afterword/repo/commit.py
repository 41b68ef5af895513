"""Commit the record's own files and leave the rest of the index alone."""

import os
import re
import threading
from collections.abc import Iterable
from pathlib import Path

from afterword.repo.errors import CommitError
from afterword.repo.regular import real
from afterword.repo.runner import Output, Runner

# Whatever would open a window or ask for a passphrase on the terminal would draw over the screen and wait for
# ever.
_NO_QUESTIONS = {"GIT_EDITOR": "true", "GPG_TTY": "", "SSH_ASKPASS_REQUIRE": "never"}


def commit(
    runner: Runner, root: Path, paths: Iterable[Path | str], message: str, stop: threading.Event | None = None
) -> str:
    """Commit `paths` as they lie in the work tree and return the new commit's full name.

    Hooks, signing and line ends work as in the user's git. On failure the index holds what it held before; `stop`
    ends a commit whose hook does not.
    """
    names = [_inside(root, Path(path)) for path in paths]
    if not names or not message.strip():
        raise CommitError("A commit needs a file and a message.", "Write one line that says what it is.")
    _refuse_under_way(runner, names[0])
    fresh = _untracked(runner, names)
    if fresh:
        added = runner.write("add", "--intent-to-add", "--", *map(_literal, fresh))
        if added.status != 0:
            raise _refusal(added, names)
    done = runner.write(
        "commit",
        "--only",
        "--quiet",
        f"--message={message}",
        "--",
        *map(_literal, names),
        environment=_NO_QUESTIONS,
        stop=stop,
    )
    if done.status != 0:
        if fresh:
            runner.write("update-index", "--force-remove", "--", *fresh)
        if stop is not None and stop.is_set():
            raise CommitError(f"{names[0]} was not committed: you stopped it.", "The file is saved.", done.err)
        raise _refusal(done, names)
    return runner.line("rev-parse", "HEAD")


_UNDER_WAY = (
    ("rebase-merge", "a rebase", "would become part of it, and go with it if it is aborted"),
    ("rebase-apply", "a rebase or `git am`", "would become part of it, and go with it if it is aborted"),
    ("REVERT_HEAD", "a revert", "would end it half done"),
    ("BISECT_LOG", "a bisect", "would be on no branch once it ends"),
)


def _refuse_under_way(runner: Runner, name: str) -> None:
    """Refuse where git would commit, and the author would not find the commit where they expect it."""
    folder = Path(runner.line("rev-parse", "--absolute-git-dir"))
    for mark, what, why in _UNDER_WAY:
        if (folder / mark).exists():
            raise CommitError(
                f"{name} was not committed: {what} is under way, and a commit now {why}.",
                "The file is saved: finish or abort that first, then commit it.",
            )


def _inside(root: Path, path: Path) -> str:
    """Return a file's name relative to the root, its folders' links resolved."""
    whole = root / path
    for base, name in (
        (root, Path(os.path.normpath(whole))),
        (real(root), real(whole.parent) / whole.name),
    ):
        if name.is_relative_to(base):
            return str(name.relative_to(base))
    raise CommitError(f"{path} is outside the work tree {root}.", "Only files of this repository can be committed.")


def _literal(name: str) -> str:
    # A variable for all commands would reach the hooks' own git commands as well.
    return f":(literal){name}"


def _untracked(runner: Runner, names: list[str]) -> list[str]:
    known = runner.run("ls-files", "-z", "--", *names, literal=True)
    tracked = {os.fsdecode(name) for name in known.split(b"\0")}
    return [name for name in names if name not in tracked]


_REASONS = (
    (
        r"index\.lock': File exists|Unable to create .*\.lock",
        "another git command is at work in this repository (index.lock exists)",
        "Wait for it to end and commit again; if none runs, remove the lock file git names below.",
    ),
    (
        r"cannot do a partial commit during a ([\w-]+)",
        "a merge, rebase or cherry-pick is under way, in which git commits everything or nothing",
        "The file is saved: finish or abort that first, or `git add` the file so that it becomes part of it.",
    ),
    (
        r"ignored by one of your \.gitignore",
        ".gitignore excludes it",
        "Take the folder out of .gitignore, or set records_dir to another one.",
    ),
    (
        r"outside of your sparse-checkout",
        "it lies outside the sparse checkout",
        "Add its folder with `git sparse-checkout add`.",
    ),
    (
        r"nothing (added )?to commit|no changes added to commit|nothing added",
        "it is committed already, just as it stands",
        "There is nothing left to do.",
    ),
    (
        r"tell me who you are|unable to auto-detect email|empty ident name|no email was given",
        "git does not know who you are",
        'Set it with `git config user.name "…"` and `git config user.email "…"`, then commit again.',
    ),
    (
        r"failed to sign|gpg failed|signing failed|Couldn't load|ssh-keygen",
        "signing it failed",
        "Unlock your signing key in another terminal, then commit again.",
    ),
    (
        r"insufficient permission|Permission denied|Read-only file system",
        "git may not write into the repository",
        "Make .git writable, then commit again.",
    ),
    (
        r"No space left on device|Disk quota",
        "the disk or quota is full",
        "Free some space, then commit again.",
    ),
)


def _refusal(done: Output, names: list[str]) -> CommitError:
    """Return the sentence for git's refusal, a hook's one included."""
    said = "\n".join(part for part in (done.err.strip("\n"), done.out.decode("utf-8", "replace").strip("\n")) if part)
    what = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    for pattern, reason, hint in _REASONS:
        if re.search(pattern, said):
            return CommitError(f"{what} was not committed: {reason}.", hint, said)
    by_hand = "Put right what it says, then commit again; the file is saved."
    if not said:
        return CommitError(f"{what} was not committed: git, or a commit hook, refused it without a word.", by_hand)
    if "fatal:" not in said:
        return CommitError(f"{what} was not committed: a commit hook of this repository refused it.", by_hand, said)
    return CommitError(f"{what} was not committed: {said.rpartition('fatal:')[2].strip()}", by_hand, said)
