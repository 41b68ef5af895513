"""The bytes of many files at once: one run of git for all of them, never a fetch."""

import re
from collections.abc import Iterable, Iterator, Sequence

from afterword.repo.runner import Runner

_BATCH = ("cat-file", "--batch", "--buffer")


def contents(runner: Runner, sha: str, files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, bytes | None]]:
    """Yield the bytes of each file, given as path and blob in the tree of `sha`; None where this clone lacks them."""
    found = read_blobs(runner, [sha], [blob for _, blob in files])
    yield from ((path, found.get(blob)) for path, blob in files)


def read_blobs(runner: Runner, commits: Sequence[str], blobs: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of blobs in the trees of `commits`, without those that this clone does not have."""
    wanted = list(dict.fromkeys(blobs))
    if not wanted:
        return {}
    done = runner.attempt(*_BATCH, stdin=_lines(wanted))
    if done.status != 0:
        # Git stops at the first text that a partial clone left out, so those are sorted out beforehand.
        missing = _missing(runner, commits)
        wanted = [blob for blob in wanted if blob not in missing]
        done = done._replace(out=runner.run(*_BATCH, stdin=_lines(wanted)) if wanted else b"")
    found: dict[str, bytes] = {}
    at = 0
    for blob in wanted:
        end = done.out.index(b"\n", at)
        size = re.fullmatch(rb"[0-9a-f]+ blob (\d+)", done.out[at:end])
        at = end + 1
        if size is not None:
            found[blob] = done.out[at : at + int(size[1])]
            at += int(size[1]) + 1
    return found


def _lines(blobs: list[str]) -> bytes:
    return "".join(f"{blob}\n" for blob in blobs).encode()


def _missing(runner: Runner, commits: Sequence[str]) -> set[str]:
    """Return the objects of these commits that a partial clone does not have."""
    listing = runner.run(
        "rev-list", "--objects", "--no-object-names", "--missing=print", "--no-walk=unsorted", *commits
    )
    return {line[1:].decode() for line in listing.splitlines() if line.startswith(b"?")}
