"""The engine: views of the text, detectors over them, findings out of them.

Large texts are searched in overlapping chunks, which bounds every pattern's time and leaves other threads their turn.
"""

import re
import time
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache

from afterword.redaction import own, second
from afterword.redaction.candidate import TOKEN, Candidate, Source
from afterword.redaction.detectors import ACROSS_LINES, PERSONAL, SECRETS, WHOLE_TEXT
from afterword.redaction.detectors.names import spread
from afterword.redaction.finding import Scan
from afterword.redaction.guessing.asking import with_guesses
from afterword.redaction.harmless import dummy
from afterword.redaction.overlaps import as_finding, settle
from afterword.redaction.rules import Rules
from afterword.redaction.view import View, decoded_view, joined_view

LARGEST = 4_000_000
"""Characters beyond which a text is not searched."""
_CHUNK, _OVERLAP = 128_000, 8_000
_REACH = 400
"""How far around an escape the text without escapes is searched; farther off, the raw text shows the same."""
SECONDS = 30.0
"""How long a scan may take where nobody says otherwise."""

Detector = Callable[[Source], Iterable[Candidate]]
_PERSONAL: frozenset[Detector] = frozenset(PERSONAL)


def _chunks(length: int) -> Iterator[tuple[int, int]]:
    start = 0
    while True:
        end = min(length, start + _CHUNK)
        yield start, end
        if end == length:
            return
        start = end - _OVERLAP


def _in_view(view: View, detectors: Iterable[Detector], across: bool) -> Iterator[Candidate]:
    """Search a view; with `across`, keep only findings that the raw text cannot show, since they run over a joint.

    Findings beside text that the view lacks are left to the raw text, which shows all that is around them.
    """
    source = Source(view.text)
    for detector in detectors:
        for each in detector(source):
            if view.beside_pause(each.start, each.end, _REACH // 2):
                continue
            start, end = view.raw(each.start, each.end)
            if not across or end - start != each.end - each.start:
                yield Candidate(start, end, *each[2:])


_LINE_ESCAPE = re.compile(r"\\[nr]")
_LINES = 2
"""How many escaped line ends say that a text, or what it quotes, is written in one line."""


def _over_lines(text: str, each: Candidate) -> bool:
    """Whether a candidate holds, or begins with the letter of, an escaped line end, and is no block of lines.

    Where line ends are escaped, the text without escapes shows what really stands there: the value and where it ends.
    """
    if each.rank >= TOKEN:
        return False
    return bool(_LINE_ESCAPE.search(text, max(0, each.start - 1), each.end))


def _escapes_everywhere(text: str) -> bool:
    """Whether a text has escapes so close together that all of it is searched without them."""
    return text.count("\\") + text.count("%") > len(text) / _REACH


def _everywhere_in(
    text: str, detectors: Sequence[Detector], deadline: float, view: View | None, decoded_only: Container[Detector] = ()
) -> Iterator[Candidate]:
    """Search a text and its views, with some detectors only the one without escapes; stops at the deadline."""
    escaped = _LINE_ESCAPE.search(text) and len(_LINE_ESCAPE.findall(text)) >= _LINES
    source = Source(text)
    for detector in detectors:
        if detector not in decoded_only:
            yield from (each for each in detector(source) if not (escaped and _over_lines(text, each)))
    if time.monotonic() < deadline and view:
        yield from _in_view(view, detectors, across=False)
    if time.monotonic() < deadline and (joined := joined_view(text)):
        yield from _in_view(joined, ACROSS_LINES, across=True)


def _shifted(candidates: Iterable[Candidate], offset: int) -> Iterator[Candidate]:
    for each in candidates:
        yield Candidate(each[0] + offset, each[1] + offset, *each[2:]) if offset else each


def _cut(each: Candidate, start: int, end: int, length: int) -> bool:
    """Whether a candidate touches the edge of a chunk, beyond which the next chunk shows all of it."""
    at_edge = (each.start == 0 and start > 0) or (each.end == end - start and end < length)
    return at_edge and each.end - each.start < _OVERLAP // 2


def _in_chunk(
    text: str, whole: Callable[[], View | None], start: int, end: int, detectors: Sequence[Detector], deadline: float
) -> Iterator[Candidate]:
    """Search a chunk and what its escapes hide.

    Where escapes are everywhere, personal data is looked for only in the text without them, which takes half the time.
    """
    chunk = text[start:end]
    if _escapes_everywhere(chunk) and (decoded := whole()):
        here = _everywhere_in(chunk, detectors, deadline, decoded.part(start, end), _PERSONAL)
    else:
        here = _everywhere_in(chunk, detectors, deadline, decoded_view(chunk, _REACH))
    return _shifted((each for each in here if not _cut(each, start, end, len(text))), start)


def _collect(text: str, rules: Rules, deadline: float) -> tuple[list[Candidate], int | None]:
    """Return the candidates and, where the time did not suffice, the offset at which the search stopped."""
    found: list[Candidate] = []
    detectors = (*SECRETS, *PERSONAL, lambda source: own.find(source, rules, deadline))
    whole = cache(lambda: decoded_view(text))
    for start, end in _chunks(len(text)):
        if time.monotonic() > deadline:
            return found, start
        try:
            found += _in_chunk(text, whole, start, end, detectors, deadline)
        except own.OutOfTime:
            return found, start
        if time.monotonic() > deadline:
            return found, start
    found += _everywhere_in(text, WHOLE_TEXT, deadline, whole())
    found += second.find(text)
    return found, None


def scan(
    text: str,
    rules: Rules | None = None,
    *,
    known_names: Iterable[str] = (),
    seconds: float | None = None,
    guess_names: bool = False,
) -> Scan:
    """Return everything in a text that looks like a secret or personal data, sorted and disjoint."""
    rules = rules or Rules()
    found = _scan(text, rules, known_names, seconds)
    return with_guesses(text[:LARGEST], found, rules, seconds) if guess_names else found


def _scan(text: str, rules: Rules, known_names: Iterable[str], seconds: float | None) -> Scan:
    deadline = time.monotonic() + (SECONDS if seconds is None else seconds)
    searched = text[:LARGEST]
    candidates, stopped_at = _collect(searched, rules, deadline)
    if stopped_at is None and len(text) > LARGEST:
        stopped_at = LARGEST
    candidates = [c for c in map(_trimmed(text), candidates) if c.start < c.end]
    settled = settle(text, candidates)
    if again := list(spread(searched, settled, known_names)):
        settled = settle(text, [*settled, *again])
    findings = tuple(
        as_finding(each, dummy(value, each.label))
        for each in settled
        if not rules.allows(value := text[each.start : each.end], each.label)
    )
    return Scan(findings, stopped_at is None, stopped_at)


def _trimmed(text: str) -> Callable[[Candidate], Candidate]:
    """Return a function that cuts white space off the ends of a candidate."""

    def trim(each: Candidate) -> Candidate:
        start, end = each.start, each.end
        if not (text[start].isspace() or text[end - 1].isspace()):
            return each
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return each._replace(start=start, end=end)

    return trim
