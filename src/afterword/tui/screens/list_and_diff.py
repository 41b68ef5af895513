"""What the screens share that show a list on the left and, on the right, the diff of the row under the cursor."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from afterword.tui.widgets.diff_view import DiffView
from afterword.tui.widgets.row_list import RowList

Taken = TypeVar("Taken")


class ListAndDiff(Screen[Taken | None]):
    """A list, a line below it, and a diff with some words above it; None is its result where nothing is taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "other_side", show=False, priority=True),
        Binding("s", "layout_of_diff", show=False, priority=True),
        Binding("n,right_square_bracket", "hunk(1)", show=False),
        Binding("p,left_square_bracket", "hunk(-1)", show=False),
    ]
    AUTO_FOCUS = "RowList"

    def sides(self, rows: RowList, below: str) -> ComposeResult:
        """Compose both sides; `below` is the id of the line under the list."""
        with Horizontal(id="sides"):
            with Vertical(id="list-side"):
                yield rows
                yield Static("", id=below, markup=False)
            with Vertical(id="diff-side"):
                yield Static("", id="about", markup=False)
                yield DiffView("", id="diff")

    def action_other_side(self) -> None:
        """Between the list and the diff."""
        self.query_one(DiffView if isinstance(self.focused, RowList) else RowList).focus()

    def action_layout_of_diff(self) -> None:
        """Unified beside the list, or both sides over the whole width."""
        diff = self.query_one(DiffView)
        diff.action_toggle_layout()
        self.query_one("#list-side").display = not diff.is_side_by_side
        diff.focus() if diff.is_side_by_side else self.query_one(RowList).focus()

    def action_hunk(self, by: int) -> None:
        """Go to the next or previous hunk."""
        diff = self.query_one(DiffView)
        diff.action_next_hunk() if by > 0 else diff.action_previous_hunk()

    def action_cancel(self) -> None:
        """Go back without a change."""
        self.dismiss(None)
