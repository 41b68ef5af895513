"""The prompt picker: changes in the incident's window beside their diff."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from afterword.errors import AfterwordError
from afterword.record.model import PromptChange
from afterword.record.when import When
from afterword.repo import Repository
from afterword.repo.history import Change
from afterword.tui.gathering import shallow_note, window
from afterword.tui.keys import bindings
from afterword.tui.session import Session
from afterword.tui.widgets.diff_view import DiffView
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.row_list import Column, Row, RowList
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible, visible_line

_WIDER = timedelta(days=30)
_MOST = 2000
"""Changes listed at once; a wider window is asked for by key."""
_SHOWN_AT_ONCE = 50


class PromptScreen(Screen[PromptChange | None]):
    """Lists changes of prompts while git is still reading; Enter takes the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("pick"),
        Binding("tab", "other_side", show=False, priority=True),
        Binding("o", "older", show=False),
        Binding("s", "layout_of_diff", show=False, priority=True),
        Binding("n,right_square_bracket", "hunk(1)", show=False),
        Binding("p,left_square_bracket", "hunk(-1)", show=False),
    ]
    AUTO_FOCUS = "RowList"
    help_text = (
        "Prompt changes",
        "Commits that changed a prompt or a model setting, from a week before impact started until the end:\n"
        "changes of text before the impact first, then those after it began (the fix is one), settings, moves.\n"
        "Enter takes the change: path, both revisions, commit time and the diff, as git prints it.\n"
        "o looks 30 days further back. Tab goes to the diff; n and p go from hunk to hunk,\n"
        "s shows both sides beside each other, w wraps long lines or cuts them.",
    )
    help_keys = ("pick",)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.root, self._standing = session.root, session.standing()
        self.since, self.until = window(session.record, session.here.now())
        started = session.record.impact_started
        self._started = started if isinstance(started, When) else None
        self._changes: list[Change] = []
        self._wanted = 0

    def compose(self) -> ComposeResult:
        """The list left, the diff right."""
        yield TitleBar("", self._standing)
        with Horizontal(id="picker"):
            with Vertical(id="changes"):
                yield RowList(
                    [Column("Committed", most=11), Column("Prompt", least=12, wraps=True)],
                    empty="Reading the history…",
                )
            with Vertical(id="change"):
                yield Static("", id="about", markup=False)
                yield DiffView("", id="diff")
        yield KeyBar(
            [
                ("Enter", "Take it"),
                ("Tab", "Diff"),
                ("n p", "Hunk"),
                ("s", "Side by side"),
                ("o", "Older"),
                ("Esc", "Back"),
            ]
        )

    def on_mount(self) -> None:
        """Read in the background."""
        self._begin()

    def _begin(self) -> None:
        self._changes = []
        self.query_one(TitleBar).show(f"Prompt changes  {self.since:%Y-%m-%d} to {self.until:%Y-%m-%d}")
        self.read(self.since, self.until)

    @work(thread=True, exclusive=True, exit_on_error=False, group="history")
    def read(self, since: datetime, until: datetime) -> None:
        """Stream the changes into the list."""
        worker = get_current_worker()
        waiting: list[Change] = []
        total, told = 0, ""
        try:
            repository = Repository.open(self.root)
            changes = repository.prompt_changes(since, until)
            with changes:
                for change in changes:
                    if worker.is_cancelled or total >= _MOST:
                        break
                    waiting.append(change)
                    total += 1
                    if total in (1, 10) or len(waiting) >= _SHOWN_AT_ONCE:
                        self.app.call_from_thread(self._more, tuple(waiting))
                        waiting.clear()
            if total == 0:
                told = _nothing(repository, since, until)
            told += shallow_note(repository)
        except AfterwordError as error:
            told = f"{error.message} {error.hint}"
        if not worker.is_cancelled:
            self.app.call_from_thread(self._more, tuple(waiting), told or None)

    def _more(self, changes: Sequence[Change], told: str | None = None) -> None:
        rows = self.query_one(RowList)
        at = rows.index
        current = self._changes[at] if at is not None else None
        self._changes = sorted([*self._changes, *changes], key=self._rank)
        if told is not None:
            rows.empty = visible_line(told) or rows.empty
            if told and self._changes:
                self.app.notify(visible(told), timeout=8)
        rows.show(
            [_row(change, self._began_before(change)) for change in self._changes],
            select=_key(current) if current and at else "",
        )
        if self._changes and (current is None or self._changes[rows.index or 0] is not current):
            self._show_change(rows.index or 0)

    def _rank(self, change: Change) -> int:
        """Order changes before the impact first, settings and moves last: a restructuring would bury the edit."""
        if change.kind == "moved":
            return 3
        if change.is_settings:
            return 2
        return 1 if self._began_before(change) else 0

    def _began_before(self, change: Change) -> bool:
        return self._started is not None and change.committed.earliest >= self._started.latest

    @on(RowList.RowReached)
    def _on_reached(self, event: RowList.RowReached) -> None:
        self._show_change(event.index)

    def _show_change(self, index: int) -> None:
        self._wanted = index
        change = self._changes[index]
        sign = "settings" if change.is_settings else str(change.kind)
        self.query_one("#about", Static).update(
            visible(f"{change.short}  {change.committed}  {sign}  {_lines(change)}\n{change.subject}")
        )
        self.read_diff(index, change)

    @work(thread=True, exclusive=True, exit_on_error=False, group="diff")
    def read_diff(self, index: int, change: Change) -> None:
        """Ask git for the diff of one change."""
        worker = get_current_worker()
        try:
            repository = Repository.open(self.root)
            text = repository.diff(change.before_rev, change.after_rev, change.path, change.path_before)
            problem = (
                "" if change.kind == "deleted" else repository.read_text(change.after_rev, change.path).encoding_problem
            )
        except AfterwordError as error:
            text, problem = f"{error.message} {error.hint}", ""
        if not worker.is_cancelled and index == self._wanted:
            self.app.call_from_thread(self._show_diff, index, text, problem or "")

    def _show_diff(self, index: int, text: str, problem: str) -> None:
        if index == self._wanted and self.is_mounted:
            self.query_one(DiffView).show(text, self._changes[index].path)
            if problem:
                self.query_one("#about", Static).update(visible_line(f"■ {problem}"))

    # Actions

    def action_other_side(self) -> None:
        """Between the list and the diff."""
        target = DiffView if isinstance(self.focused, RowList) else RowList
        self.query_one(target).focus()

    def action_older(self) -> None:
        """Look further back."""
        self.since -= _WIDER
        self._begin()

    def action_layout_of_diff(self) -> None:
        """Unified beside the list, or both sides over the whole width."""
        diff = self.query_one(DiffView)
        diff.action_toggle_layout()
        self.query_one("#changes").display = not diff.is_side_by_side
        diff.focus() if diff.is_side_by_side else self.query_one(RowList).focus()

    def action_hunk(self, by: int) -> None:
        """Go to the next or previous hunk."""
        diff = self.query_one(DiffView)
        diff.action_next_hunk() if by > 0 else diff.action_previous_hunk()

    @on(RowList.RowChosen)
    def _on_chosen(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Take the change under the cursor, with its diff read anew."""
        index = self.query_one(RowList).index
        if index is None:
            self.dismiss(None)
            return
        try:
            self.dismiss(prompt_change(Repository.open(self.root), self._changes[index]))
        except AfterwordError as error:
            self.app.notify(visible_line(str(error)), severity="error", timeout=10)

    def action_cancel(self) -> None:
        """Go back without a change."""
        self.dismiss(None)


def _lines(change: Change) -> str:
    return change.uncounted or f"+{change.added} −{change.removed}"


def _key(change: Change) -> str:
    return f"{change.sha}:{change.path}"


def _row(change: Change, is_later: bool) -> Row:
    where = change.path if change.path_before == change.path else f"{change.path_before} → {change.path}"
    mark = {"added": "new: ", "deleted": "deleted: ", "moved": "moved: "}.get(str(change.kind), "")
    if is_later and not change.is_settings and not mark:
        mark = "after it began: "
    tone = "soft" if change.kind == "moved" or change.is_settings else "plain"
    return Row((str(change.committed)[5:16].replace("T", " "), f"{mark}{where}"), key=_key(change), tone=tone)  # type: ignore[arg-type]


def _nothing(repository: Repository, since: datetime, until: datetime) -> str:
    if not repository.has_commits:
        return "This repository has no commit yet, so there is no history to read."
    if not repository.prompt_files():
        patterns = ", ".join(repository.config.prompts[:6])
        return f'No prompt file was found. Searched: {patterns} … Name yours in .afterword.toml: prompts = ["path/**"].'
    return f"No prompt changed from {since:%Y-%m-%d} to {until:%Y-%m-%d}. Press o to look further back."


def prompt_change(repository: Repository, change: Change) -> PromptChange:
    """Return a change as the record keeps it: the diff as git prints it, revisions in their short form."""
    return PromptChange(
        path=change.path,
        path_before=change.path_before,
        before=repository.short(change.before_rev) if change.before_rev and change.kind != "added" else "",
        after=repository.short(change.after_rev) if change.kind != "deleted" else "",
        kind=change.kind,
        committed=change.committed,
        deployed=None,
        diff=repository.diff(change.before_rev, change.after_rev, change.path, change.path_before),
    )
