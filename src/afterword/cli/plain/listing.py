"""What the lists of plain mode share: what is there is told and numbered; each answer adds, changes or takes away."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from afterword.cli.plain.answers import CLEAR
from afterword.cli.plain.interview import Interview
from afterword.cli.plain.talk import NO, Talk
from afterword.record.absence import Absence
from afterword.tui.section import Section
from afterword.visible import visible_line

_ORDER = re.compile(r"(?:(?P<what>change|remove|move|mark|trace) )?(?P<at>\d{1,5})(?: to (?P<to>\d{1,5}))?")
"""What may be done with a row by its number."""


def told(cells: Sequence[str]) -> str:
    """Return a row in one line."""
    return ", ".join(visible_line(re.sub(r"\s*\n\s*", " ", cell)) for cell in cells if cell)


def listed(talk: Talk, title: str, rows: Sequence[str]) -> None:
    """Tell what a list holds."""
    talk.say("\n".join([f"{title}: {len(rows)}.", *(f"{at}: {row}" for at, row in enumerate(rows, 1))]))


def order_in(answer: str, count: int) -> tuple[str, int, int] | None:
    """Read `2`, `remove 2` or `move 2 to 1`: what to do and with which row, from 0; None where it is something else."""
    match = _ORDER.fullmatch(answer.lower())
    if match is None or not 1 <= int(match["at"]) <= count:
        return None
    what = match["what"] or "change"
    to = int(match["to"] or 0)
    if (what == "move") != (1 <= to <= count):
        return None
    return what, int(match["at"]) - 1, to - 1


class Listing(ABC):
    """One list of the record; how a row is told, asked and changed is said by each kind of list."""

    already: ClassVar[tuple[str, str]]
    """Why an absence cannot be the answer while something is there, and what to do."""
    others: ClassVar[str] = ""
    """What may be answered, where an answer was none of it."""
    may_be_logged: ClassVar[bool] = False
    """Whether what is told of a row holds nothing undecided, so that a log may keep it."""

    def __init__(self, interview: Interview, section: Section) -> None:
        self._interview, self._section = interview, section
        self._talk, self._session = interview.talk, interview.session

    # What each kind of list says

    @property
    @abstractmethod
    def title(self) -> str:
        """What the list is called."""

    @property
    @abstractmethod
    def count(self) -> int:
        """How many rows there are."""

    @property
    @abstractmethod
    def rows(self) -> Sequence[str]:
        """What is told of each row."""

    @property
    @abstractmethod
    def ways(self) -> Mapping[str, Callable[[], None]]:
        """What is done for each word that may be answered, in small letters."""

    @abstractmethod
    def question(self) -> str:
        """Return the question for one more row."""

    @abstractmethod
    def explained(self) -> str:
        """Return what `?` tells."""

    @abstractmethod
    def obey(self, what: str, at: int, to: int) -> None:
        """Change, remove or move the row `at`, counted from 0; what is not possible is refused."""

    # What all lists do

    def run(self) -> None:
        """Tell what is there, then ask until the author wants no other."""
        self.tell()
        while self.ask():
            pass

    def tell(self) -> None:
        """Say what is there, or why there is nothing."""
        absence = self._session.absence(self._section)
        if self.count and (self._talk.shows or self.may_be_logged):
            listed(self._talk, self.title, self.rows)
        elif absence is not None:
            self._talk.say(f"Answered: {absence}.")

    def ask(self) -> bool:
        """Ask for one more row; return whether to go on asking."""
        answer = self._talk.ask(self.question(), self.explained())
        if answer.lower() in NO:
            return False
        if (way := self.ways.get(answer.lower())) is not None:
            way()
        elif order := order_in(answer, self.count):
            self.obey(*order)
        elif answer == CLEAR and self.take_back():
            pass
        elif self._section.absent and (absence := Absence.parse(answer)):
            return not self._absent(absence)
        else:
            self.take(answer)
        return True

    def take_back(self) -> bool:
        """Take an absence back; return whether there was one."""
        if self._session.absence(self._section) is None:
            return False
        self._interview.answer_absent(self._section, None)
        return True

    def take(self, answer: str) -> None:
        """Take an answer that is none of the words and no order; here none is."""
        self._talk.refuse(f"{answer!r} is not one of the answers.", self.others)

    def _absent(self, absence: Absence) -> bool:
        if self.count:
            self._talk.refuse(*self.already)
            return False
        self._interview.answer_absent(self._section, absence)
        return True
