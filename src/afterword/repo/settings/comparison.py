"""Model settings at a revision, with the file and line each was read from, and what a change did to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from afterword.record.model import SettingRow
from afterword.repo.globs import Globs
from afterword.repo.runner import Runner, to_text
from afterword.repo.settings.formats import LARGEST, read_tree
from afterword.repo.settings.keys import MODEL, TEMPERATURE, words_of
from afterword.repo.settings.pinning import unpinned
from afterword.repo.settings.walk import Found, settings_in
from afterword.repo.texts import decode

_MOST_FILES = 2_000
_CONFIRMED = (MODEL, TEMPERATURE)
"""Settings shown though they did not change: an author confirms that they were what they were."""


@dataclass(frozen=True)
class Setting:
    """One value under OpenTelemetry's name; `scope` is its part of the file (`agents.support`).

    `inherited` says where a value comes from that is not pinned in its scope: "from `defaults` (line 3)", "default of
    OPENAI_MODEL". `remark` says that the model's name may change its meaning without a commit.
    """

    key: str
    value: str
    path: str
    line: int
    scope: str = ""
    inherited: str = ""
    remark: str = ""


class SettingsProblem(NamedTuple):
    """A file whose settings could not be read, and why."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path} {self.sentence}."


@dataclass(frozen=True)
class SettingsFound:
    """The settings at one revision, and the files that could not be read."""

    settings: tuple[Setting, ...] = ()
    problems: tuple[SettingsProblem, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Settings before and after, changed ones first, and the files that could not be read."""

    rows: tuple[SettingRow, ...]
    problems: tuple[SettingsProblem, ...] = ()


def find_settings(runner: Runner, globs: Globs, sha: str) -> SettingsFound:
    """Read the settings in the files that `globs` means at commit `sha`."""
    listing = runner.run("ls-tree", "-r", "-z", "--full-tree", sha)
    files: list[tuple[str, str]] = []
    for entry in listing.split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        path = to_text(name)
        if about.startswith(b"100") and globs.matches(path):
            files.append((path, about.split(b" ")[2].decode()))
    settings: list[Setting] = []
    problems: list[SettingsProblem] = []
    for path, data in _contents(runner, sha, files[:_MOST_FILES]):
        try:
            settings += settings_of(path, data)
        except ValueError as error:
            problems.append(SettingsProblem(path, str(error)))
    if len(files) > _MOST_FILES:
        problems.append(
            SettingsProblem(files[_MOST_FILES][0], f"and later ones were left out: over {_MOST_FILES} files")
        )
    return SettingsFound(tuple(settings), tuple(problems))


def settings_of(path: str, data: bytes | None) -> list[Setting]:
    """Return the settings in the bytes of a file; ValueError carries the end of a sentence about why not."""
    return [
        Setting(one.key, one.value, path, one.line, one.scope, one.inherited, _remark(one)) for one in _read(path, data)
    ]


def _remark(one: Found) -> str:
    """Return what there is to say about a model's name; that of a deployment says nothing about its model."""
    return unpinned(one.value) if one.key == MODEL and "deployment" not in words_of(one.spelled) else ""


def _read(path: str, data: bytes | None) -> list[Found]:
    if data is None:
        raise ValueError("was never fetched into this partial clone")
    if len(data) > LARGEST:
        raise ValueError(f"is too large to be read for settings ({len(data):,} bytes)")
    text, problem = decode(data, path)
    if problem:
        raise ValueError("is not UTF-8 text")
    return settings_in(read_tree(path, text))


def _contents(runner: Runner, sha: str, files: list[tuple[str, str]]) -> Iterator[tuple[str, bytes | None]]:
    """Yield the bytes of each file, None for those that this clone does not have; one git for all of them."""
    here = files
    done = runner.attempt(*_BATCH, stdin=_names(files))
    if done.status != 0:
        # Git stops at the first text that a partial clone left out, so those are sorted out beforehand.
        missing = _missing(runner, sha)
        here = [file for file in files if file[1] not in missing]
        yield from ((path, None) for path, blob in files if blob in missing)
        done = done._replace(out=runner.run(*_BATCH, stdin=_names(here)))
    at = 0
    for path, _ in here:
        end = done.out.index(b"\n", at)
        size = re.fullmatch(rb"[0-9a-f]+ blob (\d+)", done.out[at:end])
        at = end + 1
        if size is None:
            yield path, None
            continue
        yield path, done.out[at : at + int(size[1])]
        at += int(size[1]) + 1


_BATCH = ("cat-file", "--batch", "--buffer")


def _names(files: list[tuple[str, str]]) -> bytes:
    return "".join(f"{blob}\n" for _, blob in files).encode()


def _missing(runner: Runner, sha: str) -> set[str]:
    """Return the objects of a commit that a partial clone does not have."""
    listing = runner.run("rev-list", "--objects", "--no-object-names", "--missing=print", "--max-count=1", sha)
    return {line[1:].decode() for line in listing.splitlines() if line.startswith(b"?")}


def compare_settings(before_rev: str, before: SettingsFound, after_rev: str, after: SettingsFound) -> Comparison:
    """Pair the settings of two revisions; `before_rev` and `after_rev` are written into `read_from`."""
    pairs = _pairs(before.settings, after.settings)
    changed = [pair for pair in pairs if not _same(*pair)]
    confirmed = [pair for pair in pairs if _same(*pair) and _either(pair).key in _CONFIRMED]
    shown = changed + confirmed
    rows = tuple(
        SettingRow(
            setting=_label(_either(pair), [_either(other) for other in shown]),
            before=pair[0].value if pair[0] else "",
            after=pair[1].value if pair[1] else "",
            read_from=_source(pair[1], after_rev) if pair[1] else _source(_either(pair), before_rev),
        )
        for pair in shown
    )
    return Comparison(rows, tuple(dict.fromkeys((*after.problems, *before.problems))))


Pair = tuple[Setting | None, Setting | None]


def _pairs(before: tuple[Setting, ...], after: tuple[Setting, ...]) -> list[Pair]:
    """Pair by file, scope and name; what is left by scope and name, for a file that moved."""
    left = {(one.path, one.scope, one.key): one for one in before}
    pairs: list[Pair] = [(left.pop((one.path, one.scope, one.key), None), one) for one in after]
    paths = {one.path for one in after}
    gone = {(one.scope, one.key): one for one in left.values() if one.path not in paths}
    found: list[Pair] = []
    for old, new in pairs:
        mate = gone.pop((new.scope, new.key), None) if old is None and new is not None else None
        found.append((old or mate, new))
    used = {id(old) for old, _ in found}
    return found + [(old, None) for old in left.values() if id(old) not in used]


def _either(pair: Pair) -> Setting:
    one = pair[1] or pair[0]
    assert one is not None
    return one


def _same(before: Setting | None, after: Setting | None) -> bool:
    if before is None or after is None:
        return False
    return before.value == after.value or _number(before.value) == _number(after.value) is not None


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _label(one: Setting, shown: list[Setting]) -> str:
    """Return a setting's name, with its scope or file where another row has the same name."""
    others = [other for other in shown if other.key == one.key and other is not one]
    if not others:
        return one.key
    if any(other.scope == one.scope for other in others):
        return f"{one.key} ({one.path}{': ' + one.scope if one.scope else ''})"
    return f"{one.key} ({one.scope or one.path})"


def _source(one: Setting, rev: str) -> str:
    how = re.sub(r"`| \(line \d+\)", "", one.inherited)
    return f"{one.path}:{one.line} at {rev}{f', {how}' if how else ''}"
