"""What every part of plain mode shares: the record being written, the person or script that answers, the draft."""

from dataclasses import dataclass, field
from typing import Any

from afterword.cli.plain.answers import Slot, fill
from afterword.cli.plain.talk import Talk
from afterword.errors import AfterwordError
from afterword.record.absence import Absence
from afterword.record.paths import get
from afterword.repo import Repository
from afterword.repo.draft import Draft
from afterword.repo.errors import DraftConflict
from afterword.tui.fields import Field
from afterword.tui.meeting import apart
from afterword.tui.saving import SaveResult
from afterword.tui.section import Section
from afterword.tui.session import Session


@dataclass
class Interview:
    """One record, asked for in plain questions; the draft on disk is as new as the last answer."""

    talk: Talk
    session: Session
    repository: Repository
    saved: SaveResult | None = None
    """The record as a file, once it is one."""
    _written: Draft | None = field(default=None, init=False)
    _is_discarded: bool = field(default=False, init=False)

    def keep(self) -> None:
        """Write the draft, where it is another than the last one; AfterwordError where it cannot be written."""
        draft = self.session.draft
        if draft is self._written or self._is_discarded:
            return
        try:
            self.repository.drafts.write(draft)
        except DraftConflict as error:
            self.session.adopt(apart(draft))
            draft = self.session.draft
            self.repository.drafts.write(draft)
            self.talk.say(f"{error.message} What you write is kept as a draft of its own.")
        self._written = draft

    def settle(self) -> None:
        """Write the draft after an answer; what is in the way is told."""
        try:
            self.keep()
        except AfterwordError as error:
            if told := self.talk.once(f"The draft could not be written: {error}"):
                self.talk.say(told)

    def discard(self) -> None:
        """Delete the draft: its record is saved, or nothing was written; what another program wrote to it stays."""
        self._is_discarded = True
        drafts = self.repository.drafts
        if not drafts.is_elses(self.session.draft):
            drafts.remove(self.session.draft.id)

    # What a section asks

    def path(self, section: Section, name: str) -> str:
        """Return the path into the record of a field of this section."""
        return self.session.path(section, name)

    def items(self, path: str) -> tuple[Any, ...]:
        """Return the rows at a path."""
        return tuple(get(self.session.record, path) or ())

    def field(self, section: Section, field: Field) -> None:
        """Ask a field of the record, or of the current cause."""
        path = self.path(section, field.path)

        def take(text: str) -> str:
            error = self.session.type(path, field, text)
            self.settle()
            return error

        options = self.session.around.severities if field.path == "severity" else ()
        error = self.session.error(path, field)
        if error:
            self.talk.say(f"Not understood yet: {error}")
        now = self.session.text(path, field)
        here = lambda: self.session.here_for(path)  # noqa: E731
        fill(self.talk, Slot(field, now, take, here, guidance(section), options), self.session.root)

    def put(self, section: Section, values: dict[str, Any]) -> None:
        """Replace lists of the record as one step; what is there takes an absence back."""
        if any(values.values()) and section.absent and self.session.absence(section):
            self.session.set_absence(section, None)
        self.session.set_many(values)
        self.settle()

    def answer_absent(self, section: Section, absence: Absence | None) -> None:
        """Answer that there is nothing to say, or take that back."""
        self.session.set_absence(section, absence)
        self.settle()
        self.talk.say(f"{section.title}: {absence}." if absence else f"{section.title} is open again.")


def guidance(section: Section) -> str:
    """Return what a section asks, why, and an example."""
    return f"{section.question}\n{section.guidance}\nFor example: {section.example}"
