"""One of a few words, chosen with the arrow keys or by typing its beginning."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from afterword.visible import visible_line


class Choice(Widget, can_focus=True):
    """A one-line choice: all words side by side where they fit, else the chosen one between arrows."""

    COMPONENT_CLASSES = {"choice--chosen", "choice--other"}
    value: reactive[str] = reactive("", layout=False)

    @dataclass
    class Changed(Message):
        """The author chose another word."""

        choice: "Choice"
        value: str

        @property
        def control(self) -> "Choice":
            """The widget that changed."""
            return self.choice

    def __init__(
        self, options: Sequence[str], value: str = "", *, required: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        # A hand-edited record may hold a word of its own: it stays choosable.
        self.options = list(options) if not value or value in options else [*options, value]
        self.set_reactive(Choice.value, value)
        self._required = required
        self._typed = ""

    def choose(self, value: str) -> None:
        """Take a word as if the author had chosen it."""
        self._typed = ""
        if value != self.value:
            self.value = value
            self.post_message(self.Changed(self, value))

    def on_key(self, event: events.Key) -> None:
        """Move with the arrows, or take the word that begins with what is typed."""
        at = self.options.index(self.value) if self.value in self.options else -1
        if event.key in ("right", "space"):
            self.choose(self.options[(at + 1) % len(self.options)])
        elif event.key == "left":
            self.choose(self.options[(at if at >= 0 else 0) - 1])
        elif event.key in ("backspace", "delete") and not self._required:
            self.choose("")
        elif event.is_printable and event.character:
            self._take_typed(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def _take_typed(self, character: str) -> None:
        """Find the first word with this beginning, or with this end (`2` for SEV2); what leads nowhere starts anew."""
        for typed in (self._typed + character, character):
            folded = typed.lower()
            matching = [word for word in self.options if word.lower().startswith(folded)]
            matching += [word for word in self.options if word.lower().endswith(folded) and folded.isdigit()]
            if matching:
                self.choose(matching[0])
                self._typed = typed
                return

    def on_blur(self) -> None:
        """Forget a half-typed word."""
        self._typed = ""

    def render(self) -> Content:
        """Draw the words; the chosen one stands in brackets, so that it shows without colour."""
        width = self.size.width or 60
        chosen, other = self.get_visual_style("choice--chosen"), self.get_visual_style("choice--other")
        if self.has_focus:  # told by more than the ground: that hardly shows in few colours, and not at all in none
            chosen += Style(reverse=True)
            other = other if self.value else other + Style(underline=True)
        words = [visible_line(word) for word in self.options]
        if sum(len(word) + 2 for word in words) + 1 <= width:
            return Content("").join(
                Content.styled(f"[{word}]", chosen) if option == self.value else Content.styled(f" {word} ", other)
                for word, option in zip(words, self.options, strict=True)
            )
        shown = visible_line(self.value) or "choose"
        return Content.assemble(
            ("‹ ", other),
            (f"[{shown}]" if self.value else shown, chosen),
            (" ›", other),
            (f"  ←→ or type, {len(words)} to choose from" if self.has_focus else "", other),
        )
