"""A section as it will read."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Markdown, Static

from afterword.record.document import render
from afterword.record.model import Record
from afterword.tui.section import Section
from afterword.tui.section_text import HEADINGS, section_lines
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible

_LONGEST = 400
"""Lines shown: the Markdown widget takes seconds over long texts."""


class PreviewScreen(Screen[None]):
    """Read-only, scrolled with the arrow keys."""

    BINDINGS = [Binding("escape,f5,q", "dismiss(None)", show=False)]
    help_text = ("Preview", "The section as it will read on a git host. The file is plain Markdown.")

    def __init__(self, record: Record, section: Section, standing: str) -> None:
        super().__init__()
        self._record, self._section, self._standing = record, section, standing

    def compose(self) -> ComposeResult:
        """The rendered section."""
        lines = section_lines(render(self._record), HEADINGS[self._section.id])
        left_out = len(lines) - _LONGEST
        yield TitleBar(f"Preview: {self._section.title}", self._standing)
        with VerticalScroll(id="preview"):
            yield Markdown(visible("\n".join(lines[:_LONGEST])), open_links=False)
            if left_out > 0:
                yield Static(f"… {left_out} more lines in the file", markup=False)
        yield KeyBar([("↑↓", "Scroll"), ("Esc", "Back")])
