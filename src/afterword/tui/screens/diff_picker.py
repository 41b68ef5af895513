"""What the pickers of prompt versions share: a list on the left, the diff of the row under the cursor on the right."""

from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static
from textual.worker import get_current_worker

from afterword.errors import AfterwordError
from afterword.record.model import PromptChange
from afterword.repo import Repository
from afterword.tui.keys import bindings
from afterword.tui.screens.ending import end
from afterword.tui.screens.list_and_diff import ListAndDiff
from afterword.tui.widgets.diff_view import DiffView
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.row_list import Column, RowList
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible, visible_line


@dataclass(frozen=True)
class Shown:
    """What stands beside a row: what is said above the diff, the diff, and the path that tells its language."""

    about: tuple[str, ...]
    diff: str
    path: str


class DiffPicker(ListAndDiff[PromptChange]):
    """A list whose row under the cursor is shown as a diff; Enter takes it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("pick")
    help_keys: ClassVar[tuple[str, ...]] = ("pick",)
    columns: ClassVar[tuple[Column, ...]] = ()
    keys: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init__(self, root: Path, standing: str) -> None:
        super().__init__()
        self.root, self._standing = root, standing
        self._wanted = -1

    # What a picker is made of

    @abstractmethod
    def first_lines(self, index: int) -> tuple[str, ...]:
        """Return what is said of a row at once."""

    @abstractmethod
    def look_at(self, repository: Repository, index: int) -> Shown:
        """Read the diff of a row, and what git has to be asked for; in a thread."""

    @abstractmethod
    def taken(self, repository: Repository, index: int) -> PromptChange:
        """Return a row as the record keeps it."""

    # The screen

    def compose(self) -> ComposeResult:
        """The list left, the diff right."""
        yield TitleBar("", self._standing)
        yield from self.sides(RowList(self.columns, empty="Reading the history…"), below="reading")
        yield KeyBar(self.keys)

    @on(RowList.RowReached)
    def _on_reached(self, event: RowList.RowReached) -> None:
        self.show_row(event.index)

    def show_row(self, index: int) -> None:
        """Show a row's diff; what is known at once is said before git has answered."""
        self._wanted = index
        self._tell(self.first_lines(index))
        self.read_diff(index)

    @work(thread=True, exclusive=True, exit_on_error=False, group="diff")
    def read_diff(self, index: int) -> None:
        """Ask git for the diff of one row."""
        worker = get_current_worker()
        try:
            shown = self.look_at(Repository.open(self.root), index)
        except AfterwordError as error:
            shown = Shown(self.first_lines(index), f"{error.message} {error.hint}", "")
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, index, shown)

    def _show(self, index: int, shown: Shown) -> None:
        if index == self._wanted and self.is_mounted:
            # Git's own header would fill a third of a small terminal.
            self.query_one(DiffView).show(shown.diff, shown.path, from_first_hunk=True)
            self._tell(shown.about)

    def _tell(self, lines: tuple[str, ...]) -> None:
        self.query_one("#about", Static).update(visible("\n".join(visible_line(line) for line in lines if line)))

    # Actions

    @on(RowList.RowChosen)
    def _on_chosen(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Take the row under the cursor, with its diff read anew."""
        index = self.query_one(RowList).index
        if index is None:
            self.dismiss(None)
        else:
            self.take(index)

    @work(thread=True, exclusive=True, exit_on_error=False, group="take")
    def take(self, index: int) -> None:
        """Read a row as the record keeps it; on a large history git needs a moment for that."""
        worker = get_current_worker()
        try:
            change = self.taken(Repository.open(self.root), index)
        except AfterwordError as error:
            self.app.call_from_thread(self.app.notify, visible_line(str(error)), severity="error", timeout=10)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(end, self, change)
