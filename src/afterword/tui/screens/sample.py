"""One sample output as it was: its facts and its raw text, pasted or typed."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from afterword.tui.field_widgets import field_widget, typed_text
from afterword.tui.fields import Field
from afterword.tui.sample_fields import FACTS, NOTE, TEXT
from afterword.tui.session import Session
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.prose_area import ProseArea
from afterword.tui.widgets.time_input import TimeInput
from afterword.tui.widgets.title_bar import TitleBar

_SETTLE = 0.3


class SampleScreen(Screen[bool]):
    """Raw text stays in the draft; the next step decides on what is in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n,ctrl+s", "decide", show=False, priority=True),
        Binding("escape", "back", show=False, priority=True),
    ]
    AUTO_FOCUS = ""
    help_text = (
        "A sample output",
        "Paste what the model really said, with the question it answered. The raw text stays in the draft inside\n"
        ".git; the record gets only what is left after you decided on every finding. Ctrl+N goes on to that.\n"
        "A paste stays text, escape sequences included; f in the list reads a file.",
    )

    def __init__(self, session: Session, index: int, changed: Callable[[], object]) -> None:
        super().__init__()
        self.session, self.index, self._changed = session, index, changed
        self._fields: dict[Widget, Field] = {}
        self._settling: Timer | None = None

    def compose(self) -> ComposeResult:
        """Facts above, text below."""
        sample = self.session.samples.raw[self.index]
        yield TitleBar("Sample output", self.session.standing())
        with Vertical(id="sample"):
            for field in FACTS:
                yield Horizontal(
                    Static(field.label, classes="labels", markup=False),
                    self._make(field, getattr(sample, field.path)),
                    classes="block",
                )
            yield Static(NOTE.label, classes="label", markup=False)
            yield self._make(NOTE, sample.note)
            yield Static(TEXT.label, classes="label", markup=False)
            text = ProseArea(sample.text, example=TEXT.hint, id="text")
            self._fields[text] = TEXT
            yield text
        yield KeyBar([("^N", "Decide on findings"), ("Tab", "Next field"), ("Esc", "Back to the list"), ("F1", "Help")])

    def on_mount(self) -> None:
        """Begin where something is to be typed."""
        first = next(iter(self._fields)) if self.session.samples.raw[self.index].text.strip() else None
        (first or self.query_one("#text")).focus()

    def _make(self, field: Field, text: str) -> Widget:
        widget = field_widget(field, text, lambda: self.session.time_here)
        self._fields[widget] = field
        return widget

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(TimeInput.TimeUnderstood)
    def _on_typed(self) -> None:
        if self._settling is None:
            self._settling = self.set_timer(_SETTLE, self.settle)

    def settle(self) -> None:
        """Keep what was typed in the draft."""
        self._settling = None
        typed = {field.path: typed_text(widget) for widget, field in self._fields.items()}
        sample = self.session.samples.raw[self.index]
        different = {path: text for path, text in typed.items() if getattr(sample, path) != text}
        if different:
            self.session.samples.change(self.index, **different)
            self._changed()

    def keep(self) -> None:
        """Called before the program ends."""
        self.settle()

    def action_decide(self) -> None:
        """Go on to the findings."""
        self.settle()
        if not self.session.samples.raw[self.index].text.strip():
            self.app.notify("Paste the text first.")
            return
        self.dismiss(True)

    def action_back(self) -> None:
        """Back to the list; an empty sample goes."""
        self.settle()
        self.dismiss(False)

    async def leave(self) -> None:
        """Ctrl+Q steps back as well."""
        self.action_back()
