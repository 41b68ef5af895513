"""Two versions of one record, part by part: what it was, what they made of it, what you did; and which one stands."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from afterword.record.combining import Difference, Side
from afterword.tui.comparing import Comparison, about, shown, title
from afterword.tui.keys import bindings
from afterword.tui.screens.list_and_diff import ListAndDiff
from afterword.tui.widgets.diff_view import DiffView
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.row_list import Column, Row, RowList
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible, visible_line


class CompareScreen(ListAndDiff[Comparison]):
    """Lists the parts that differ; its result is the comparison with every part decided, or None for later."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("compare")
    help_text = (
        "Compare",
        "The record changed while you wrote. What only one side changed is taken without asking; where both\n"
        "changed the same part, ? stands: m takes yours, t theirs. Each part is shown from what it was to either\n"
        "version. What is not taken is kept beside the drafts in .git, and you are told where.",
    )
    help_keys = ("compare",)

    def __init__(self, comparison: Comparison, heading: str, told: str, back: str) -> None:
        """Compare; `told` says what happened, `back` what Esc does."""
        super().__init__()
        self.comparison, self._heading, self._told, self._back = comparison, heading, told, back

    def compose(self) -> ComposeResult:
        """What happened, the parts on the left, the versions of one on the right."""
        yield TitleBar(self._heading)
        yield Static(visible(self._told), id="told", markup=False)
        yield from self.sides(RowList([Column("Take", most=6), Column("Part", least=20, wraps=True)]), below="left")
        yield KeyBar([])

    def on_mount(self) -> None:
        """Show the first part that is to decide."""
        self._show_rows()

    @property
    def _current(self) -> Difference | None:
        current = self.query_one(RowList).current
        found = self.comparison.differences
        return next((each for each in found if current is not None and each.key == current.key), None)

    def _show_rows(self, select: str | None = None) -> None:
        rows = [self._row(each) for each in self.comparison.differences]
        self.query_one(RowList).show(rows, select=select)
        left = len(self.comparison.left)
        parts = f"{len(rows)} part{'s' * (len(rows) != 1)}"
        said = f"{left} of {parts} to decide" if left else f"{parts}, all decided"
        self.query_one("#left", Static).update(said)
        keys = [("m", "Mine"), ("t", "Theirs"), ("M T", "All"), ("Enter", "Next" if left else "Take it")]
        self.query_one(KeyBar).show_keys([*keys, ("Tab", "Text"), ("Esc", self._back)])
        self._show_part()

    def _row(self, difference: Difference) -> Row:
        taken = self.comparison.taken(difference)
        return Row((taken, title(difference)), key=difference.key, tone="bad" if taken == "?" else "plain")

    @on(RowList.RowReached)
    def _show_part(self) -> None:
        difference = self._current
        if difference is not None:
            self.query_one("#about", Static).update(visible_line(about(difference)))
            self.query_one(DiffView).show(shown(difference))

    # Actions

    def action_take(self, side: Side) -> None:
        """Take one side's version of the part under the cursor, and go to the next that is to decide."""
        difference = self._current
        if difference is None:
            return
        self.comparison.choose([difference.key], side)
        self._show_rows(self._next_after(difference.key) or difference.key)

    def _next_after(self, key: str) -> str | None:
        """Return the next part that is to decide, going round."""
        order = [each.key for each in self.comparison.differences]
        left = [each.key for each in self.comparison.left]
        at = order.index(key) if key in order else 0
        return next((each for each in [*order[at:], *order[:at]] if each in left), None)

    def action_take_all(self, side: Side) -> None:
        """Take one side's version of every part that both changed."""
        both = [each.key for each in self.comparison.differences if each.is_open]
        current = self._current
        self.comparison.choose(both, side)
        self._show_rows(current.key if current else None)

    @on(RowList.RowChosen)
    def _on_chosen(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Take the outcome, or go to what is still to decide."""
        left = self._next_after(current.key) if (current := self._current) else None
        if left is None:
            self.dismiss(self.comparison)
            return
        self._show_rows(left)
        self.app.notify("Still to decide: m takes your version, t theirs.")

    async def leave(self) -> None:
        """Ctrl+Q steps back as well."""
        self.action_cancel()
