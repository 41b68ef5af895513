"""Scanning in a child process, so that a terminal interface keeps its turn however long a text is."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple
from itertools import pairwise
from typing import Any

from afterword.redaction import child_side, engine
from afterword.redaction.child_process import Cancelled, Child, ChildError, TooLong, request
from afterword.redaction.finding import Finding, Scan
from afterword.redaction.guessing.asking import with_guesses
from afterword.redaction.rules import OwnPattern, Rules

_GRACE = 15.0
"""Seconds for starting and settling, beyond what the scan itself may take, after which the child is killed."""
_BATCH = 500
_UNSCANNED = Scan((), complete=False, stopped_at=0)


def scan_apart(
    text: str,
    rules: Rules | None = None,
    *,
    known_names: Iterable[str] = (),
    seconds: float | None = None,
    guess_names: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> Scan:
    """Return what `scan` returns, found by a child process.

    A child that ends, hangs or is cancelled once it has the text leaves a scan that stopped at 0. Where no child can
    run at all, this process scans: slower for others, as safe for the text.
    """
    found = _apart(text, rules or Rules(), list(known_names), seconds, cancelled)
    if not guess_names or (cancelled and cancelled()):
        return found
    return with_guesses(text[: engine.LARGEST], found, rules or Rules(), seconds, cancelled)


def _apart(
    text: str, rules: Rules, names: list[str], seconds: float | None, cancelled: Callable[[], bool] | None
) -> Scan:
    limit = engine.SECONDS if seconds is None else seconds
    header = {"rules": _as_json(rules), "known_names": names, "seconds": limit}
    try:
        child = Child("afterword.redaction.child")
    except ChildError:
        return engine.scan(text, rules, known_names=names, seconds=seconds)
    try:
        # One character beyond the limit tells the child that there is more.
        lines = request(header, text[: engine.LARGEST + 1])
        return _scan_of(text, child.ask(lines, time.monotonic() + limit + _GRACE, cancelled))
    except (Cancelled, TooLong):
        return _UNSCANNED
    except ChildError:
        if child.ready:
            return _UNSCANNED
        return engine.scan(text, rules, known_names=names, seconds=seconds)
    finally:
        child.stop()


def _as_json(rules: Rules) -> dict[str, Any]:
    patterns = [astuple(pattern) for pattern in rules.patterns]
    return {"patterns": patterns, "allow": rules.allow, "internal_hosts": rules.internal_hosts}


def _as_rules(value: Mapping[str, Any]) -> Rules:
    patterns = tuple(OwnPattern(*pattern) for pattern in value["patterns"])
    return Rules(patterns, tuple(value["allow"]), tuple(value["internal_hosts"]))


def _scan_of(text: str, messages: Iterator[Any]) -> Scan:
    """Put a scan together from batches of findings and the closing object."""
    findings: list[Finding] = []
    for message in messages:
        if isinstance(message, dict):
            return _checked(text, findings, message)
        try:
            findings += [Finding(*row) for row in message]
        except TypeError:
            break
    raise ChildError("The child's answer is not a scan.")


def _checked(text: str, findings: list[Finding], closing: Mapping[str, Any]) -> Scan:
    """Return the scan if it can be one of this text."""
    complete, stopped_at = closing.get("complete"), closing.get("stopped_at")
    whole = [type(each.start) is type(each.end) is int and isinstance(each.label, str) for each in findings]
    edges = [edge for each in findings for edge in (each.start, each.end)] if all(whole) else [1, 0]
    inside = not edges or (edges[0] >= 0 and edges[-1] <= len(text))
    fits = inside and all(a <= b for a, b in pairwise(edges)) and complete is (stopped_at is None)
    if not fits or len(findings) != closing.get("count"):
        raise ChildError("The child's answer does not fit the text.")
    return Scan(tuple(findings), complete=bool(complete), stopped_at=stopped_at)


def main() -> None:
    """Scan the one text that stdin brings; what a child process runs."""
    for header, text in child_side.requests():
        rules = _as_rules(header["rules"])
        found = engine.scan(text, rules, known_names=header["known_names"], seconds=header["seconds"])
        rows = [astuple(finding) for finding in found.findings]
        for start in range(0, len(rows), _BATCH):
            child_side.answer(rows[start : start + _BATCH])
        child_side.answer({"complete": found.complete, "stopped_at": found.stopped_at, "count": len(rows)})
        child_side.leave()
