"""The texts that a record's offending lines and versions are compared with: prompts at HEAD, and recorded versions."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from afterword.checks import Standing, Versions
from afterword.record.model import PromptChange
from afterword.record.vocabulary import PromptChangeKind
from afterword.repo.blobs import Blobs
from afterword.repo.prompts.constants import Constant, constants_in
from afterword.repo.repository import Repository
from afterword.repo.texts import decode

_REVISION = re.compile(r"[0-9a-f]{4,64}")
_LINE_SHOWN = 60


class AtHead(NamedTuple):
    """The prompts at HEAD, and the paths of those whose text is not in this clone, or is too large to be read."""

    prompts: tuple[Standing, ...]
    lacking: tuple[str, ...]


class Recorded(NamedTuple):
    """The texts of recorded changes, and of how many versions this clone lacks the text."""

    versions: dict[PromptChange, Versions]
    lacking: int


def standing(repository: Repository) -> AtHead:
    """Return the prompts as they stand at HEAD: files, and constants in Python files."""
    found = repository.prompts()
    by_blob: dict[str, list[tuple[str, str]]] = {}
    for prompt in found.prompts:
        by_blob.setdefault(prompt.blob, []).append((prompt.path, prompt.constant))
    prompts: list[Standing] = []
    lacking: list[str] = []
    with Blobs(repository.runner) as blobs:
        for blob, data in blobs.many(by_blob):
            if data is None:
                lacking += dict.fromkeys(path for path, _ in by_blob[blob])
            else:
                prompts += _standing(by_blob[blob], data)
    return AtHead(tuple(sorted(prompts, key=lambda one: (one.path, one.line))), tuple(sorted(lacking)))


def _standing(places: list[tuple[str, str]], data: bytes) -> Iterator[Standing]:
    text = decode(data, "")[0]
    constants = {one.name: one for one in constants_in(text).found} if any(name for _, name in places) else {}
    source = text.split("\n")
    for path, name in places:
        if not name:
            yield Standing(path, "", 1, text)
        elif name in constants:
            one = constants[name]
            yield Standing(path, name, one.line, one.text, _rows(one, source))


def _rows(constant: Constant, source: list[str]) -> tuple[int, ...]:
    """Return the line of the file in which each line of a constant's text stands."""
    rows, at = [], constant.line
    for line in constant.text.split("\n"):
        wanted = line.strip()[:_LINE_SHOWN]
        while_open = range(at, min(constant.end_line, len(source)) + 1)
        at = next((row for row in while_open if wanted and wanted in source[row - 1]), at)
        rows.append(at)
    return tuple(rows)


def versions_of(repository: Repository, changes: Iterable[PromptChange]) -> Recorded:
    """Return the texts before and after each recorded change; None where a side is not there or not in this clone."""
    found: dict[PromptChange, Versions] = {}
    lacking = 0
    with Blobs(repository.runner) as blobs:
        for change in changes:
            if change.kind is PromptChangeKind.MOVED:
                continue
            before = _text(blobs, change.before, change.path_before or change.path, change.constant)
            after = _text(blobs, change.after, change.path, change.constant)
            lacking += (bool(change.before) and before is None) + (bool(change.after) and after is None)
            found[change] = Versions(before, after)
    return Recorded(found, lacking)


def _text(blobs: Blobs, revision: str, path: str, constant: str) -> str | None:
    if not _REVISION.fullmatch(revision) or "\n" in path:
        return None
    data = blobs.read(f"{revision}:{path}")
    if data is None:
        return None
    text = decode(data, path)[0]
    if not constant:
        return text
    return next((one.text for one in constants_in(text).found if one.name == constant), None)
