"""What a reader of a post-mortem needs, and what is still open."""

import re
from collections.abc import Iterable, Iterator

from afterword.checks.cause_questions import of_cause
from afterword.checks.parts import prose
from afterword.checks.problem import Problem, Severity
from afterword.checks.questions import Place, pending
from afterword.record.absence import Absence
from afterword.record.model import ActionItem, EvalCase, Record, Sample
from afterword.record.vocabulary import ExternalState, Status


def completeness(record: Record) -> list[Problem]:
    """Report the open questions of each section, in the order of the walk.

    An open question is an error at every status: it is what a reviewer would send back. `still pending` is
    advice until the record is reviewed. The other absences, such as `unknown`, are answers.
    """
    return list(_all(record))


def _all(record: Record) -> Iterator[Problem]:
    yield from _incident(record)
    yield from _times(record)
    summary = Place("summary", "summary")
    if not record.summary:
        yield summary.ask(
            "The summary is empty.", "One paragraph: what happened, to whom, how bad it was, how it ended."
        )
    yield from _rows(
        record,
        "impact",
        "The impact has no row.",
        "Add a measure with its denominator and source, or `unknown`.",
    )
    yield from _timeline(record)
    yield from _rows(record, "causes", "No cause is named.", "Add one; `none_identified` is a kind as well.")
    for index, cause in enumerate(record.causes):
        yield from of_cause(f"causes[{index}]", index + 1, cause, record.status)
    yield from _rows(
        record, "samples", "There is no sample output.", "Show one failing output, or say why there is none."
    )
    for index, sample in enumerate(record.samples):
        yield from _sample(f"samples[{index}]", index + 1, sample)
    yield from _mitigation(record)
    yield from _eval_case(record)
    yield from _rows(record, "actions", "There is no action item.", "Add one with owner and due date, or say why none.")
    yield from _actions(record.actions)
    yield from _lessons(record)
    yield from _unfinished(record)


def _incident(record: Record) -> Iterator[Problem]:
    place = Place("title", "incident")
    if not record.title:
        yield place.ask("The record has no title.", "Name the effect that people saw.")
    if record.severity in ("", "undetermined"):
        yield place.ask("The severity is not decided.", "Choose a label; it can be changed later.", "severity")
    if not record.owner:
        yield place.ask("The record has no owner.", "Name the team that sees it through.", "owner")
    if not record.services:
        yield place.ask("No service is named.", "Name the service or agent that failed.", "services", "warning")
    if record.customers_noticed is None:
        yield place.ask(
            "Whether customers noticed is not answered.",
            "Answer yes, no or unknown.",
            "customers_noticed",
        )
    over = record.status in (Status.PUBLISHED, Status.CLOSED)
    if over and record.external.state is ExternalState.PENDING:
        yield place.ask(
            "The external edition is still pending.",
            "Publish one, or set it to `not_needed (why)`.",
            "external",
            "warning",
        )


_NEEDED = ("impact_started", "detected", "mitigated", "resolved")
_WELCOME = ("acknowledged", "diagnosed")


def _times(record: Record) -> Iterator[Problem]:
    for name in (*_NEEDED, *_WELCOME):
        value = getattr(record, name)
        if value is None:
            yield Place(name, "times").ask(
                f"The time {name.replace('_', ' ')} is open.",
                "As precise as it is known (a day, a month, `~`), or `unknown`.",
                severity="error" if name in _NEEDED else "warning",
            )
        elif isinstance(value, Absence) and not value.is_answer:
            yield pending(name, "times", str(value), record.status)


def _rows(record: Record, part: str, message: str, hint: str) -> Iterator[Problem]:
    """Ask for at least one row of `part`, or for a stated absence."""
    place = Place(part, part)
    if getattr(record, part):
        return
    if part in record.absences:
        yield from place.absent(record.absences, part, record.status)  # type: ignore[arg-type]
    else:
        yield place.ask(message, hint)


_MUST_SHOW = (
    (("detection",), "detected", "how it was detected"),
    (("mitigation", "resolution"), "mitigated", "what mitigated it"),
)


def _timeline(record: Record) -> Iterator[Problem]:
    yield from _rows(record, "timeline", "The timeline is empty.", "Start with the change, the detection, the fix.")
    if not record.timeline:
        return
    place = Place("timeline", "timeline")
    kinds = {event.kind for event in record.timeline}
    for wanted, moment, words in _MUST_SHOW:
        if not kinds & set(wanted) and not isinstance(getattr(record, moment), Absence):
            yield place.ask(f"The timeline does not say {words}.", f"Add a row of kind {' or '.join(wanted)}.")
    for index, event in enumerate(record.timeline):
        if not event.what:
            yield place.ask("A timeline row says nothing.", "Say what happened.", f"timeline[{index}]")


def _sample(part: str, number: int, sample: Sample) -> Iterator[Problem]:
    place = Place(part, "samples")
    if not sample.text:
        yield place.ask(f"Sample {number} is empty.", "Paste the output, or remove the sample.")
    if sample.redactions is None or not sample.redactions.reviewed:
        yield place.ask(
            f"Nobody has reviewed sample {number} for secrets and personal data.",
            "Walk it with `afterword edit` and decide on each finding.",
        )


def _mitigation(record: Record) -> Iterator[Problem]:
    place = Place("immediate_fix", "mitigation")
    if not record.immediate_fix:
        yield place.ask("The immediate fix is not told.", "Say what ended the impact, or that nothing was done.")
    if "attempts" in record.absences and not record.attempts:
        yield from Place("attempts", "mitigation").absent(
            record.absences,  # type: ignore[arg-type]
            "attempts",
            record.status,
        )


def _eval_case(record: Record) -> Iterator[Problem]:
    place = Place("eval_case", "eval_case")
    case = record.eval_case
    if case is None or case == EvalCase():
        if "eval_case" in record.absences:
            yield from place.absent(record.absences, "eval_case", record.status)  # type: ignore[arg-type]
        else:
            yield place.ask("No eval case came out of this.", "Add input and expectation, or say why there is none.")
        return
    if not (case.path or case.input):
        yield place.ask("The eval case has neither file nor input.", "Name the file, or write down the input.")
    if not (case.expected or case.assertion or case.path):
        yield place.ask("The eval case does not say what is expected.", "Say what must be true of the answer.")


def _actions(actions: Iterable[ActionItem]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(actions):
        place = Place(f"actions[{index}]", "actions")
        name = f"Action {item.id}"
        if item.id in seen:
            yield place.ask(f"{name} exists twice.", "Give each action an id of its own.")
        seen.add(item.id)
        if not item.action:
            yield place.ask(f"{name} says nothing.", "Say what will change in the system.")
        if item.state == "dropped":
            continue
        if not item.owner:
            yield place.ask(f"{name} has no owner.", "Name one team or role.")
        if item.due is None:
            yield place.ask(f"{name} has no due date.", "Give it a date.")
        if not item.type:
            yield place.ask(f"{name} has no type.", "prevent, detect, mitigate, process or learn.", severity="warning")
        if item.state == "done" and not item.evidence:
            yield place.ask(f"{name} is done without evidence.", "Link the change that did it.", severity="warning")


def _lessons(record: Record) -> Iterator[Problem]:
    wanted: tuple[tuple[str, str, Severity], ...] = (
        ("went_well", "What went well", "error"),
        ("went_wrong", "What went wrong", "error"),
        ("lucky", "Where we got lucky", "warning"),
    )
    for part, title, severity in wanted:
        if not getattr(record, part):
            yield Place(part, "lessons").ask(
                f"“{title}” is empty.",
                "One honest sentence is enough; “nothing we know of” too.",
                severity=severity,
            )


_LEFT_OVERS = ("TODO", "TBD", "FIXME", "XXX", "lorem ipsum")
_LEFT_OVER = re.compile(rf"\b(?:{'|'.join(_LEFT_OVERS)})\b")


def _unfinished(record: Record) -> Iterator[Problem]:
    for part, section, text, _ in prose(record):
        left = _LEFT_OVER.search(text) if any(word in text for word in _LEFT_OVERS) else None
        if left:
            yield Problem(
                "unfinished",
                part,
                section,
                "error",
                f"“{left[0]}” is left over from writing.",
                "Finish the sentence, or move it to the open questions.",
                excerpt=left[0],
                offset=text.count("\n", 0, left.start()),
            )
