"""A finding in words: what it is, how sure that is, and why it was found."""

from afterword.redaction import LABELS, PASSAGES, Redaction, in_words

_SURE = {0.9: "almost certainly", 0.7: "probably", 0.0: "perhaps"}


def described(state: Redaction, at: int) -> str:
    """Say what a finding is, and why it was found."""
    finding = state.findings[at]
    if finding in state.marked:
        meaning = f": {in_words(finding.label)}" if finding.label in {*LABELS, *PASSAGES} else ""
        return f"{finding.label}{meaning} (marked by hand)"
    sure = next(word for least, word in _SURE.items() if finding.confidence >= least)
    dummy = " · a documented dummy, may be kept" if finding.suggest_keep else ""
    return f"{finding.label}: {sure} {in_words(finding.label)} ({finding.reason}){dummy}"
