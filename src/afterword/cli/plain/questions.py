"""The sections in their order, each with its questions; where the author goes, and how it ends."""

from collections.abc import Callable
from typing import NamedTuple

from afterword.checks import State
from afterword.cli.plain.causes import ask_another, tell_cause
from afterword.cli.plain.ending import Go, ask_end, open_points, save, tell_open
from afterword.cli.plain.eval_case import ask_case_file, ask_whether_absent
from afterword.cli.plain.interview import Interview
from afterword.cli.plain.prompts import ask_prompts
from afterword.cli.plain.rows import ask_rows
from afterword.cli.plain.samples import ask_samples
from afterword.cli.plain.talk import NO, Back
from afterword.tui.fields import Field
from afterword.tui.section import PromptsField, RowsField, SamplesField, Section
from afterword.tui.section_text import HEADINGS, section_lines
from afterword.tui.sections import SECTIONS, section_index
from afterword.visible import visible

__all__ = ["Questions"]

_LAST = len(SECTIONS) - 1
_HELP = """\
Answers: Enter keeps what is there, - clears it, ? explains the question.
A text of several lines ends with a line that holds a full stop alone.
Commands, at any question that takes one line:
:back       the question before
:next       the next section
:sections   all sections, and the number of the one to go to
:go NAME    a section by number or name
:open       what is still open
:preview    this section as it will read
:save       save now
:quit       leave; the draft is kept
:help       this list
A line that begins with :: is an answer that begins with a colon.
Ctrl+C leaves as well; nothing that was answered is lost."""


class _Leave(Exception):
    """The author leaves; the draft is kept."""


class _Save(Exception):
    """The author saves from where they are."""


class Step(NamedTuple):
    """One question, or the questions of one table."""

    path: str
    """What it is about, to be found again from a list of problems."""
    cause: int
    ask: Callable[[], object]


class Questions:
    """Walks through the sections; every answer is in the draft before the next question."""

    def __init__(self, interview: Interview) -> None:
        self._interview, self._talk, self._session = interview, interview.talk, interview.session
        self._at, self._part, self._is_from_end = 0, "", False
        self._talk.commands = {
            "help": lambda rest: self._talk.say(_HELP),
            "back": self._back,
            "next": lambda rest: self._go(min(self._at + 1, _LAST)),
            "sections": self._sections,
            "go": self._go_to,
            "open": lambda rest: tell_open(interview, open_points(interview)),
            "preview": lambda rest: self._preview(),
            "save": self._save,
            "quit": self._quit,
        }

    def run(self) -> None:
        """Ask everything from where the author left off, until the record is saved or the author leaves."""
        begun = self._session.draft.section
        self._at = section_index(begun) if begun else 0
        while self._interview.saved is None:
            try:
                if not self._ask_section():
                    return
                self._at, self._part, self._is_from_end = self._at + 1, "", False
            except Back:
                self._at, self._part, self._is_from_end = max(0, self._at - 1), "", True
            except Go as go:
                self._at, self._part, self._is_from_end = go.index, go.part, False
            except _Save:
                if save(self._interview) is None:
                    self._at, self._part, self._is_from_end = _LAST, "", False
            except _Leave:
                return

    # Sections

    def _ask_section(self) -> bool:
        """Ask one section from its beginning, from its last question, or from the one about a part."""
        section = SECTIONS[self._at]
        self._session.place(section.id)
        self._tell_section(section)
        if section.id == "save":
            return ask_end(self._interview) is not None
        steps = self._steps(section)
        at = len(steps) - 1 if self._is_from_end else _place(steps, self._part)
        while at < len(steps):
            step = steps[at]
            try:
                self._turn_to(section, steps, at)
                is_another = step.ask() is True
                at = _place(self._steps(section), self._last_cause) if is_another else at + 1
            except Back:
                at -= 1
                if at < 0:
                    raise
            steps = self._steps(section)
        return True

    @property
    def _last_cause(self) -> str:
        return f"causes[{max(0, len(self._session.record.causes) - 1)}].title"

    def _tell_section(self, section: Section) -> None:
        if section.id == "save":
            self._talk.say(f"\nSave. {section.question}")
            return
        state: State = self._session.states()[section.id]
        self._talk.say(f"\n{section.title}, {self._at + 1} of {_LAST}, {state}. {section.question}")

    def _turn_to(self, section: Section, steps: list[Step], at: int) -> None:
        if section.per_cause and (at == 0 or steps[at].cause != steps[at - 1].cause):
            tell_cause(self._interview, steps[at].cause)
        elif section.per_cause:
            self._session.cause = steps[at].cause

    def _steps(self, section: Section) -> list[Step]:
        causes = max(1, len(self._session.record.causes)) if section.per_cause else 1
        found = []
        if section.id == "eval_case":
            found.append(Step("eval_case", 0, lambda: ask_whether_absent(self._interview, section)))
        for cause in range(causes):
            prefix = f"causes[{cause}]." if section.per_cause else ""
            for field in section.fields:
                found.append(Step(f"{prefix}{field.path}", cause, self._asking(section, field)))
        if section.id == "eval_case" and self._session.absence(section):
            found = found[:1]
        elif section.id == "eval_case":
            found.append(Step("eval_case.file", 0, lambda: ask_case_file(self._interview)))
        if section.id == "causes":
            found.append(Step("causes", causes - 1, lambda: ask_another(self._interview, section)))
        return found

    def _asking(self, section: Section, field: Field) -> Callable[[], object]:
        interview = self._interview
        if isinstance(field, RowsField):
            return lambda: None if self._is_answered(section, field) else ask_rows(interview, section, field)
        if isinstance(field, PromptsField):
            return lambda: ask_prompts(interview, section)
        if isinstance(field, SamplesField):
            return lambda: ask_samples(interview, section)
        return lambda: interview.field(section, field)

    def _is_answered(self, section: Section, field: Field) -> bool:
        """Whether an absence, given at the first of several tables, answers this one as well."""
        is_first = field is next(each for each in section.fields if isinstance(each, RowsField))
        return not is_first and bool(section.absent) and self._session.absence(section) is not None

    # Commands

    def _back(self, rest: str) -> None:
        raise Back

    def _save(self, rest: str) -> None:
        raise _Save

    def _quit(self, rest: str) -> None:
        raise _Leave

    def _go(self, index: int) -> None:
        raise Go(index)

    def _sections(self, rest: str) -> None:
        states = self._session.states()
        lines = [f"{at}: {section.title}, {states[section.id]}" for at, section in enumerate(SECTIONS[:_LAST], 1)]
        self._talk.say("\n".join([*lines, f"{_LAST + 1}: Save"]))
        answer = self._talk.ask("Number of the section to go to (Enter: stay here)")
        if answer.lower() not in NO:
            self._go_to(answer)

    def _go_to(self, name: str) -> None:
        folded = name.casefold()
        if name.isdecimal() and 1 <= int(name) <= len(SECTIONS):
            raise Go(int(name) - 1)
        found = [
            at
            for at, section in enumerate(SECTIONS)
            if folded and (section.title.casefold().startswith(folded) or section.id.startswith(folded))
        ]
        if len(found) == 1:
            raise Go(found[0])
        self._talk.refuse(f"There is no one section {name!r}.", ":sections lists them.")

    def _preview(self) -> None:
        from afterword.record.document import render

        text = render(self._session.samples.provisional_record())
        self._talk.say(visible("\n".join(section_lines(text, HEADINGS[SECTIONS[self._at].id]))))


def _place(steps: list[Step], part: str) -> int:
    """Return the question that a part of the record is about, else the first."""
    exact = next((at for at, step in enumerate(steps) if step.path == part), None)
    if exact is not None:
        return exact
    return next((at for at, step in enumerate(steps) if part and part.startswith(step.path)), 0)
