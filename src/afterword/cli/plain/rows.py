"""The tables of a record, row by row."""

import re
from collections.abc import Sequence
from typing import Any

from afterword.cli.plain.answers import CLEAR, Slot, fill
from afterword.cli.plain.interview import Interview, guidance
from afterword.cli.plain.talk import NO, YES, Back, Talk
from afterword.errors import AfterwordError
from afterword.record.absence import Absence
from afterword.record.part import Part
from afterword.tui.fields import Field
from afterword.tui.following import follow
from afterword.tui.gathering import reader
from afterword.tui.row_reading import RowRefused, read_row, shown_texts, waiting_text, waiting_texts
from afterword.tui.rows import RowSpec
from afterword.tui.sections import RowsField, Section
from afterword.tui.typed import readable, sentence
from afterword.visible import visible_line

ORDER = re.compile(r"(?:(?P<what>change|remove|move|mark|trace) )?(?P<at>\d{1,5})(?: to (?P<to>\d{1,5}))?")
"""What may be done with a row by its number."""


def told(cells: Sequence[str]) -> str:
    """Return a row in one line."""
    return ", ".join(visible_line(re.sub(r"\s*\n\s*", " ", cell)) for cell in cells if cell)


def listed(talk: Talk, title: str, rows: Sequence[str]) -> None:
    """Tell what a list holds."""
    talk.say("\n".join([f"{title}: {len(rows)}.", *(f"{at}: {row}" for at, row in enumerate(rows, 1))]))


def order_in(answer: str, count: int) -> tuple[str, int, int] | None:
    """Read `2`, `remove 2` or `move 2 to 1`: what to do and with which row, from 0; None where it is something else."""
    match = ORDER.fullmatch(answer.lower())
    if match is None or not 1 <= int(match["at"]) <= count:
        return None
    what = match["what"] or "change"
    to = int(match["to"] or 0)
    if (what == "move") != (1 <= to <= count):
        return None
    return what, int(match["at"]) - 1, to - 1


def ask_rows(interview: Interview, section: Section, field: RowsField) -> None:
    """Ask for the rows of a table until the author wants no other."""
    rows = Rows(interview, section, field)
    rows.tell()
    while rows.ask():
        pass


class Rows:
    """One table of the record."""

    def __init__(self, interview: Interview, section: Section, field: RowsField) -> None:
        self._interview, self._section, self._field, self._spec = interview, section, field, field.spec
        self._talk, self._session = interview.talk, interview.session
        self._path = interview.path(section, field.path)

    @property
    def _items(self) -> tuple[Any, ...]:
        return self._interview.items(self._path)

    def tell(self) -> None:
        """Say what is there, or why there is nothing."""
        items = self._items
        absence = self._session.absence(self._section) if self._section.absent else None
        if items and self._talk.shows:
            listed(self._talk, self._field.label, [told(self._spec.cells(row)) for row in items])
        elif absence is not None:
            self._talk.say(f"Answered: {absence}.")
        if typed := self._session.draft.inputs.get(f"{self._path}.new"):
            self._talk.say(f"Typed and not taken yet, - drops it: {readable(typed)}")

    def ask(self) -> bool:
        """Ask for one more row; return whether to go on asking."""
        answer = self._talk.ask(self._question(), self._explained())
        if answer.lower() in NO:
            return False
        if answer.lower() in (*YES, "a", "add"):
            self._add_by_fields()
        elif answer == CLEAR:
            self._drop()
        elif order := order_in(answer, len(self._items)):
            self._obey(*order)
        elif answer.lower() == "git" and self._field.gather:
            self._gather()
        elif self._section.absent and (absence := Absence.parse(answer)):
            return not self._absent(absence)
        else:
            self._quick(answer)
        return True

    def _question(self) -> str:
        another = "Another" if self._items else "Add a" if self._spec.noun[0] not in "aeio" else "Add an"
        ways = ["y field by field, or one line" if self._spec.quick else "y"]
        ways += ["git"] if self._field.gather else []
        return f"{another} {self._spec.noun}? ({', '.join(ways)}; Enter: no)"

    def _explained(self) -> str:
        noun = self._spec.noun
        lines = [guidance(self._section), f"y asks for the fields of a new {noun}; Enter goes on."]
        if self._spec.quick:
            lines.append(f"A {noun} in one line: {self._spec.quick.hint}")
        if self._field.gather:
            lines.append("git offers what the repository knows.")
        lines.append("2 or change 2, remove 2 and move 2 to 1 change what is there.")
        if self._section.absent:
            lines.append(
                "Nothing to say: not applicable (why), unknown, not published, still pending; - takes it back."
            )
        return "\n".join(lines)

    # What is done

    def _put(self, items: tuple[Any, ...]) -> None:
        follow(self._session, lambda _, at: f"{self._path}[{at}]", self._items, items)
        self._interview.put(self._section, {self._path: items})

    def _add(self, row: Any) -> None:
        self._put(self._spec.placed(self._items, row))

    def _add_by_fields(self) -> None:
        row = ask_row(self._interview, self._section, self._spec, None, f"{self._path}[{len(self._items)}]")
        if row is not None:
            self._add(row)

    def _quick(self, answer: str) -> None:
        quick, waiting = self._spec.quick, f"{self._path}.new"
        if quick is None:
            self._talk.refuse(f"{answer!r} is not one of the answers.", "y adds one, Enter goes on, ? tells the rest.")
            return
        try:
            row = quick.read(answer, self._session.time_here, self._session.record)
        except ValueError as error:
            self._session.remember(waiting, answer)
            self._interview.settle()
            self._talk.refuse(sentence(error))
            return
        self._session.forget(waiting)
        self._add(row)
        self._talk.say(f"= {visible_line(quick.reading(row))}")

    def _drop(self) -> None:
        if self._session.draft.inputs.get(f"{self._path}.new"):
            self._session.forget(f"{self._path}.new")
            self._interview.settle()
        elif self._section.absent and self._session.absence(self._section):
            self._interview.answer_absent(self._section, None)
        else:
            self._talk.refuse("There is nothing to take back here.", "remove 2 removes the second row.")

    def _absent(self, absence: Absence) -> bool:
        if self._items:
            self._talk.refuse("There is something here already.", "Remove the rows first: remove 1.")
            return False
        self._interview.answer_absent(self._section, absence)
        return True

    def _obey(self, what: str, at: int, to: int) -> None:
        items = self._items
        if what == "change":
            row = ask_row(self._interview, self._section, self._spec, items[at], f"{self._path}[{at}]")
            if row is None:
                return
            self._put(self._spec.replaced(items, at, row))
        elif what in ("remove", "move"):
            rest = [*items[:at], *items[at + 1 :]]
            if what == "move":
                rest.insert(to, items[at])
            self._session.forget(f"{self._path}[{at}]")
            self._put(tuple(rest))
        else:
            self._talk.refuse(f"A {self._spec.noun} cannot be {what}ed.")
            return
        self.tell()

    def _gather(self) -> None:
        self._talk.say("Reading the history.")
        try:
            offer = reader(self._field.gather, self._session, self._items, self._session.root)()
        except AfterwordError as error:
            self._talk.refuse(error.message, error.hint)
            return
        self._talk.say(offer.told)
        if not offer.rows:
            return
        listed(self._talk, "Offered", [told(offer.cells(row)) for row in offer.rows])
        question = "Which to take (numbers, all; Enter: none)"
        for at in self._talk.numbers(question, len(offer.rows), f"Take {offer.marking}: 1, 3-5, or all."):
            self._add(offer.rows[at])


def ask_row(interview: Interview, section: Section, spec: RowSpec, row: Part | None, waiting: str) -> Part | None:
    """Ask for the fields of a row; None where it is given up, and what was typed stays in the draft at `waiting`."""
    session = interview.session
    shown = shown_texts(spec, row)
    texts = shown | waiting_texts(session.draft.inputs.get(waiting, ""))
    at = 0
    while True:
        try:
            while at < len(spec.fields):
                _ask_field(interview, section, spec.fields[at], texts, shown, waiting)
                at += 1
        except Back:
            at -= 1
            if at < 0:
                return None
            continue
        try:
            read = read_row(spec, texts, row, session.record, session.time_here)
        except RowRefused as refused:
            if refused.field is None:
                session.forget(waiting)
                interview.talk.say(f"Nothing was filled in, so there is no new {spec.noun}.")
                return None
            interview.talk.refuse(str(refused))
            at = spec.fields.index(refused.field)
            continue
        session.forget(waiting)
        return read


def _ask_field(
    interview: Interview, section: Section, field: Field, texts: dict[str, str], shown: dict[str, str], waiting: str
) -> None:
    session = interview.session

    def take(text: str) -> str:
        texts[field.path] = text
        if typed := waiting_text(texts, shown):
            session.remember(waiting, typed)
        else:
            session.forget(waiting)
        interview.settle()
        try:
            field.read(text, session.time_here)
        except ValueError as error:
            return sentence(error)
        return ""

    slot = Slot(field, texts[field.path], take, lambda: session.time_here, guidance(section))
    fill(interview.talk, slot, session.root)
