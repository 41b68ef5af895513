"""Since when a file has had its lines, as `git blame` tells it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from afterword.errors import AfterwordError
from afterword.repo.history.times import seconds_of
from afterword.repo.runner import Runner, Stream, to_text


class Birth(NamedTuple):
    """The commit that brought a line: its name and time, the path it wrote to, and whether history begins there."""

    sha: str
    committed: int
    path: str
    is_boundary: bool


def births(
    runner: Runner, rev: str, path: str, lines: Iterable[int], keep: Callable[[Stream], Stream]
) -> dict[int, Birth]:
    """Return for lines of a file at a commit where they came from; moves of the file and within it are followed.

    `keep` gets the running command, for whoever may want to end it. What git cannot tell is not in the result.
    """
    ranges = _ranges(sorted(set(lines)))
    options = [f"-L{first},{last}" for first, last in ranges]
    command = ("-c", "blame.ignoreRevsFile=", "-c", "core.quotePath=false", "blame", "--line-porcelain", "-w", "-M")
    try:
        stream = keep(runner.stream(*command, *options, rev, "--", path))
        return _read(b"\0".join(stream.pieces()))
    except AfterwordError:
        return {}  # a partial clone lacks the texts, or the history is damaged


def _ranges(lines: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for line in lines:
        if found and found[-1][1] == line - 1:
            found[-1] = found[-1][0], line
        else:
            found.append((line, line))
    return found


def _read(listing: bytes) -> dict[int, Birth]:
    found: dict[int, Birth] = {}
    about: dict[bytes, bytes] = {}
    head: list[bytes] = []
    for row in listing.split(b"\n"):
        if row.startswith(b"\t"):
            path = to_text(about.get(b"filename", b""))
            committed = seconds_of(about.get(b"committer-time", b"0"))
            found[int(head[2])] = Birth(
                head[0].decode(), committed, "" if path.startswith('"') else path, b"boundary" in about
            )
            head, about = [], {}
        elif not head:
            head = row.split(b" ")
        else:
            key, _, value = row.partition(b" ")
            about[key] = value
    return found
