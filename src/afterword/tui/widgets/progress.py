"""How far the record has come, and what is left of the time: one line of static text."""

from textual.strip import Strip
from textual.widget import Widget

from afterword.tui.widgets.cells import cut, width_of
from afterword.tui.widgets.painting import Styles, paint
from afterword.visible import visible_line

_FULL, _EMPTY = "━", "─"
_BAR = 10
_LEAST_BAR = 5
_ROOMY = 30


def bar(share: float) -> str:
    """Return `━━━━━───── 54 %` for a share between 0 and 1."""
    full = int(_BAR * share)
    return f"{_FULL * full}{_EMPTY * (_BAR - full)} {share:.0%}".replace("%", " %")


class Progress(Widget):
    """`7 of 13 done ━━━━━───── 54 %` on the left and the clock on the right; it changes only when told to."""

    COMPONENT_CLASSES = {"progress--full", "progress--empty", "progress--clock"}

    def __init__(self, done: int = 0, total: int = 0, clock: str = "", *, id: str | None = None) -> None:
        """Show `done` of `total` sections and the words of the clock."""
        super().__init__(id=id)
        self._state = (done, total, clock)

    @property
    def text(self) -> str:
        """The line as it reads at its present width."""
        return self.render_line(0).text.rstrip()

    def show(self, done: int, total: int, clock: str) -> None:
        """Show another state; the line is repainted only where it differs."""
        if (done, total, clock) != self._state:
            self._state = (done, total, clock)
            self.refresh(self.size.region)

    def render_line(self, y: int) -> Strip:
        """Draw the line: in narrow places the bar goes first, then the count; the clock stays."""
        width, ground = self.size.width, self.rich_style
        if y > 0 or width <= 0:
            return Strip.blank(width, ground)
        style = Styles(self, "progress--")
        done, total, clock = self._state
        clock = cut(visible_line(clock), width)
        room = width - width_of(clock) - (2 if clock else 0)
        count = f"{done} of {total} done" if room >= _ROOMY else f"{done}/{total}"
        percent = f" {100 * done // total if total else 0} %"
        bar = min(_BAR, room - len(count) - 1 - len(percent))
        full = bar * done // total if total else 0
        pieces = [(f"{count} ", ground)]
        if bar >= _LEAST_BAR:
            pieces += [
                (_FULL * full, style("full")),
                (
                    _EMPTY * (bar - full),
                    style("empty"),
                ),
                (percent, ground),
            ]
        elif len(count) > room:
            pieces = []
        used = sum(width_of(text) for text, _ in pieces)
        pieces.append((" " * (width - width_of(clock) - used), ground))
        pieces.append((clock, style("clock")))
        return paint(pieces, width, ground)
