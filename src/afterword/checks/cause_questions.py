"""What each cause must answer: what it was, how it led to the failure, and its three AI parts."""

from collections.abc import Iterator

from afterword.checks.problem import Problem
from afterword.checks.questions import Place
from afterword.record.model import Cause
from afterword.record.vocabulary import Certainty, PromptChangeKind, Status


def of_cause(part: str, number: int, cause: Cause, status: Status) -> Iterator[Problem]:
    """Ask what is open in one cause; `number` is its place in the record, from 1."""
    place = Place(part, "causes")
    if not cause.title:
        yield place.ask(f"Cause {number} has no title.", "Say in a few words what made the failure possible.")
    if not cause.story:
        yield place.ask(
            f"Cause {number} does not say how it led to the failure.",
            "Tell what changed and how it led there.",
            f"{part}.story",
        )
    for name, example in (("role", "root cause"), ("kind", "prompt")):
        if not getattr(cause, name):
            yield place.ask(f"Cause {number} has no {name}.", f"Choose one, for instance {example}.", f"{part}.{name}")
    if cause.upstream is None:
        yield place.ask(
            f"Cause {number} does not say whether the provider took part.",
            "Answer yes, no or unknown.",
            f"{part}.upstream",
        )
    if cause.certainty != Certainty.REJECTED:
        yield from _evidence(part, number, cause, status)
    yield from _prompts(part, cause)


_ASKED = (
    (
        "prompt",
        "prompts",
        "shows no prompt change",
        "Pick the change from history, or say why there is none.",
    ),
    ("settings", "settings", "shows no model settings", "Take them from the two revisions, or say why not."),
    ("evals", "evals", "does not say why the evals did not catch it", "Give the reason, or say why not."),
)


def _evidence(part: str, number: int, cause: Cause, status: Status) -> Iterator[Problem]:
    """Ask for the three AI parts of a cause; each may be absent for a stated reason."""
    given = {
        "prompt": bool(cause.prompts or cause.effective),
        "settings": bool(cause.settings),
        "evals": bool(cause.gaps),
    }
    for name, section, message, hint in _ASKED:
        place = Place(f"{part}.{'gaps' if section == 'evals' else section}", section)
        if given[name]:
            continue
        if name in cause.absences:
            yield from place.absent(cause.absences, name, status)  # type: ignore[arg-type]
        else:
            yield place.ask(f"Cause {number} {message}.", hint)


def _prompts(part: str, cause: Cause) -> Iterator[Problem]:
    for index, change in enumerate(cause.prompts):
        place = Place(f"{part}.prompts[{index}]", "prompts")
        if not (change.diff or change.note or change.kind is PromptChangeKind.MOVED):
            yield place.ask(f"The change of {change.path} shows no diff.", "Pick it from history, or add a note.")
        if change.deployed is None and change.kind is not PromptChangeKind.MOVED:
            yield place.ask(
                f"When {change.path} was deployed is open.",
                "Add the time of the deploy, or `unknown`.",
                severity="warning",
            )
