"""The one-line captions above fences: sentences that people read and that can be read back."""

import re
from typing import Any

from afterword.record.absence import Absence
from afterword.record.document.inline import NOTHING, code, code_group, uncode, word, word_group
from afterword.record.document.parts import read_time
from afterword.record.document.source import Source
from afterword.record.model import (
    EffectivePrompt,
    EvalCase,
    OffendingLines,
    PromptChange,
    Proof,
    Redactions,
    Sample,
)
from afterword.record.part import Moment
from afterword.record.vocabulary import Answer, PromptChangeKind

_INT = "[0-9]{1,4000}"
_KINDS = "|".join(re.escape(kind) for kind in PromptChangeKind)
_PROMPT = re.compile(
    rf"(?:{code_group('first')} → )?(?:{code_group('path')}|\(none\))"
    rf"(?: · constant {code_group('constant')})?"
    rf"(?: · (?P<kind>{_KINDS}))?"
    rf"(?: · {word_group('before')} → {word_group('after')})?"
    r"(?: · committed (?P<committed>\S+))?(?: · deployed (?P<deployed>.+))?"
)
_EFFECTIVE = re.compile(r"Under version control: (?P<versioned>yes|no|unknown)\.(?: Source: (?P<source>.*))?")
_OFFENDING = re.compile(rf"(?:{code_group('path')}|\(none\))(?: at {word_group('revision')})?")
_MODEL = r"[\w@](?:[\w@/:+()~-]|[. ](?=[\w@/:+()~-]))*"
_PLAIN_MODEL = re.compile(_MODEL)
_SAMPLE = re.compile(
    rf"(?:Model (?:{code_group('model')}|(?P<plain>{_MODEL}))(?:, (?P<at>\S+))?\.(?: |$)|Seen (?P<seen>\S+)\.(?: |$))?"
    rf"(?:Failed (?P<failed>{_INT}) of (?P<trials>{_INT}) trials?\.(?: |$))?"
    rf"(?:(?P<total>{_INT}) redactions?(?: \((?P<labels>.*)\))?, "
    rf"(?:(?P<open>not reviewed)|reviewed(?: by {word_group('reviewer')})?)\.)?"
)
_LABEL = re.compile(rf"(?P<count>{_INT}) {word_group('label')}")
_CASE = re.compile(rf"{code_group('path')}(?:, in the format of (?P<runner>.*))?\.|In the format of (?P<only>.*)\.")
_PROOF = re.compile(rf"{code_group('command')}(?: · ran (?P<ran>\S+))?(?: · with (?P<versions>.*))?")


def _path(text: str) -> str:
    return code(text) if text else NOTHING


def prompt_caption(change: PromptChange) -> str:
    """Return `path` · 9ab03e1 → 4f1c2d9 · committed … · deployed …, without what is not known."""
    parts = [_path(change.path)]
    if change.path_before:
        parts = [f"{code(change.path_before)} → {_path(change.path)}"]
    if change.constant:
        parts.append(f"constant {code(change.constant)}")
    if change.kind is not PromptChangeKind.CHANGED:
        parts.append(str(change.kind))
    if change.before or change.after:
        parts.append(f"{word(change.before)} → {word(change.after)}")
    if change.committed:
        parts.append(f"committed {change.committed}")
    if change.deployed is not None:
        parts.append(f"deployed {change.deployed}")
    return " · ".join(parts)


def read_prompt_caption(text: str, source: Source, number: int) -> dict[str, Any]:
    """Read what `prompt_caption` writes."""
    match = _PROMPT.fullmatch(text)
    if match is None:
        source.fail(
            number,
            "this line does not say which prompt changed.",
            "Write it as `path` · BEFORE → AFTER · committed TIME · deployed TIME.",
        )
    committed, deployed = match["committed"], match["deployed"]
    return {
        "path": uncode(match["path"] or ""),
        "path_before": uncode(match["first"] or ""),
        "constant": uncode(match["constant"] or ""),
        "kind": match["kind"] or PromptChangeKind.CHANGED,
        "before": uncode(match["before"] or ""),
        "after": uncode(match["after"] or ""),
        "committed": read_time(source, number, "committed", committed) if committed else None,
        "deployed": read_moment(source, number, "deployed", deployed) if deployed else None,
    }


def read_moment(source: Source, number: int, label: str, text: str) -> Moment:
    """Read a time or an honest absence."""
    return Absence.parse(text) or read_time(source, number, label, text)


def effective_caption(effective: EffectivePrompt) -> str:
    """Return whether an effective prompt is under version control, and where it was taken from."""
    said = f"Under version control: {effective.versioned}."
    return f"{said} Source: {effective.source}" if effective.source else said


def read_effective_caption(text: str) -> dict[str, Any] | None:
    """Read what `effective_caption` writes; None for other text."""
    match = _EFFECTIVE.fullmatch(text)
    return {"versioned": Answer(match["versioned"]), "source": match["source"] or ""} if match else None


def offending_caption(offending: OffendingLines) -> str:
    """Return `path` at REVISION."""
    revision = f" at {word(offending.revision)}" if offending.revision else ""
    return f"{_path(offending.path)}{revision}"


def read_offending_caption(text: str) -> dict[str, Any] | None:
    """Read what `offending_caption` writes; None for other text."""
    match = _OFFENDING.fullmatch(text)
    return {"path": uncode(match["path"] or ""), "revision": uncode(match["revision"] or "")} if match else None


def sample_caption(sample: Sample) -> str:
    """Return which model failed, when, how often, and what was redacted; empty where nothing is known."""
    at = str(sample.at) if sample.at else ""
    sentences = []
    if sample.model:
        plain = _PLAIN_MODEL.fullmatch(sample.model) and ". " not in sample.model
        model = sample.model if plain else code(sample.model)
        sentences.append(f"Model {model}, {at}." if at else f"Model {model}.")
    elif at:
        sentences.append(f"Seen {at}.")
    if sample.failed is not None:
        sentences.append(f"Failed {sample.failed} of {sample.trials} trials.")
    if sample.redactions:
        sentences.append(_redacted(sample.redactions))
    return " ".join(sentences)


def _redacted(redactions: Redactions) -> str:
    noun = "redaction" if redactions.total == 1 else "redactions"
    labels = ", ".join(f"{count} {word(label)}" for label, count in redactions.labels.items())
    counted = f"{redactions.total} {noun}" + (f" ({labels})" if labels else "")
    reviewer = f" by {word(redactions.reviewer)}" if redactions.reviewer else ""
    return f"{counted}, {f'reviewed{reviewer}' if redactions.reviewed else 'not reviewed'}."


def read_sample_caption(text: str, source: Source, number: int) -> dict[str, Any] | None:
    """Read what `sample_caption` writes; None for other text."""
    match = _SAMPLE.fullmatch(text)
    if match is None or not text:
        return None
    at = match["at"] or match["seen"]
    return {
        "model": uncode(match["model"] or match["plain"] or ""),
        "at": read_time(source, number, "the sample's time", at) if at else None,
        "failed": int(match["failed"]) if match["failed"] else None,
        "trials": int(match["trials"]) if match["trials"] else None,
        "redactions": _read_redacted(match, source, number) if match["total"] else None,
    }


def _read_redacted(match: re.Match[str], source: Source, number: int) -> dict[str, Any]:
    labels: dict[str, int] = {}
    for each in (match["labels"] or "").split(", ") if match["labels"] else ():
        label = _LABEL.fullmatch(each)
        if label is None:
            source.fail(number, "the redactions are not counted by label.", "Write them as (2 EMAIL, 1 PERSON).")
        name = uncode(label["label"])
        labels[name] = labels.get(name, 0) + int(label["count"])
    return {
        "total": int(match["total"]),
        "labels": labels,
        "reviewed": not match["open"],
        "reviewer": uncode(match["reviewer"] or ""),
    }


def case_caption(case: EvalCase) -> str:
    """Return `path`, in the format of RUNNER.; empty where neither is known."""
    if case.path:
        return f"{code(case.path)}, in the format of {case.runner}." if case.runner else f"{code(case.path)}."
    return f"In the format of {case.runner}." if case.runner else ""


def read_case_caption(text: str) -> dict[str, Any] | None:
    """Read what `case_caption` writes; None for other text."""
    match = _CASE.fullmatch(text)
    return {"path": uncode(match["path"] or ""), "runner": match["runner"] or match["only"] or ""} if match else None


def proof_caption(proof: Proof) -> str:
    """Return `command` · ran TIME · with VERSIONS."""
    parts = [code(proof.command)]
    if proof.ran:
        parts.append(f"ran {proof.ran}")
    if proof.versions:
        parts.append(f"with {proof.versions}")
    return " · ".join(parts)


def read_proof_caption(text: str, source: Source, number: int) -> dict[str, Any] | None:
    """Read what `proof_caption` writes; None for other text."""
    match = _PROOF.fullmatch(text)
    if match is None:
        return None
    ran = match["ran"]
    return {
        "command": uncode(match["command"]),
        "ran": read_time(source, number, "ran", ran) if ran else None,
        "versions": match["versions"] or "",
    }
