"""Words that the lists and reports do not know."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from enum import StrEnum

from afterword.checks.problem import Problem, Severity
from afterword.record.model import Cause, Record
from afterword.record.vocabulary import (
    SEVERITIES,
    ActionState,
    ActionType,
    ActorKind,
    AttemptResult,
    Blocking,
    CauseKind,
    CauseRole,
    Certainty,
    EventKind,
    GateResult,
    words,
)


def vocabulary(record: Record, severities: Iterable[str] = SEVERITIES) -> list[Problem]:
    """Report words outside the record's lists, with the allowed ones and the nearest.

    Errors are the words that lists and reports count by (severity, role and kind of a cause, state of an
    action); elsewhere a team's own word is only remarked upon.
    """
    return list(_all(record, (*severities, "undetermined")))


def _all(record: Record, severities: tuple[str, ...]) -> Iterator[Problem]:
    yield from _word("severity", record.severity, severities, "severity", "incident", "error")
    for index, event in enumerate(record.timeline):
        yield from _of("kind", event.kind, EventKind, f"timeline[{index}]", "timeline")
        yield from _of("actor", _actor_kind(event.actor), ActorKind, f"timeline[{index}]", "timeline")
    for index, cause in enumerate(record.causes):
        yield from _cause(f"causes[{index}]", cause)
    for index, attempt in enumerate(record.attempts):
        yield from _of("result", attempt.result, AttemptResult, f"attempts[{index}]", "mitigation")
    for index, action in enumerate(record.actions):
        yield from _of("type", action.type, ActionType, f"actions[{index}]", "actions")
        yield from _of("state", action.state, ActionState, f"actions[{index}]", "actions", "error")


def _cause(part: str, cause: Cause) -> Iterator[Problem]:
    yield from _of("role", cause.role, CauseRole, f"{part}.role", "causes", "error")
    yield from _of("kind", cause.kind, CauseKind, f"{part}.kind", "causes", "error")
    yield from _of("certainty", cause.certainty, Certainty, f"{part}.certainty", "causes")
    for index, gate in enumerate(cause.gates):
        yield from _of("gate result", gate.result, GateResult, f"{part}.gates[{index}]", "evals")
        yield from _of("blocking", gate.blocking, Blocking, f"{part}.gates[{index}]", "evals")


def _actor_kind(actor: str) -> str:
    """`person (support lead)` -> `person`; a named actor is the wording check's to report."""
    kind = actor.split("(")[0].split(",")[0].strip()
    return "" if "@" in kind else kind


def _of(
    name: str, word: str, kind: type[StrEnum], part: str, section: str, severity: Severity = "warning"
) -> Iterator[Problem]:
    return _word(name, word, words(kind), part, section, severity)


def _word(
    name: str, word: str, allowed: tuple[str, ...], part: str, section: str, severity: Severity
) -> Iterator[Problem]:
    if not word or word in allowed:
        return
    near = get_close_matches(word.lower().replace(" ", "_"), allowed, 1, 0.6) or get_close_matches(
        word.lower(), allowed, 1, 0.6
    )
    ask = f"Did you mean “{near[0]}”? " if near else ""
    yield Problem(
        "unknown-word",
        part,
        section,
        severity,
        f"“{word}” is not a {name} that lists and reports know.",
        f"{ask}Allowed: {', '.join(dict.fromkeys(allowed))}.",
        excerpt=word,
    )
