"""What a post-mortem is: the record, without its Markdown form."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from afterword.record.absence import Absence
from afterword.record.part import Block, Line, Moment, Part, Prose, Term, Verbatim
from afterword.record.vocabulary import (
    Answer,
    ExternalState,
    GapReason,
    PromptChangeKind,
    Status,
    Verdict,
)
from afterword.record.when import When


class External(Part):
    """Where the external edition stands; `why` goes with `not_needed`."""

    state: ExternalState = ExternalState.PENDING
    why: Line = ""

    @model_validator(mode="before")
    @classmethod
    def _why_needs_not_needed(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and data.get("state", "pending") != ExternalState.NOT_NEEDED:
            return {**data, "why": ""}
        return data


class ImpactRow(Part):
    """One measured effect: `~ 0.8 %` of `conversations`, where, when, and who says so."""

    measure: Line = ""
    value: Line = ""
    of: Line = ""
    scope: Line = ""
    when: When | None = None
    source: Line = ""


class TimelineRow(Part):
    """One event; `actor` is a role, never a name: `person (support lead)`, `ai_agent, unverified`."""

    time: When
    kind: Term = ""
    actor: Line = ""
    what: Line = ""
    evidence: Line = ""


class PromptChange(Part):
    """Two versions of one prompt and the diff between them, as git prints it.

    `path_before` is empty where it equals `path`. `constant` names a constant inside a source file. A revision is
    empty where that side does not exist. `diff` has every line of `git diff`, without its last newline.
    """

    path: Line
    path_before: Line = ""
    constant: Line = ""
    before: Term = ""
    after: Term = ""
    kind: PromptChangeKind = PromptChangeKind.CHANGED
    committed: When | None = None
    deployed: Moment = None
    diff: Verbatim = ""
    note: Prose = ""

    @model_validator(mode="after")
    def _same_path_once(self) -> Self:
        return self._settled(path_before="") if self.path_before == self.path else self


class LineOrigin(Part):
    """Where one line of an effective prompt came from: verbatim in a file, deleted, or never in the repository."""

    line: Line
    origin: Line = ""


class EffectivePrompt(Part):
    """What the model really received, pasted from a trace; `source` says from where."""

    source: Line = ""
    versioned: Answer = Answer.UNKNOWN
    text: Block = ""
    origins: tuple[LineOrigin, ...] = ()


class OffendingLines(Part):
    """Lines of a prompt that must not come back, as they stood in `path` at `revision`."""

    path: Line
    revision: Term = ""
    text: Block = ""


class SettingRow(Part):
    """A model or configuration value on both sides; `read_from` says where, or who said so."""

    setting: Line
    before: Line = ""
    after: Line = ""
    read_from: Line = ""


class Gate(Part):
    """A check that could have stopped the change: what it said, and whether it blocked."""

    gate: Line
    result: Line = ""
    blocking: Line = ""


class Gap(Part):
    """One reason why the evals did not catch the cause."""

    reason: GapReason
    text: Prose = ""


class Upstream(Part):
    """The upstream provider's part in a cause; `detail` names provider and incident."""

    answer: Answer
    detail: Line = ""


CausePart = Literal["prompt", "settings", "evals"]
"""The parts of a cause that may be absent for a stated reason."""


class Cause(Part):
    """One cause, with dates, scope and AI specifics of its own.

    `leads_to` and `only_with` hold numbers of other causes (1-based): a chain, and causes that hurt only together.
    """

    title: Line = ""
    role: Term = ""
    kind: Term = ""
    certainty: Term = ""
    active: tuple[When, ...] = ()
    affects: tuple[Term, ...] = ()
    upstream: Upstream | None = None
    leads_to: tuple[Annotated[int, Field(ge=1)], ...] = ()
    only_with: tuple[Annotated[int, Field(ge=1)], ...] = ()
    evidence: Line = ""
    story: Prose = ""
    prompts: tuple[PromptChange, ...] = ()
    effective: tuple[EffectivePrompt, ...] = ()
    offending: tuple[OffendingLines, ...] = ()
    settings: tuple[SettingRow, ...] = ()
    gates: tuple[Gate, ...] = ()
    gaps: tuple[Gap, ...] = ()
    absences: dict[CausePart, Absence] = {}

    @model_validator(mode="after")
    def _settle(self) -> Self:
        """Leave out empty names, and absences of what is there."""
        there = {"prompt": self.prompts, "settings": self.settings, "evals": self.gates or self.gaps}
        absences = {part: absence for part, absence in self.absences.items() if not there[part]}
        return self._settled(affects=tuple(filter(None, self.affects)), absences=absences)


class Redactions(Part):
    """What was taken out of a sample: how many of each label, and who decided; never a value."""

    total: Annotated[int, Field(ge=0)] = 0
    labels: dict[Term, Annotated[int, Field(ge=1)]] = {}
    reviewed: bool = False
    reviewer: Term = ""

    @model_validator(mode="after")
    def _reviewer_has_reviewed(self) -> Self:
        return self if self.reviewed else self._settled(reviewer="")


class Sample(Part):
    """One failing output, safe to read: only redacted text ever gets here."""

    title: Line = ""
    model: Line = ""
    at: When | None = None
    failed: Annotated[int, Field(ge=0)] | None = None
    trials: Annotated[int, Field(ge=1)] | None = None
    redactions: Redactions | None = None
    text: Block = ""
    note: Prose = ""

    @model_validator(mode="after")
    def _failed_of_trials(self) -> Self:
        if (self.failed is None) != (self.trials is None):
            raise ValueError("failed and trials go together: '4 of 10'")
        return self


class Attempt(Part):
    """A mitigation that was tried, and how it turned out."""

    time: When | None = None
    what: Line = ""
    result: Term = ""
    evidence: Line = ""


class ProofSide(Part):
    """What the new case said of one revision: `side` is before or after."""

    side: Literal["before", "after"]
    revision: Term = ""
    verdict: Verdict = Verdict.NOT_RUN
    passed: Annotated[int, Field(ge=0)] = 0
    failed: Annotated[int, Field(ge=0)] = 0
    errors: Annotated[int, Field(ge=0)] = 0
    duration: Line = ""


class Proof(Part):
    """The evidence that the new case fails on the incident's revision and passes on the fix."""

    command: Line
    ran: When | None = None
    versions: Line = ""
    sides: tuple[ProofSide, ...] = ()


class EvalCase(Part):
    """The regression test that the incident became."""

    path: Line = ""
    runner: Line = ""
    input: Line = ""
    expected: Line = ""
    assertion: Line = ""
    note: Prose = ""
    proof: Proof | None = None


class ActionItem(Part):
    """What will be done, by whom, until when."""

    id: Term
    type: Term = ""
    action: Line = ""
    owner: Line = ""
    due: When | None = None
    state: Term = "open"
    evidence: Line = ""


class Revision(Part):
    """A fact learned or changed after the first publication."""

    date: When
    text: Line = ""


RecordPart = Literal["impact", "timeline", "causes", "samples", "attempts", "eval_case", "actions"]
"""The parts of a record that may be absent for a stated reason; prose says so in its own words."""


class Record(Part):
    """A whole post-mortem."""

    title: Line = ""
    status: Status = Status.DRAFT
    severity: Term = "undetermined"
    owner: Line = ""
    authors: tuple[Line, ...] = ()
    services: tuple[Line, ...] = ()
    impact_started: Moment = None
    detected: Moment = None
    acknowledged: Moment = None
    diagnosed: Moment = None
    mitigated: Moment = None
    resolved: Moment = None
    customers_noticed: Answer | None = None
    external: External = External()
    tags: tuple[Line, ...] = ()
    related: tuple[Line, ...] = ()

    summary: Prose = ""
    impact: tuple[ImpactRow, ...] = ()
    not_affected: Prose = ""
    timeline: tuple[TimelineRow, ...] = ()
    causes: tuple[Cause, ...] = ()
    samples: tuple[Sample, ...] = ()
    immediate_fix: Prose = ""
    attempts: tuple[Attempt, ...] = ()
    eval_case: EvalCase | None = None
    actions: tuple[ActionItem, ...] = ()
    went_well: Prose = ""
    went_wrong: Prose = ""
    lucky: Prose = ""
    open_questions: Prose = ""
    revisions: tuple[Revision, ...] = ()
    absences: dict[RecordPart, Absence] = {}

    @model_validator(mode="after")
    def _absent_or_there(self) -> Self:
        """Leave out absences of what is there."""
        return self._settled(absences={part: why for part, why in self.absences.items() if not getattr(self, part)})
