"""One row of a table, field by field."""

import json
from collections.abc import Callable
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from afterword.record.model import Part, Record
from afterword.tui.clock import Here
from afterword.tui.field_widgets import field_widget, typed_text
from afterword.tui.fields import Field
from afterword.tui.rows import RowSpec
from afterword.tui.typed import sentence
from afterword.tui.widgets.choice import Choice
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.time_input import TimeInput


class RowForm(ModalScreen[Part | None]):
    """Asks for the fields of a row; what is typed is handed to `remember` at once, so that it outlives a kill."""

    BINDINGS = [
        Binding("ctrl+s", "take", show=False, priority=True),
        Binding("escape", "back", show=False, priority=True),
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
        self._typed: dict[str, str] = _read(typed)
        self._fields: dict[Widget, Field] = {}

    def compose(self) -> ComposeResult:
        """Labels left, fields right."""
        verb = "Change" if self._row is not None else "Add"
        with Vertical(classes="dialog wide"):
            yield Static(f"{verb} {self._spec.noun}", classes="dialog--question", markup=False)
            for field in self._spec.fields:
                yield Horizontal(
                    Static(field.label, classes="labels", markup=False), self._make(field), classes="block"
                )
            yield Static("", id="needed", classes="error", markup=False)
            yield KeyBar([("Tab", "Next field"), ("Enter", "Take it"), ("^S", "Take it"), ("Esc", "Back")])

    def _make(self, field: Field) -> Widget:
        shown = field.show(getattr(self._row, field.path, None)) if self._row is not None else ""
        widget = field_widget(field, self._typed.get(field.path, shown), self._here)
        self._fields[widget] = field
        return widget

    def _texts(self) -> dict[str, str]:
        return {field.path: typed_text(widget) for widget, field in self._fields.items()}

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(TimeInput.TimeUnderstood)
    def _on_typed(self) -> None:
        self._remember(json.dumps(self._texts(), ensure_ascii=False))

    @on(Input.Submitted)
    def _on_submitted(self) -> None:
        self.action_take()

    def action_take(self) -> None:
        """Read all fields; stay where one cannot be read."""
        values: dict[str, Any] = {"id": getattr(self._row, "id", "")} if "id" in self._spec.kind.model_fields else {}
        for widget, field in self._fields.items():
            try:
                values[field.path] = field.read(self._texts()[field.path], self._here)
            except ValueError as error:
                self._say(sentence(error), widget)
                return
        if not any(values[field.path] for field in self._spec.fields):
            self._say("Fill in a field, or go back with Esc.", next(iter(self._fields)))
            return
        try:
            row = self._spec.make(values, self._record)
        except ValueError as error:
            missing = [widget for widget, field in self._fields.items() if not values[field.path]]
            what = f"{self._fields[missing[0]].label} is needed." if missing else sentence(error)
            self._say(what, missing[0] if missing else next(iter(self._fields)))
            return
        self._remember("")
        self.dismiss(row)

    def _say(self, what: str, widget: Widget) -> None:
        self.query_one("#needed", Static).update(what)
        widget.focus()

    def action_back(self) -> None:
        """Go back without a change."""
        self._remember("")
        self.dismiss(None)


def _read(typed: str) -> dict[str, str]:
    try:
        found = json.loads(typed) if typed else {}
    except ValueError:
        return {}
    return {str(key): str(text) for key, text in found.items()} if isinstance(found, dict) else {}
