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
from afterword.repo.history.log import Touched, read_named
from afterword.repo.runner import Runner
from afterword.repo.settings.comparison import pairs_of, same
from afterword.repo.settings.finding import Setting, SettingsProblem, python_globs, settings_of

_AT_ONCE = 64
_MOST_KEPT = 4_000


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

    def _touched(self, commits: list[str]) -> Iterator[tuple[str, list[Touched]]]:
        """Yield the files with settings that each commit touched; those of a merge differ from every parent."""
        for commit, files in read_named(self._runner, commits):
            yield commit.sha, [file for file in files if self._is_ours(file)]

    def _is_ours(self, file: Touched) -> bool:
        if file.is_submodule or file.same_text:
            return False
        is_python = file.path.endswith(".py") and self._python is not None and self._python.matches(file.path)
        return is_python or self._settings.matches(file.path)

    def _read(self, files: Iterable[Touched]) -> None:
        """Read the texts that are not known yet, all of them with one run of git."""
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        wanted = {(blob, file.path) for file in files for blob in file.blobs if blob.strip("0")}
        wanted -= self._kept.keys()
        with Blobs(self._runner) as blobs:
            found = dict(blobs.many(sorted({blob for blob, _ in wanted})))
        for blob, path in wanted:
            try:
                self._kept[blob, path] = _Side(tuple(settings_of(path, found.get(blob))))
            except ValueError as error:
                self._kept[blob, path] = _Side((), str(error))

    def _compared(self, sha: str, files: list[Touched]) -> tuple[list[SettingChange], list[SettingsProblem]]:
        problems: list[SettingsProblem] = []
        readable: list[Touched] = []
        for file in files:
            sentences = [self._side(blob, file).problem for blob in reversed(file.blobs)]
            problems += [SettingsProblem(file.path, sentence) for sentence in sentences if sentence]
            if not any(sentences):
                readable.append(file)
        sides = max((len(file.blobs) - 1 for file in readable), default=0)
        changes = self._changes(sha, readable, 0) if readable else []
        for parent in range(1, sides):
            # What another parent had already came with it, and is told of the commit that made it.
            new = {(one.path, one.key, one.scope) for one in self._changes(sha, readable, parent)}
            changes = [one for one in changes if (one.path, one.key, one.scope) in new]
        return changes, problems

    def _side(self, blob: str, file: Touched) -> _Side:
        return self._kept[blob, file.path] if blob.strip("0") else _Side(())

    def _changes(self, sha: str, files: list[Touched], parent: int) -> list[SettingChange]:
        before = [one for file in files for one in self._side(file.blobs[parent], file).settings]
        after = [one for file in files for one in self._side(file.blobs[-1], file).settings]
        pairs = pairs_of(tuple(before), tuple(after))
        return [_change(sha, old, new) for old, new in pairs if not same(old, new)]


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
