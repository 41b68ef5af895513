"""The passages of a text that read as prose: paragraphs, chat lines, table cells, and the strings inside JSON."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import pairwise

from afterword.redaction.data import rows
from afterword.redaction.view import decoded_view

_LONGEST = 1_500
"""Characters of a passage: enough context for a sentence, little memory for a model."""
_DEEPEST = 4
_STRING = re.compile(r'"(?P<double>(?:[^"\\\n]|\\.)*)"|(?<![\w])\'(?P<single>(?:[^\'\\\n]|\\.)*)\'(?!\w)')
_DATA = re.compile(r'[ \t]*(?:[\[{]|"[^"\n]{1,80}"[ \t]*:|[\w.\-]{1,60}[ \t]*(?:[:=]|=>)[ \t]*[\[{"\'])|.{0,200}[\[{]"')
_PREFIX = re.compile(
    r"(?:[ \t]+|[>#*+|•–—-]+(?=[ \t])|\d{1,3}[.)](?=[ \t])"
    r"|\[?\d{1,4}[-/:.]\d{1,2}[-/:.T\d]*[\d:.,TZ+-]*\]?|\[?\d{1,2}:\d{2}(?::\d{2})?\]?"
    r"|\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\]?:?(?=[ \t])"
    r"|[a-z_][a-z0-9_.-]{0,40}:(?=[ \t]))*"
)
_CODE = re.compile(
    r"[ \t]*(?:import|from \S+ import|def|class|return|const|let|var|func|fn|public|private|SELECT|INSERT|UPDATE"
    r"|curl|git|docker|kubectl|npm|pip|at [\w$.]+\(|File \"|Traceback|@@|diff --git|[$%#] )\b"
    r"|.*(?:[;{]|\)\s*->.*:|\bself\.)[ \t]*$"
)
_CODE_MARKS = frozenset("{}[]<>=;\\$#~^|_")
_WORD = re.compile(r"[\"'“‘(*]*[^\W\d_]+(?:['’-][^\W\d_]+)*[\"'”’)*.,:;!?…]*")
_CODE_SPAN = re.compile(r"`[^`\n]{1,200}`")
_BLANKED = str.maketrans("*`|\n\r\t\u00a0", "       ")
_LEAST_WORDS = 4

Offsets = Callable[[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of prose, and how its offsets are those of the whole text."""

    text: str
    raw: Offsets


class Language(Enum):
    """What a stretch of prose is written in, as far as it matters for names."""

    ENGLISH = auto()
    CAPITALISED = auto()
    """German: every noun has a capital."""
    OTHER = auto()
    UNKNOWN = auto()


@cache
def _stop_words() -> tuple[frozenset[str], ...]:
    """Return everyday words: those of English, of German, then of other languages, each without English ones."""
    english, *others = (frozenset(row.split()) for row in rows("stop_words.txt"))
    return english, *(other - english for other in others)


def language(text: str) -> Language:
    """Return the language whose everyday words a text has most of."""
    words = [word.strip("\"'.,:;!?()*").casefold() for word in text.split()]
    counts = [sum(map(everyday.__contains__, words)) for everyday in _stop_words()]
    most = max(counts)
    if not most:
        return Language.UNKNOWN
    return {0: Language.ENGLISH, 1: Language.CAPITALISED}.get(counts.index(most), Language.OTHER)


def is_prose(text: str) -> bool:
    """Whether a stretch of text is made of words rather than of code, data or a log's fields."""
    pieces = text.split()
    if len(pieces) < _LEAST_WORDS or _CODE.match(text):
        return False
    words = [piece for piece in pieces if _WORD.fullmatch(piece)]
    marks = sum(letter in _CODE_MARKS for letter in text)
    small = sum(word.strip("\"'“‘(*")[:1].islower() for word in words)
    return small >= 2 and len(words) >= 0.6 * len(pieces) and marks <= 0.03 * len(text) + 1


def passages(text: str) -> Iterator[Passage]:
    """Yield the prose of a text."""
    yield from _within(text, lambda start, end: (start, end), 0)


def _shifted(raw: Offsets, by: int) -> Offsets:
    return lambda start, end: raw(start + by, end + by)


def _within(text: str, raw: Offsets, depth: int) -> Iterator[Passage]:
    for start, end in _paragraphs(text):
        line = text[start:end]
        if depth < _DEEPEST and _DATA.match(line):
            yield from _strings(line, _shifted(raw, start), depth)
            continue
        for low, high in _cells(line):
            piece = line[low:high]
            if view := decoded_view(piece):
                inner = _shifted(raw, start + low)
                yield from _pieces(view.text, lambda a, b, v=view, r=inner: r(*v.raw(a, b)))  # type: ignore[misc]
            else:
                yield from _pieces(piece, _shifted(raw, start + low))


def _strings(line: str, raw: Offsets, depth: int) -> Iterator[Passage]:
    """Yield the prose in the quoted strings of a line of data."""
    for match in _STRING.finditer(line):
        start, end = match.span(match.lastgroup or 0)
        if line.count(" ", start, end) < _LEAST_WORDS - 1:
            continue
        inner, value = _shifted(raw, start), line[start:end]
        if view := decoded_view(value):
            yield from _within(view.text, lambda a, b, v=view, r=inner: r(*v.raw(a, b)), depth + 1)  # type: ignore[misc]
        else:
            yield from _within(value, inner, _DEEPEST)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield lines, and lines of prose that only a line width broke as one."""
    start, at = 0, 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if not _continues(text, at, end):
            yield start, end
            start = end + 1
        at = end + 1


def _continues(text: str, start: int, end: int) -> bool:
    """Whether a line runs on in the next one."""
    line = text[start:end].rstrip()
    return (
        50 <= len(line) <= 130
        and line[-1] not in ".!?:;{}|>\\\"'"
        and text[end + 1 : end + 2].isalpha()
        and not _DATA.match(line)
    )


def _cells(line: str) -> Iterator[tuple[int, int]]:
    """Yield a line without what stands in front of its words, or the cells of a row of a table."""
    edges = [-1, *(at for at, letter in enumerate(line) if letter == "|"), len(line)]
    if len(edges) < 4:
        edges = [-1, len(line)]
    for before, after in pairwise(edges):
        prefix = _PREFIX.match(line, before + 1, after)
        yield (prefix.end() if prefix else before + 1), after


def _pieces(text: str, raw: Offsets) -> Iterator[Passage]:
    """Yield passages short enough for a model, code in them blanked out."""
    start = 0
    while start < len(text):
        end = start + _LONGEST
        if end < len(text):
            cut = max(text.rfind(". ", start, end), text.rfind("\n", start, end))
            cut = cut if cut > start else text.rfind(" ", start, end)
            end = cut + 1 if cut > start else end
        piece = text[start:end]
        if is_prose(piece):
            blank = _CODE_SPAN.sub(lambda match: " " * len(match[0]), piece).translate(_BLANKED)
            yield Passage(blank, _shifted(raw, start))
        start = end
