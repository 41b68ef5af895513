"""What a person decided about the findings in one text."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, Self

from afterword.errors import AfterwordError
from afterword.redaction.finding import Finding, Scan
from afterword.redaction.labels import PASSAGES, is_value_label, settle_label
from afterword.redaction.merging import join, renamed, with_copies
from afterword.redaction.restoring import restored
from afterword.redaction.rules import Rules
from afterword.redaction.same_value import normal_form
from afterword.redaction.verdict import Decision, KnownValue, Verdict


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


@dataclass(frozen=True)
class Redaction:
    """A text, what was found in it and what was decided; every method returns a new state.

    `findings` are the engine's, those marked by hand, and every further place where a redacted value stands; the last
    appear as soon as the value is redacted, undecided, so that no copy stays unseen. Indexes count in `findings`.
    """

    text: str
    found: tuple[Finding, ...] = ()
    marked: tuple[Finding, ...] = ()
    decided: tuple[Decision, ...] = ()
    known: tuple[KnownValue, ...] = ()
    complete: bool = True
    stopped_at: int | None = None

    @classmethod
    def of(cls, text: str, rules: Rules | None = None, *, known_names: Iterable[str] = ()) -> Self:
        """Scan a text; lone surrogates, which no file can hold, become question marks."""
        from afterword.redaction.engine import scan

        settled = _encodable(text)
        return cls.from_scan(settled, scan(settled, rules, known_names=known_names))

    @classmethod
    def from_scan(cls, text: str, scan: Scan) -> Self:
        """Begin with a scan that was made elsewhere, in a worker for example."""
        return cls(text, scan.findings, complete=scan.complete, stopped_at=scan.stopped_at)

    @classmethod
    def load(cls, state: dict[str, Any]) -> Self:
        """Return the state that `dump` gave."""
        return restored(cls, state, "decisions", "Scan the text again.")

    def dump(self) -> dict[str, Any]:
        """Return a state for JSON; it holds the raw text."""
        return asdict(self)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, sorted and disjoint."""
        redacted = {(each.start, each.end) for each in self.decided if each.verdict is Verdict.REDACT}
        spots = renamed(self.text, join(self.found, self.marked), self.known)
        values = {(each.value, each.label): each.passage for each in self.known}
        known = -1, -1
        while (len(values), len(spots)) != known:
            known = len(values), len(spots)
            values |= {(self.text[f.start : f.end], f.label): f.passage for f in spots if (f.start, f.end) in redacted}
            spots = renamed(self.text, with_copies(self.text, spots, values), self.known)
        return spots

    @cached_property
    def _by_place(self) -> dict[tuple[int, int], Decision]:
        return {(each.start, each.end): each for each in self.decided}

    def decision(self, index: int) -> Decision | None:
        """Return what was decided about a finding."""
        finding = self.findings[index]
        return self._by_place.get((finding.start, finding.end))

    def value(self, index: int) -> str:
        """Return the raw text of a finding."""
        finding = self.findings[index]
        return self.text[finding.start : finding.end]

    def index_at(self, start: int) -> int | None:
        """Return the index of the finding that holds an offset, since indexes move when findings come and go."""
        return next((i for i, f in enumerate(self.findings) if f.start <= start < f.end), None)

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """The findings that wait for a decision."""
        return tuple(f for f in self.findings if (f.start, f.end) not in self._by_place)

    @property
    def is_settled(self) -> bool:
        """Whether the redacted text may leave: scanned to its end and every finding decided."""
        return self.complete and not self.undecided

    @property
    def redacted(self) -> tuple[Finding, ...]:
        """The findings that will be replaced."""
        return tuple(self._having(Verdict.REDACT))

    @property
    def kept(self) -> tuple[Finding, ...]:
        """The findings that stay as they are, each for a reason."""
        return tuple(self._having(Verdict.KEEP))

    def known_values(self) -> tuple[KnownValue, ...]:
        """Return the redacted values, for `with_known` of the record's other texts."""
        return tuple(dict.fromkeys(self._known_value(f) for f in self.redacted))

    def with_known(self, values: Iterable[KnownValue]) -> Self:
        """Take over which values were redacted elsewhere; each place where one stands becomes a finding.

        A label that was given there by hand, later than the one here, is taken over as well.
        """
        return replace(self, known=tuple(dict.fromkeys(values)))

    def accept(self, index: int) -> Self:
        """Decide to redact a finding."""
        return self._decide([index], Verdict.REDACT, "")

    def keep(self, index: int, why: str) -> Self:
        """Decide to leave a finding as it is; `why` says why that is safe."""
        return self._decide([index], Verdict.KEEP, why)

    def undecide(self, index: int) -> Self:
        """Take a decision back."""
        place = self._place(index)
        return replace(self, decided=tuple(d for d in self.decided if (d.start, d.end) != place))

    def relabel(self, index: int, label: str) -> Self:
        """Change what a value is called wherever it stands in this text; decisions about it stay."""
        label, (start, end) = settle_label(label), self._place(index)
        old = self.findings[index]
        passage = label in PASSAGES or (old.passage and not is_value_label(label))
        new = replace(old, label=label, passage=passage, named=self._next_name())
        rest = [f for f in self.found if (f.start, f.end) != (start, end)]
        marks = [f for f in self.marked if (f.start, f.end) != (start, end)]
        is_mark = len(marks) < len(self.marked)
        (marks if is_mark else rest).append(new)
        state = replace(
            self,
            found=tuple(sorted(rest, key=lambda f: f.start)),
            marked=tuple(sorted(marks, key=lambda f: f.start)),
        )
        labels = {(f.start, f.end): f.label for f in state.findings}
        return replace(
            state,
            decided=tuple(replace(d, label=labels.get((d.start, d.end), d.label)) for d in self.decided),
        )

    def mark(self, start: int, end: int, label: str) -> Self:
        """Redact a passage that was not found; it takes in the findings that it covers or cuts, except kept ones.

        A label for values (`EMAIL`) gives a numbered placeholder, any other word the category alone: `[THREAT]`.
        """
        label = settle_label(label)
        if not 0 <= start < end <= len(self.text):
            raise AfterwordError("There is no text to mark.", "Choose at least one character of the text.")
        numbered = is_value_label(label) or any(f.label == label and not f.passage for f in self.found)
        for finding in self.findings:
            decision = self._by_place.get((finding.start, finding.end))
            if finding.start < end and start < finding.end and not (decision and decision.verdict is Verdict.KEEP):
                start, end = min(start, finding.start), max(end, finding.end)
        mark = Finding(start, end, label, 1.0, "marked by hand", passage=not numbered, named=self._next_name())
        marked = [f for f in self.marked if f.end <= start or end <= f.start]
        decided = [d for d in self.decided if d.end <= start or end <= d.start]
        return replace(
            self,
            marked=tuple(sorted([*marked, mark], key=lambda f: f.start)),
            decided=tuple(sorted([*decided, Decision(start, end, label, Verdict.REDACT)], key=lambda d: d.start)),
        )

    def unmark(self, index: int) -> Self:
        """Take back a passage that was marked by hand; what the engine found under it is undecided again."""
        start, end = self._place(index)
        marked = tuple(f for f in self.marked if (f.start, f.end) != (start, end))
        if len(marked) == len(self.marked):
            raise AfterwordError("This finding was not marked by hand.", "Keep it with a reason instead.")
        return replace(self, marked=marked, decided=tuple(d for d in self.decided if d.end <= start or end <= d.start))

    def everywhere(self, index: int) -> Self:
        """Decide all places with the same value as this finding; one that is undecided is accepted first."""
        decision = self.decision(index)
        state = self if decision else self.accept(index)
        finding = self.findings[index]
        decision = decision or Decision(finding.start, finding.end, finding.label, Verdict.REDACT)
        value = normal_form(self.value(index), finding.label)

        def same(each: Finding) -> bool:
            return normal_form(self.text[each.start : each.end], finding.label) == value

        places = [i for i, each in enumerate(state.findings) if same(each)]
        return state._decide(places, decision.verdict, decision.why)

    def accept_all(self, label: str) -> Self:
        """Redact every undecided finding of one label, copies that appear in consequence included."""
        state = self
        while places := list(state._open(lambda finding: finding.label == label)):
            state = state._decide(places, Verdict.REDACT, "")
        return state

    def without_person(self, why: str) -> Self:
        """Decide everything as a program must: keep documented dummies, for the reason `why`, redact all the rest."""
        state = self
        while state.undecided:
            state = state._decide(list(state._open(lambda finding: finding.suggest_keep)), Verdict.KEEP, why)
            state = state._decide(list(state._open(lambda finding: not finding.suggest_keep)), Verdict.REDACT, "")
        return state

    def keep_all(self, label: str, why: str) -> Self:
        """Keep every undecided finding of one label, for one reason."""
        return self._decide(list(self._open(lambda finding: finding.label == label)), Verdict.KEEP, why)

    def rescan(self, scan: Scan, text: str | None = None) -> Self:
        """Take the findings of a new scan, of a changed text too; decisions follow their place, or else their value."""
        from afterword.redaction.rescan import carried

        text = self.text if text is None else _encodable(text)
        found = renamed(text, scan.findings, [self._known_value(f) for f in self.findings])
        marked, decided = carried(self, text, found)
        return replace(
            self,
            text=text,
            found=found,
            marked=marked,
            decided=decided,
            complete=scan.complete,
            stopped_at=scan.stopped_at,
        )

    def _known_value(self, finding: Finding) -> KnownValue:
        return KnownValue(self.text[finding.start : finding.end], finding.label, finding.passage, finding.named)

    def _next_name(self) -> int:
        """Return a number above those of all labels given by hand, here and in the other texts."""
        named = [each.named for each in self.known] + [each.named for each in self.found + self.marked]
        return 1 + max(named, default=0)

    def _having(self, verdict: Verdict) -> Iterator[Finding]:
        for finding in self.findings:
            decision = self._by_place.get((finding.start, finding.end))
            if decision and decision.verdict is verdict:
                yield finding

    def _open(self, wanted: Callable[[Finding], bool]) -> Iterator[int]:
        for index, finding in enumerate(self.findings):
            if (finding.start, finding.end) not in self._by_place and wanted(finding):
                yield index

    def _place(self, index: int) -> tuple[int, int]:
        finding = self.findings[index]
        return finding.start, finding.end

    def _decide(self, indexes: list[int], verdict: Verdict, why: str) -> Self:
        why = " ".join(why.split())
        if verdict is Verdict.KEEP and not why:
            raise AfterwordError("A finding is kept only for a reason.", "Say why the value may be published.")
        places = {self._place(index): self.findings[index].label for index in indexes}
        rest = tuple(d for d in self.decided if (d.start, d.end) not in places)
        new = tuple(Decision(*place, label, verdict, why) for place, label in places.items())
        return replace(self, decided=tuple(sorted(rest + new, key=lambda d: d.start)))
