"""What this screen is for, and its keys."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from afterword.tui.keys import Key, keys
from afterword.tui.widgets.key_bar import KeyBar


class HelpScreen(ModalScreen[None]):
    """One page of help."""

    BINDINGS = [Binding("escape,f1,q,enter", "dismiss(None)", show=False)]

    def __init__(self, title: str, text: str, listed: Sequence[Key]) -> None:
        super().__init__()
        self._title, self._text, self._listed = title, text, listed

    @classmethod
    def about(cls, screen: Screen[object]) -> "HelpScreen":
        """Explain a screen: its own words, and the keys it and its parts bind."""
        title, text = getattr(screen, "help_text", ("Afterword", "Write the post-mortem of an AI incident."))
        return cls(title, text, keys(*getattr(screen, "help_keys", ()), "everywhere"))

    def compose(self) -> ComposeResult:
        """Text above, keys below."""
        width = max(len(_all_keys(key)) for key in self._listed)
        lines = [f"{_all_keys(key).ljust(width)}  {key.help}" for key in self._listed]
        with Vertical(classes="dialog wide"):
            yield Static(self._title, classes="dialog--question", markup=False)
            with VerticalScroll():
                yield Static(f"{self._text}\n\n" + "\n".join(lines), markup=False)
            yield KeyBar([("Esc", "Back"), ("↑↓", "Scroll")])


def _all_keys(key: Key) -> str:
    return key.shown if key.name or "," not in key.keys else f"{key.shown}"
