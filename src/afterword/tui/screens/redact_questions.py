"""What the redaction screen asks: why a finding may stay, and what it is."""

from afterword.redaction import LABELS, PASSAGES, Finding, in_words
from afterword.tui.screens.dialogs import AskLine
from afterword.visible import visible


def why_kept(finding: Finding) -> AskLine:
    """Ask why a finding may be published."""
    is_dummy = finding.suggest_keep
    return AskLine(
        f"Why may this {in_words(finding.label)} be published?",
        "Asked so that keeping is deliberate. It goes with the draft and is not written into the record.",
        "documented dummy" if is_dummy else "",
        "documented dummy" if is_dummy else "public address of ours, not a secret: a request id",
        needed="A reason is needed to keep it.",
    )


def what_it_is(question: str, label: str) -> AskLine:
    """Ask for a label: one of the known ones, or a word of the author's own."""
    known = ", ".join([*list(LABELS)[:8], *PASSAGES])
    return AskLine(question, visible(f"{known}, or a word of your own."), label, "PERSON")
