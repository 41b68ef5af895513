"""What git offers for a section: rows to accept, never added unasked."""

from collections.abc import Callable

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static
from textual.worker import get_current_worker

from afterword.errors import AfterwordError
from afterword.record.part import Part
from afterword.tui.offer import Offer
from afterword.tui.screens.marking import MarkingScreen
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.row_list import Row, RowList
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible


class OfferScreen(MarkingScreen[list[Part]]):
    """A list to mark rows in; Enter takes the marked ones, or the one under the cursor."""

    help_text = (
        "From git",
        "What the repository knows of the incident's window. Nothing is added unless you take it.",
    )

    def __init__(self, title: str, standing: str, read: Callable[[], Offer]) -> None:
        super().__init__()
        self._title, self._standing, self._read = title, standing, read
        self._offer: Offer | None = None

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        yield TitleBar(self._title, self._standing)
        yield Static("Reading the history…", id="told", markup=False)
        yield RowList((), empty="", id="offered")
        yield KeyBar([("Space", "Mark"), ("Enter", "Take marked, or this one"), ("Esc", "Back")])

    def on_mount(self) -> None:
        """Read in a thread; the list can be left at any time."""
        self.read()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def read(self) -> None:
        """Ask git."""
        worker = get_current_worker()
        try:
            offer = self._read()
        except AfterwordError as error:
            offer = Offer((), lambda row: (), (), f"{error.message} {error.hint}")
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, offer)

    def _show(self, offer: Offer) -> None:
        self._offer = offer
        how = f" Space marks {offer.marking}." if offer.rows else ""
        self.query_one("#told", Static).update(visible(offer.told + how))
        rows = self.query_one(RowList)
        rows.columns = list(offer.columns)
        rows.show([Row(offer.cells(row), key=str(at), mark=False) for at, row in enumerate(offer.rows)])
        rows.focus()

    def action_accept(self) -> None:
        """Close with what was marked, or with the row under the cursor."""
        if self._offer is None or not self._offer.rows:
            self.dismiss([])
            return
        rows = self.query_one(RowList)
        marked = [at for at, row in enumerate(rows.rows) if row.mark] or [rows.index or 0]
        self.dismiss([self._offer.rows[at] for at in marked])

    def action_cancel(self) -> None:
        """Close without taking anything."""
        self.dismiss([])
