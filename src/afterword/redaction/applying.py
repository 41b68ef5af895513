"""From a decided redaction to the text that may be published."""

from collections import Counter

from afterword.errors import AfterwordError, Exit
from afterword.redaction.decisions import Redaction
from afterword.redaction.finding import Finding
from afterword.redaction.placeholders import PLACEHOLDER, Placeholders
from afterword.redaction.same_value import name_tokens, occurrences

_HOLE = "\0"


class UndecidedError(AfterwordError):
    """The text may not leave yet: a finding waits for a decision, or the scan did not reach the end."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint, Exit.REFUSED)


class LeakError(AfterwordError):
    """A redacted value would still stand in the output; it is named by its label only."""

    def __init__(self, label: str, line: int) -> None:
        super().__init__(
            f"A redacted {label} would still stand in line {line} of the text.",
            "Mark that place as well, then redact again.",
            Exit.REFUSED,
        )


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _refuse_undecided(redaction: Redaction) -> None:
    if not redaction.complete:
        place = _line(redaction.text, redaction.stopped_at or 0)
        raise UndecidedError(
            f"The text was scanned only up to line {place}.", "Shorten the text, or split it into several samples."
        )
    if waiting := redaction.undecided:
        count = f"{len(waiting)} findings are" if len(waiting) > 1 else "1 finding is"
        place = _line(redaction.text, waiting[0].start)
        raise UndecidedError(
            f"{count} undecided, the first in line {place} ({waiting[0].label}).",
            "Redact it, or keep it with a reason.",
        )


def _in_naming_order(redaction: Redaction, redacted: tuple[Finding, ...]) -> list[str]:
    """Return the names of a text, longest first, so that a given name is compared with the full ones."""
    names = {redaction.text[f.start : f.end] for f in redacted if f.label == "PERSON"}
    return sorted(names, key=lambda name: -len(name_tokens(name)))


def stand_ins(redaction: Redaction, placeholders: Placeholders) -> list[tuple[Finding, str]]:
    """Return each finding to redact with its placeholder, decided or not; `placeholders` learns them."""
    redacted = redaction.redacted
    names = _in_naming_order(redaction, redacted)
    _open_people(redaction, redacted, names, placeholders)
    pairs = []
    for finding in redacted:
        value = redaction.text[finding.start : finding.end]
        name = f"[{finding.label}]" if finding.passage else placeholders.placeholder(finding.label, value, names)
        pairs.append((finding, name))
    return pairs


def _open_people(
    redaction: Redaction, redacted: tuple[Finding, ...], names: list[str], placeholders: Placeholders
) -> None:
    """Number the people by first mention, but settle who each is by the fullest name in the text."""
    for finding in redacted:
        if finding.label != "PERSON":
            continue
        mine = set(name_tokens(redaction.text[finding.start : finding.end]))
        fuller = [name for name in names if mine < set(name_tokens(name))]
        people = {frozenset(name_tokens(name)) for name in fuller if not _inside_another(name, fuller)}
        if len(people) == 1:
            placeholders.placeholder("PERSON", fuller[0], names)


def _inside_another(name: str, names: list[str]) -> bool:
    mine = set(name_tokens(name))
    return any(mine < set(name_tokens(other)) for other in names)


def _own_literals(text: str, taken: frozenset[str]) -> str:
    """Rewrite what looks like one of our placeholders in the raw text, so that nobody takes it for one."""
    return PLACEHOLDER.sub(
        lambda match: f"[{match[1]}_{match[2]} in the original]" if match[0] in taken else match[0], text
    )


def _assemble(redaction: Redaction, pairs: list[tuple[Finding, str]], taken: frozenset[str]) -> str:
    text, at, parts = redaction.text, 0, []
    for finding, name in pairs:
        parts += [_own_literals(text[at : finding.start], taken), name]
        at = finding.end
    return "".join([*parts, _own_literals(text[at:], taken)])


def _refuse_leak(redaction: Redaction) -> None:
    """Look for every redacted value in what stays, apart from what was kept for a reason."""
    left = list(redaction.text)
    for finding in (*redaction.redacted, *redaction.kept):
        left[finding.start : finding.end] = _HOLE * (finding.end - finding.start)
    rest = "".join(left)
    for known in redaction.known_values():
        for start, end in occurrences(rest, known.value, known.label):
            if rest[start:end].strip(_HOLE):
                raise LeakError(known.label, _line(rest, start))


def apply(redaction: Redaction, placeholders: Placeholders) -> str:
    """Return the text with a placeholder for every redacted finding; `placeholders` learns the new values.

    Raises UndecidedError while a finding waits for a decision or the scan is incomplete, and LeakError where a redacted
    value would still stand in the output.
    """
    _refuse_undecided(redaction)
    _refuse_leak(redaction)
    before = placeholders.used
    if not before:
        placeholders.avoid(redaction.text)
    else:
        for label, number in PLACEHOLDER.findall(redaction.text):
            if f"[{label}_{number}]" not in before:
                placeholders.numbers[label] = max(placeholders.numbers.get(label, 0), int(number))
    pairs = stand_ins(redaction, placeholders)
    return _assemble(redaction, pairs, placeholders.used)


def counts(redaction: Redaction) -> dict[str, int]:
    """Return how many findings of each label are redacted, sorted by label; never a value."""
    return dict(sorted(Counter(finding.label for finding in redaction.redacted).items()))
