"""Find what must not be published in a text, decide on each finding, and write the text without it.

The engine loads when `scan` is first called; importing this package is cheap.
"""

from collections.abc import Callable, Iterable

from afterword.redaction.applying import LeakError, UndecidedError, apply, counts
from afterword.redaction.decisions import Redaction
from afterword.redaction.finding import Finding, Scan
from afterword.redaction.labels import LABELS, PASSAGES, in_words, settle_label
from afterword.redaction.placeholders import Placeholders
from afterword.redaction.rules import OwnPattern, Rules
from afterword.redaction.verdict import Decision, KnownValue, Verdict

__all__ = [
    "LABELS",
    "LARGE_TEXT",
    "PASSAGES",
    "Decision",
    "Finding",
    "KnownValue",
    "LeakError",
    "OwnPattern",
    "Placeholders",
    "Redaction",
    "Rules",
    "Scan",
    "UndecidedError",
    "Verdict",
    "apply",
    "counts",
    "in_words",
    "name_model",
    "scan",
    "scan_apart",
    "second_scanner",
    "settle_label",
    "warm_up",
]

LARGE_TEXT = 100_000
"""Characters from which an interface should scan with `scan_apart`."""


def scan(
    text: str,
    rules: Rules | None = None,
    *,
    known_names: Iterable[str] = (),
    seconds: float | None = None,
    guess_names: bool = False,
) -> Scan:
    """Return everything in a text that looks like a secret or personal data.

    `known_names` are names found elsewhere in the record; `seconds` limits the time, beyond which it is incomplete.
    `guess_names` adds names that a language model guesses in prose, where the extra `ner` is installed.
    """
    from afterword.redaction import engine

    return engine.scan(text, rules, known_names=known_names, seconds=seconds, guess_names=guess_names)


def scan_apart(
    text: str,
    rules: Rules | None = None,
    *,
    known_names: Iterable[str] = (),
    seconds: float | None = None,
    guess_names: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> Scan:
    """Return what `scan` returns, found by a child process, so that the caller's other threads never wait.

    `cancelled` is asked now and then; once true, or where the child did not answer, the scan stopped at 0.
    """
    from afterword.redaction import child

    return child.scan_apart(
        text, rules, known_names=known_names, seconds=seconds, guess_names=guess_names, cancelled=cancelled
    )


def warm_up(guess_names: bool = False) -> None:
    """Load everything that the first scan needs; meant for a worker."""
    text = "Call Ada Lovelace on +44 20 7946 0018, IBAN GB82 WEST 1234 5698 7654 32, NHS number 943 476 5919."
    scan(text, guess_names=guess_names)


def second_scanner() -> str | None:
    """Return name and version of the second scanner for secrets where the extra `scan` is installed, else None."""
    from afterword.redaction import second

    return second.name()


def name_model() -> str | None:
    """Return name and version of the model that guesses names where the extra `ner` is installed, else None."""
    from afterword.redaction.guessing import asking

    return asking.name()
