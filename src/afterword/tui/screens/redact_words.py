"""What the redaction screen says: the current finding, the decision, the keys."""

from afterword.redaction import Redaction, Verdict, name_model, second_scanner
from afterword.tui.finding_words import described
from afterword.tui.keys import keys
from afterword.visible import visible_line

MARKING = "Marking: arrows move, m begins, Enter takes, Esc gives up"
EXTENDING = "Marking: arrows extend, Enter takes, m lets go of the beginning, Esc gives up"


def incomplete(state: Redaction) -> str:
    """Say where the look ended, where that is not the end of the text."""
    if state.complete:
        return ""
    return f"  ■ looked through only to line {state.text.count(chr(10), 0, state.stopped_at or 0) + 1}"


def finding_in_words(state: Redaction, at: int) -> str:
    """Say what the current finding is, and why it was found."""
    if not state.findings:
        return "Nothing was found. Read it once yourself: m marks what was missed, Esc goes back."
    return visible_line(f"{at + 1}/{len(state.findings)}  {described(state, at)}")


def decision_in_words(state: Redaction, at: int, after: str) -> str:
    """Say what was decided about the current finding."""
    if not state.findings:
        return ""
    decision = state.decision(at)
    if decision is None:
        return "? undecided: r redacts, k keeps"
    done = f"   All are decided: Esc {after}." if state.is_settled else ""
    if decision.verdict is Verdict.KEEP:
        return visible_line(f"= kept: {decision.why}{done}")
    return f"✓ will be replaced{done}"


def extras() -> str:
    """Say which of the two extras take part in the search."""
    on = [extra for extra, name in (("scan", second_scanner()), ("ner", name_model())) if name]
    return f"extras: {', '.join(on)}" if on else "no extras"


def deciding_bar() -> list[tuple[str, str]]:
    """Return the keys while deciding."""
    return [(key.shown, key.label) for key in keys("redact") if key.bar]


def marking_bar(begun: bool) -> list[tuple[str, str]]:
    """Return the keys while a passage is being marked."""
    arrows, mark = ("Extend", "Let go") if begun else ("Move", "Begin")
    return [("←↑↓→", arrows), ("m", mark), ("Enter", "Take it"), ("Esc", "Give up"), ("F1", "Help")]
