"""How the fields of a section lie in its form."""

from collections.abc import Sequence

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from afterword.tui.field_widgets import has_reading
from afterword.tui.fields import Field


class FormFrame(VerticalScroll, can_focus=False):
    """A form that scrolls; fields of one line stand in blocks with their labels beside them."""

    def block(self, fields: Sequence[Field], widgets: Sequence[Widget]) -> Widget:
        """Return fields of one line with their labels."""
        labels = "\n".join(field.label + "\n" * has_reading(field) for field in fields)
        column = Static(labels, classes="labels", markup=False)
        column.styles.width = max(len(field.label) for field in fields) + 2
        return Horizontal(column, Vertical(*widgets, classes="inputs"), classes="block")
