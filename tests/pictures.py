"""Pictures of screens: each is an SVG in `screenshots/`, compared with what the app draws now.

    async def test_home(picture):
        async with app.run_test(size=(80, 24)) as pilot:
            picture(app, "home-80x24")

`AFTERWORD_PICTURES=write`, or `pytest --write-pictures` where this module is a plugin, renews them.
"""

import difflib
import html
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

SCREENSHOTS = Path(__file__).parent.parent / "screenshots"
_CELL = 12.2
"""Width of a character in the picture, as the SVG export has it."""
_TEXT = re.compile(r'<text[^>]* class="[^"]*-r\d+"[^>]* x="([0-9.]+)" y="([0-9.]+)"[^>]*>([^<]*)</text>')
_FONTS = '"Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace'

Picture = Callable[[App[Any], str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let pictures be renewed by an option."""
    parser.addoption("--write-pictures", action="store_true", help="renew the pictures in screenshots/")


def normalised(svg: str) -> str:
    """Take out of an exported screenshot what differs from run to run or asks the network for a font."""
    svg = re.sub(r"terminal-\d+-", "terminal-", svg)
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s*<clipPath.*?</clipPath>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' clip-path="[^"]*"', "", svg)
    svg = re.sub(r"font-family: [^;]*;", f"font-family: {_FONTS};", svg)
    svg = re.sub(r"<text class", '<text xml:space="preserve" class', svg)
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


def characters(svg: str) -> list[str]:
    """Read the characters of a screen back from its picture."""
    rows: dict[float, list[tuple[int, str]]] = {}
    for x, y, text in _TEXT.findall(svg):
        rows.setdefault(float(y), []).append((round(float(x) / _CELL), html.unescape(text).replace("\xa0", " ")))
    lines = []
    for y in sorted(rows):
        line = ""
        for column, text in sorted(rows[y]):
            line = line.ljust(column) + text
        lines.append(line.rstrip())
    return lines


def compare(svg: str, name: str, folder: Path, failed: Path, write: bool = False) -> None:
    """Compare a screenshot with the picture `name`, or write it; a difference tells where the new picture lies."""
    new = normalised(svg)
    path = folder / f"{name}.svg"
    if write:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(new, encoding="utf-8")
        return
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    if new == old:
        return
    failed.mkdir(parents=True, exist_ok=True)
    found = failed / f"{name}.svg"
    found.write_text(new, encoding="utf-8")
    if not old:
        pytest.fail(f"There is no picture {path.name}; the screen now is {found}. AFTERWORD_PICTURES=write makes it.")
    difference = list(difflib.unified_diff(characters(old), characters(new), str(path), str(found), lineterm="", n=1))
    if not difference:
        drawn = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
        difference = ["The characters are the same; colours or styles differ:", *list(drawn)[2:12]]
    pytest.fail("\n".join([f"{name} looks different; the screen now is {found}", *difference]), pytrace=False)


@pytest.fixture
def picture(request: pytest.FixtureRequest, tmp_path: Path) -> Picture:
    """Compare the app's screen with a picture in `screenshots/`."""
    write = os.environ.get("AFTERWORD_PICTURES") == "write" or request.config.getoption("--write-pictures", False)

    def take(app: App[Any], name: str) -> None:
        compare(app.export_screenshot(), name, SCREENSHOTS, tmp_path / "pictures", bool(write))

    return take
