"""Lines that were in the repository once: one pass over the history, newest first, prompts before other files."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import monotonic

from afterword.repo.history.origin_blobs import Mention, commit_count, read_history, stream_history
from afterword.repo.history.origin_lines import Hit
from afterword.repo.history.origin_search import Event, Known, Lines, Progress, Source, moment
from afterword.repo.history.origin_words import Kind, Origin
from afterword.repo.runner import to_text

_OTHER_BRANCHES = ("--exclude=refs/stash", "--exclude=refs/notes/*", "--all")
_PATIENCE = 0.3
"""Seconds after which texts that were listed are read, however few there are."""
_AT_ONCE = 1_000
_MOST_WAITING = 400_000
"""Texts of files that are no prompts; those of a longer history are not read, and it is said so."""
_MOST_NAMED = 20


class Past:
    """The history of HEAD, or that of the other branches; `found` has what it gave, still without dates."""

    def __init__(self, lines: Lines, source: Source, is_other: bool) -> None:
        self._lines, self._source, self._is_other = lines, source, is_other
        self._revisions = ["HEAD"]
        if is_other:
            self._revisions = [*_OTHER_BRANCHES, *(["--not", "HEAD"] if source.head else [])]
        self._doing = "reading other branches" if is_other else "reading the history"
        self._matchers = lines.matchers()
        self._prompts: list[Mention] = []
        self._others: list[Mention] = []
        self.found: dict[int, Known] = {}

    @property
    def _is_over(self) -> bool:
        return self._source.closed or not self._lines.open

    def look(self) -> Iterator[Event]:
        """Read the versions of prompts while git lists them, then those of the other files."""
        if self._is_over:
            return
        done, total, told = 0, commit_count(self._source.runner, self._revisions), monotonic()
        stream = self._source.keep(stream_history(self._source.runner, self._revisions))
        for mentions in read_history(stream.pieces()):
            done += 1
            for mention in mentions:
                self._sort(mention)
            if len(self._prompts) >= _AT_ONCE or monotonic() - told > _PATIENCE:
                yield from self._look_into_prompts()
                yield Progress(done, max(done, total), self._doing)
                told = monotonic()
            if self._is_over:
                stream.close()
        yield from self._look_into_prompts()
        yield Progress(done, max(done, total), self._doing)
        for at in range(0, len(self._others), _AT_ONCE):
            if self._is_over:
                return
            yield from self._look_into(self._others[at : at + _AT_ONCE], is_prompt=False)
            done = min(at + _AT_ONCE, len(self._others))
            yield Progress(done, len(self._others), f"{self._doing}: other files")

    def _sort(self, mention: Mention) -> None:
        """Put a text that was not read yet where it belongs."""
        kind = self._source.kind(mention.path)
        if not kind or mention.name in self._source.read_before:
            return
        if kind == "prompt":
            self._prompts.append(mention)
        elif len(self._others) < _MOST_WAITING:
            self._others.append(mention)
        else:
            self._source.unread["beyond"] += 1
            return
        self._source.read_before.add(mention.name)

    def _look_into_prompts(self) -> Iterator[Event]:
        yield from self._look_into(self._prompts, is_prompt=True)
        self._prompts = []

    def _look_into(self, mentions: Sequence[Mention], is_prompt: bool) -> Iterator[Event]:
        by_name = {mention.name: mention for mention in mentions}
        for name, data in self._source.texts(by_name, is_prompt):
            mention = by_name[name]
            found = {
                number: (hit, Known(mention.revision, self._origin(mention, hit, at)))
                for number, (hit, at) in self._matchers.find(mention.path, data).items()
                if number in self._lines.open
            }
            weak = {number: known for number, (hit, known) in found.items() if hit.is_weak}
            self._lines.weak = weak | self._lines.weak
            firm = {number: known for number, (hit, known) in found.items() if not hit.is_weak}
            self.found |= firm
            yield from self._lines.settle(firm)

    def _origin(self, mention: Mention, hit: Hit, line_no: int) -> Origin:
        ended = mention.parent > 0
        kind: Kind = "gone" if mention.is_deletion or not ended else "changed"
        if self._is_other and not ended:
            kind = "elsewhere"
        return Origin(
            "",
            kind,
            path=mention.path,
            line_no=line_no,
            until=moment(mention.committed) if ended else None,
            until_sha=self._source.short(mention.sha) if ended else "",
            holes=hit.holes,
            is_quoted=hit.is_quoted,
            branch="another branch" if self._is_other else "",
        )


def name_branches(found: dict[int, Known], source: Source) -> dict[int, Known]:
    """Return lines that only another branch has with the name of a branch."""
    elsewhere = {number: known for number, known in found.items() if known.origin.kind == "elsewhere"}
    names: dict[str, str] = {}
    for revision in list(dict.fromkeys(known.revision for known in elsewhere.values()))[:_MOST_NAMED]:
        form = "--format=%(refname:short)"
        places = ("refs/heads", "refs/remotes", "refs/tags")
        asked = source.runner.attempt("for-each-ref", "--count=1", f"--contains={revision}", form, *places)
        names[revision] = to_text(asked.out).strip()
    return {
        number: Known(revision, replace(origin, branch=f"`{names[revision]}`"))
        for number, (revision, origin) in elsewhere.items()
        if names.get(revision)
    }
