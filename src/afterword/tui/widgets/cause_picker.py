"""Which cause the form below is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from afterword.visible import visible_line


class CausePicker(Widget, can_focus=True):
    """One line: the current cause, how many there are, and how to add one."""

    COMPONENT_CLASSES = {"cause-picker--current", "cause-picker--hint"}

    @dataclass
    class Chosen(Message):
        """The author turned to another cause; one past the last is a new one."""

        index: int

    class RemovalAsked(Message):
        """The author wants to remove the current cause."""

    def __init__(self, titles: Sequence[str], current: int) -> None:
        super().__init__()
        self._titles, self._current = list(titles), current

    def show(self, titles: Sequence[str], current: int) -> None:
        """Show other titles; nothing is drawn anew where they are the same."""
        if (list(titles), current) != (self._titles, self._current):
            self._titles, self._current = list(titles), current
            self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Turn with the arrows, add with a."""
        count = len(self._titles)
        if event.key in ("left", "right") and count > 1:
            self.post_message(self.Chosen((self._current + (1 if event.key == "right" else -1)) % count))
        elif event.key in ("a", "plus") and count:
            self.post_message(self.Chosen(count))
        elif event.key == "ctrl+d" and count:
            self.post_message(self.RemovalAsked())
        else:
            return
        event.stop()
        event.prevent_default()

    def render(self) -> Content:
        """Draw number, title and keys."""
        count = max(len(self._titles), self._current + 1)
        title = self._titles[self._current] if self._current < len(self._titles) else ""
        hint = (
            "   ←→ others, a adds one, ^D removes it" if self.has_focus else "   ^T other causes" if count > 1 else ""
        )
        return Content.assemble(
            (f"Cause {self._current + 1} of {count}", self.get_visual_style("cause-picker--current")),
            f"  {visible_line(title)}",
            (hint, self.get_visual_style("cause-picker--hint")),
        )
