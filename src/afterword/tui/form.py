"""A section's form: widgets made from its fields, bound to the session."""

import asyncio
from collections.abc import Iterator
from itertools import groupby

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from afterword.record.paths import steps
from afterword.tui.editors import Editor, editor_for
from afterword.tui.field_widgets import field_widget, has_reading, owner_of, typed_text
from afterword.tui.fields import Field, ProseField
from afterword.tui.form_frame import FormFrame
from afterword.tui.section import PromptsField, RowsField, SamplesField, SaveField, Section
from afterword.tui.session import Session
from afterword.tui.still_open import UNCOUNTED
from afterword.tui.widgets.cause_picker import CausePicker
from afterword.tui.widgets.choice import Choice
from afterword.tui.widgets.line_input import LineInput
from afterword.tui.widgets.time_input import TimeInput


class SectionForm(FormFrame):
    """The fields of one section; it tells the screen that something was typed, and hands it over when asked."""

    class Touched(Message):
        """Something was typed that the record does not know yet."""

    def __init__(self, section: Section, session: Session) -> None:
        super().__init__(id=f"form-{section.id}")
        self.section, self.session = section, session
        self._shown: object = None
        self.bound: dict[Widget, tuple[str, Field]] = {}
        self._touched: set[Widget] = set()
        self.made = asyncio.Event()
        """Set once all fields are there."""

    # Building

    def compose(self) -> ComposeResult:
        """Fields of one line stand in blocks with their labels beside them, taller ones below their label."""
        self.flush()  # what the widgets that are about to go still hold
        self.bound = {}
        if self.section.per_cause:
            yield CausePicker([cause.title for cause in self.session.record.causes], self.session.cause)
        for tall, fields in groupby(self.section.fields, key=_is_tall):
            if tall:
                for field in fields:
                    yield from self._tall(field)
            else:
                line_fields = list(fields)
                yield self.block(line_fields, [self._bind(field) for field in line_fields])

    def _tall(self, field: Field) -> Iterator[Widget]:
        if isinstance(field, ProseField):
            if len(self.section.fields) > 1:
                yield Static(field.label, classes="label", markup=False)
            yield self._bind(field)
        else:
            yield editor_for(field, self.section, self.session)

    def _bind(self, field: Field) -> Widget:
        path = self.session.path(self.section, field.path)
        options = self.session.around.severities if field.path == "severity" else ()
        example = f"Example: {self.section.example}"
        widget = field_widget(
            field, self.session.text(path, field), lambda: self.session.here_for(path), example, options
        )
        self.bound[widget] = (path, field)
        return widget

    # Typing

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(TimeInput.TimeUnderstood)
    def _on_typed(self, event: Input.Changed | TextArea.Changed | Choice.Changed | TimeInput.TimeUnderstood) -> None:
        widget = owner_of(event.control, self.bound)  # type: ignore[arg-type]
        if widget is not None:
            event.stop()
            self._touched.add(widget)
            self.post_message(self.Touched())

    @on(Input.Submitted)
    def _on_submitted(self, event: Input.Submitted) -> None:
        """Enter in a line goes on to the next field."""
        if owner_of(event.input, self.bound) is not None:  # type: ignore[arg-type]
            event.stop()
            self.screen.focus_next()

    def flush(self) -> bool:
        """Hand everything typed to the session; return whether there was anything."""
        touched, self._touched = self._touched, set()
        for widget in touched:
            path, field = self.bound[widget]
            self.session.type(path, field, typed_text(widget))
        if touched:
            self._shown = self._to_show()
        return bool(touched)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A time that was understood is shown as it is recorded once the author moves on."""
        widget = owner_of(event.widget, self.bound)  # type: ignore[arg-type]
        if isinstance(widget, TimeInput) and not widget.error:
            self.flush()
            path, field = self.bound[widget]
            recorded = self.session.text(path, field)
            if path not in self.session.draft.inputs and recorded != widget.value:
                widget.value = recorded

    # Showing

    def note(self, focus: Widget | None) -> str:
        """Return what should be mended: in the field that has the focus, else in this section; "" for nothing."""
        widget = owner_of(focus, self.bound)  # type: ignore[arg-type]
        path = self.bound[widget][0] if widget is not None else ""
        if path and (error := self.session.error(path, self.bound[widget][1])):  # type: ignore[index]
            return f"? {error}"
        found = [problem for problem in self.session.problems() if problem.section == self.section.id]
        found = [problem for problem in found if problem.code not in UNCOUNTED]
        mine = [problem for problem in found if path and problem.part == path] or found
        return f"! {mine[0].message} {mine[0].hint}" if mine and self.section.id != "save" else ""

    def editors(self) -> list[Editor]:
        """Return the editors of tables, prompts and samples in this form."""
        return list(self.query(Editor))  # type: ignore[type-abstract]

    def on_mount(self) -> None:
        """Note what is shown."""
        self._shown = self._to_show()
        self.made.set()

    async def show_what_changed(self) -> None:
        """Show what the record holds now, for the current cause; nothing is made anew where that is the same."""
        if self.section.id == "save":
            for editor in self.editors():
                editor.shown_again(0)
        elif self._shown != self._to_show():
            await self.recompose()
            self._shown = self._to_show()
        for line in self.query(LineInput):
            line.scroll_to(x=0, animate=False, force=True)

    def _to_show(self) -> object:
        """Return what the widgets are made from."""
        fields = [field for field in self.section.fields if not _is_tall(field) or isinstance(field, ProseField)]
        paths = [self.session.path(self.section, field.path) for field in fields]
        texts = [self.session.text(path, field) for path, field in zip(paths, fields, strict=True)]
        here = [self.session.here_for(path) for path, field in zip(paths, fields, strict=True) if has_reading(field)]
        editors = [(editor.rows(), editor.empty) for editor in self.editors()]
        return self.section.per_cause and self.session.cause, texts, here, editors

    def focus_part(self, part: str) -> None:
        """Put the focus into the field or row at `part`, or the first field."""
        for widget, (path, _) in self.bound.items():
            if part and path == part:
                widget.focus()
                return
        for editor in self.editors():
            if part and editor.focus_part(part):
                return
            if part and part.startswith(editor.path):
                editor.focus_item(_index_after(part, editor.path))
                return
        if self.bound and (not self.editors() or self.section.fields[0].path in _bound_names(self)):
            next(iter(self.bound)).focus()
        elif self.editors():
            self.editors()[0].focus_item(None)


def _bound_names(form: SectionForm) -> set[str]:
    return {field.path for _, field in form.bound.values()}


def _index_after(part: str, path: str) -> int | None:
    """Return the index of the item of the list at `path` that `part` lies in."""
    try:
        at = len(steps(path)) - 1
        return steps(part)[at][1]
    except (ValueError, IndexError):
        return None


def _is_tall(field: Field) -> bool:
    return isinstance(field, ProseField | RowsField | PromptsField | SamplesField | SaveField)
