"""Which lines of a prompt change an author may mark as offending, and what is marked of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from afterword.record.model import OffendingLines, PromptChange
from afterword.record.vocabulary import PromptChangeKind
from afterword.repo.diff import parse_diff


@dataclass(frozen=True)
class Markable:
    """A line to mark: `sign` is "+" or "−" where the diff changed it, "" where it stood or is known from the record."""

    sign: str
    text: str


def place(change: PromptChange) -> tuple[str, str]:
    """Return path and revision of the version that took part in the incident: what a fix replaced, or what came."""
    if _is_the_end(change):
        return change.path_before or change.path, change.before
    return change.path, change.after


def marked_lines(change: PromptChange, offending: Iterable[OffendingLines]) -> list[str]:
    """Return the lines that are marked in the version of this change."""
    texts = (one.text for one in offending if (one.path, one.revision) == place(change))
    return [line for text in texts for line in text.split("\n") if line.strip()]


def markable(change: PromptChange, marked: Sequence[str]) -> list[Markable]:
    """Return the lines of the incident's version that the diff shows, changed ones first, then other marked ones."""
    sign = "-" if _is_the_end(change) else "+"
    found: dict[str, Markable] = {}
    lines = [line for hunk in parse_diff(change.diff).hunks for line in hunk.lines]
    for kind, shown in ((sign, "−" if sign == "-" else "+"), (" ", "")):
        for line in lines:
            text = line.text.rstrip("\r")
            if line.kind == kind and text.strip():
                found.setdefault(text, Markable(shown, text))
    for text in marked:
        found.setdefault(text, Markable("", text))
    return list(found.values())


def with_marks(
    offending: Sequence[OffendingLines], change: PromptChange, lines: Sequence[str]
) -> tuple[OffendingLines, ...]:
    """Return the offending lines of a cause with these marked in the version of one change, and no others there."""
    path, revision = place(change)
    own = [at for at, one in enumerate(offending) if (one.path, one.revision) == (path, revision)]
    kept: list[OffendingLines] = [one for at, one in enumerate(offending) if at not in own]
    if lines:
        kept.insert(own[0] if own else len(kept), OffendingLines(path=path, revision=revision, text="\n".join(lines)))
    return tuple(kept)


def _is_the_end(change: PromptChange) -> bool:
    """Whether the change ended the incident, so that what it took away had taken part."""
    return change.kind in (PromptChangeKind.FIX, PromptChangeKind.DELETED) or not change.after
