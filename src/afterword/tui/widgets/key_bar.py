"""The bottom line: the keys that matter here."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static


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
        """Draw what fits into one line; a pair is shown whole or not at all."""
        style = self.get_visual_style("key-bar--key")
        width, parts = self.size.width - 1, []
        for key, label in self._pairs:
            width -= len(key) + len(label) + 3
            if width < 0:
                break
            parts.append(Content.assemble((f" {key} ", style), f"{label} "))
        return Content("").join(parts)
