"""Small questions in front of a screen: a yes or no, a line of text, one of a few words."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from afterword.tui.widgets.choice import Choice
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.line_input import LineInput
from afterword.visible import visible


class Confirm(ModalScreen[bool]):
    """A question with two answers; the safe one is the default."""

    BINDINGS = [
        Binding("y", "answer(True)", show=False),
        Binding("n,escape,enter", "answer(False)", show=False),
    ]

    def __init__(self, question: str, detail: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._detail, self._yes, self._no = question, detail, yes, no

    def compose(self) -> ComposeResult:
        """Question, consequences, keys."""
        with Vertical(classes="dialog"):
            yield Static(visible(self._question), classes="dialog--question", markup=False)
            yield Static(visible(self._detail), classes="dialog--detail", markup=False)
            yield KeyBar([("y", self._yes), ("Enter", self._no)])

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)


class AskLine(ModalScreen[str | None]):
    """One line of text; None where the author went back."""

    BINDINGS = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, question: str, detail: str = "", value: str = "", hint: str = "", *, needed: str = "") -> None:
        super().__init__()
        self._question, self._detail, self._value, self._hint, self._needed = (
            question,
            detail,
            value,
            hint,
            needed,
        )

    def compose(self) -> ComposeResult:
        """Question, line, keys."""
        with Vertical(classes="dialog"):
            yield Static(visible(self._question), classes="dialog--question", markup=False)
            if self._detail:
                yield Static(visible(self._detail), classes="dialog--detail", markup=False)
            yield LineInput(self._value, self._hint)
            yield Static("", id="needed", classes="error", markup=False)
            yield KeyBar([("Enter", "Take it"), ("Esc", "Back")])

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Take the line, unless something is needed and nothing was typed."""
        if self._needed and not event.value.strip():
            self.query_one("#needed", Static).update(self._needed)
            return
        self.dismiss(event.value.strip())


class AskChoice(ModalScreen[tuple[str, str] | None]):
    """One of a few words and a line that goes with it; None where the author went back."""

    BINDINGS = [Binding("escape", "dismiss(None)", show=False), Binding("enter", "take", show=False)]

    def __init__(
        self, question: str, detail: str, options: Sequence[str], why: str = "", *, hint: str = "", chosen: str = ""
    ) -> None:
        super().__init__()
        self._question, self._detail, self._options, self._why, self._hint = question, detail, options, why, hint
        self._chosen = chosen or options[0]

    def compose(self) -> ComposeResult:
        """Question, words, line, keys."""
        with Vertical(classes="dialog"):
            yield Static(visible(self._question), classes="dialog--question", markup=False)
            yield Static(visible(self._detail), classes="dialog--detail", markup=False)
            yield Choice(self._options, self._chosen, required=True)
            yield LineInput(self._why, self._hint)
            yield KeyBar([("←→", "Choose"), ("Tab", "Why"), ("Enter", "Take it"), ("Esc", "Back")])

    def on_input_submitted(self) -> None:
        """Enter in the line takes both."""
        self.action_take()

    def action_take(self) -> None:
        """Close with the word and the line."""
        self.dismiss((self.query_one(Choice).value, self.query_one(LineInput).value.strip()))
