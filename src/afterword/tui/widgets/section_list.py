"""The list of sections: which are done, which are open, and where problems are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

State = Literal["done", "open", "partly", "unread"]
"""How far a section has come; unread while the record is still being opened."""
MARKS: dict[str, str] = {"done": "✓", "partly": "◐", "open": "○", "unread": " "}


@dataclass(frozen=True)
class Entry:
    """One section as the list shows it; `problems` counts what should be looked at again."""

    title: str
    state: State
    problems: int = 0


class SectionList(Widget, can_focus=True):
    """A keyboard list, one line a section; it draws only the lines that changed."""

    COMPONENT_CLASSES = {"section-list--current", "section-list--done", "section-list--problems"}

    @dataclass
    class Chosen(Message):
        """The author wants to go to a section."""

        index: int

    def __init__(self, entries: Sequence[Entry], current: int = 0, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries = list(entries)
        self.current = current
        self.cursor = current

    def show(self, entries: Sequence[Entry], current: int) -> None:
        """Show other states; only lines that differ are drawn. Who moves in the list stays where they are."""
        old, old_current, old_cursor = self._entries, self.current, self.cursor
        cursor = old_cursor if self.has_focus and current == old_current else current
        self._entries, self.current, self.cursor = list(entries), current, cursor
        for line, entry in enumerate(entries):
            moved = line in (old_current, current, old_cursor) and (old_current, old_cursor) != (
                current,
                cursor,
            )
            if moved or line >= len(old) or old[line] != entry:
                self._refresh_line(line)

    def _refresh_line(self, line: int) -> None:
        self.refresh(Region(0, line, self.size.width or 1, 1))

    def on_key(self, event: events.Key) -> None:
        """Move, jump by number of lines, or choose."""
        last = len(self._entries) - 1
        moves = {
            "up": self.cursor - 1,
            "down": self.cursor + 1,
            "home": 0,
            "end": last,
            "k": self.cursor - 1,
            "j": self.cursor + 1,
        }
        if event.key in moves:
            old, self.cursor = self.cursor, min(last, max(0, moves[event.key]))
            self._refresh_line(old)
            self._refresh_line(self.cursor)
        elif event.key in ("enter", "right"):
            self.post_message(self.Chosen(self.cursor))
        else:
            return
        event.stop()
        event.prevent_default()

    def on_focus(self) -> None:
        """Draw the cursor."""
        self._refresh_line(self.cursor)

    def on_blur(self) -> None:
        """Put the cursor back on the current section."""
        old, self.cursor = self.cursor, self.current
        self._refresh_line(old)
        self._refresh_line(self.cursor)

    def render_line_text(self, line: int) -> Content:
        """Return one line: mark, title, number of problems."""
        entry, width = self._entries[line], self.size.width
        count = f"{entry.problems}!" if entry.problems else ""
        pointer = "▸" if line == self.current else " "
        text = f"{pointer}{MARKS[entry.state]} {entry.title}"
        text = text[: width - len(count) - 1].ljust(width - len(count) - 1)
        if line == self.cursor and self.has_focus:
            # Spelt out, because a component's attributes are not kept anew when the focus comes.
            return Content.styled(f"{text}{count} ", "bold reverse")
        title = self.get_visual_style("section-list--done", partial=True) if entry.state == "done" else ""
        shown = Content.styled(text, title).append(
            Content.styled(f"{count} ", self.get_visual_style("section-list--problems", partial=True))
        )
        return shown.stylize("bold") if line == self.current else shown

    def render(self) -> Content:
        """Draw all lines."""
        return Content("\n").join(self.render_line_text(line) for line in range(len(self._entries)))
