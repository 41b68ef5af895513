"""The tables of a record as the walk edits them: columns to show, fields to ask for, a line to type."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from afterword.record.vocabulary import (
    ActionState,
    ActionType,
    AttemptResult,
    Blocking,
    EventKind,
    GapReason,
    GateResult,
    words,
)
from afterword.tui.column import Column
from afterword.tui.fields import ChoiceField, DueField, Field, LineField, ProseField, TermField, TimeField

# The sections are wanted for the first frame, before the record is: what builds rows is loaded when it does.
if TYPE_CHECKING:
    from afterword.record.model import Record
    from afterword.record.part import Part
    from afterword.record.when import When
    from afterword.tui.clock import Here


@dataclass(frozen=True, kw_only=True)
class Quick:
    """A row typed in one line: how to read it, and what to show in the empty line."""

    read: "Callable[[str, Here, Record], Part]"
    reading: Callable[[Any], str]
    """How a row was understood, in one line."""
    missing: Callable[[Any], str]
    """What the line might say as well, where there is room: the words to choose from."""
    hint: str


@dataclass(frozen=True, kw_only=True)
class RowSpec:
    """One kind of row."""

    noun: str
    kind_name: str
    """The class of the record's model."""
    columns: Sequence[Column]
    cells: Callable[[Any], tuple[str, ...]]
    fields: Sequence[Field]
    quick: Quick | None = None
    in_order: Callable[[Any], Any] | None = None
    """Sort key; None keeps the author's order."""

    @property
    def kind(self) -> "type[Part]":
        """What a row is in the record."""
        from afterword.record import model

        kind: type[Part] = getattr(model, self.kind_name)
        return kind

    def make(self, values: dict[str, Any], record: "Record", row: "Part | None" = None) -> "Part":
        """Build a row from the values of its fields; ValueError where they do not fit together.

        Of a `row` that is changed, everything that has no field stays.
        """
        if row is not None:
            return row.changed(**values)
        if self.kind_name == "ActionItem":
            from afterword.record.paths import next_action_id

            values = values | {"id": next_action_id(record)}
        return self.kind.model_validate(values)

    def placed(self, rows: Sequence[Any], new: Any) -> tuple[Any, ...]:
        """Return the rows with a new one in its place; the others stay in the order that somebody gave them."""
        if self.in_order is None:
            return (*rows, new)
        key = self.in_order(new)
        at = max((at + 1 for at, row in enumerate(rows) if self.in_order(row) <= key), default=0)
        return (*rows[:at], new, *rows[at:])

    def replaced(self, rows: Sequence[Any], at: int, new: Any) -> tuple[Any, ...]:
        """Return the rows with another one at `at`, which moves where its place in the order is another one."""
        if self.in_order is None or self.in_order(new) == self.in_order(rows[at]):
            return (*rows[:at], new, *rows[at + 1 :])
        return self.placed((*rows[:at], *rows[at + 1 :]), new)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _parts(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _choice(name: str, options: Sequence[str], chosen: str) -> str:
    return "" if chosen else f"{name}: {' '.join(options)}"


def _short(when: "When | None") -> str:
    """Write a time for a narrow list: day and clock time in UTC where it is that precise, else as it is recorded."""
    if when is None or when.is_interval or when.precision not in ("minute", "second"):
        return _text(when)
    return f"{when.earliest:%m-%d %H:%M}{'~' if when.is_approximate else ''}"


def _read_event(text: str, here: "Here", record: "Record") -> "Part":
    from afterword.tui.quick import timeline_row

    return timeline_row(text, here)


def _read_action(text: str, here: "Here", record: "Record") -> "Part":
    from afterword.tui.quick import action_item

    return action_item(text, here, record)


IMPACT = RowSpec(
    noun="measure",
    kind_name="ImpactRow",
    columns=(
        Column("Measure", least=12, wraps=True),
        Column("Value", least=6),
        Column("Of", least=6),
        Column("Scope"),
    ),
    cells=lambda row: (row.measure, row.value, row.of, row.scope),
    fields=(
        LineField(path="measure", label="Measure", hint="wrong promises"),
        LineField(path="value", label="Value", hint="~ 0.8 %   < 40   peak 12 an hour"),
        LineField(path="of", label="Of", hint="conversations (what 100 % would be)"),
        LineField(path="scope", label="Scope", hint="EU, chat only"),
        TimeField(path="when", label="When", hint="2026-03-02/2026-03-03"),
        LineField(path="source", label="Source", hint="who says so: support dashboard"),
    ),
)

TIMELINE = RowSpec(
    noun="event",
    kind_name="TimelineRow",
    columns=(
        Column("Time", least=11),
        Column("Kind", least=6),
        Column("What happened", least=24, wraps=True),
    ),
    cells=lambda row: (_short(row.time), row.kind, f"{row.actor}: {row.what}" if row.actor else row.what),
    fields=(
        TimeField(path="time", label="Time", hint="14:05, yesterday 14:05, 2026-03-02"),
        TermField(path="kind", label="Kind", options=words(EventKind)),
        LineField(path="actor", label="Actor", hint="a role: tool, customer, person (on-call)"),
        LineField(path="what", label="What happened", hint="one fact, no judgement"),
        LineField(path="evidence", label="Evidence", hint="commit, ticket, dashboard, message"),
    ),
    quick=Quick(
        read=_read_event,
        reading=lambda row: _parts(_text(row.time), row.kind, row.actor, row.evidence and f"evidence {row.evidence}"),
        missing=lambda row: _choice("kinds", words(EventKind), row.kind),
        hint="14:05 detection customer: first ticket about a refused refund [ticket 8841]",
    ),
    in_order=lambda row: row.time.sort_key,
)

SETTINGS = RowSpec(
    noun="setting",
    kind_name="SettingRow",
    columns=(
        Column("Setting", least=12, wraps=True),
        Column("Before", least=10, wraps=True),
        Column("After", least=10, wraps=True),
        Column("Read from", least=10, wraps=True),
    ),
    # The names' common beginning would fill the column; the record keeps it.
    cells=lambda row: (
        row.setting.removeprefix("gen_ai.").removeprefix("request."),
        row.before,
        row.after,
        row.read_from,
    ),
    fields=(
        LineField(path="setting", label="Setting", hint="gen_ai.request.temperature"),
        LineField(path="before", label="Before", hint="0.2"),
        LineField(path="after", label="After", hint="0.7"),
        LineField(path="read_from", label="Read from", hint="provider console, screenshot of 2026-03-03"),
    ),
)

GATES = RowSpec(
    noun="gate",
    kind_name="Gate",
    columns=(Column("Gate", least=16, wraps=True), Column("Result", least=7), Column("Blocking", least=8)),
    cells=lambda row: (row.gate, row.result, row.blocking),
    fields=(
        LineField(path="gate", label="Gate", hint="promptfoo regression suite"),
        TermField(path="result", label="Result", options=words(GateResult)),
        TermField(path="blocking", label="Blocking", options=words(Blocking)),
    ),
)

GAPS = RowSpec(
    noun="reason",
    kind_name="Gap",
    columns=(Column("Reason", most=14), Column("In words", least=16, wraps=True)),
    cells=lambda row: (row.reason.words, row.text),
    fields=(
        ChoiceField(path="reason", label="Reason", options=words(GapReason)),
        ProseField(path="text", label="In words", hint="No case asks for a refund outside the window.", lines=4),
    ),
)

ATTEMPTS = RowSpec(
    noun="attempt",
    kind_name="Attempt",
    columns=(
        Column("Time", least=11),
        Column("What was tried", least=16, wraps=True),
        Column("Result", least=6),
    ),
    cells=lambda row: (_short(row.time), row.what, row.result),
    fields=(
        TimeField(path="time", label="Time", hint="09:20"),
        LineField(path="what", label="What was tried", hint="Rolled the prompt back on one of two regions"),
        TermField(path="result", label="Result", options=words(AttemptResult)),
        LineField(path="evidence", label="Evidence", hint="commit, dashboard"),
    ),
)

ACTIONS = RowSpec(
    noun="action",
    kind_name="ActionItem",
    columns=(
        Column("Id", least=3),
        Column("Action", least=20, wraps=True),
        Column("Owner", least=8),
        Column("Due", least=10),
    ),
    cells=lambda row: (row.id, row.action, row.owner, _text(row.due)),
    fields=(
        LineField(path="action", label="Action", hint="Run the eval suite on every prompt change"),
        TermField(path="type", label="Type", options=words(ActionType)),
        LineField(path="owner", label="Owner", hint="@team, one owner"),
        DueField(path="due", label="Due", hint="2026-03-20, friday, in 2 weeks"),
        TermField(path="state", label="State", options=words(ActionState)),
        LineField(path="evidence", label="Evidence", hint="issue, pull request"),
    ),
    quick=Quick(
        read=_read_action,
        reading=lambda row: _parts(
            row.type, row.owner or "no owner yet", f"due {row.due}" if row.due else "no date yet"
        ),
        missing=lambda row: _choice("types", words(ActionType), row.type),
        hint="prevent: run the evals on every prompt change @ml-platform in 2 weeks",
    ),
)

REVISIONS = RowSpec(
    noun="revision",
    kind_name="Revision",
    columns=(Column("Date", least=10), Column("What was learned or changed", least=20, wraps=True)),
    cells=lambda row: (_text(row.date), row.text),
    fields=(
        TimeField(path="date", label="Date", hint="today"),
        LineField(path="text", label="What", hint="The provider confirmed the change of weights."),
    ),
)
