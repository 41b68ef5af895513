"""The text of a file at a revision, from the very bytes that git keeps."""

import codecs
from dataclasses import dataclass

from afterword.repo.errors import RepositoryError
from afterword.repo.runner import Runner, to_bytes

LIMIT = 4_000_000
"""Bytes of one file that are shown; what is beyond is cut off, and said so."""
_LFS = b"version https://git-lfs.github.com/spec/"


@dataclass(frozen=True)
class PromptText:
    """A file at a revision; `text` is for showing, its line ends as they are, what is no text as U+FFFD.

    `encoding_problem` is a sentence where the text is not simply the file's UTF-8; `size` counts all bytes,
    `data` holds those up to `LIMIT`, and `truncated` tells whether there are more.
    """

    path: str
    rev: str
    text: str
    data: bytes
    size: int
    encoding_problem: str | None = None
    truncated: bool = False


def read_text(runner: Runner, sha: str, path: str) -> PromptText:
    """Read `path` at commit `sha`; RepositoryError where there is no such file."""
    mode, blob = _find(runner, sha, path)
    done = runner.attempt("cat-file", "blob", blob)
    if done.status != 0:
        raise RepositoryError(
            f"The text of {path} at {sha[:7]} is not in this clone.",
            "It was never fetched, or is damaged; fetch it while online (`git fetch --refetch`).",
        )
    size, data = len(done.out), done.out[:LIMIT]
    truncated = size > LIMIT
    text, problem = decode(data, path, cut=truncated)
    if mode == "120000":
        problem = f"{path} is a symbolic link to {text}."
    elif data.startswith(_LFS):
        problem = f"{path} is kept in Git LFS; this is the pointer to its text."
    elif truncated:
        problem = f"{path} has {size:,} bytes; the first {LIMIT:,} are shown."
    return PromptText(path, sha, text, data, size, problem, truncated)


def decode(data: bytes, name: str, cut: bool = False) -> tuple[str, str | None]:
    """Return bytes as text and a sentence about what was in the way, if any; `cut`: the end is missing."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), f"{name} is UTF-16, not UTF-8; it was converted for showing."
    if b"\0" in data:
        return "", f"{name} is not a text file: it holds a NUL at byte {data.index(0)}."
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data, final=not cut), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = data.decode("utf-8", "replace")
        return (
            text,
            f"{name} is not UTF-8 (line {line}, byte {error.start}); those bytes are shown as \ufffd.",
        )


def _find(runner: Runner, sha: str, path: str) -> tuple[str, str]:
    """Return mode and blob of a path in a commit's tree."""
    found = runner.run("ls-tree", "-z", "--full-tree", sha, "--", path, literal=True) if path else b""
    for entry in found.split(b"\0"):
        about, _, name = entry.partition(b"\t")
        if path and name == to_bytes(path):
            mode, kind, blob = about.decode().split(" ")
            if kind == "blob":
                return mode, blob
            what = "a submodule" if kind == "commit" else "a folder"
            raise RepositoryError(f"{path} is {what} at {sha[:7]}, not a file.", "Choose a file.")
    raise RepositoryError(
        f"There is no {path or 'file without a name'} at {sha[:7]}.", "It was added later or moved away."
    )
