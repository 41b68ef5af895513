"""Model settings over time: what each commit of a window did to them.

The caller names the commits; which of their files hold settings, and from what to what a value went, is read here.
A merge is listed only with values that none of its parents had.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from afterword.repo.blobs import Blobs
from afterword.repo.globs import Globs
from afterword.repo.runner import Runner, failure, to_text
from afterword.repo.settings.comparison import pairs_of, same
from afterword.repo.settings.finding import Setting, SettingsProblem, python_globs, settings_of

_AT_ONCE = 64
_MOST_KEPT = 4_000
_FILE = b"100"


@dataclass(frozen=True, slots=True)
class SettingChange:
    """What a commit did to one setting; `before` or `after` is "" where it had none on that side.

    `path`, `line` and `inherited` are those of the new value, or of the old one where the setting went.
    `remark` says of a model's name that its meaning may change without a commit.
    """

    sha: str
    key: str
    scope: str
    before: str
    after: str
    path: str
    line: int
    inherited: str = ""
    remark: str = ""


class SettingsStep(NamedTuple):
    """One commit that changed settings, or has a file that cannot be read for them."""

    sha: str
    changes: tuple[SettingChange, ...]
    problems: tuple[SettingsProblem, ...] = ()


class _Touched(NamedTuple):
    """A file that a commit touched: the texts that its parents have, "" for none, and its own."""

    path: str
    before: tuple[str, ...]
    after: str


class _Side(NamedTuple):
    settings: tuple[Setting, ...]
    problem: str = ""


def settings_history(runner: Runner, settings: Globs, commits: Iterable[str]) -> Iterator[SettingsStep]:
    """Yield what commits did to model settings, in the order in which they are named, as soon as it is known.

    `settings` means files as in `find_settings`. A problem of a file is told once.
    """
    reader, waiting = _Reader(runner, settings), iter(commits)
    while group := list(islice(waiting, _AT_ONCE)):
        yield from reader.steps(group)


class _Reader:
    def __init__(self, runner: Runner, settings: Globs) -> None:
        self._runner = runner
        self._settings = settings
        self._python = python_globs(settings.patterns)
        self._kept: dict[tuple[str, str], _Side] = {}
        self._told: set[SettingsProblem] = set()

    def steps(self, commits: list[str]) -> Iterator[SettingsStep]:
        touched = {sha: files for sha, files in self._touched(commits) if files}
        if not touched:
            return
        self._read(chain.from_iterable(touched.values()))
        for sha, files in touched.items():
            changes, problems = self._compared(sha, files)
            new = tuple(one for one in dict.fromkeys(problems) if one not in self._told)
            self._told.update(new)
            if changes or new:
                yield SettingsStep(sha, tuple(changes), new)

    def _touched(self, commits: list[str]) -> Iterator[tuple[str, list[_Touched]]]:
        """Yield the files with settings that each commit touched; those of a merge differ from every parent."""
        command = ("diff-tree", "--stdin", "-z", "-r", "--root", "-c", "--raw", "--no-abbrev", "--no-renames")
        done = self._runner.attempt(*command, stdin="".join(f"{sha}\n" for sha in commits).encode())
        if done.status != 0:
            raise failure("diff-tree", done.err)
        found: dict[str, list[_Touched]] = {sha: [] for sha in commits}
        pieces, sha = iter(done.out.split(b"\0")), ""
        for piece in pieces:
            if not piece.startswith(b":"):
                sha = piece.strip().decode()
            elif self._is_ours(path := to_text(next(pieces))):
                file = _touched_file(piece, path)
                if file is not None:
                    found[sha].append(file)
        yield from found.items()

    def _is_ours(self, path: str) -> bool:
        return self._settings.matches(path) or (
            path.endswith(".py") and self._python is not None and self._python.matches(path)
        )

    def _read(self, files: Iterable[_Touched]) -> None:
        """Read the texts that are not known yet, all of them with one run of git."""
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        wanted = {(blob, file.path) for file in files for blob in (*file.before, file.after) if blob}
        wanted -= self._kept.keys()
        with Blobs(self._runner) as blobs:
            found = dict(blobs.many(sorted({blob for blob, _ in wanted})))
        for blob, path in wanted:
            try:
                self._kept[blob, path] = _Side(tuple(settings_of(path, found.get(blob))))
            except ValueError as error:
                self._kept[blob, path] = _Side((), str(error))

    def _compared(self, sha: str, files: list[_Touched]) -> tuple[list[SettingChange], list[SettingsProblem]]:
        problems: list[SettingsProblem] = []
        readable: list[_Touched] = []
        for file in files:
            sentences = [self._side(blob, file).problem for blob in (file.after, *file.before)]
            problems += [SettingsProblem(file.path, sentence) for sentence in sentences if sentence]
            if not any(sentences):
                readable.append(file)
        sides = max((len(file.before) for file in readable), default=0)
        changes = self._changes(sha, readable, 0) if readable else []
        for parent in range(1, sides):
            # What another parent had already came with it, and is told of the commit that made it.
            new = {(one.path, one.key, one.scope) for one in self._changes(sha, readable, parent)}
            changes = [one for one in changes if (one.path, one.key, one.scope) in new]
        return changes, problems

    def _side(self, blob: str, file: _Touched) -> _Side:
        return self._kept[blob, file.path] if blob else _Side(())

    def _changes(self, sha: str, files: list[_Touched], parent: int) -> list[SettingChange]:
        before = [one for file in files for one in self._side(file.before[parent], file).settings]
        after = [one for file in files for one in self._side(file.after, file).settings]
        pairs = pairs_of(tuple(before), tuple(after))
        return [_change(sha, old, new) for old, new in pairs if not same(old, new)]


def _touched_file(mark: bytes, path: str) -> _Touched | None:
    """Read one line of `--raw`; None for what is no file, on either side."""
    parents = len(mark) - len(mark.lstrip(b":"))
    words = mark.lstrip(b":").split(b" ")
    modes, blobs = words[: parents + 1], words[parents + 1 : 2 * parents + 2]
    names = [blob.decode() if mode.startswith(_FILE) else "" for mode, blob in zip(modes, blobs, strict=True)]
    if not any(names) or (len(set(names)) == 1):
        return None
    return _Touched(path, tuple(names[:-1]), names[-1])


def _change(sha: str, old: Setting | None, new: Setting | None) -> SettingChange:
    one = new or old
    assert one is not None
    return SettingChange(
        sha=sha,
        key=one.key,
        scope=one.scope,
        before=old.value if old else "",
        after=new.value if new else "",
        path=one.path,
        line=one.line,
        inherited=one.inherited,
        remark=new.remark if new else "",
    )
