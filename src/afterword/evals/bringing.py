"""What a work tree of an old revision gets from the checkout: the case, its configuration, what git does not track."""

import errno
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from afterword.errors import AfterwordError
from afterword.repo import Repository
from afterword.repo.config_evals import EvalsConfig
from afterword.repo.globs import Globs
from afterword.repo.regular import real

_PARTS = re.compile(r"=|@|::|file://")


def case_file(repository: Repository, path: str) -> str:
    """Return the path of a recorded case, relative to the repository; AfterwordError where it cannot be run."""
    if not path:
        raise AfterwordError(
            "The record has no eval case yet.", "Write it first: F6 under “New eval case”, or `afterword case ID`."
        )
    file = repository.root / path
    if not real(file).is_relative_to(real(repository.root)) or ".git" in PurePosixPath(path).parts:
        raise AfterwordError(f"The eval case {path} lies outside of the repository.", "Correct its path in the record.")
    if not file.is_file():
        raise AfterwordError(
            f"The eval case {path} is not there.", "Write it: F6 under “New eval case”, or `afterword case ID`."
        )
    return str(PurePosixPath(path))


def bring(repository: Repository, config: EvalsConfig, case: str, folder: Path) -> tuple[str, ...]:
    """Copy the case and the runner's configuration into a work tree, link what is to be linked; return remarks."""
    paths = (case, *_fixtures(repository.root, case), *_named(repository, config), *_matching(repository, config))
    for path in dict.fromkeys(paths):
        try:
            _copy(repository.root / path, folder, path)
        except OSError as error:
            raise AfterwordError(
                f"{path} could not be brought into the work tree of this revision: {error.strerror}.",
                "The revision may have a folder where your checkout has a file, or the file cannot be read.",
            ) from error
    return tuple(_linked(repository.root, folder, config.link))


def _fixtures(root: Path, case: str) -> Iterator[str]:
    """Yield the files from which pytest takes the fixtures of a case: those of its folder and of the ones above."""
    if case.endswith(".py"):
        for folder in PurePosixPath(case).parents:
            path = str(folder / "conftest.py")
            if _is_ours(root, path):
                yield path


def _named(repository: Repository, config: EvalsConfig) -> Iterator[str]:
    """Yield the files that the command names, but for prompts and settings: those are what is being tested."""
    for word in config.command:
        for part in filter(None, (word, *_PARTS.split(word))):
            path = PurePosixPath(part)
            inside = not path.is_absolute() and ".." not in path.parts and "\0" not in part
            if inside and _is_ours(repository.root, str(path)) and _is_configuration(repository, path):
                yield str(path)


def _is_configuration(repository: Repository, path: PurePosixPath) -> bool:
    return not repository.pathways.kind(str(path)) or path.name.startswith("promptfooconfig")


def _matching(repository: Repository, config: EvalsConfig) -> Iterator[str]:
    if not config.bring:
        return
    patterns = Globs(config.bring)
    listing = repository.runner.run("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for path in (name.decode("utf-8", "surrogateescape") for name in listing.split(b"\0")[:-1]):
        if patterns.matches(path) and repository.pathways.kind(path) != "prompt" and _is_ours(repository.root, path):
            yield path


def _is_ours(root: Path, path: str) -> bool:
    file = root / path
    return file.is_file() and real(file).is_relative_to(real(root))


def _copy(source: Path, folder: Path, path: str) -> None:
    target = folder / path
    # The old revision may have a link where the checkout has a folder: nothing is written through one.
    if not real(target.parent).is_relative_to(real(folder)):
        raise AfterwordError(f"{path} leads out of the work tree at this revision.", "Replace the link by a folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink():
        target.unlink()
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    shutil.copy(source, target)


def _linked(root: Path, folder: Path, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        source, target = root / name, folder / name
        if not source.exists():
            yield f"{name} is to be linked, and is not in the checkout."
        elif not target.exists() and not target.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source)
