"""What the walk edits besides plain fields: tables, prompt changes, samples, and the list of what is open."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from afterword.record.paths import get
from afterword.tui.fields import Field
from afterword.tui.keys import bindings, keys
from afterword.tui.sections import Section
from afterword.tui.session import Session
from afterword.tui.widgets.row_list import Column, Row, RowList


class Editor(Vertical):
    """A part of a form that edits a list of the record through screens of its own."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rows")
    can_gather = False

    class Edited(Message):
        """The record changed."""

    def __init__(self, field: Field, section: Section, session: Session) -> None:
        super().__init__(classes="editor")
        self.field, self.section, self.session = field, section, session

    @property
    def bar(self) -> list[tuple[str, str]]:
        """What the key bar shows while the list has the focus."""
        return [(key.shown, key.label) for key in keys("rows") if key.bar]

    @property
    def path(self) -> str:
        """The path of the edited list in the record."""
        return self.session.path(self.section, self.field.path)

    @property
    def items(self) -> tuple[Any, ...]:
        """The items as recorded."""
        return tuple(get(self.session.record, self.path) or ())

    def columns(self) -> list[Column]:
        """The columns of the list."""
        raise NotImplementedError

    def cells(self, item: Any) -> tuple[str, ...]:
        """The cells of an item."""
        raise NotImplementedError

    @property
    def empty(self) -> str:
        """What to say where there is nothing."""
        absence = self.session.absence(self.section) if self.section.absent else None
        if absence is not None:
            return f"{str(absence).capitalize()}. F4 changes this answer."
        hint = " ^G offers what git knows," if self.can_gather else ""
        none = " F4 answers: nothing to write here." if self.section.absent else ""
        return f"Nothing here yet.{hint} a adds one.{none}"

    def rows(self) -> list[Row]:
        """The items as rows of the list."""
        return [Row(self.cells(item), key=str(at)) for at, item in enumerate(self.items)]

    def compose(self) -> ComposeResult:
        """A label where the section has several parts, and the list."""
        if len(self.section.fields) > 1:
            yield Static(self.field.label, classes="label", markup=False)
        yield RowList(self.columns(), self.rows(), empty=self.empty)

    @property
    def list(self) -> RowList:
        """The list on screen."""
        return self.query_one(RowList)

    def shown_again(self, select: int | None = None) -> None:
        """Show the list as the record has it now."""
        self.list.empty = self.empty
        self.list.show(self.rows(), select=str(select) if select is not None else None)
        self.list.refresh(layout=True)

    def put(self, items: tuple[Any, ...], select: int | None = None) -> None:
        """Replace the list in the record, as one step."""
        if items and self.section.absent and self.session.absence(self.section):
            self.session.set_absence(self.section, None)
        self.session.set(self.path, items)
        self.shown_again(select)
        self.post_message(self.Edited())

    @on(RowList.RowChosen)
    def _on_chosen(self) -> None:
        self.action_edit_row()

    @on(RowList.NewRowAsked)
    def _on_plus(self) -> None:
        self.action_add_row()

    def action_add_row(self) -> None:
        """Add an item."""
        raise NotImplementedError

    def action_edit_row(self) -> None:
        """Change the item under the cursor."""
        raise NotImplementedError

    def action_remove_row(self) -> None:
        """Remove the item under the cursor; undo brings it back."""
        at = self.list.index
        if at is not None and at < len(self.items):
            self.put(self.items[:at] + self.items[at + 1 :])
            self.app.notify("Removed. Ctrl+Z brings it back.")

    def action_undo_row(self) -> None:
        """Take the last step back."""
        if self.session.undo():
            self.shown_again()
            self.post_message(self.Edited())
        else:
            self.app.notify("Nothing to undo.")

    def action_row_up(self) -> None:
        """Move the item up."""
        self._move(-1)

    def action_row_down(self) -> None:
        """Move the item down."""
        self._move(1)

    def _move(self, by: int) -> None:
        at, items = self.list.index, list(self.items)
        if at is None or not 0 <= at + by < len(items):
            return
        items[at], items[at + by] = items[at + by], items[at]
        self.put(tuple(items), select=at + by)

    def gather(self) -> None:
        """Offer what git knows."""
        raise NotImplementedError

    def focus_item(self, index: int | None) -> None:
        """Put the cursor on an item."""
        if index is not None:
            self.list.move_to(index)
        self.list.focus()
