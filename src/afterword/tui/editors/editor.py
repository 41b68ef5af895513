"""What the walk edits besides plain fields: tables, prompt changes, samples, and the list of what is open."""

import re
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from afterword.record.paths import get
from afterword.tui.fields import Field
from afterword.tui.following import follow
from afterword.tui.keys import bindings, keys
from afterword.tui.section import Section
from afterword.tui.session import Session
from afterword.tui.widgets.row_list import Column, Row, RowList


class Editor(Vertical):
    """A part of a form that edits a list of the record through screens of its own."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rows")
    can_gather = False

    class Edited(Message):
        """The record changed."""

    class Touched(Message):
        """Something was typed that is not part of the record yet; more is likely to follow at once."""

    def __init__(self, field: Field, section: Section, session: Session) -> None:
        super().__init__(classes="editor")
        self.field, self.section, self.session = field, section, session
        self._followed: tuple[Any, ...] = ()

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

    @abstractmethod
    def columns(self) -> list[Column]:
        """The columns of the list."""

    @abstractmethod
    def cells(self, item: Any) -> tuple[str, ...]:
        """The cells of an item."""

    @property
    def empty(self) -> str:
        """What to say where there is nothing."""
        absence = self.session.absence(self.section) if self.section.absent else None
        if absence is not None:
            return f"{str(absence).capitalize()}. F4 changes this answer."
        hint = " ^G offers what git knows." if self.can_gather else ""
        none = " F4 answers: nothing to write here." if self.section.absent else ""
        return f"Nothing here yet. {self.how_to_add}{hint}{none}"

    @property
    def how_to_add(self) -> str:
        """A sentence on how a row is added."""
        return "a adds one."

    def rows(self) -> list[Row]:
        """The items as rows of the list; paragraphs stand in one line."""
        return [
            Row(tuple(_BREAK.sub(" ", cell) for cell in self.cells(item)), key=str(at))
            for at, item in enumerate(self.items)
        ]

    def compose(self) -> ComposeResult:
        """A label where the section has several parts, and the list."""
        if len(self.section.fields) > 1:
            yield Static(self.field.label, classes="label", markup=False)
        self._followed = self.items
        yield RowList(self.columns(), self.rows(), empty=self.empty)

    @property
    def list(self) -> RowList:
        """The list on screen."""
        return self.query_one(RowList)

    def shown_again(self, select: int | None = None) -> None:
        """Show the list as the record has it now; text that waits for a row goes where the row went."""
        self._follow()
        self.list.empty = self.empty
        self.list.show(self.rows(), select=str(select) if select is not None else None)
        self.list.refresh(layout=True)

    # Text that is typed and not taken

    def waiting_path(self, items: Sequence[Any], at: int) -> str:
        """Return where text waits that was typed for the row `at` of `items`; one past the last is a new row."""
        return f"{self.path}[{at}]"

    def waiting(self, at: int | None) -> str:
        """Return the text that waits for a row, or for a new one."""
        path = self.waiting_path(self.items, len(self.items) if at is None else at)
        return self.session.draft.inputs.get(path, "")

    def remember(self, path: str, text: str) -> None:
        """Keep text that is typed for a row; "" drops it."""
        if text:
            self.session.remember(path, text)
        else:
            self.session.forget(path)
        self.post_message(self.Touched())

    def _follow(self) -> None:
        """Move what waits along with the rows; what waits for a row that is gone goes with it."""
        before, self._followed = self._followed, self.items
        follow(self.session, self.waiting_path, before, self._followed)

    # Steps

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

    @abstractmethod
    def action_add_row(self) -> None:
        """Add an item."""

    @abstractmethod
    def action_edit_row(self) -> None:
        """Change the item under the cursor."""

    def action_remove_row(self) -> None:
        """Remove the item under the cursor; undo brings it back."""
        at = self.list.index
        if at is not None and at < len(self.items):
            self.put(self.items[:at] + self.items[at + 1 :])
            self.app.notify("Removed. Ctrl+Z brings it back.")

    def action_undo_row(self) -> None:
        """Take the last step back."""
        if self.session.undo(self.path):
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
        """Offer what git knows, where `can_gather`."""

    def focus_item(self, index: int | None) -> None:
        """Put the cursor on an item; where text waits for it, open the form that holds the text."""
        if index is not None:
            self.list.move_to(index)
        self.list.focus()
        if index is not None and self.waiting(index):
            self.open_waiting(index if index < len(self.items) else None)

    def focus_part(self, part: str) -> bool:
        """Put the cursor on the row that `part` names; return whether there is one, or text that waits for one."""
        items = self.items
        at = next((at for at in range(len(items) + 1) if self.waiting_path(items, at) == part), None)
        if at is None or (at == len(items) and not self.waiting(None)):
            return False
        self.focus_item(at)
        return True

    def open_waiting(self, at: int | None) -> None:
        """Open the form that holds the text waiting for a row, None for a new one."""
        if at is None:
            self.action_add_row()
        else:
            self.action_edit_row()


_BREAK = re.compile(r"\s*\n\s*")
