"""What the redaction screen decides upon: a sample output, or the author's own words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from afterword.redaction import LARGE_TEXT, Redaction, Scan, name_model, scan, scan_apart
from afterword.tui.session import Session

AT_ONCE = 8_000
"""Characters of a large text that are looked through first, so that there is something to decide at once."""


class Subject(Protocol):
    """A text and the decisions on it, as the redaction screen needs them."""

    title: str
    after: str
    """What Escape does then: `goes back`."""

    @property
    def text(self) -> str:
        """The text as it is shown."""

    def redaction(self) -> Redaction | None:
        """Return the state of the decisions; None where the text was not looked through yet."""

    def look(self, text: str) -> Iterator[Scan]:
        """Look through the text, in a thread; each scan takes the place of the one before."""

    def scanned(self, text: str, scan: Scan) -> None:
        """Take the result of a look."""

    def decide(self, redaction: Redaction) -> None:
        """Keep the state of the decisions."""

    def stand_ins(self) -> dict[int, str]:
        """Return the placeholder of each finding that will be redacted, by where it begins."""

    def done(self) -> None:
        """Called when the author leaves the screen."""


class SampleSubject:
    """A sample of the draft; its decisions are in the draft as soon as they are taken."""

    title, after = "Redaction", "goes back"

    def __init__(self, session: Session, index: int) -> None:
        self._session, self._index = session, index

    @property
    def text(self) -> str:
        """The raw text."""
        return self._session.samples.raw[self._index].text

    def redaction(self) -> Redaction | None:
        """Return the state of the decisions, with what was redacted in other samples."""
        return self._session.samples.redaction(self._index)

    def look(self, text: str) -> Iterator[Scan]:
        """Look through the beginning of a long text first, then through all of it, then guess names where that is on.

        Until the last of it the scan counts as incomplete, so that nothing is saved before everything was seen.
        """
        rules = self._session.around.rules
        if len(text) > AT_ONCE:
            beginning = scan(text[:AT_ONCE], rules)
            inside = tuple(found for found in beginning.findings if found.end < AT_ONCE)
            yield Scan(inside, complete=False, stopped_at=AT_ONCE)
        thorough = scan_apart if len(text) >= LARGE_TEXT else scan
        found = thorough(text, rules)
        if found.complete and name_model():
            yield replace(found, complete=False, stopped_at=len(text))
            found = thorough(text, rules, guess_names=True)
        yield found

    def scanned(self, text: str, scan: Scan) -> None:
        """Keep the findings in the draft; decisions on the same values stay."""
        self._session.samples.scanned(self._index, text, scan)

    def decide(self, redaction: Redaction) -> None:
        """Keep the decisions in the draft."""
        self._session.samples.decide(self._index, redaction)

    def stand_ins(self) -> dict[int, str]:
        """Return the placeholders, the same for a value in all samples."""
        return self._session.samples.stand_ins(self._index)

    def done(self) -> None:
        """Nothing is left to do."""
