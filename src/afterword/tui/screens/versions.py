"""All versions of one prompt: any two of them compared."""

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.worker import get_current_worker

from afterword.errors import AfterwordError
from afterword.record.model import PromptChange
from afterword.record.vocabulary import PromptChangeKind
from afterword.repo import Repository
from afterword.repo.history.change import Change
from afterword.repo.history.sides import Side, sides
from afterword.repo.history.versions import Version
from afterword.tui.keys import bindings
from afterword.tui.prompt_changes import as_recorded
from afterword.tui.screens.diff_picker import DiffPicker, Shown
from afterword.tui.widgets.row_list import Column, Row, RowList
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible_line


class VersionsScreen(DiffPicker):
    """The line of a prompt, newest first. Each is compared with the one before it, or with the marked one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("marks")
    help_keys = ("pick", "marks")
    help_text = (
        "Versions",
        "Each commit that changed this prompt, newest first, followed through moves and new names.\n"
        "The diff is against the version before; Space marks a version to compare all others with, Space again\n"
        "takes the mark away. Enter takes the two versions that are shown into the record.",
    )
    columns = (Column("Committed", most=11), Column("What happened", least=12, wraps=True))
    keys = (
        ("Enter", "Take it"),
        ("Space", "Compare with this"),
        ("Tab", "Diff"),
        ("n p", "Hunk"),
        ("s", "Side by side"),
        ("Esc", "Back"),
    )

    def __init__(self, root: Path, standing: str, change: Change) -> None:
        """Show the versions of the prompt that `change` changed, up to today."""
        super().__init__(root, standing)
        self._change = change
        self._versions: list[Version] = []
        self._marked: int | None = None

    def on_mount(self) -> None:
        """Read in the background."""
        self.query_one(TitleBar).show(f"Versions of {visible_line(self._change.name)}")
        self.read()

    @work(thread=True, exclusive=True, exit_on_error=False, group="history")
    def read(self) -> None:
        """Follow the prompt through the history."""
        worker = get_current_worker()
        told, found = "Git knows no version of this prompt.", []
        try:
            found = Repository.open(self.root).versions_of(self._change)
        except AfterwordError as error:
            told = f"{error.message} {error.hint}"
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, found, told)

    def _take(self, found: list[Version], told: str) -> None:
        if self.is_mounted:
            self._versions = found
            rows = self.query_one(RowList)
            rows.empty = visible_line(told)
            self._show_rows()
            if found:
                self.show_row(rows.index or 0)

    def _show_rows(self) -> None:
        rows = self.query_one(RowList)
        keep = self._versions[rows.index].change.key if rows.index is not None else self._change.key
        rows.show([_row(version, n == self._marked) for n, version in enumerate(self._versions)], select=keep)

    def _pair(self, index: int) -> tuple[Side, Side, Version]:
        """Return the two versions that a row shows, the earlier first, and what made the later one."""
        version = self._versions[index]
        if self._marked is None or self._marked == index:
            return (*sides(version.change), version)
        later, earlier = sorted((index, self._marked))
        return self._versions[earlier].side, self._versions[later].side, self._versions[later]

    def first_lines(self, index: int) -> tuple[str, ...]:
        """Commit, subject, what is compared."""
        change = self._versions[index].change
        before, after, _ = self._pair(index)
        compared = f"{before.rev[:7] or 'nothing'} → {after.rev[:7] or 'nothing'}"
        return (f"{change.short}  {change.committed}  {compared}", change.subject)

    def look_at(self, repository: Repository, index: int) -> Shown:
        """The diff between the two."""
        before, after, _ = self._pair(index)
        text = repository.diff_between(before, after, self._change.submodule)
        return Shown(self.first_lines(index), text, after.path)

    def taken(self, repository: Repository, index: int) -> PromptChange:
        """As the record keeps it."""
        before, after, made = self._pair(index)
        change = as_recorded(repository, before, after, made.change)
        is_back = made.same_as and change.kind is PromptChangeKind.ADDED
        return change.changed(kind=PromptChangeKind.REINTRODUCED) if is_back else change

    def action_mark_row(self) -> None:
        """Mark the row under the cursor, wherever the focus is."""
        self.query_one(RowList).action_mark()

    @on(RowList.RowMarked)
    def _on_marked(self, event: RowList.RowMarked) -> None:
        self._marked = None if self._marked == event.index else event.index
        self._show_rows()
        self.show_row(event.index)


def _row(version: Version, is_marked: bool) -> Row:
    change = version.change
    mark = "» " if is_marked else ""
    when = str(change.committed)[5:16].replace("T", " ")
    told = f"{mark}{version.sentence}" + (f": {change.subject}" if change.subject else "")
    return Row((when, told), key=change.key, tone="good" if is_marked else "plain")
