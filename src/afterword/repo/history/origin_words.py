"""Where a line came from, in words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, NamedTuple

from afterword.record.model import LineOrigin
from afterword.record.vocabulary import Answer
from afterword.record.when import When

Kind = Literal["here", "filled", "gone", "changed", "elsewhere", "uncommitted", "never", "unseen", "short", "untraced"]
_SHOWN, _LEAST_SHOWN = 60, 8
"""Characters of a line that a table repeats, at most and at least."""
_HOLES, _HOLE_SHOWN = 2, 30
_PLAIN = re.compile(r"[^\W\d_A-Z]+(?:['’-][^\W\d_A-Z]+)*[.,;:!?)]?")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one line of an effective prompt came from.

    `here` and `filled` are at HEAD; `gone` and `changed` were, until commit `until_sha` deleted the file or changed
    the line (unknown where a merge dropped it); `elsewhere` is on another branch, `branch`. `since` and `sha` are the
    commit that brought the line to `path_then`, unknown where None. `unseen` was not found in a clone that lacks part
    of the history, as `lacking` says; `never` was not found in all of it; `untraced` was not looked for to the end.
    """

    line: str
    kind: Kind
    path: str = ""
    line_no: int = 0
    since: When | None = None
    sha: str = ""
    path_then: str = ""
    is_oldest: bool = False
    """Whether a shallow history begins with that commit, so that the line may be older."""
    until: When | None = None
    until_sha: str = ""
    holes: tuple[str, ...] = ()
    """Variables that were filled in."""
    is_quoted: bool = False
    """Whether it is part of a string literal or of a value."""
    branch: str = ""
    lacking: str = ""
    more: int = 0
    """Other files at HEAD that have the line."""

    @property
    def sentence(self) -> str:
        """Where the line came from, as the record's table says it."""
        return self.told(self.line_no)

    def told(self, last: int) -> str:
        """Like `sentence`, for lines up to the line `last` of the same file."""
        if self.kind in _FIXED:
            return _FIXED[self.kind]
        if self.kind == "unseen":
            return f"not in {self.lacking}"
        path = f"`{self.path}`"
        place = f"{path}:{self.line_no}" + (f"-{last}" if last > self.line_no else "")
        within = f"a string of {place}" if self.is_quoted else place
        if self.kind == "uncommitted":
            return f"in {within}{self._filled}, not committed"
        if self.kind == "elsewhere":
            return f"in {within}{self._filled} on {self.branch or 'another branch'}, not on this one{self._since(',')}"
        if self.kind in ("gone", "changed"):
            return f"was in {path}{self._filled}{f' on {self.branch}' if self.branch else ''}{self._span}"
        begin = f"from {place}{self._filled}," if self.holes else f"verbatim in {within}"
        others = f" and {self.more} more place{'s' if self.more > 1 else ''}" if self.more else ""
        return f"{begin}{self._since()}".rstrip(",") + others

    @property
    def _filled(self) -> str:
        if not self.holes:
            return ""
        values = list(dict.fromkeys(hole for hole in self.holes if not hole.startswith(("{%", "{#"))))
        if not values:
            return " without its template tags"
        shown = [f"`{_cut(hole, _HOLE_SHOWN)}`" for hole in values[:_HOLES]]
        rest = len(values) - len(shown)
        return f" with {', '.join(shown)}{f' and {rest} more' if rest else ''} filled in"

    def _since(self, before: str = "") -> str:
        if self.since is None:
            return ""
        then = f", as `{self.path_then}`" if self.path_then not in ("", self.path) else ""
        return f"{before} since {_day(self.since)}{' or earlier' if self.is_oldest else ''} ({self.sha}{then})"

    @property
    def _span(self) -> str:
        since = f" from {_day(self.since)}{' or earlier' if self.is_oldest else ''}" if self.since else ""
        if self.until is None:
            return f"{since}, not at HEAD any more"
        done = "deleted" if self.kind == "gone" else "changed"
        return f"{since}, {done} {_day(self.until)} ({self.until_sha})"


_FIXED = {
    "never": "never in this repository",
    "short": "too short to tell",
    "untraced": "not traced",
}


def is_versioned(origins: Iterable[Origin]) -> Answer:
    """Return whether the effective prompt is under version control.

    Yes where every line that tells anything is at HEAD, no where one never was committed, unknown otherwise.
    """
    kinds = {origin.kind for origin in origins} - {"short"}
    if kinds & {"never", "uncommitted"}:
        return Answer.NO
    return Answer.YES if kinds and kinds <= {"here", "filled"} else Answer.UNKNOWN


class Run(NamedTuple):
    """Neighbouring lines of one origin: the first of them, how many there are, and where they came from."""

    first: Origin
    size: int
    sentence: str

    @property
    def others(self) -> str:
        """ " (and 2 more lines)", or "" for a single line."""
        return f" (and {self.size - 1} more line{'s' if self.size > 2 else ''})" if self.size > 1 else ""


def runs(origins: Sequence[Origin]) -> list[Run]:
    """Return lines joined where neighbours have one origin; those too short to tell are left out, unless all are."""
    joined: list[list[Origin]] = []
    for origin in [origin for origin in origins if origin.kind != "short"] or origins[:1]:
        if joined and _continues(joined[-1], origin):
            joined[-1].append(origin)
        else:
            joined.append([origin])
    return [_run(lines) for lines in joined]


def rows(origins: Sequence[Origin]) -> tuple[LineOrigin, ...]:
    """Return the table that a record keeps: the runs, with the beginning of their first line."""
    return tuple(LineOrigin(line=_begun(run.first.line) + run.others, origin=run.sentence) for run in runs(origins))


def _continues(run: list[Origin], origin: Origin) -> bool:
    last = run[-1]
    alike = replace(origin, line="", line_no=0, more=0) == replace(last, line="", line_no=0, more=0)
    if not alike or origin.holes:
        return False
    return origin.kind in ("gone", "changed") or origin.line_no >= last.line_no


def _run(lines: list[Origin]) -> Run:
    first = lines[0]
    same = len({origin.more for origin in lines}) == 1
    return Run(first, len(lines), (first if same else replace(first, more=0)).told(lines[-1].line_no))


def counted(origins: Iterable[Origin]) -> str:
    """Return how many lines are where: "12 at HEAD, 2 in history, 1 never"."""
    names = {
        **dict.fromkeys(("here", "filled"), "at HEAD"),
        **dict.fromkeys(("gone", "changed"), "in history"),
        "elsewhere": "on another branch",
        "uncommitted": "not committed",
        "never": "never in this repository",
        "unseen": "not found",
        "short": "too short to tell",
        "untraced": "not traced",
    }
    order = list(dict.fromkeys(names.values()))
    said = sorted((names[origin.kind] for origin in origins), key=order.index)
    return ", ".join(f"{len(list(group))} {name}" for name, group in groupby(said))


def _begun(line: str) -> str:
    """Return the beginning of a line, ended after a plain word: half a name, number or token cannot be redacted."""
    text = " ".join(line[: 4 * _SHOWN].split())
    if len(text) <= _SHOWN and len(line) <= 4 * _SHOWN:
        return text
    has_words = text[:_SHOWN].count(" ") > 2
    if not has_words and not text[:_SHOWN].isascii():
        return f"{text[: _SHOWN - 1]}…"  # a script without spaces
    words = text[: _SHOWN - 1].split(" ")[:-1]
    while words and not _PLAIN.fullmatch(words[-1]):
        words.pop()
    begun = " ".join(words)
    return f"{begun}…" if len(begun) >= _LEAST_SHOWN else f"(a line of {len(line):,} characters)"


def _day(when: When) -> str:
    return when.text[:10]


def _cut(text: str, size: int) -> str:
    text = " ".join(text[: 4 * size].split()) + ("…" if len(text) > 4 * size else "")
    return text if len(text) <= size else f"{text[: size - 1].rstrip()}…"
