"""Secrets and personal data in the author's own words, the settings and the diffs: shown, decided upon, replaced."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from afterword.checks import Problem, exposed
from afterword.checks.exposure import found_in
from afterword.checks.parts import Written, undecided
from afterword.record.model import Record
from afterword.record.paths import put_text, text_at
from afterword.redaction import Finding, KnownValue, Redaction, Scan
from afterword.redaction.applying import stand_ins
from afterword.redaction.same_value import occurrences
from afterword.repo.draft import Kept
from afterword.tui.sections import SECTIONS
from afterword.tui.session import Session

_TITLES = {section.id: section.title for section in SECTIONS}
_NUMBER = re.compile(r"\[(\d+)\]")
_RAW_SAMPLE = re.compile(r"samples\[(\d+)\]\.(title|model|note)")


def _place(written: Written) -> str:
    """Return where a text stands, in words: `Timeline, row 3`, `Prompt diff of cause 1, row 2: note`."""
    title = _TITLES.get(written.section, written.section)
    numbers = [int(number) + 1 for number in _NUMBER.findall(written.path)]
    if written.path.startswith("causes["):
        title += f" of cause {numbers.pop(0)}"
    name = re.split(r"[.:]", written.path)[-1]
    field = "" if "[" in name or name.replace("_", " ") == title.lower() else f": {name.replace('_', ' ')}"
    return title + "".join(f", row {number}" for number in numbers) + field


@dataclass(frozen=True)
class Segment:
    """One text of the record within the text that is shown."""

    written: Written
    start: int

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.start + len(self.written.text)


def scanner(session: Session) -> Callable[[str], Iterable[Finding]]:
    """Return a scanner for own words: the team's rules hold, and what was kept for a reason is not found again."""
    rules, draft = session.around.rules, session.draft

    def look(text: str) -> Iterator[Finding]:
        from afterword.redaction import scan

        for found in scan(text, rules).findings:
            if not draft.keeps(text[found.start : found.end], found.label):
                yield found

    return look


def look_for_exposed(session: Session) -> list[Problem]:
    """Return what a reviewer would find in the file; takes a moment, so it is called in a thread."""
    return exposed(session.samples.provisional_record(), scanner(session))


class OwnWords:
    """A `Subject`: the texts of the record in which something was found, one after the other."""

    title, after = "Own words", "goes on to save"

    def __init__(self, session: Session, segments: tuple[Segment, ...], state: Redaction) -> None:
        self._session, self._segments, self._state = session, segments, state

    @classmethod
    def gather(cls, session: Session) -> "OwnWords | None":
        """Return what must be decided upon before the record is saved, or None; takes a moment."""
        record = session.samples.provisional_record()
        known = session.samples.known_values()
        found: dict[str, tuple[Written, list[Finding]]] = {}
        for written, finding in found_in(record, scanner(session)):
            if not written.path:
                continue
            found.setdefault(written.path, (written, []))[1].append(finding)  # type: ignore[arg-type]
        for written in _texts(record):
            if any(occurrences(written.text, value.value, value.label) for value in known):
                found.setdefault(written.path, (written, []))
        if not found:
            return None
        segments, text, findings = [], "", []
        for written, inside in found.values():
            text += f"──── {_place(written)}\n"
            segments.append(Segment(written, len(text)))
            findings += [replace(each, start=each.start + len(text), end=each.end + len(text)) for each in inside]
            text += f"{written.text}\n\n"
        state = Redaction.from_scan(text, Scan(tuple(findings))).with_known(known)
        return cls(session, tuple(segments), state) if state.findings else None

    @property
    def text(self) -> str:
        """The texts, each under a line that says where it stands."""
        return self._state.text

    @property
    def is_settled(self) -> bool:
        """Whether every finding was decided upon."""
        return self._state.is_settled

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """The findings that wait for a decision."""
        return self._state.undecided

    def redaction(self) -> Redaction | None:
        """Return the state of the decisions."""
        return self._state

    def look(self, text: str) -> Iterator[Scan]:
        """Yield nothing: the texts were looked through when they were gathered."""
        return iter(())

    def scanned(self, text: str, scan: Scan) -> None:
        """Nothing is looked for anew."""

    def decide(self, redaction: Redaction) -> None:
        """Remember the decisions until the author leaves."""
        self._state = redaction

    def stand_ins(self) -> dict[int, str]:
        """Return the placeholders, the same as in the samples."""
        return {finding.start: name for finding, name in self._pairs()}

    def _pairs(self) -> list[tuple[Finding, str]]:
        return stand_ins(self._state, self._session.samples.learned_placeholders())

    def done(self) -> None:
        """Write the placeholders into the record, and remember what was kept and why."""
        placeholders = self._session.samples.learned_placeholders()
        pairs = stand_ins(self._state, placeholders)
        record = self._session.samples.provisional_record()
        values = {value: name for finding, name in pairs if (value := self._known(finding))}
        shown = {segment.written.path for segment in self._segments}
        texts = {segment.written.path: _within(segment, pairs) for segment in self._segments}
        for written in _texts(record):
            if written.path not in shown:
                texts[written.path] = _without(written.text, values)
        changed = {path: text for path, text in texts.items() if text != text_at(record, path)}
        kept = [
            Kept(value=self._state.text[each.start : each.end], label=each.label, why=decision.why)
            for index, each in enumerate(self._state.findings)
            if (decision := self._state.decision(index)) and decision.why
        ]
        self._write(changed)
        self._session.settle_own_words(tuple(kept), placeholders.dump() if changed else None)

    def _known(self, finding: Finding) -> KnownValue:
        return KnownValue(self._state.text[finding.start : finding.end], finding.label, finding.passage)

    def _write(self, texts: dict[str, str]) -> None:
        session, saved = self._session, len(self._session.record.samples)
        record = session.record
        for path, text in texts.items():
            raw = _RAW_SAMPLE.fullmatch(path)
            if raw and int(raw[1]) >= saved:
                session.samples.change(int(raw[1]) - saved, **{raw[2]: text})
            else:
                record = put_text(record, path, text)
        session.put_record(record)


def _texts(record: Record) -> Iterator[Written]:
    """Yield the texts that can be replaced; names of labels in a sample's counts are none."""
    return (written for written in undecided(record) if written.path)


def _within(segment: Segment, pairs: list[tuple[Finding, str]]) -> str:
    """Return a text with its placeholders; of a mark that reaches over its ends, the part inside counts."""
    text, at, parts = segment.written.text, 0, []
    for finding, name in pairs:
        start, end = max(finding.start, segment.start), min(finding.end, segment.end)
        if start < end:
            parts += [text[at : start - segment.start], name]
            at = end - segment.start
    return "".join([*parts, text[at:]])


def _without(text: str, values: dict[KnownValue, str]) -> str:
    """Return a text with a placeholder at every place where one of the values stands."""
    for value, name in sorted(values.items(), key=lambda item: -len(item[0].value)):
        for start, end in sorted(occurrences(text, value.value, value.label), reverse=True):
            text = f"{text[:start]}{name}{text[end:]}"
    return text
