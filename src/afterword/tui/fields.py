"""The kinds of field a section is made of: how each reads what was typed, and shows what is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from afterword.record.vocabulary import Answer

# The sections are wanted for the first frame, before anything is read: what reads is loaded when it does.
if TYPE_CHECKING:
    from afterword.record.absence import Absence
    from afterword.record.model import Upstream
    from afterword.record.when import When
    from afterword.tui.clock import Here


def understood(text: str, here: "Here") -> "When":
    """Understand a time; where times go forward, a bare clock time before the reference is one of the day after."""
    from afterword.record.spoken import understand
    from afterword.record.when import When

    when = understand(text, here.now(), here.zone, here.reference)
    if here.forward and here.reference is not None and when.latest <= here.reference.earliest:
        following = here.reference.earliest.astimezone(here.zone).date() + timedelta(days=1)
        return understand(text, here.now(), here.zone, When.parse(following.isoformat()))
    return when


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a form; `path` is relative to the record, or to the current cause in a cause's section."""

    path: str
    label: str
    hint: str = ""
    """Shown in the empty field: an example, or what to write."""

    def read(self, text: str, here: "Here") -> Any:
        """Turn what was typed into the record's value; ValueError holds the sentence to show."""
        return text

    def show(self, value: Any) -> str:
        """Write the record's value as the author may edit it."""
        return "" if value is None else str(value)


class LineField(Field):
    """One line of text."""


class ListField(Field):
    """Several words in one line, separated by commas."""

    def read(self, text: str, here: "Here") -> tuple[str, ...]:
        """Split at commas; empty words go."""
        return tuple(word.strip() for word in text.split(",") if word.strip())

    def show(self, value: Any) -> str:
        """Join with commas."""
        return ", ".join(str(word) for word in value or ())


@dataclass(frozen=True, kw_only=True)
class NumberField(Field):
    """A whole number, or nothing."""

    least: int = 0

    def read(self, text: str, here: "Here") -> int | None:
        """Read digits."""
        if not text.strip():
            return None
        if not text.strip().isdecimal() or int(text) < self.least:
            raise ValueError(f"{self.label}: a whole number from {self.least}, such as 4.")
        return int(text)


class NumbersField(ListField):
    """Numbers of other causes."""

    def read(self, text: str, here: "Here") -> Any:
        """Read `2, 3`."""
        found = [word for word in text.replace(",", " ").split() if word.lower() not in ("cause", "causes")]
        if not all(word.isdecimal() and int(word) > 0 for word in found):
            raise ValueError(f"{self.label}: numbers of causes, such as 2, 3.")
        return tuple(int(word) for word in found)


@dataclass(frozen=True, kw_only=True)
class TimeField(Field):
    """A time as people say it; with `absences`, also "unknown" or "not applicable (why)"."""

    absences: bool = False

    def read(self, text: str, here: "Here") -> "When | Absence | None":
        """Understand a time, or an honest absence."""
        from afterword.record.absence import Absence

        if not text.strip():
            return None
        if self.absences and (absence := Absence.parse(text)):
            return absence
        return understood(text, here)


class DueField(TimeField):
    """A deadline: days ahead rather than behind."""

    def read(self, text: str, here: "Here") -> "When | None":
        """Understand a deadline."""
        from afterword.tui.quick import due_date

        return due_date(text, here) if text.strip() else None


class TimesField(Field):
    """Several times or intervals, separated by semicolons."""

    def read(self, text: str, here: "Here") -> "tuple[When, ...]":
        """Understand each."""
        from afterword.record.spoken import understand

        spoken = [part for part in text.split(";") if part.strip()]
        return tuple(understand(part, here.now(), here.zone, here.reference) for part in spoken)

    def show(self, value: Any) -> str:
        """Join with semicolons."""
        return "; ".join(str(when) for when in value or ())


@dataclass(frozen=True, kw_only=True)
class ChoiceField(Field):
    """One of a few words; "" means that nobody has chosen yet."""

    options: Sequence[str] = ()
    required: bool = False
    """Whether one of the words always holds."""

    def read(self, text: str, here: "Here") -> Any:
        """Return the word, or None for no choice."""
        return text or None


class TermField(ChoiceField):
    """One of a few words, stored as text: a hand-edited record may hold a word of its own."""

    def read(self, text: str, here: "Here") -> str:
        """Return the word as it is."""
        return text


class UpstreamField(LineField):
    """The provider's part: `no`, `unknown`, or `yes: provider and incident`."""

    def read(self, text: str, here: "Here") -> "Upstream | None":
        """Read the answer before the colon."""
        from afterword.record.model import Upstream

        said, _, detail = text.strip().partition(":")
        if not said:
            return None
        if said.strip().lower() not in list(Answer):
            raise ValueError("Upstream provider: begin with yes, no or unknown, as in yes: provider, status page link.")
        return Upstream(answer=Answer(said.strip().lower()), detail=detail)

    def show(self, value: Any) -> str:
        """Write `answer: detail`."""
        if value is None:
            return ""
        return f"{value.answer}: {value.detail}" if value.detail else str(value.answer)


@dataclass(frozen=True, kw_only=True)
class ProseField(Field):
    """Markdown paragraphs; `lines` is the least height, None takes all the room there is."""

    lines: int | None = None
