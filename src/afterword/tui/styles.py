"""Where the style sheets are: beside the package once installed, in the checkout otherwise."""

from pathlib import Path

from afterword.errors import AfterwordError


def style_sheets() -> list[Path]:
    """Return all style sheets, the shared one first."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "styles", package.parents[1] / "styles"):
        if (folder / "afterword.tcss").is_file():
            return [
                folder / "afterword.tcss",
                *sorted(set(folder.glob("*.tcss")) - {folder / "afterword.tcss"}),
            ]
    raise AfterwordError(
        "Afterword's style sheets are missing.", "Install it again: pip install --force-reinstall afterword"
    )
