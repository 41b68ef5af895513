"""Model settings at a revision, with the file and line each was read from."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from afterword.repo.blobs import Blobs, files_at
from afterword.repo.defaults import SETTINGS, SOURCES
from afterword.repo.errors import RepositoryError
from afterword.repo.globs import Globs
from afterword.repo.runner import Runner, to_text
from afterword.repo.settings.formats import LARGEST, read_settings
from afterword.repo.settings.keys import MODEL
from afterword.repo.settings.pinning import unpinned
from afterword.repo.settings.python import EVIDENCE
from afterword.repo.settings.walk import Found
from afterword.repo.spelling import words_of
from afterword.repo.texts import decode

_MOST_FILES = 2_000
_MOST_PYTHON = 500
"""Files of each kind that are read; Python ones take longer."""

_File = tuple[str, str]
"""Path and blob."""


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


@lru_cache(maxsize=8)
def python_globs(patterns: tuple[str, ...]) -> Globs | None:
    """Return which Python files are looked into for settings; where somebody named files, only those are."""
    return Globs(SOURCES) if patterns == SETTINGS else None


def find_settings(runner: Runner, globs: Globs, sha: str) -> SettingsFound:
    """Read the settings in the files that `globs` means at commit `sha`, and by default in Python files."""
    listing = files_at(runner, sha)
    files = [file for file in listing if globs.matches(file[0])]
    settings: list[Setting] = []
    problems: list[SettingsProblem] = []
    if len(files) > _MOST_FILES:
        left_out = f"and later ones were left out: over {_MOST_FILES:,} files"
        problems.append(SettingsProblem(files[_MOST_FILES][0], left_out))
    python, problem = _python_files(runner, globs, sha, listing)
    for path, data in _contents(runner, [*files[:_MOST_FILES], *python]):
        try:
            settings += settings_of(path, data)
        except ValueError as error:
            problems.append(SettingsProblem(path, str(error)))
    return SettingsFound(tuple(settings), (*problems, *([problem] if problem else [])))


def _contents(runner: Runner, files: list[_File]) -> Iterator[tuple[str, bytes | None]]:
    with Blobs(runner) as blobs:
        texts = blobs.many(blob for _, blob in files)
        yield from ((path, data) for (path, _), (_, data) in zip(files, texts, strict=True))


def _python_files(
    runner: Runner, globs: Globs, sha: str, listing: list[_File]
) -> tuple[list[_File], SettingsProblem | None]:
    """Return the Python files that may hold settings, and a sentence about those that were not looked into."""
    ours = python_globs(globs.patterns)
    if ours is None:
        return [], None
    files = [file for file in listing if file[0].endswith(".py") and ours.matches(file[0])]
    if not files:
        return [], None
    try:
        likely = _grep(runner, sha)
    except RepositoryError:
        # Git gives up on the whole tree where a partial clone lacks one text of it.
        likely = {path for path, data in _contents(runner, files[:_MOST_FILES]) if data is not None}
        lacking = next((path for path, _ in files if path not in likely), "")
        problem = SettingsProblem(lacking, "and maybe other Python files were never fetched into this partial clone")
        return [file for file in files if file[0] in likely][:_MOST_PYTHON], problem if lacking else None
    files = [file for file in files if file[0] in likely]
    if len(files) <= _MOST_PYTHON:
        return files, None
    left_out = f"and later Python files were left out: over {_MOST_PYTHON} may hold settings"
    return files[:_MOST_PYTHON], SettingsProblem(files[_MOST_PYTHON][0], left_out)


def _grep(runner: Runner, sha: str) -> set[str]:
    """Return the Python files of a commit in which one of the words stands that tell of a model."""
    words = [argument for word in EVIDENCE for argument in ("-e", word)]
    how = ("-l", "-z", "-I", "-i", "-F", "--full-name", "--no-color", "--no-recurse-submodules")
    done = runner.attempt("grep", *how, *words, sha, "--", ":(top,glob)**/*.py")
    # Git 2.30 passes over a text that it cannot read, and ends as if all were well.
    if done.status > 1 or "unable to read" in done.err:
        raise RepositoryError("git grep failed.")
    return {to_text(name).removeprefix(f"{sha}:") for name in done.out.split(b"\0") if name}


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
    return read_settings(path, text)
