"""What the engine reports about a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that should not be published, by code points of the raw text; `end` is exclusive.

    `confidence` runs from 0 to 1 and `reason` says in words why it was found. `suggest_keep` marks documented dummies.
    `passage` marks text that is replaced by its category alone: `[SLUR]`, without a number. `named` is 0 for the
    engine's labels and counts upwards with each label given by hand: of two labels for one value the later one holds.
    """

    start: int
    end: int
    label: str
    confidence: float = 1.0
    reason: str = ""
    suggest_keep: bool = False
    passage: bool = False
    named: int = 0


@dataclass(frozen=True, slots=True)
class Scan:
    """All findings of a text, sorted and disjoint; `stopped_at` says where an incomplete scan gave up.

    `names_guessed` says whether the name model read the whole text: None where it was not asked or is not installed.
    """

    findings: tuple[Finding, ...]
    complete: bool = True
    stopped_at: int | None = None
    names_guessed: bool | None = None
