"""How far each section of the walk has come."""

from typing import Literal

from afterword.checks.completeness import completeness
from afterword.checks.problem import SECTIONS
from afterword.record.model import Cause, EvalCase, Record

State = Literal["done", "open", "partly"]
"""A section is done when nothing of it is open, open when nothing is there, partly otherwise."""


def answered(record: Record) -> dict[str, State]:
    """Return the state of each section; `save` is done when all others are."""
    unanswered = {
        problem.section for problem in completeness(record) if problem.severity == "error" or problem.code == "pending"
    }
    if not record.causes and "causes" in unanswered:
        unanswered |= {"prompts", "settings", "evals"}
    states: dict[str, State] = {}
    for section in SECTIONS:
        if section not in unanswered:
            states[section] = "done"
        else:
            states[section] = "partly" if _begun(record, section) else "open"
    states["save"] = "done" if not unanswered else "open"
    return states


_OWN: dict[str, tuple[str, ...]] = {
    "incident": ("title", "owner", "customers_noticed", "services", "authors"),
    "times": ("impact_started", "detected", "acknowledged", "diagnosed", "mitigated", "resolved"),
    "summary": ("summary",),
    "impact": ("impact", "not_affected"),
    "timeline": ("timeline",),
    "causes": ("causes",),
    "samples": ("samples",),
    "mitigation": ("immediate_fix", "attempts"),
    "actions": ("actions",),
    "lessons": ("went_well", "went_wrong", "lucky", "open_questions"),
}


def _begun(record: Record, section: str) -> bool:
    if section == "eval_case":
        return record.eval_case not in (None, EvalCase())
    if section in ("prompts", "settings", "evals"):
        return any(_told(cause, section) for cause in record.causes)
    if section == "causes":
        return any(cause != Cause() for cause in record.causes)
    return any(getattr(record, name) for name in _OWN.get(section, ()))


def _told(cause: Cause, section: str) -> bool:
    if section == "prompts":
        return bool(cause.prompts or cause.effective or "prompt" in cause.absences)
    if section == "settings":
        return bool(cause.settings or "settings" in cause.absences)
    return bool(cause.gates or cause.gaps or "evals" in cause.absences)
