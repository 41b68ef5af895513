"""What the screens share in whose list rows are marked and then taken."""

from abc import abstractmethod
from typing import ClassVar, TypeVar

from textual import on
from textual.binding import BindingType
from textual.screen import Screen

from afterword.tui.keys import bindings
from afterword.tui.widgets.row_list import RowList

Taken = TypeVar("Taken")


class MarkingScreen(Screen[Taken]):
    """A list: Space marks a row, Enter takes what is marked."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("pick", "marks")
    help_keys = ("pick", "marks")

    def action_mark_row(self) -> None:
        """Mark the row under the cursor."""
        self.query_one(RowList).action_mark()

    @on(RowList.RowMarked)
    def _on_marked(self, event: RowList.RowMarked) -> None:
        event.row_list.toggle_mark(event.index)

    @on(RowList.RowChosen)
    def _on_chosen(self) -> None:
        self.action_accept()

    @abstractmethod
    def action_accept(self) -> None:
        """Close with what is marked."""

    @abstractmethod
    def action_cancel(self) -> None:
        """Close without a change."""
