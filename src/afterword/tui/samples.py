"""The sample outputs of a walk: raw text, what was found in it, what was decided, and the safe text that follows."""

from typing import Any, Protocol

from afterword.checks import Problem
from afterword.record.model import Record, Redactions, Sample
from afterword.redaction import KnownValue, LeakError, Placeholders, Redaction, Scan, apply, counts
from afterword.redaction.applying import stand_ins
from afterword.redaction.same_value import occurrences
from afterword.repo.draft import Draft, RawSample
from afterword.tui.clock import Here
from afterword.tui.fields import NumberField, TimeField

AT = TimeField(path="at", label="When", hint="07:12")
FAILED = NumberField(path="failed", label="Failed", hint="4")
TRIALS = NumberField(path="trials", label="Of trials", hint="10", least=1)


class Walked(Protocol):
    """What the samples need of a walk."""

    @property
    def draft(self) -> Draft:
        """The draft that holds the raw text."""

    @property
    def record(self) -> Record:
        """The record as it stands."""

    @property
    def time_here(self) -> Here:
        """Where and when the author is."""

    def take_samples(self, samples: tuple[RawSample, ...]) -> None:
        """Keep samples in the draft."""


class Samples:
    """Raw samples live in the draft alone; the record gets what `apply` makes of a settled redaction."""

    def __init__(self, session: Walked) -> None:
        self._session = session
        self._loaded: dict[int, tuple[RawSample, Redaction]] = {}
        self._safe: tuple[tuple[RawSample, ...], list[str | None]] | None = None

    @property
    def raw(self) -> tuple[RawSample, ...]:
        """The samples of this draft that are not in a saved record yet."""
        return self._session.draft.samples

    def add(self, sample: RawSample) -> int:
        """Add a sample; return its index."""
        self._put((*self.raw, sample))
        return len(self.raw) - 1

    def change(self, index: int, **fields: Any) -> None:
        """Change what was typed about a sample; another text needs another scan."""
        self._replace(index, self.raw[index].model_copy(update=fields))

    def remove(self, index: int) -> RawSample:
        """Take a sample out of the draft; return it."""
        removed = self.raw[index]
        self._put(self.raw[:index] + self.raw[index + 1 :])
        return removed

    # Redaction

    def redaction(self, index: int) -> Redaction | None:
        """Return the state of a sample's decisions; None where its present text was not scanned yet."""
        sample = self.raw[index]
        if not sample.redaction or sample.redaction.get("text") != sample.text:
            return None
        loaded = self._loaded.get(index)
        if loaded is None or loaded[0] is not sample:
            loaded = self._loaded[index] = (sample, Redaction.load(sample.redaction))
        return loaded[1].with_known(self._known(index))

    def _known(self, index: int) -> list[Any]:
        """Return the values that were redacted in the other samples."""
        known: list[Any] = []
        for other, sample in enumerate(self.raw):
            if other != index and sample.redaction:
                known += self._base(other).known_values()
        return known

    def _base(self, index: int) -> Redaction:
        sample = self.raw[index]
        loaded = self._loaded.get(index)
        if loaded is None or loaded[0] is not sample:
            loaded = self._loaded[index] = (sample, Redaction.load(sample.redaction))
        return loaded[1]

    def scanned(self, index: int, text: str, scan: Scan) -> None:
        """Take the result of a scan; decisions on the same values stay."""
        sample = self.raw[index]
        old = Redaction.load(sample.redaction) if sample.redaction else Redaction(text)
        self.decide(index, old.rescan(scan, text))

    def decide(self, index: int, redaction: Redaction) -> None:
        """Keep the state of the decisions on a sample."""
        state = redaction.with_known(())
        sample = self.raw[index].model_copy(update={"text": state.text, "redaction": state.dump()})
        self._loaded[index] = (sample, state)
        self._replace(index, sample)

    def placeholders(self) -> Placeholders:
        """Return placeholders that go on where the saved record's end.

        What the author types into this walk does not count: a sentence may name `[EMAIL_1]` of a sample. A value that
        was replaced in the author's own words keeps its placeholder.
        """
        placeholders = Placeholders.load(self._session.draft.placeholders)
        for text in (self._session.draft.base_text or "", *(raw.text for raw in self.raw)):
            placeholders.avoid(text)
        return placeholders

    def learned_placeholders(self, count: int | None = None) -> Placeholders:
        """Return placeholders that know every value redacted in the samples, or in the first `count` of them."""
        placeholders = self.placeholders()
        for redaction in map(self.redaction, range(len(self.raw) if count is None else count)):
            if redaction is not None:
                stand_ins(redaction, placeholders)
        return placeholders

    def known_values(self) -> tuple[KnownValue, ...]:
        """Return every value that was redacted in a sample and not kept, for a reason, in the author's own words."""
        bases = [self._base(index) for index, sample in enumerate(self.raw) if sample.redaction]
        known = dict.fromkeys(value for base in bases for value in base.known_values())
        return tuple(each for each in known if not self._session.draft.keeps(each.value, each.label))

    def stand_ins(self, index: int) -> dict[int, str]:
        """Return the placeholder of each finding of a sample that will be redacted, by where it begins."""
        redaction = self.redaction(index)
        pairs = stand_ins(redaction, self.learned_placeholders(index)) if redaction is not None else []
        return {finding.start: name for finding, name in pairs}

    def safe_texts(self) -> list[str | None]:
        """Return each sample's text as it may be saved; None while something in it is undecided."""
        if self._safe is None or self._safe[0] is not self.raw:
            placeholders = self.placeholders()
            texts = [_safe(self.redaction(index), placeholders) for index in range(len(self.raw))]
            self._safe = (self.raw, texts)
        return self._safe[1]

    # Record

    def provisional_record(self) -> Record:
        """Return the record with all samples, for checks and preview; an undecided one shows no text."""
        if not self.raw:
            return self._session.record
        samples = []
        for index, text in enumerate(self.safe_texts()):
            shown = text if text is not None else "(shown once every finding is decided)"
            samples.append(self._sample(index, shown))
        return self._session.record.changed(samples=(*self._session.record.samples, *samples))

    def final_record(self) -> Record:
        """Return the record to save; UndecidedError while one finding is undecided."""
        if not self.raw:
            return self._session.record
        placeholders = self.placeholders()
        samples = []
        for index, sample in enumerate(self.raw):
            redaction = self.redaction(index) or Redaction(sample.text, complete=False, stopped_at=0)
            samples.append(self._sample(index, apply(redaction, placeholders)))
        return self._session.record.changed(samples=(*self._session.record.samples, *samples))

    def _sample(self, index: int, text: str) -> Sample:
        raw, redaction = self.raw[index], self.redaction(index)
        labels = counts(redaction) if redaction is not None else {}
        here = self._session.time_here
        values = {field.path: _read(field, getattr(raw, field.path), here) for field in (AT, FAILED, TRIALS)}
        if values["failed"] is None or values["trials"] is None:
            values["failed"] = values["trials"] = None
        authors = self._session.record.authors
        return Sample(
            title=raw.title,
            model=raw.model,
            redactions=Redactions(
                total=sum(labels.values()),
                labels=labels,
                reviewed=redaction is not None and redaction.is_settled,
                reviewer=authors[0] if authors else "",
            ),
            text=text,
            note=raw.note,
            **values,
        )

    # Problems

    def problems(self) -> list[Problem]:
        """Return what keeps the samples from being saved."""
        found = []
        for index, sample in enumerate(self.raw):
            part = f"samples[{len(self._session.record.samples) + index}]"
            name = f"Sample {len(self._session.record.samples) + index + 1}"
            found += [_problem("not-understood", part, *said) for said in self._unread(name, sample)]
            redaction = self.redaction(index)
            if redaction is None:
                found.append(_problem("not-scanned", part, f"{name} was not looked through yet.", "Press Enter on it."))
            elif not redaction.complete:
                at = redaction.text.count("\n", 0, redaction.stopped_at or 0) + 1
                said = f"{name} was looked through only to line {at}."
                hint = "Press Enter on it to go on; where it stops again, shorten it."
                found.append(_problem("not-scanned", part, said, hint))
            elif redaction.undecided:
                many = len(redaction.undecided)
                said = f"{name} has {many} undecided finding{'s' * (many > 1)}."
                found.append(_problem("undecided", part, said, "Redact or keep each."))
            else:
                found += self._leak(part, redaction)
        return found + self._elsewhere()

    def _leak(self, part: str, redaction: Redaction) -> list[Problem]:
        try:
            apply(redaction, self.placeholders())
        except LeakError as error:
            return [_problem("undecided", part, error.message, error.hint)]
        return []

    def _unread(self, name: str, sample: RawSample) -> list[tuple[str, str]]:
        found = []
        for field in (AT, FAILED, TRIALS):
            try:
                field.read(getattr(sample, field.path), self._session.time_here)
            except ValueError as error:
                found.append((f"{name}, {field.label.lower()}: {error}", "Press e on it."))
        if bool(sample.failed.strip()) != bool(sample.trials.strip()):
            found.append((f"{name}: failed and trials go together, as in 4 of 10.", "Press e on it."))
        return found

    def _elsewhere(self) -> list[Problem]:
        """Report values that were redacted in a sample and stand somewhere else in the record."""
        known = self.known_values()
        if not known:
            return []
        from afterword.checks.parts import undecided

        found = []
        for each in undecided(self.provisional_record()):
            labels = {value.label for value in known if occurrences(each.text, value.value, value.label)}
            for label in sorted(labels):
                said = f"A value that was redacted in a sample ({label}) stands here as well."
                hint = "Write its placeholder instead."
                found.append(_problem("redacted-elsewhere", each.part, said, hint, each.section))
        return found

    def _replace(self, index: int, sample: RawSample) -> None:
        self._put((*self.raw[:index], sample, *self.raw[index + 1 :]))

    def _put(self, samples: tuple[RawSample, ...]) -> None:
        self._session.take_samples(samples)


def _safe(redaction: Redaction | None, placeholders: Placeholders) -> str | None:
    if redaction is None or not redaction.is_settled:
        return None
    try:
        return apply(redaction, placeholders)
    except LeakError:
        return None


def _problem(code: str, part: str, message: str, hint: str, section: str = "samples") -> Problem:
    return Problem(code=code, part=part, section=section, severity="error", message=message, hint=hint)


def _read(field: Any, text: str, here: Any) -> Any:
    try:
        return field.read(text, here)
    except ValueError:
        return None
