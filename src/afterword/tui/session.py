"""One walk: the draft being written, what is derived from it, and the way back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from afterword.checks import Clock, Problem, State, answered, check
from afterword.record.absence import Absence
from afterword.record.clock import TIMES
from afterword.record.model import Cause, Record
from afterword.record.paths import get, replace
from afterword.record.vocabulary import SEVERITIES
from afterword.record.when import When
from afterword.redaction import Rules
from afterword.repo.draft import Draft, Kept, RawSample
from afterword.tui.clock import Here
from afterword.tui.fields import Field
from afterword.tui.samples import Samples
from afterword.tui.section import Section
from afterword.tui.still_open import BLOCKING, blocks, still_open
from afterword.tui.typed import sentence, without_cause

_UNDO_STEPS = 100


@dataclass(frozen=True)
class Surroundings:
    """What the repository says about the people and habits of a team."""

    severities: Sequence[str] = SEVERITIES
    people: frozenset[str] = frozenset()
    rules: Rules | None = None


@dataclass
class Session:
    """The draft and the author's place in it; every change goes through here.

    What was typed but cannot be read yet stays in the draft's `inputs`, by path, so that nothing typed is lost.
    """

    draft: Draft
    here: Here
    root: Path
    around: Surroundings = field(default_factory=Surroundings)
    cause: int = 0
    dirty: bool = False
    _undo: list[dict[str, Any]] = field(default_factory=list)
    _problems: tuple[Draft, list[Problem]] | None = None
    _exposed: tuple[Draft, list[Problem]] | None = None

    @property
    def record(self) -> Record:
        """The record as it stands."""
        return self.draft.record

    @cached_property
    def samples(self) -> "Samples":
        """The raw samples of this draft and the decisions taken on them."""
        return Samples(self)

    # Fields

    def path(self, section: Section, path: str) -> str:
        """Return the path into the record of a field of this section."""
        return f"causes[{self.cause}].{path}" if section.per_cause else path

    def text(self, path: str, field: Field) -> str:
        """Return what to show in a field: what was typed and not understood yet, or the record's value."""
        typed = self.draft.inputs.get(path)
        return typed if typed is not None else field.show(get(self.record, path))

    def type(self, path: str, field: Field, text: str) -> str:
        """Take what was typed into a field; return "" or the sentence that says why it cannot be read."""
        if text == self.text(path, field):
            return self.error(path, field)
        try:
            self._put(replace(self.record, path, field.read(text, self.here_for(path))))
        except (ValueError, ValidationError) as error:
            self.remember(path, text)
            return sentence(error)
        self.forget(path)
        return ""

    def error(self, path: str, field: Field) -> str:
        """Return why the text waiting at `path` cannot be read, or ""."""
        typed = self.draft.inputs.get(path)
        if typed is None:
            return ""
        try:
            field.read(typed, self.here_for(path))
        except ValueError as error:
            return sentence(error)
        return ""

    def remember(self, path: str, text: str) -> None:
        """Keep text that is not part of the record yet, such as a half-typed row."""
        if self.draft.inputs.get(path) != text:
            self._draft(inputs={**self.draft.inputs, path: text})

    def forget(self, path: str) -> None:
        """Drop text that has found its place."""
        if path in self.draft.inputs:
            self._draft(inputs={key: text for key, text in self.draft.inputs.items() if key != path})

    def here_for(self, path: str) -> Here:
        """Return where and when the author is while typing a time at `path`.

        In the clock of the incident a bare clock time follows the milestone before it, on a later day if need be.
        """
        if path not in TIMES:
            return self.time_here
        earlier = [getattr(self.record, name) for name in TIMES[: TIMES.index(path)]]
        known = [when for when in earlier if isinstance(when, When)]
        return Here(self.here.zone, known[-1] if known else None, self.here.fixed, forward=True)

    @property
    def time_here(self) -> Here:
        """Where and when the author is; a bare clock time means the day on which impact started or was noticed."""
        reference = next(
            (when for name in ("detected", "impact_started") if isinstance(when := getattr(self.record, name), When)),
            None,
        )
        return Here(self.here.zone, reference, self.here.fixed)

    # Rows and parts

    def set(self, path: str, value: Any) -> None:
        """Replace a value as one step that can be undone."""
        self.set_many({path: value})

    def set_many(self, values: dict[str, Any]) -> None:
        """Replace several values as one step."""
        self._undo = [*self._undo[-_UNDO_STEPS:], {path: get(self.record, path) for path in values}]
        self._replace(values)

    def undo(self, path: str) -> bool:
        """Take the last step at `path` back; return whether there was one. Nothing elsewhere changes."""
        at = next((at for at in reversed(range(len(self._undo))) if path in self._undo[at]), None)
        if at is None:
            return False
        self._replace(self._undo.pop(at))
        return True

    def _replace(self, values: dict[str, Any]) -> None:
        record = self.record
        for path, value in values.items():
            record = replace(record, path, value if value is not None else ())
        self._put(record)

    def rebase(self, path: str, text: str) -> None:
        """Take the file as it is on disk now, under whatever name, for what this walk started from."""
        self._draft(base_path=path, base_text=text)

    def adopt(self, draft: Draft) -> None:
        """Go on with what this draft and another version gave together; steps before that are not undone."""
        self._undo.clear()
        self.cause = min(self.cause, max(0, len(draft.record.causes) - 1))
        self.draft, self.dirty = draft, True

    def absence(self, section: Section) -> Absence | None:
        """Return why a section has nothing to say, where that was answered."""
        absences = get(self.record, self.path(section, "absences")) or {}
        return absences.get(section.absent)

    def set_absence(self, section: Section, absence: Absence | None) -> None:
        """Answer a section with an absence, or take that back."""
        path = self.path(section, "absences")
        kept = {part: why for part, why in (get(self.record, path) or {}).items() if part != section.absent}
        self.set(path, kept | ({section.absent: absence} if absence else {}))

    def turn_to(self, cause: int) -> None:
        """Make another cause the current one; one past the last begins a new cause."""
        if cause == len(self.record.causes):
            self._put(replace(self.record, f"causes[{cause}]", Cause()))
        self.cause = cause

    def remove_cause(self) -> None:
        """Remove the current cause; what others say of it by number follows."""
        gone = self.cause + 1

        def renumbered(numbers: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(number - (number > gone) for number in numbers if number != gone)

        causes = [
            cause.changed(leads_to=renumbered(cause.leads_to), only_with=renumbered(cause.only_with))
            for at, cause in enumerate(self.record.causes)
            if at != self.cause
        ]
        self._draft(inputs=without_cause(self.draft.inputs, self.cause))
        self._put(replace(self.record, "causes", tuple(causes)))
        self._undo.clear()
        self.cause = max(0, min(self.cause, len(causes) - 1))

    # The whole

    @property
    def draft_is_worth_keeping(self) -> bool:
        """Whether anything was written since the walk began."""
        new = self.draft.base_text is None
        return bool(self.draft.inputs or self.draft.samples or not new or self.record != Record())

    def states(self) -> dict[str, State]:
        """Return how far each section has come."""
        states = answered(self.samples.provisional_record())
        for problem in self.problems():
            if problem.code in BLOCKING and states.get(problem.section) == "done":
                states[problem.section] = "partly"
        return states

    def clock(self) -> str:
        """Return what is left of the 72 hours."""
        return Clock(self.record, self.here.now()).text

    def standing(self) -> str:
        """Return how the record stands, for screens that lie over the walk: `5/14 · 68 h 12 m left`."""
        states = [state for section, state in self.states().items() if section != "save"]
        return f"{states.count('done')}/{len(states)} · {self.clock()}"

    def blocking(self) -> list[Problem]:
        """Return what must be settled before anything may be saved.

        That is text not understood, findings not decided, and a record without a title to be found by.
        """
        return [problem for problem in self.problems() if blocks(problem)]

    def place(self, section_id: str) -> None:
        """Remember the section for the next time."""
        if self.draft.section != section_id:
            self._draft(section=section_id)

    def promise(self, record_id: str) -> None:
        """Remember the id that a file outside the record carries already."""
        if self.draft.base_path is None:
            self._draft(promised_id=record_id)

    def problems(self) -> list[Problem]:
        """Return everything that is still open or unclear, in the order of the walk."""
        if self._problems is None or self._problems[0] is not self.draft:
            checked = check(
                self.samples.provisional_record(),
                now=self.here.now(),
                people=self.around.people,
                severities=tuple(self.around.severities),
            )
            exposed = self._exposed[1] if self._exposed is not None and self._holds_for(self._exposed[0]) else []
            found = still_open(self.draft.inputs, self.samples.problems(), checked, exposed)
            self._problems = (self.draft, found)
        return self._problems[1]

    def take_exposed(self, draft: Draft, problems: list[Problem]) -> None:
        """Add what a look for secrets in the author's own words found; it counts until the words change."""
        self._exposed, self._problems = (draft, problems), None

    def _holds_for(self, draft: Draft) -> bool:
        now = self.draft
        return draft.record is now.record and draft.samples is now.samples and draft.kept is now.kept

    def take_samples(self, samples: tuple[RawSample, ...]) -> None:
        """Keep raw samples and the decisions on them in the draft."""
        self._draft(samples=samples)

    def put_record(self, record: Record) -> None:
        """Take a record in which values were replaced by placeholders; what it replaces is not brought back."""
        self._undo.clear()
        self._put(record)

    def settle_own_words(self, kept: tuple[Kept, ...], placeholders: dict[str, Any] | None) -> None:
        """Remember which values in the author's own words stay, and which placeholders stand for the others."""
        known = dict.fromkeys((*self.draft.kept, *kept))
        self._draft(kept=tuple(known), placeholders=self.draft.placeholders if placeholders is None else placeholders)
        self._exposed = None

    def _put(self, record: Record) -> None:
        self._draft(record=record)

    def _draft(self, **changes: Any) -> None:
        self.draft = self.draft.model_copy(update=changes)
        self.dirty = True
