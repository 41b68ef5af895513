"""The home screen: drafts to resume, records with their status, clock and open actions."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from afterword.errors import AfterwordError
from afterword.tui.keys import bindings
from afterword.tui.listed import Listed, read_listed
from afterword.tui.screens.dialogs import Confirm
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.line_input import LineInput
from afterword.tui.widgets.row_list import Column, RowList
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible, visible_line

OpenWalk = Callable[[str | None], Screen[str | None]]
"""Opens the walk of a draft or record, or of a new one for None."""


class HomeScreen(Screen[None]):
    """Lists what there is; Enter walks it, `n` begins anew, `/` searches."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("home")
    AUTO_FOCUS = "RowList"
    help_text = (
        "Home",
        "Post-mortems of this repository, drafts first. A post-mortem is due 72 hours after resolution.\n"
        "Each is one Markdown file; what is not saved yet is kept as a draft inside .git.",
    )
    help_keys = ("home",)

    def __init__(self, root: Path, open_walk: OpenWalk, now: datetime | None = None) -> None:
        super().__init__()
        self.root, self.now = root, now
        self._open_walk = open_walk
        self._listed: list[Listed] = []
        self._found = False
        self._is_tidied = False
        self.ready = asyncio.Event()
        """Set once the list has its first lines: Enter typed ahead means the first of them."""

    def compose(self) -> ComposeResult:
        """Title, search line, list, keys."""
        yield TitleBar("Afterword", self.root.name)
        yield LineInput(placeholder="type to search titles, services, tags and text", id="search")
        yield RowList(
            [
                Column("", most=2),
                Column("Post-mortem", least=20, wraps=True),
                Column("Severity", most=9),
                Column("Status", least=9),
                Column("72 h clock", least=14),
                Column("Actions", least=6, wraps=True),
            ],
            empty="Reading the records…",
            id="records",
        )
        yield Static("", id="hint", markup=False)
        yield KeyBar([("n", "New"), ("Enter", "Open"), ("/", "Search"), ("F1", "Help"), ("^Q", "Leave")])

    def on_mount(self) -> None:
        """Read the records in the background: the screen is there first."""
        self.query_one("#search").display = False
        self.call_after_refresh(self.read)

    def on_screen_resume(self) -> None:
        """Coming back from a walk, show what has changed."""
        if self._found:
            self.read()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def read(self) -> None:
        """Read drafts and records."""
        worker = get_current_worker()
        listed: list[Listed] = []

        def take(lines: list[Listed]) -> bool:
            listed.extend(lines)
            if lines and not self._found and not worker.is_cancelled:
                self.app.call_from_thread(self._show, [*listed])
            return not worker.is_cancelled

        try:
            told = read_listed(self.root, self.now or datetime.now(UTC), take)
        except AfterwordError as error:
            listed, told = [], f"{error.message} {error.hint}"
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_all, listed, told)
            self._tidy()

    def _tidy(self) -> None:
        """Once, remove work trees of a proof that was killed; what cannot be removed waits for the next start."""
        from afterword.evals.worktree import sweep
        from afterword.repo import Repository

        if not self._is_tidied:
            self._is_tidied = True
            with suppress(AfterwordError, OSError):
                sweep(Repository.open(self.root))

    def _show(self, listed: list[Listed]) -> None:
        self._listed = listed
        self._filter()
        self.ready.set()

    def _show_all(self, listed: list[Listed], told: str) -> None:
        self._found = True
        self._show(listed)
        broken = sum(item.row.tone == "bad" for item in listed)
        files = "1 file does" if broken == 1 else f"{broken} files do"
        hint = told or (f"{files} not parse: afterword check says where." if broken else "")
        self.query_one("#hint", Static).update(visible(hint))

    # Search

    def action_search(self) -> None:
        """Open the search line."""
        self.query_one("#search").display = True
        self.query_one("#search").focus()

    @on(Input.Changed, "#search")
    def _filter(self) -> None:
        words = self.query_one("#search", LineInput).value.casefold().split()
        rows = [item.row for item in self._listed if all(word in item.words for word in words)]
        records = self.query_one(RowList)
        if self._found:
            none = "No post-mortem has these words. Esc shows all."
            records.empty = none if words else "No post-mortems yet. Press n to write the first one."
        records.show(rows)

    @on(Input.Submitted, "#search")
    def _on_searched(self) -> None:
        self.query_one(RowList).focus()

    def key_escape(self) -> None:
        """End the search."""
        search = self.query_one("#search", LineInput)
        search.value = ""
        search.display = False
        self.query_one(RowList).focus()

    def key_down(self) -> None:
        """From the search line into the list."""
        if self.focused is self.query_one("#search"):
            self.query_one(RowList).focus()

    # Actions

    @on(RowList.RowChosen)
    def _on_chosen(self) -> None:
        self.action_open()

    @property
    def _current(self) -> Listed | None:
        current = self.query_one(RowList).current
        return next((item for item in self._listed if current is not None and item.row.key == current.key), None)

    def action_open(self) -> None:
        """Resume the draft or walk the record under the cursor."""
        item = self._current
        if item is None and self._found and not self._listed:
            self.action_new()
        elif item is not None:
            self._walk(item.row.key.partition(":")[2])

    def action_new(self) -> None:
        """Begin a new record."""
        self._walk(None)

    def _walk(self, record_id: str | None) -> None:
        try:
            screen = self._open_walk(record_id)
        except AfterwordError as error:
            self.app.notify(visible_line(str(error)), severity="error", timeout=10)
            return
        self.app.push_screen(screen, self._walked)

    def _walked(self, record_id: str | None) -> None:
        if record_id is not None:
            said = self.app.told[-1].split("\n")  # type: ignore[attr-defined]
            self.app.notify("\n".join(map(visible_line, said)))

    def action_discard(self) -> None:
        """Discard a draft, after asking."""
        item = self._current
        if item is None or not item.is_draft:
            self.app.notify("Only drafts can be discarded here; a saved record is a file of the repository.")
            return
        draft_id = item.row.key.partition(":")[2]

        def discard(yes: bool | None) -> None:
            if yes:
                from afterword.repo import Repository

                try:
                    Repository.open(self.root).drafts.remove(draft_id)
                except AfterwordError as error:
                    self.app.notify(str(error), severity="error", timeout=10)
                self.read()

        self.app.push_screen(
            Confirm(
                f"Discard the draft “{item.row.cells[1]}”?",
                "What was typed into it is gone for good.",
                "Discard",
                "Keep",
            ),
            discard,
        )
