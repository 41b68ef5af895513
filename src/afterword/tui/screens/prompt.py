"""The prompt picker: changes in the incident's window, ranked, beside their diff."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widgets import Static
from textual.worker import get_current_worker

from afterword.errors import AfterwordError
from afterword.record.model import PromptChange
from afterword.repo import Repository
from afterword.repo.history.arrivals import Arrivals
from afterword.repo.history.change import Change
from afterword.repo.history.changes import Changes
from afterword.repo.history.ranking import Group, Ranked, journey, ranked
from afterword.repo.history.sides import sides
from afterword.repo.prompts.templates import remarks
from afterword.tui.gathering import impact_of, shallow_note, window
from afterword.tui.prompt_changes import as_recorded
from afterword.tui.screens.diff_picker import DiffPicker, Shown
from afterword.tui.session import Session
from afterword.tui.widgets.progress import bar
from afterword.tui.widgets.row_list import Column, Row, RowList
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible, visible_line

_WIDER = timedelta(days=30)
_MOST = 2000
"""Changes listed at once; a wider window is asked for by key."""
_SHOWN_AT_ONCE = 50
_REMARKS = 2
"""What is special about a template that is said above the diff."""
_LONGEST = 200_000
"""Characters up to which a prompt is read as a template before its diff is shown."""
_TICK = 0.2
"""Seconds between two looks at how far git has read."""
_MARKS = {"added": "new: ", "deleted": "deleted: ", "moved": "moved: ", "replaced": "replaced: "}


class PromptScreen(DiffPicker):
    """Lists changes of prompts while git is still reading; Enter takes the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "older", show=False),
        Binding("b", "all_branches", show=False),
        Binding("v", "versions", show=False),
    ]
    help_text = (
        "Prompt changes",
        "Commits that changed a prompt or a model setting, from a week before impact started until the end:\n"
        "changes of text before the impact first, then those after it began (the fix is one), settings, moves.\n"
        "Prompts are files and long constants in Python. Above the diff stands why a change is listed where it is,\n"
        "when it came to the default branch, and the first deploy tag that has it.\n"
        "Enter takes the change: path, both revisions, commit time and the diff, as git prints it.\n"
        "v shows all versions of this prompt, to compare any two. o looks 30 days further back, b at all branches.\n"
        "Tab goes to the diff; n and p go from hunk to hunk, s shows both sides beside each other, w wraps.",
    )
    columns = (Column("Committed", most=11), Column("Prompt", least=12, wraps=True))
    keys = (
        ("Enter", "Take it"),
        ("Tab", "Diff"),
        ("v", "Versions"),
        ("o", "Older"),
        ("Esc", "Back"),
        ("n p", "Hunk"),
        ("s", "Side by side"),
        ("b", "All branches"),
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session.root, session.standing())
        self.since, self.until = window(session.record, session.here.now())
        self._started, self._ended = impact_of(session.record)
        self._everywhere = False
        self._found: list[Change] = []
        self._ranked: list[Ranked] = []
        self._changes: Changes | None = None
        self._is_reading = False
        self._told = ""

    def on_mount(self) -> None:
        """Read in the background."""
        self._ticking = self.set_interval(_TICK, self._tick)
        self._begin()

    def on_unmount(self) -> None:
        """End git, however far it is."""
        if self._changes is not None:
            self._changes.close()

    def _begin(self) -> None:
        self._found, self._ranked, self._is_reading = [], [], True
        if self._changes is not None:
            self._changes.close()
        self._changes = None
        where = "All branches" if self._everywhere else "Prompt changes"
        self.query_one(TitleBar).show(f"{where}  {self.since:%Y-%m-%d} to {self.until:%Y-%m-%d}")
        rows = self.query_one(RowList)
        rows.empty = "Reading the history…"
        rows.show([])
        self._ticking.resume()
        self.read(self.since, self.until, self._everywhere)

    @work(thread=True, exclusive=True, exit_on_error=False, group="history")
    def read(self, since: datetime, until: datetime, everywhere: bool) -> None:
        """Stream the changes into the list."""
        worker = get_current_worker()
        waiting: list[Change] = []
        total, told = 0, ""
        changes = arrivals = None
        try:
            repository = Repository.open(self.root)
            with repository.prompt_changes(since, until, everywhere) as changes:
                self.app.call_from_thread(self._reads, changes)
                for change in changes:
                    if worker.is_cancelled or total >= _MOST:
                        break
                    waiting.append(change)
                    total += 1
                    if total in (1, 10) or len(waiting) >= _SHOWN_AT_ONCE:
                        self.app.call_from_thread(self._more, changes, tuple(waiting))
                        waiting.clear()
                # Which merge brought what is worked out here: on a large history git needs a while for it.
                arrivals = changes.arrivals
                if arrivals is not None:
                    arrivals.brought()
            if total == 0:
                told = _nothing(repository, since, until)
            told = f"{told}{shallow_note(repository)} {changes.lacking}".strip()
        except AfterwordError as error:
            told = f"{error.message} {error.hint}"
        if not worker.is_cancelled:
            self.app.call_from_thread(self._more, changes, tuple(waiting), told, arrivals)

    def _reads(self, source: Changes) -> None:
        """Take what is read from now on from here; a reading before it is over."""
        if self._changes is not None:
            self._changes.close()
        self._changes = source

    def _more(
        self,
        source: Changes | None,
        changes: Sequence[Change],
        told: str | None = None,
        arrivals: Arrivals | None = None,
    ) -> None:
        """Take more changes into the list, unless another window has been asked for; `told` ends the reading."""
        if not self.is_mounted or (source is not None and source is not self._changes):
            return
        rows = self.query_one(RowList)
        at = rows.index
        current = self._ranked[at] if at is not None else None
        self._found += changes
        if told is not None:
            self._is_reading = False
            self._ticking.pause()
        self._ranked = ranked(self._found, self._started, self._ended, arrivals)
        if told is not None:
            rows.empty = visible_line(told) or rows.empty
            if told and self._found:
                self.app.notify(visible(told), timeout=8)
        self._tick()
        rows.show([_row(one) for one in self._ranked], select=current.change.key if current and at else "")
        if self._ranked and (current is None or self._ranked[rows.index or 0].change is not current.change):
            self.show_row(rows.index or 0)

    def _tick(self) -> None:
        """Say how far git has read; nothing is drawn anew where that is as before."""
        text = ""
        if self._is_reading and self._changes is not None:
            reached, span = self._changes.reached, self.until - self.since
            share = (self.until - reached) / span if reached is not None and span else 0.0
            text = f"Reading {bar(min(1.0, max(0.0, share)))}"
        if text != self._told:
            self._told = text
            place = self.query_one("#reading", Static)
            place.update(text)
            place.display = bool(text)

    # What stands beside a row

    def first_lines(self, index: int) -> tuple[str, ...]:
        """Commit, subject, reasons."""
        one = self._ranked[index]
        change = one.change
        sign = "settings" if change.is_settings else str(change.kind)
        lines = change.uncounted or f"+{change.added} −{change.removed}"
        return (f"{change.short}  {change.committed}  {sign}  {lines}", change.subject, "; ".join(one.reasons))

    def look_at(self, repository: Repository, index: int) -> Shown:
        """Diff, what is special in it, and how it went out."""
        change = self._ranked[index].change
        about = list(self.first_lines(index))
        text = repository.diff_of(change)
        if change.kind == "changed" and not change.is_settings and not change.uncounted:
            texts = repository.texts_of(change)
            about += remarks(*texts)[:_REMARKS] if max(map(len, texts)) <= _LONGEST else []
        if change.kind != "deleted" and not change.constant and not change.submodule:
            problem = repository.read_text(change.after_rev, change.path).encoding_problem
            about += [f"■ {problem}"] if problem else []
        arrivals = self._changes.arrivals if self._changes is not None else None
        return Shown((*about, journey(change, arrivals).sentence), text, change.path)

    def taken(self, repository: Repository, index: int) -> PromptChange:
        """As the record keeps it."""
        change = self._ranked[index].change
        return as_recorded(repository, *sides(change), change)

    # Actions

    def action_older(self) -> None:
        """Look further back."""
        self.since -= _WIDER
        self._begin()

    def action_all_branches(self) -> None:
        """Look at all branches, or again at the one."""
        self._everywhere = not self._everywhere
        self._begin()

    def action_versions(self) -> None:
        """Show all versions of the prompt under the cursor."""
        from afterword.tui.screens.versions import VersionsScreen

        index = self.query_one(RowList).index
        if index is None:
            return

        def take(change: PromptChange | None) -> None:
            if change is not None:
                self.dismiss(change)

        self.app.push_screen(VersionsScreen(self.root, self._standing, self._ranked[index].change), take)


def _row(one: Ranked) -> Row:
    change = one.change
    mark = _MARKS.get(str(change.kind), "after it began: " if one.group is Group.AFTER else "")
    soft = one.group in (Group.MOVED, Group.SETTINGS)
    when = str(change.committed)[5:16].replace("T", " ")
    return Row((when, f"{mark}{change.names}"), key=change.key, tone="soft" if soft else "plain")


def _nothing(repository: Repository, since: datetime, until: datetime) -> str:
    if not repository.has_commits:
        return "This repository has no commit yet, so there is no history to read."
    if not repository.prompts().prompts:
        patterns = ", ".join(repository.config.prompts[:6])
        return f'No prompt was found. Searched: {patterns} … Name yours in .afterword.toml: prompts = ["path/**"].'
    return f"No prompt changed from {since:%Y-%m-%d} to {until:%Y-%m-%d}. Press o to look further back."
