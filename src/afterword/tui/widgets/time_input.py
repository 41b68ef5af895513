"""A field for a moment as people say it, with a line below that shows at once how it was understood."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from afterword.record.spoken import explain, understand
from afterword.record.when import When
from afterword.tui.widgets.line_input import LineInput
from afterword.tui.widgets.text_line import TextLine


class TimeInput(Vertical):
    """`yesterday 14:05` above, `= Mon 2026-03-02 13:05 UTC (14:05 +01:00)` below."""

    @dataclass
    class TimeUnderstood(Message):
        """The text was read anew: `when` is None where it is empty or cannot be read; `error` then says why."""

        time_input: "TimeInput"
        when: When | None
        text: str
        error: str

        @property
        def control(self) -> "TimeInput":
            """The field that was read."""
            return self.time_input

    def __init__(
        self,
        value: str = "",
        *,
        now: Callable[[], datetime],
        zone: tzinfo,
        reference: When | None = None,
        read: Callable[[str], When | str] | None = None,
        placeholder: str = "14:05   yesterday 9am   2026-03-02 14:05   2 h ago",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a field holding `value`; clock times are of `zone`, and of the day of `reference` where there is one.

        `read` understands in another way: it returns a time, or words for an answer that is none ("unknown").
        """
        super().__init__(id=id, classes=classes)
        self._now = now
        self._zone = zone
        self._reference = reference
        self._reader = read or (lambda text: understand(text, self._now(), self._zone, self._reference))
        self._line = LineInput(value, placeholder)
        self._note = TextLine(lines=2, classes="time-input--note")
        self._when: When | None = None
        self._error = ""
        self._read(value)

    def compose(self) -> ComposeResult:
        """Put the line below the field."""
        yield self._line
        yield self._note

    @property
    def value(self) -> str:
        """The text as typed."""
        return self._line.value

    @value.setter
    def value(self, text: str) -> None:
        self._line.value = text
        self._line.cursor_position = len(text)

    @property
    def when(self) -> When | None:
        """The time that was understood; None for an empty or unreadable text."""
        return self._when

    @property
    def error(self) -> str:
        """Why the text cannot be read; empty where it can."""
        return self._error

    @property
    def note(self) -> str:
        """The line below the field."""
        return self._note.text

    @property
    def reference(self) -> When | None:
        """The day that a bare clock time belongs to."""
        return self._reference

    @reference.setter
    def reference(self, reference: When | None) -> None:
        if reference != self._reference:
            self._reference = reference
            self._take(self.value)

    def focus(self, scroll_visible: bool = True) -> "TimeInput":
        """Put the cursor into the field."""
        self._line.focus(scroll_visible)
        return self

    def _read(self, text: str) -> None:
        self._when, self._error = None, ""
        words = ""
        if text.strip():
            try:
                found = self._reader(text)
                self._when, words = (found, explain(found, self._zone)) if isinstance(found, When) else (None, found)
            except ValueError as error:
                self._error = str(error)
        # The sign in front tells what it is without colour.
        said = f"= {words}" if words else f"? {self._error}" if self._error else ""
        self._note.show(said)
        self._note.set_class(bool(self._error), "-unreadable")

    def _take(self, text: str) -> None:
        self._read(text)
        self.post_message(self.TimeUnderstood(self, self._when, text, self._error))

    @on(Input.Changed)
    def _on_typed(self, event: Input.Changed) -> None:
        event.stop()
        self._take(event.value)
