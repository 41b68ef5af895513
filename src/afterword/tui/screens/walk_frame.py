"""What stands around every section of a walk, before and after its record is read."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Static

from afterword.tui.keys import keys
from afterword.tui.sections import SECTIONS
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.progress import Progress
from afterword.tui.widgets.section_list import Entry, SectionList
from afterword.tui.widgets.title_bar import TitleBar

ALWAYS = [("F1", "Help"), ("^Q", "Leave")]
"""Keys that the bar never drops."""


def walk_bar() -> list[tuple[str, str]]:
    """Return what the key bar shows while a plain field has the focus."""
    return [(key.shown, key.label) for key in keys("walk") if key.bar] + ALWAYS


class WalkFrame(Screen[str | None]):
    """Title and clock above, sections left, form right, keys below."""

    _at = 0
    """The index of the section on screen."""

    def compose(self) -> ComposeResult:
        """Lay out everything but the form; nothing is said about the sections yet."""
        yield TitleBar()
        with Horizontal(id="walk"):
            with Vertical(id="side"):
                yield SectionList([Entry(section.title, "unread") for section in SECTIONS], self._at, id="sections")
                yield Progress(id="progress")
            with Vertical(id="main"):
                yield Static("", id="question", markup=False)
                yield Static("", id="guidance", markup=False)
                yield ContentSwitcher(id="forms")
                yield Static("", id="note", markup=False)
        yield KeyBar(walk_bar())
