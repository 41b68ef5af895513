"""The tables of a record, row by row."""

from collections.abc import Callable
from typing import Any

from afterword.cli.plain.answers import Slot, fill
from afterword.cli.plain.interview import Interview, guidance
from afterword.cli.plain.listing import Listing, listed, told
from afterword.cli.plain.talk import YES, Back
from afterword.errors import AfterwordError
from afterword.record.part import Part
from afterword.tui.fields import Field
from afterword.tui.following import follow
from afterword.tui.gathering import reader
from afterword.tui.row_reading import RowRefused, read_row, shown_texts, waiting_text, waiting_texts
from afterword.tui.rows import RowSpec
from afterword.tui.section import RowsField, Section
from afterword.tui.typed import readable, sentence
from afterword.visible import visible_line


def ask_rows(interview: Interview, section: Section, field: RowsField) -> None:
    """Ask for the rows of a table until the author wants no other."""
    Rows(interview, section, field).run()


class Rows(Listing):
    """One table of the record."""

    already = ("There is something here already.", "Remove the rows first: remove 1.")
    others = "y adds one, Enter goes on, ? tells the rest."

    def __init__(self, interview: Interview, section: Section, field: RowsField) -> None:
        super().__init__(interview, section)
        self._field, self._spec = field, field.spec
        self._path = interview.path(section, field.path)

    @property
    def _items(self) -> tuple[Any, ...]:
        return self._interview.items(self._path)

    @property
    def title(self) -> str:
        """The table's own."""
        return self._field.label

    @property
    def count(self) -> int:
        """All of them."""
        return len(self._items)

    @property
    def rows(self) -> list[str]:
        """Its cells, in one line a row."""
        return [told(self._spec.cells(row)) for row in self._items]

    @property
    def ways(self) -> dict[str, Callable[[], None]]:
        """Field by field, or from what git offers."""
        from_git = {"git": self._gather} if self._field.gather else {}
        return dict.fromkeys((*YES, "a", "add"), self._add_by_fields) | from_git

    def tell(self) -> None:
        """Say as well what was typed and is no row yet."""
        super().tell()
        if typed := self._session.draft.inputs.get(f"{self._path}.new"):
            self._talk.say(f"Typed and not taken yet, - drops it: {readable(typed)}")

    def question(self) -> str:
        """Ask for another row, by the ways there are."""
        another = "Another" if self._items else "Add a" if self._spec.noun[0] not in "aeio" else "Add an"
        ways = ["y field by field, or one line" if self._spec.quick else "y"]
        ways += ["git"] if self._field.gather else []
        return f"{another} {self._spec.noun}? ({', '.join(ways)}; Enter: no)"

    def explained(self) -> str:
        """Tell the ways, and what can be done by number."""
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

    def take(self, answer: str) -> None:
        """Read a row in one line, where this table can be written so."""
        quick, waiting = self._spec.quick, f"{self._path}.new"
        if quick is None:
            super().take(answer)
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

    def take_back(self) -> bool:
        """Drop what was typed and is no row yet, else take an absence back."""
        if self._session.draft.inputs.get(f"{self._path}.new"):
            self._session.forget(f"{self._path}.new")
            self._interview.settle()
        elif not super().take_back():
            self._talk.refuse("There is nothing to take back here.", "remove 2 removes the second row.")
        return True

    def obey(self, what: str, at: int, to: int) -> None:
        """Change, remove or move a row."""
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
