"""What is still open, section by section, and the way to save."""

from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from afterword.checks import Problem
from afterword.tui.editors.editor import Editor
from afterword.tui.sections import SECTIONS
from afterword.tui.widgets.row_list import Column, Row, RowList
from afterword.visible import visible

_TITLES = {section.id: section.title for section in SECTIONS}


class SavePanel(Editor):
    """The list of problems; Enter goes to the field, Ctrl+S saves."""

    _blocking: frozenset[int] = frozenset()

    @dataclass
    class ProblemChosen(Message):
        """The author wants to mend this one."""

        section: str
        part: str

    @property
    def items(self) -> tuple[Problem, ...]:
        """All problems, those that block saving first."""
        blocking = self.session.blocking()
        first = {id(problem) for problem in blocking}
        return (*blocking, *(problem for problem in self.session.problems() if id(problem) not in first))

    @property
    def empty(self) -> str:
        """Nothing is open."""
        return "Nothing is open. Ctrl+S saves."

    @property
    def bar(self) -> list[tuple[str, str]]:
        """Go and mend, or save."""
        return [("Enter", "Go there"), ("^S", "Save")]

    def columns(self) -> list[Column]:
        """Section, problem and a better way to say it."""
        return [Column("Section", most=14), Column("What is open", least=20, wraps=True)]

    def rows(self) -> list[Row]:
        """What blocks saving is looked up once for all rows."""
        self._blocking = frozenset(map(id, self.session.blocking()))
        return super().rows()

    def shown_again(self, select: int | None = None) -> None:
        """Show the problems as they are now, and what saving means."""
        self.query_one("#told", Static).update(self._told())
        super().shown_again(select)

    def cells(self, item: Any) -> tuple[str, ...]:
        """Message and hint."""
        sign = "■ " if id(item) in self._blocking else "! " if item.severity == "error" else "· "
        return (_TITLES.get(item.section, item.section), f"{sign}{item.message} {item.hint}".strip())

    def compose(self) -> ComposeResult:
        """What saving means now, and the list."""
        yield Static(self._told(), classes="note", id="told", markup=False)
        yield RowList(self.columns(), self.rows(), empty=self.empty)

    def _told(self) -> str:
        blocking = self.session.blocking()
        if blocking:
            return visible("■ marks what keeps the record from being saved. Enter goes there.")
        return visible("Ctrl+S saves the file and offers to commit it. ! a reviewer would ask for, · is advice.")

    def action_edit_row(self) -> None:
        """Go to the field."""
        at = self.list.index
        if at is None:
            self.screen.action_save()  # type: ignore[attr-defined]
            return
        problem = self.items[at]
        self.post_message(self.ProblemChosen(problem.section, problem.part))

    def action_add_row(self) -> None:
        """Nothing is added here."""

    def action_remove_row(self) -> None:
        """Problems go when they are mended."""

    @on(RowList.RowMarked)
    def _on_space(self) -> None:
        self.action_edit_row()
