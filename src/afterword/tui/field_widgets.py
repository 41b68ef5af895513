"""From a field to its widget, and from the widget to what was typed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Input, TextArea

from afterword.tui.fields import ChoiceField, Field, ProseField, TimeField, TimesField
from afterword.tui.widgets.choice import Choice
from afterword.tui.widgets.line_input import LineInput
from afterword.tui.widgets.prose_area import ProseArea

# What reads times is loaded with the first field that needs it, after the first frame.
if TYPE_CHECKING:
    from afterword.record.when import When
    from afterword.tui.clock import Here

_MOST_LINES = 12


def field_widget(
    field: Field, text: str, here: "Here | Callable[[], Here]", example: str = "", options: Sequence[str] = ()
) -> Widget:
    """Return the widget for a field holding `text`; `options` replace a choice's own, `example` stands for a hint.

    Where `here` is a function it is asked anew at each reading: what a clock time means may depend on other times.
    """
    ask = here if callable(here) else lambda: here
    if isinstance(field, ChoiceField):
        return Choice(options or field.options, text, required=field.required)
    if has_reading(field):
        from afterword.tui.widgets.time_input import TimeInput

        now = ask()
        return TimeInput(text, now=now.now, zone=now.zone, read=_reader(field, ask), placeholder=_hint(field))
    if isinstance(field, ProseField):
        hint = _hint(field) or example
        if field.lines is None:
            return ProseArea(text, example=hint, classes="fills")
        return ProseArea(text, example=hint, min_lines=field.lines, max_lines=max(field.lines, _MOST_LINES))
    return LineInput(text, placeholder=_hint(field))


def has_reading(field: Field) -> bool:
    """Whether a line below the field shows how the text was understood."""
    return isinstance(field, TimeField | TimesField)


def _hint(field: Field) -> str:
    """Return the hint so that it reads as one without colour."""
    return f"e.g. {field.hint}" if field.hint else ""


def _reader(field: Field, here: "Callable[[], Here]") -> "Callable[[str], When | str]":
    from afterword.record.absence import Absence
    from afterword.record.spoken import explain

    def read(text: str) -> "When | str":
        found = field.read(text, here())
        if isinstance(found, tuple):
            return "; ".join(explain(when, here().zone) for when in found)
        return f"{found}, an answer" if isinstance(found, Absence) else found or ""

    return read


def typed_text(widget: Widget) -> str:
    """Return what a field holds now."""
    if isinstance(widget, TextArea):
        return widget.text
    from afterword.tui.widgets.time_input import TimeInput

    assert isinstance(widget, Input | Choice | TimeInput)
    return widget.value


def owner_of(widget: Widget | None, owners: "dict[Widget, object] | dict[Widget, Field]") -> Widget | None:
    """Return the field's widget that `widget` is, or is inside of."""
    while widget is not None and widget not in owners:
        widget = widget.parent if isinstance(widget.parent, Widget) else None
    return widget
