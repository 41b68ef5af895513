"""Where the style sheets are: beside the package once installed, in the checkout otherwise."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from afterword.errors import AfterwordError

_FIRST = ("afterword", "home", "walk", "widgets")
"""What a first frame may show; all else is read after it, since reading one takes longer than it looks."""


class StyleSheets(NamedTuple):
    """The files for the first frame, the shared one first, and those for everything that comes later."""

    first: Sequence[Path]
    later: Sequence[Path]


def style_sheets() -> StyleSheets:
    """Return all style sheets; AfterwordError where they are missing."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "styles", package.parents[1] / "styles"):
        first = [folder / f"{name}.tcss" for name in _FIRST]
        if first[0].is_file():
            return StyleSheets(first, sorted(set(folder.glob("*.tcss")) - set(first)))
    raise AfterwordError(
        "Afterword's style sheets are missing.", "Install it again: pip install --force-reinstall afterword"
    )
