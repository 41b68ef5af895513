"""A table of the record, edited row by row."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from afterword.tui.editors.editor import Editor
from afterword.tui.rows import Quick, RowSpec
from afterword.tui.section import RowsField
from afterword.tui.typed import sentence
from afterword.tui.widgets.cells import cut, width_of
from afterword.tui.widgets.line_input import LineInput
from afterword.tui.widgets.row_list import Column
from afterword.visible import visible_line


class RowsEditor(Editor):
    """A table of the record: rows typed in one line where that is possible, in a small form otherwise."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,up", "leave_line", show=False)]
    field: RowsField

    @property
    def spec(self) -> RowSpec:
        """The kind of row."""
        return self.field.spec

    @property
    def can_gather(self) -> bool:  # type: ignore[override]
        """Whether git has something to offer."""
        return bool(self.field.gather)

    def columns(self) -> list[Column]:
        """As the kind of row says."""
        return list(self.spec.columns)

    def cells(self, item: Any) -> tuple[str, ...]:
        """As the kind of row says."""
        return self.spec.cells(item)

    @property
    def how_to_add(self) -> str:
        """The cursor is in the line, where there is one."""
        if self.spec.quick is None:
            return super().how_to_add
        return "Type a row below, Enter adds it; Esc goes to the list."

    @property
    def _line_path(self) -> str:
        return f"{self.path}.new"

    def compose(self) -> ComposeResult:
        """The list, and the line to type a row in."""
        yield from super().compose()
        if self.spec.quick is not None:
            typed = self.session.draft.inputs.get(self._line_path, "")
            yield LineInput(typed, placeholder=f"e.g. {self.spec.quick.hint}", classes="quick")
            yield Static("", classes="reading", markup=False)

    def on_mount(self) -> None:
        """Show how a line that was left unfinished is understood."""
        if self.spec.quick is not None and self.query_one(LineInput).value:
            self.call_after_refresh(self._read, self.query_one(LineInput).value)

    @on(Input.Changed, ".quick")
    def _on_line(self, event: Input.Changed) -> None:
        event.stop()
        self.remember(self._line_path, event.value)
        self._read(event.value)

    def _read(self, text: str) -> Any | None:
        """Read the line, and show at once how it was understood."""
        assert self.spec.quick is not None
        reading = self.query_one(".reading", Static)
        if not text.strip():
            reading.update("")
            return None
        try:
            row = self.spec.quick.read(text, self.session.time_here, self.session.record)
        except ValueError as error:
            reading.update(f"? {visible_line(sentence(error))}")
            return None
        reading.update(self._understood(self.spec.quick, row, reading.size.width))
        return row

    @staticmethod
    def _understood(quick: Quick, row: Any, width: int) -> str:
        """Say how the line was understood, and in what is left of the width what it might say as well."""
        said, missing = f"= {visible_line(quick.reading(row))}", quick.missing(row)
        return cut(f"{said} · {missing}", max(width, width_of(said))) if missing else said

    @on(Input.Submitted, ".quick")
    def _on_line_done(self, event: Input.Submitted) -> None:
        event.stop()
        row = self._read(event.value)
        if row is None:
            if not event.value.strip():
                self.list.focus()
            return
        self.session.forget(self._line_path)
        self.query_one(LineInput).value = ""
        self._add([row])

    def _add(self, rows: list[Any]) -> None:
        items = self.items
        for row in rows:
            items = self.spec.placed(items, row)
        self.put(items, select=items.index(rows[-1]))

    def action_add_row(self) -> None:
        """Go to the line, or ask for the fields."""
        if self.spec.quick is not None:
            self.query_one(LineInput).focus()
        else:
            self._ask(None)

    def action_edit_row(self) -> None:
        """Ask for the fields of the row under the cursor."""
        if self.list.index is not None:
            self._ask(self.list.index)
        else:
            self.action_add_row()

    def _ask(self, at: int | None) -> None:
        from afterword.tui.screens.row_form import RowForm

        path = self.waiting_path(self.items, len(self.items) if at is None else at)
        row = self.items[at] if at is not None else None

        def remember(text: str) -> None:
            self.remember(path, text)

        def take(row: Any) -> None:
            if row is None:
                return
            old = self.items
            items = self.spec.placed(old, row) if at is None else self.spec.replaced(old, at, row)
            self.put(items, select=items.index(row))

        form = RowForm(self.spec, row, self.session.record, self.session.time_here, self.waiting(at), remember)
        self.app.push_screen(form, take)

    def action_leave_line(self) -> None:
        """From the line to the list; from the list to the sections."""
        if isinstance(self.screen.focused, LineInput):
            self.list.focus()
        else:
            self.screen.action_section_list()  # type: ignore[attr-defined]

    def gather(self) -> None:
        """Offer rows from git."""
        from afterword.tui.gathering import reader
        from afterword.tui.screens.offer import OfferScreen

        read = reader(self.field.gather, self.session, self.items, self.session.root)

        def take(rows: Any) -> None:
            if rows:
                self._add(list(rows))

        self.app.push_screen(OfferScreen(f"{self.section.title}: what git knows", self.session.standing(), read), take)

    def focus_item(self, index: int | None) -> None:
        """An empty list with a line to type in puts the cursor there."""
        if index is None and self.spec.quick is not None:
            self.query_one(LineInput).focus()
        else:
            super().focus_item(index)
