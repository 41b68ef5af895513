"""Marks the lines of a prompt that must not come back."""

from textual.app import ComposeResult
from textual.widgets import Static

from afterword.record.model import PromptChange
from afterword.tui.offending import markable, place
from afterword.tui.screens.marking import MarkingScreen
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.row_layout import Tone
from afterword.tui.widgets.row_list import Column, Row, RowList
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible_line


class OffendingScreen(MarkingScreen[list[str] | None]):
    """The lines of a prompt change; Space marks, Enter takes all that is marked, also where that is none."""

    AUTO_FOCUS = "RowList"
    help_text = (
        "Offending lines",
        "The lines of the version that took part in the incident: those that the change added first (+), then\n"
        "those around them; of a fix or a deletion the ones it took away (−). Space marks each line that must\n"
        "not come back. `afterword check` reports it when one stands in a prompt again, also in other words.",
    )

    def __init__(self, change: PromptChange, marked: list[str], standing: str) -> None:
        super().__init__()
        self._change, self._marked, self._standing = change, marked, standing
        self._lines = markable(change, marked)

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        path, revision = place(self._change)
        yield TitleBar("Offending lines", self._standing)
        where = visible_line(f"{path} at {revision}" if revision else path)
        yield Static(f"{where}\nWhich of these lines must never come back?", id="told", markup=False)
        yield RowList(
            [Column("", least=1, most=1), Column("Line", least=20, wraps=True)],
            [
                Row((line.sign, line.text), key=str(at), mark=line.text in self._marked, tone=self._tone(line.sign))
                for at, line in enumerate(self._lines)
            ],
            empty="This change shows no line to mark: git has no diff of it, or the file is not text.",
            header=False,
            id="lines",
        )
        yield KeyBar([("Space", "Mark"), ("Enter", "Take the marked"), ("Esc", "Back")])

    @staticmethod
    def _tone(sign: str) -> Tone:
        return "good" if sign == "+" else "bad" if sign else "soft"

    def action_accept(self) -> None:
        """Close with what is marked."""
        rows = self.query_one(RowList).rows
        self.dismiss([line.text for line, row in zip(self._lines, rows, strict=True) if row.mark])

    def action_cancel(self) -> None:
        """Close without a change."""
        self.dismiss(None)
