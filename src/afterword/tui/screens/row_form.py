"""One row of a table, field by field."""

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from afterword.record.model import Record
from afterword.record.part import Part
from afterword.tui.clock import Here
from afterword.tui.field_widgets import field_widget, owner_of, typed_text
from afterword.tui.fields import Field
from afterword.tui.row_reading import RowRefused, read_row, shown_texts, waiting_text, waiting_texts
from afterword.tui.rows import RowSpec
from afterword.tui.widgets.choice import Choice
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.time_input import TimeInput
from afterword.visible import visible_line


class RowForm(ModalScreen[Part | None]):
    """Asks for the fields of a row.

    What is typed is handed to `remember` at once, so that it outlives a kill, and left there by Esc.
    """

    BINDINGS = [
        Binding("ctrl+s", "take", show=False, priority=True),
        Binding("escape", "back", show=False, priority=True),
        Binding("enter", "onward", show=False),
    ]

    def __init__(
        self,
        spec: RowSpec,
        row: Part | None,
        record: Record,
        here: Here,
        typed: str,
        remember: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._spec, self._row, self._record, self._here, self._remember = spec, row, record, here, remember
        self._typed: dict[str, str] = waiting_texts(typed)
        self._shown = shown_texts(spec, row)
        self._fields: dict[Widget, Field] = {}

    def compose(self) -> ComposeResult:
        """Labels left, fields right."""
        verb = "Edit" if self._row is not None else "Add"
        with Vertical(classes="dialog wide"):
            yield Static(f"{verb} {self._spec.noun}", classes="dialog--question", markup=False)
            for field in self._spec.fields:
                yield Horizontal(
                    Static(field.label, classes="labels", markup=False), self._make(field), classes="block"
                )
            yield Static("", id="needed", classes="error", markup=False)
            yield KeyBar([("^S", "Take it"), ("Esc", "Back")])

    def _make(self, field: Field) -> Widget:
        widget = field_widget(field, self._typed.get(field.path, self._shown[field.path]), self._here)
        self._fields[widget] = field
        return widget

    def _texts(self) -> dict[str, str]:
        return {field.path: typed_text(widget) for widget, field in self._fields.items()}

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(TimeInput.TimeUnderstood)
    def _on_typed(self) -> None:
        self._remember(self._waiting())

    def _waiting(self) -> str:
        """Return what would be lost without the form: nothing where all is as it was, or empty."""
        return waiting_text(self._texts(), self._shown)

    # Going through the fields

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show what Enter does here."""
        widget = owner_of(event.widget, self._fields)
        enter = "Take it" if widget is list(self._fields)[-1] else "Next field"
        keys = [("Enter", "New line"), ("Tab", "Next field")] if isinstance(widget, TextArea) else [("Enter", enter)]
        if isinstance(widget, Choice):
            keys = [("←→", "Choose"), *keys]
        self.query_one(KeyBar).show_keys([*keys, ("^S", "Take it"), ("Esc", "Back")])

    @on(Input.Submitted)
    def _on_submitted(self) -> None:
        self.action_onward()

    def action_onward(self) -> None:
        """Go to the next field; from the last one, take the row."""
        fields = list(self._fields)
        widget = owner_of(self.focused, self._fields)
        if widget is None or widget is fields[-1]:
            self.action_take()
        else:
            fields[fields.index(widget) + 1].focus()

    # Ends

    def action_take(self) -> None:
        """Read all fields; stay where one cannot be read."""
        try:
            row = read_row(self._spec, self._texts(), self._row, self._record, self._here)
        except RowRefused as refused:
            nothing = "Fill in a field, or go back with Esc."
            widgets = [widget for widget, field in self._fields.items() if field is refused.field]
            self._say(str(refused) if widgets else nothing, (widgets or list(self._fields))[0])
            return
        self._remember("")
        self.dismiss(row)

    def _say(self, what: str, widget: Widget) -> None:
        self.query_one("#needed", Static).update(visible_line(what))
        widget.focus()

    def action_back(self) -> None:
        """Go back without a change; what was typed is kept beside the record until it is taken or emptied."""
        waiting = self._waiting()
        self._remember(waiting)
        self.dismiss(None)
        if waiting:
            again = "Add a row" if self._row is None else "Open the row"
            self.app.notify(
                f"Kept as typed, but not part of the record yet. {again} again to go on; empty the fields to drop it."
            )
