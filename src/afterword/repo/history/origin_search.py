"""What the steps of a search share: the lines with their origins so far, and the texts that may be read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from afterword.record.when import When
from afterword.repo.globs import Globs
from afterword.repo.history.origin_blobs import LARGEST, LARGEST_PROMPT, local_objects, may_be_text, read_blobs
from afterword.repo.history.origin_dates import births
from afterword.repo.history.origin_lines import MOST_LINES, Hit, Matcher, Wanted, is_short, pasted_lines
from afterword.repo.history.origin_literals import SUFFIXES
from afterword.repo.history.origin_words import Origin
from afterword.repo.history.times import when
from afterword.repo.runner import Runner, Stream

_MOST_DATED = 200
"""Files whose lines are dated, those with most lines first."""


class Progress(NamedTuple):
    """How far one step of the search is; `doing` names the step."""

    done: int
    total: int
    doing: str


class Found(NamedTuple):
    """The origin of a line, by its place among the lines that are not blank; a later one replaces it."""

    at: int
    origin: Origin


Event = Progress | Found


class Known(NamedTuple):
    """An origin, and a commit whose file has the line."""

    revision: str
    origin: Origin


class Lines:
    """The pasted lines; equal ones share a number, and `open` are the numbers still looked for."""

    def __init__(self, text: str) -> None:
        lines = pasted_lines(text)
        self.origins = [Origin(line, "short" if is_short(line) else "untraced") for line in lines]
        self.beyond = max(0, len(lines) - MOST_LINES)
        places: dict[bytes, list[int]] = {}
        for index, origin in enumerate(self.origins[:MOST_LINES]):
            if origin.kind != "short":
                places.setdefault(origin.line.encode(), []).append(index)
        self._texts, self._places = list(places), list(places.values())
        self.open = set(range(len(places)))
        self.at_home: dict[int, Known] = {}
        """Lines found at HEAD."""
        self.weak: dict[int, Known] = {}
        """Templates of which more was filled in than is fixed: taken only where nothing better is found."""

    def settle(self, found: Mapping[int, Known]) -> Iterator[Event]:
        """Give lines their origin, and tell what is new about them."""
        for number, (_, origin) in found.items():
            self.open.discard(number)
            for index in self._places[number]:
                new = replace(origin, line=self.origins[index].line)
                if new != self.origins[index]:
                    self.origins[index] = new
                    yield Found(index, new)

    def matchers(self) -> "Matchers":
        """Return what finds the lines that are still open."""
        wanted = Wanted((number, self._texts[number]) for number in self.open)
        return Matchers(wanted)


class Matchers:
    """A matcher for prose and one for program code and data."""

    def __init__(self, wanted: Wanted) -> None:
        self._prose, self._code = Matcher(wanted, in_code=False), Matcher(wanted, in_code=True)

    def find(self, path: str, data: bytes) -> dict[int, tuple[Hit, int]]:
        """Return the lines that a file has, each with its best hit and the line it is at."""
        return (self._code if path.lower().endswith(SUFFIXES) else self._prose).find(data)


class Source:
    """A repository being read, until it is closed; which files count, and what could not be read."""

    def __init__(self, runner: Runner, prompts: Globs, skip: Globs) -> None:
        self.runner = runner
        self.closed = False
        self.unread: Counter[str] = Counter()
        """Texts that were not looked into, by reason."""
        self.read_before: set[bytes] = set()
        self._prompts, self._skip = prompts, skip
        self._stream: Stream | None = None
        self._kinds: dict[str, str] = {}
        self._local: frozenset[bytes] | None = None
        self.head = ""
        self._abbreviation = 7

    def open(self) -> None:
        """Ask git where HEAD is and what is there."""
        self.head = self.runner.attempt("rev-parse", "--verify", "--quiet", "HEAD^{commit}").out.decode().strip()
        if self.head:
            self._abbreviation = len(self.runner.line("rev-parse", "--short", self.head))
        self._local = local_objects(self.runner)

    def close(self) -> None:
        """Read no more; may be called from any thread."""
        self.closed = True
        if self._stream is not None:
            self._stream.close()

    def keep(self, stream: Stream) -> Stream:
        """Hold a running command, so that it ends when the source is closed."""
        self._stream = stream
        if self.closed:
            stream.close()
        return stream

    def kind(self, path: str) -> str:
        """Return "prompt", "other", or "" for a file that is not looked into."""
        if path not in self._kinds:
            ours = may_be_text(path) and not self._skip.matches(path)
            self._kinds[path] = ("prompt" if self._prompts.matches(path) else "other") if ours else ""
        return self._kinds[path]

    def texts(self, names: Iterable[bytes], is_prompt: bool) -> Iterator[tuple[bytes, bytes]]:
        """Yield name and bytes of those that can be read, until closed."""
        largest = LARGEST_PROMPT if is_prompt else LARGEST
        if self.closed:
            return
        for group in read_blobs(self.runner, names, self._local, largest):
            for name, data, unread in group:
                if unread:
                    self.unread[unread] += 1
                else:
                    yield name, data
                if self.closed:
                    return

    def short(self, sha: str) -> str:
        """Return a commit's name as git shortens it here."""
        return sha[: self._abbreviation]

    def dated(self, found: Mapping[int, Known], is_shallow: bool) -> Iterator[Progress | dict[int, Known]]:
        """Yield the same origins with the commit that brought the line, file by file."""
        groups: dict[tuple[str, str], dict[int, Known]] = {}
        for number, known in found.items():
            groups.setdefault((known.revision, known.origin.path), {})[number] = known
        order = sorted(groups, key=lambda group: -len(groups[group]))[:_MOST_DATED]
        for done, (revision, path) in enumerate(order):
            if self.closed:
                return
            yield Progress(done, len(order), "asking since when")
            group = groups[revision, path]
            lines = [known.origin.line_no for known in group.values()]
            born = births(self.runner, revision, path, lines, self.keep)
            dated: dict[int, Known] = {}
            for number, (_, origin) in group.items():
                if birth := born.get(origin.line_no):
                    dated[number] = Known(
                        revision,
                        replace(
                            origin,
                            since=moment(birth.committed),
                            sha=self.short(birth.sha),
                            path_then=birth.path,
                            is_oldest=birth.is_boundary and is_shallow,
                        ),
                    )
            yield dated


def moment(seconds: int) -> When:
    """Return a commit's time for a record."""
    return when(datetime.fromtimestamp(seconds, UTC))
