"""The sample outputs: from a file or pasted, each with a decision on every finding before the next question."""

import re
from collections.abc import Callable
from typing import Any

from afterword.cli.plain.answers import Slot, fill
from afterword.cli.plain.deciding import decide
from afterword.cli.plain.interview import Interview, guidance
from afterword.cli.plain.listing import Listing
from afterword.cli.plain.rows import ask_row
from afterword.cli.plain.talk import YES
from afterword.errors import AfterwordError
from afterword.record.model import Sample
from afterword.repo.draft import RawSample
from afterword.tui.fields import Field
from afterword.tui.sample_fields import FACTS, NOTE, SAVED
from afterword.tui.sample_file import read_sample
from afterword.tui.section import Section
from afterword.tui.subjects import SampleSubject
from afterword.tui.typed import sentence
from afterword.visible import visible_line

_FILE = re.compile(r"file\s+(?P<name>.+)")


def ask_samples(interview: Interview, section: Section) -> None:
    """Have each waiting sample decided upon, then ask for more until the author wants no other."""
    PlainSamples(interview, section).run()


class PlainSamples(Listing):
    """Saved samples first, then those of this draft."""

    title = "Samples"
    already = ("There is a sample here already.", "Remove it first: remove 1.")
    others = "y pastes one, file NAME reads one, Enter goes on, ? tells the others."
    may_be_logged = True

    @property
    def count(self) -> int:
        """Saved ones and those of this draft."""
        return len(self._saved) + len(self._session.samples.raw)

    @property
    def rows(self) -> list[str]:
        """Their titles, and how far the decisions on them are."""
        rows = [f"{visible_line(sample.title) or 'untitled'}, saved" for sample in self._saved]
        return [*rows, *(self._standing(index) for index in range(len(self._session.samples.raw)))]

    @property
    def ways(self) -> dict[str, Callable[[], None]]:
        """Pasted; a file is named."""
        return dict.fromkeys((*YES, "paste"), self._paste)

    @property
    def _saved(self) -> tuple[Sample, ...]:
        return self._session.record.samples

    def _standing(self, index: int) -> str:
        sample, state = self._session.samples.raw[index], self._session.samples.redaction(index)
        told = "not looked through"
        if state is not None:
            told = f"{len(state.undecided)} of {len(state.findings)} findings undecided"
            told = told if state.complete else "looked through in part"
        return f"{visible_line(sample.title or sample.source) or 'untitled'}, {told}"

    def run(self) -> None:
        """Tell what is there, have each waiting sample decided upon, then ask for others."""
        self.tell()
        self._finish_waiting()
        while self.ask():
            pass

    def _finish_waiting(self) -> None:
        """Ask about each sample that is not settled yet, such as those of --sample."""
        for index in range(len(self._session.samples.raw)):
            state = self._session.samples.redaction(index)
            if state is None or not state.is_settled:
                self._talk.say(f"Sample {len(self._saved) + index + 1}: {self._standing(index)}.")
                self._finish(index)

    def question(self) -> str:
        """Ask for another sample."""
        another = "Another sample" if self.count else "A sample"
        return f"{another}? (y pastes, file NAME; Enter: no)"

    def explained(self) -> str:
        """Tell the ways, and what can be done by number."""
        return (
            f"{guidance(self._section)}\ny takes a text up to a line with a full stop alone; file NAME reads a file,"
            " which stays as it is.\nchange 1 asks for its facts and decisions again; remove 1 removes it.\n"
            "No sample to show: not applicable (why), unknown, not published; - takes that back."
        )

    # What is done

    def take(self, answer: str) -> None:
        """Read the file that was named."""
        if file := _FILE.fullmatch(answer):
            self._read(file["name"])
        else:
            super().take(answer)

    def _paste(self) -> None:
        self._talk.say("Paste the text. A line with a full stop alone ends it.")
        index = self._session.samples.add(RawSample())

        def keep(text: str) -> None:
            self._session.samples.change(index, text=text)
            self._interview.settle()

        keep(self._talk.text(keep))
        if not self._session.samples.raw[index].text.strip():
            self._session.samples.remove(index)
            self._interview.settle()
            self._talk.say("There was no text, so there is no new sample.")
            return
        self._added(index)

    def _read(self, name: str) -> None:
        try:
            sample = read_sample(name)
        except AfterwordError as error:
            self._talk.refuse(error.message, error.hint)
            return
        self._added(self._session.samples.add(sample))

    def _added(self, index: int) -> None:
        if self._session.absence(self._section):
            self._session.set_absence(self._section, None)
        self._interview.settle()
        self._finish(index)

    def _finish(self, index: int) -> None:
        """Ask for what is known of a sample, then for every decision."""
        for field in (*FACTS, NOTE):
            self._fact(index, field)
        if self._session.samples.raw[index].text.strip():
            decide(self._interview, SampleSubject(self._session, index))
        else:
            self._talk.say("This sample has no text yet: remove it, or paste it as another one.")

    def _fact(self, index: int, field: Field) -> None:
        session = self._session

        def take(text: str) -> str:
            session.samples.change(index, **{field.path: text})
            self._interview.settle()
            try:
                field.read(text, session.time_here)
            except ValueError as error:
                return sentence(error)
            return ""

        now: str = getattr(session.samples.raw[index], field.path)
        fill(self._talk, Slot(field, now, take, lambda: session.time_here, guidance(self._section)), session.root)

    def obey(self, what: str, at: int, to: int) -> None:
        """Ask for a sample's facts and decisions again, or remove it."""
        raw = at - len(self._saved)
        if what == "remove":
            if raw >= 0:
                self._session.samples.remove(raw)
                self._interview.settle()
            else:
                self._put((*self._saved[:at], *self._saved[at + 1 :]))
            self.tell()
        elif what == "change" and raw >= 0:
            self._finish(raw)
        elif what == "change":
            self._change_saved(at)
        else:
            self._talk.refuse("A sample can only be changed or removed.")

    def _put(self, saved: tuple[Any, ...]) -> None:
        self._interview.put(self._section, {"samples": saved})

    def _change_saved(self, at: int) -> None:
        row: Any = ask_row(self._interview, self._section, SAVED, self._saved[at], f"samples[{at}]")
        if row is not None:
            self._put((*self._saved[:at], row, *self._saved[at + 1 :]))
