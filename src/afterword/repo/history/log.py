"""The output of `git log`, read while git still writes it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from afterword.repo.history.times import moment_of
from afterword.repo.runner import Runner, Stream, empty_tree, failure, to_text

FORMAT = "%x01%H%x00%P%x00%ct%x00%at%x00%aN%x00%aE%x00%s"
"""What `read_log` expects before a commit's files, together with `-z`."""
_FIELDS = 7
_FILES = ("--raw", "--no-abbrev", "-c", "--combined-all-paths", f"--format={FORMAT}")
_RENAME_LIMIT = 2000
"""Files of one commit that git compares by content to see moves; identical files are always recognised."""
_MOST_PATHS = 500
_LAST_YEAR = 2099
_SUBMODULE = b"160000"


class Commit(NamedTuple):
    """One commit, as a list shows it; times are in UTC."""

    sha: str
    parents: tuple[str, ...]
    committed: datetime
    authored: datetime
    author: str
    mail: str
    subject: str


class Counts(NamedTuple):
    """How many lines were added and removed, or why that is not known."""

    added: int = 0
    removed: int = 0
    uncounted: str = ""


class Touched(NamedTuple):
    """One file of one commit as git lists it; `status` has a letter for each parent.

    `blobs` are the names of its texts: that of each parent, then its own; zeros where there was none. In a
    submodule they are commits of the other repository.
    """

    path: str
    path_before: str
    status: str
    blobs: tuple[str, ...]
    counts: Counts = Counts()
    is_submodule: bool = False

    @property
    def same_text(self) -> bool:
        """Whether some parent had the very same text."""
        return self.blobs[-1] in self.blobs[:-1]


class Entry(NamedTuple):
    """One commit with the files it touched; those of a merge differ from every parent."""

    commit: Commit
    files: list[Touched]


_BINARY = Counts(uncounted="binary")
_NOT_FETCHED = Counts(uncounted="not fetched")


def window(since: datetime | None, until: datetime | None) -> list[str]:
    """Return git's options for commits committed from `since` to `until`, both included, to the second."""
    options = []
    if since is not None and since.timestamp() > 0:
        options.append(f"--since={_stamp(since, up=True)}")
    if until is not None and until.year <= _LAST_YEAR:
        options.append(f"--until={_stamp(until, up=False)}")
    return options


def is_empty(since: datetime | None, until: datetime | None) -> bool:
    """Whether no commit can lie in a window."""
    if since is not None and (since.year > _LAST_YEAR or (until is not None and since > until)):
        return True
    return until is not None and until.timestamp() < 0


def _stamp(moment: datetime, up: bool) -> str:
    seconds = int(moment.timestamp())
    seconds += up and moment.timestamp() > seconds
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}+0000"


def read_commits(runner: Runner, since: datetime | None, until: datetime | None, most: int) -> list[Commit]:
    """Return the newest commits of a window, whatever they changed."""
    options = ("--no-show-signature", "--encoding=UTF-8", f"--format={FORMAT}", f"--max-count={most}")
    pieces = (
        runner.run("log", "-z", "--no-patch", *options, *window(since, until), "HEAD").removesuffix(b"\0").split(b"\0")
    )
    return [_commit(pieces[at : at + _FIELDS]) for at in range(0, len(pieces) - 1, _FIELDS)]


_LOG = (
    *("-c", "log.showRoot=true", "log", "-z", *_FILES, "--no-renames", "--encoding=UTF-8"),
    *("--no-show-signature", "--no-color", "--no-relative", "--ignore-submodules=none"),
)


def stream_log(runner: Runner, since: datetime | None, until: datetime | None, tips: tuple[str, ...]) -> Stream:
    """Start listing the commits of a window, newest first, with the files they touch; no file is opened.

    `tips` are revisions, or git's options that stand for many: `--all`.
    """
    return runner.stream(*_LOG, *window(since, until), *tips)


def stream_path(runner: Runner, rev: str, path: str) -> Stream:
    """Start listing the commits that changed one path, newest first, down from `rev`."""
    return runner.stream(*_LOG, rev, "--", f":(literal){path}")


def read_named(runner: Runner, shas: list[str]) -> Iterator[Entry]:
    """Read these commits with the files they touch."""
    names = "".join(f"{sha}\n" for sha in shas).encode()
    return read_log(iter(runner.run(*_LOG, "--no-walk=unsorted", "--stdin", stdin=names).split(b"\0")))


def look_into(runner: Runner, entries: list[Entry]) -> list[Entry]:
    """Return the same commits with moves recognised and lines counted."""
    edits = [entry for entry in entries if all(not file.status.strip("MT") for file in entry.files)]
    paths = sorted({file.path for entry in edits for file in entry.files})
    found: dict[str, list[Touched]] = {}
    if edits:
        found |= _compared(runner, edits, paths if len(paths) <= _MOST_PATHS else [])
    # The other half of a move may be any file of the commit.
    if others := [entry for entry in entries if entry not in edits]:
        found |= _compared(runner, others, [])
    return [Entry(entry.commit, found.get(entry.commit.sha, entry.files)) for entry in entries]


def compare(runner: Runner, before: str, after: str) -> list[Touched]:
    """Return what differs between two commits, "" standing for nothing at all, with moves and counts."""
    sides = [sha or empty_tree(runner) for sha in (before, after)]
    raw = ("-z", "-r", "--raw", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none")
    listing = runner.run("diff-tree", *raw, "--numstat", "-M", f"-l{_RENAME_LIMIT}", *sides)
    open_entry = _Open(fields=[b"", b"", b"0", b"0", b"", b"", b""])
    for piece in listing.split(b"\0"):
        open_entry.take(piece)
    return open_entry.read(counted=True).files


def _compared(runner: Runner, entries: list[Entry], paths: list[str]) -> dict[str, list[Touched]]:
    names = "".join(f"{entry.commit.sha}\n" for entry in entries).encode()
    command = ("diff-tree", "--stdin", "-z", "-r", "--root", *_FILES, "--no-ext-diff", "--no-textconv")
    limit = f"-l{_RENAME_LIMIT}"
    done = runner.attempt(*command, "--numstat", "-M", limit, "--", *paths, literal=True, stdin=names)
    counted = done.status == 0
    if not counted:
        # A partial clone lacks texts to compare; identical files are known by their names.
        done = runner.attempt(*command, "-M100%", "--", *paths, literal=True, stdin=names)
        if done.status != 0:
            raise failure("diff-tree", done.err)
    listed = dict(read_log(iter(done.out.split(b"\0")), counted))
    return {commit.sha: files for commit, files in listed.items()}


def read_log(pieces: Iterator[bytes], counted: bool = False) -> Iterator[Entry]:
    """Read the NUL-separated output of git's log commit by commit; `counted` says that counts are in it."""
    entry = _Open()
    for piece in pieces:
        # A name may start like a commit does, but names only come where a mark has announced them.
        if piece.startswith(b"\x01") and entry.may_end:
            yield entry.read(counted)
            entry = _Open()
        entry.take(piece)
    if entry.may_end:
        yield entry.read(counted)


def _commit(fields: list[bytes]) -> Commit:
    sha, parents, committed, authored, author, mail, subject = (field.decode("utf-8", "replace") for field in fields)
    return Commit(
        sha=sha.lstrip("\n\x01"),
        parents=tuple(parents.split()),
        committed=moment_of(committed),
        authored=moment_of(authored),
        author=author,
        mail=mail,
        subject=subject,
    )


class _Open:
    """One commit while its pieces come in: fields, then marks (`--raw`, `--numstat`) with names."""

    def __init__(self, fields: Iterable[bytes] = ()) -> None:
        self._fields: list[bytes] = [*fields]
        self._marks: list[tuple[bytes, list[bytes]]] = []
        self._owed = 0

    def take(self, piece: bytes) -> None:
        if len(self._fields) < _FIELDS:
            self._fields.append(piece)
        elif self._owed:
            self._marks[-1][1].append(piece)
            self._owed -= 1
        elif mark := piece.removeprefix(b"\n"):
            self._marks.append((mark, []))
            self._owed = _names_after(mark)

    @property
    def may_end(self) -> bool:
        """Whether a new commit may begin here."""
        return len(self._fields) == _FIELDS and not self._owed

    def read(self, counted: bool) -> Entry:
        counts = dict(_count(mark, names) for mark, names in self._marks if not mark.startswith(b":"))
        listed = [_listed(mark, names) for mark, names in self._marks if mark.startswith(b":")]
        unknown = _BINARY if counted else _NOT_FETCHED
        files = [file._replace(counts=counts.get(file.path, unknown)) for file in listed]
        return Entry(_commit(self._fields), files)


def _names_after(mark: bytes) -> int:
    """Return how many names a mark announces beside the one it may hold itself."""
    if mark.startswith(b"::"):
        return _parents(mark) + 1
    if mark.startswith(b":"):
        return 2 if mark.rpartition(b" ")[2][:1] in (b"R", b"C") else 1
    return 0 if mark.split(b"\t", 2)[2] else 2


def _parents(mark: bytes) -> int:
    return len(mark) - len(mark.lstrip(b":"))


def _count(mark: bytes, names: list[bytes]) -> tuple[str, Counts]:
    added, removed, name = mark.split(b"\t", 2)
    return to_text(names[-1] if names else name), _BINARY if added == b"-" else Counts(int(added), int(removed))


def _listed(mark: bytes, names: list[bytes]) -> Touched:
    """Read one line of `--raw`."""
    words = mark.lstrip(b":").split(b" ")
    sides = _parents(mark) + 1
    modes, blobs, status = words[:sides], words[sides : 2 * sides], words[-1]
    return Touched(
        path=to_text(names[-1]),
        path_before=to_text(names[0]),
        status=status.decode(),
        blobs=tuple(blob.decode() for blob in blobs),
        is_submodule=_SUBMODULE in modes,
    )
