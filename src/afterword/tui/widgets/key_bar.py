"""The bottom line: the keys that matter here."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

_ALWAYS = ("F1", "^Q")
"""Keys that must not be lost where the line is short."""


class KeyBar(Static):
    """Keys with their labels, as many as fit, the most useful first."""

    COMPONENT_CLASSES = {"key-bar--key"}

    def __init__(self, pairs: Iterable[tuple[str, str]] = (), *, id: str | None = "keys") -> None:
        super().__init__("", id=id, markup=False)
        self._pairs = tuple(pairs)

    def show_keys(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Show other keys; nothing is drawn anew where they are the same."""
        pairs = tuple(pairs)
        if pairs != self._pairs:
            self._pairs = pairs
            self.refresh()

    def render(self) -> Content:
        """Draw what fits into one line, help and leaving always; a pair is shown whole or not at all."""
        style = self.get_visual_style("key-bar--key")
        last = [pair for pair in self._pairs if pair[0] in _ALWAYS]
        width = self.size.width - 1 - sum(map(_width, last))
        shown = []
        for pair in self._pairs:
            if pair in last:
                continue
            width -= _width(pair)
            if width < 0:
                break
            shown.append(pair)
        return Content("").join(Content.assemble((f" {key} ", style), f"{label} ") for key, label in [*shown, *last])


def _width(pair: tuple[str, str]) -> int:
    return len(pair[0]) + len(pair[1]) + 3
