"""The texts of a repository, a bounded number of bytes at a time: at HEAD, in the work tree, of all of history."""

import codecs
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from afterword.repo.history.times import seconds_of
from afterword.repo.regular import read_regular
from afterword.repo.runner import Runner, Stream, to_text

LARGEST, LARGEST_PROMPT = 1_000_000, 8_000_000
"""Bytes of a file above which it is taken for data; those of one that lies where prompts lie."""
_AT_ONCE, _BYTES_AT_ONCE = 2_000, 8_000_000
_MOST_UNCOMMITTED, _UNCOMMITTED_BYTES = 2_000, 50_000_000
_REGULAR = (b"100644", b"100755", b"100664")
_ABSENT = re.compile(rb"0+")
_NO_TEXT = re.compile(
    r"\.(?:png|jpe?g|gif|webp|ico|bmp|tiff?|pdf|mp[34]|wav|ogg|webm|mov|woff2?|ttf|otf|eot|zip|t?gz|bz2|xz|tar|whl|jar"
    r"|so|dll|exe|bin|o|a|pyc|parquet|np[yz]|pkl|db|sqlite3?|safetensors|onnx|lock|map)\Z",
    re.IGNORECASE,
)


class Blob(NamedTuple):
    """The bytes of a text, or "" and why they are not read: "large", "binary", "missing"."""

    name: bytes
    data: bytes
    unread: str = ""


class Mention(NamedTuple):
    """One side of a change in history: the text `name` was at `path` after commit `sha`, or in its parent.

    `parent` counts from 1, and is 0 for the side after the commit.
    """

    name: bytes
    path: str
    sha: str
    committed: int
    parent: int
    is_deletion: bool

    @property
    def revision(self) -> str:
        """A commit in which the path holds this text."""
        return f"{self.sha}^{self.parent}" if self.parent else self.sha


def may_be_text(path: str) -> bool:
    """Whether a file's name says that it may hold text."""
    return _NO_TEXT.search(path) is None


def local_objects(runner: Runner) -> frozenset[bytes] | None:
    """Return the texts that a partial clone has, None for a clone that has everything.

    Asking for one that was never fetched would have git try to fetch it.
    """
    promised = runner.attempt("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$")
    if promised.status != 0 or not promised.out.strip():
        return None
    form = "--batch-check=%(objecttype) %(objectname)"
    listed = runner.run("cat-file", "--batch-all-objects", "--unordered", form)
    return frozenset(line[5:] for line in listed.split(b"\n") if line.startswith(b"blob "))


def read_blobs(
    runner: Runner, names: Iterable[bytes], local: frozenset[bytes] | None, largest: int = LARGEST
) -> Iterator[list[Blob]]:
    """Yield the texts with these names in order, some at a time; between two lists it may be left."""
    rest = iter(names)
    while wanted := list(islice(rest, _AT_ONCE)):
        there = wanted if local is None else [name for name in wanted if name in local]
        sizes = _sizes(runner, there)
        group: list[bytes] = []
        total = 0
        for name in wanted:
            group.append(name)
            size = sizes.get(name, 0)
            total += size if size <= largest else 0
            if total >= _BYTES_AT_ONCE:
                yield _read(runner, group, sizes, largest)
                group, total = [], 0
        if group:
            yield _read(runner, group, sizes, largest)


def _sizes(runner: Runner, names: Sequence[bytes]) -> dict[bytes, int]:
    """Return the sizes of those that are there."""
    if not names:
        return {}
    listed = runner.run("cat-file", "--batch-check=%(objectname) %(objectsize)", stdin=b"\n".join(names) + b"\n")
    pairs = (line.split(b" ") for line in listed.split(b"\n") if line)
    return {name: int(size) for name, size in pairs if size.isdigit()}


def _read(runner: Runner, names: list[bytes], sizes: dict[bytes, int], largest: int) -> list[Blob]:
    small = [name for name in names if sizes.get(name, largest + 1) <= largest]
    texts: dict[bytes, bytes] = {}
    if small:
        out = runner.attempt("cat-file", "--batch", stdin=b"\n".join(small) + b"\n").out
        at = 0
        while (end := out.find(b"\n", at)) >= 0:
            words = out[at:end].split(b" ")
            at = end + 1
            if len(words) == 3 and words[2].isdigit():
                texts[words[0]] = out[at : at + int(words[2])]
                at += int(words[2]) + 1
    return [_blob(name, texts.get(name), name in sizes) for name in names]


def _blob(name: bytes, data: bytes | None, is_there: bool) -> Blob:
    if data is None:
        return Blob(name, b"", "large" if is_there else "missing")
    return Blob(name, *readable(data))


def readable(data: bytes) -> tuple[bytes, str]:
    """Return the bytes of a text as UTF-8, or none and why they are not read."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode("utf-8", "replace"), ""
    return (b"", "binary") if b"\0" in data[:8000] else (data, "")


def uncommitted(runner: Runner, is_ours: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    """Yield path and text of files of the work tree that differ from HEAD or are not in it; ignored ones are not."""
    listed = runner.attempt(
        *("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all")
    )
    paths = [to_text(entry[3:]) for entry in listed.out.split(b"\0") if len(entry) > 3]
    room = _UNCOMMITTED_BYTES
    for path in list(filter(is_ours, paths))[:_MOST_UNCOMMITTED]:
        data = _file(runner.folder / path)
        room -= len(data)
        if room < 0:
            return
        if data:
            yield path, data


def _file(path: Path) -> bytes:
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST:
            return b""
        return readable(read_regular(path, LARGEST))[0]
    except OSError:
        return b""


def stream_history(runner: Runner, revisions: Sequence[str]) -> Stream:
    """Start listing every change of every commit, newest first; no text is opened."""
    options = ("-z", "--raw", "-c", "--no-renames", "--no-abbrev", "--format=%x01%H %ct")
    quiet = ("--no-show-signature", "--no-color", "--no-relative", "--no-ext-diff")
    return runner.stream("-c", "log.showRoot=true", "log", *options, *quiet, *revisions)


def read_history(pieces: Iterator[bytes]) -> Iterator[list[Mention]]:
    """Yield commit by commit what `stream_history` lists: for each file the new side, then the old one."""
    mentions: list[Mention] | None = None
    sha, committed, mark = "", 0, b""
    for piece in pieces:
        if mark:
            assert mentions is not None
            mentions += _mentions(mark, to_text(piece), sha, committed)
            mark = b""
        elif piece.startswith(b"\x01"):
            if mentions is not None:
                yield mentions
            mentions = []
            sha, _, time = piece[1:].decode().partition(" ")
            committed = seconds_of(time)
        else:
            mark = piece.removeprefix(b"\n")
    if mentions is not None:
        yield mentions


def _mentions(mark: bytes, path: str, sha: str, committed: int) -> list[Mention]:
    parents = len(mark) - len(mark.lstrip(b":"))
    words = mark[parents:].split(b" ")
    modes, names, status = words[: parents + 1], words[parents + 1 : -1], words[-1].decode()
    # The new side goes first: a text that is still there afterwards was not taken away.
    sides = [(modes[-1], names[-1], 0), *((modes[at], names[at], at + 1) for at in range(parents))]
    return [
        Mention(name, path, sha, committed, parent, "D" in status)
        for mode, name, parent in sides
        if mode in _REGULAR and not _ABSENT.fullmatch(name)
    ]


def commit_count(runner: Runner, revisions: Sequence[str]) -> int:
    """Return how many commits a history has, 0 where that cannot be told."""
    counted = runner.attempt("rev-list", "--count", *revisions)
    return int(counted.out) if counted.status == 0 and counted.out.strip().isdigit() else 0
