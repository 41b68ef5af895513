"""The headings of a record in their canonical order, and what stands under each: the one map of the format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from afterword.record import model
from afterword.record.document.bodies import Absent, Body, Dated, Listing, Nothing, Prose
from afterword.record.document.causes import CauseBody, EffectiveBody, OffendingBody, PromptBody
from afterword.record.document.evals import CaseBody, EvalsBody, ProofBody, SampleBody
from afterword.record.document.tables import ACTIONS, ATTEMPTS, IMPACT, SETTINGS, TIMELINE
from afterword.record.part import Part


def _always(part: Any) -> bool:
    return True


def _said(name: str) -> Callable[[Any], bool]:
    """Return whether a field, or its absence, has something to say."""
    return lambda part: bool(getattr(part, name)) or name in getattr(part, "absences", {})


_NOTHING = Nothing()


@dataclass(frozen=True, slots=True)
class Spec:
    """One heading: under it stand fields of the same part, `each` part of a list, or `one` part that may be None."""

    name: str
    title: str
    level: int
    body: Body = _NOTHING
    children: tuple["Spec", ...] = ()
    holds: Literal["same", "each", "one"] = "same"
    part: type[Part] = model.Record
    numbered: bool = False
    """Titled "Cause 2: …", with the number of the part in its list."""
    absence: str = ""
    """The name under which the absence of an `each` or `one` part is kept, where it is written here."""
    shown: Callable[[Any], bool] = _always
    tight: bool = False
    """No blank line between this heading and an empty one of its kind before it."""


_CAUSE = Spec(
    "causes",
    "Cause",
    3,
    CauseBody(),
    (
        Spec("prompts", "Prompt diff", 4, PromptBody(), holds="each", part=model.PromptChange, absence="prompt"),
        Spec("effective", "Effective prompt", 4, EffectiveBody(), holds="each", part=model.EffectivePrompt),
        Spec("offending", "Offending lines", 4, OffendingBody(), holds="each", part=model.OffendingLines),
        Spec("settings", "Model and configuration", 4, Listing("settings", SETTINGS)),
        Spec("evals", "Why evals did not catch it", 4, EvalsBody()),
    ),
    holds="each",
    part=model.Cause,
    numbered=True,
)
_SAMPLE = Spec("samples", "Sample", 3, SampleBody(), holds="each", part=model.Sample, numbered=True)
_PROOF = Spec("proof", "Proof", 4, ProofBody(), holds="one", part=model.Proof, shown=_said("proof"))
_CASE = Spec(
    "eval_case", "New eval case", 3, CaseBody(), (_PROOF,), holds="one", part=model.EvalCase, absence="eval_case"
)
DOCUMENT = Spec(
    "record",
    "",
    0,
    children=(
        Spec(
            "summary",
            "Summary",
            2,
            Prose("summary"),
            (
                Spec("impact", "Impact", 3, Listing("impact", IMPACT)),
                Spec("not_affected", "Not affected", 3, Prose("not_affected"), shown=_said("not_affected")),
            ),
        ),
        Spec("timeline", "Timeline", 2, Listing("timeline", TIMELINE)),
        Spec("root_cause", "Root cause", 2, Absent("causes"), (_CAUSE,)),
        Spec("outputs", "Sample failing outputs", 2, Absent("samples"), (_SAMPLE,)),
        Spec(
            "mitigation",
            "Mitigation and action items",
            2,
            children=(
                Spec("immediate_fix", "Immediate fix", 3, Prose("immediate_fix")),
                Spec("attempts", "Mitigations tried", 3, Listing("attempts", ATTEMPTS), shown=_said("attempts")),
                _CASE,
                Spec("actions", "Action items", 3, Listing("actions", ACTIONS)),
            ),
        ),
        Spec(
            "lessons",
            "Lessons",
            2,
            children=(
                Spec("went_well", "What went well", 3, Prose("went_well"), tight=True),
                Spec("went_wrong", "What went wrong", 3, Prose("went_wrong"), tight=True),
                Spec("lucky", "Where we got lucky", 3, Prose("lucky"), tight=True),
                Spec("open_questions", "Open questions", 3, Prose("open_questions"), tight=True),
            ),
        ),
        Spec("revisions", "Revisions", 2, Dated()),
    ),
)
"""The whole document; front matter and title are in `front`."""
