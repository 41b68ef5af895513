"""What a format's writer returns."""

from dataclasses import dataclass

FOLDER = "evals/incidents"
"""Where a case lies unless a file is named."""


@dataclass(frozen=True, slots=True)
class Written:
    """A case as a file: path from the repository's root, text, the runner's name, and how the team runs it."""

    path: str
    text: str
    runner: str
    how_to_run: str
