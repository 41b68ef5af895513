"""The form of the new eval case, which can be written as a file from here."""

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from afterword.errors import AfterwordError
from afterword.tui.form import SectionForm
from afterword.tui.keys import bindings
from afterword.tui.section import Section
from afterword.tui.session import Session
from afterword.tui.widgets.line_input import LineInput
from afterword.visible import visible_line

if TYPE_CHECKING:
    from afterword.evals.formats import Written


class CaseForm(SectionForm):
    """The fields of the eval case, and the key that writes its file."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("eval_case")

    def __init__(self, section: Section, session: Session) -> None:
        super().__init__(section, session)
        self._written: Written | None = None

    def compose(self) -> ComposeResult:
        """The fields, and how the proof stands."""
        yield from super().compose()
        yield Static(visible_line(self._proof_line()), id="proof-line", classes="note", markup=False)

    def _proof_line(self) -> str:
        from afterword.tui.proof_words import proof_line

        case = self.session.record.eval_case
        return proof_line(case.proof if case else None)

    def action_prove_case(self) -> None:
        """Show what a proof would run; it runs only after asking."""
        from afterword.tui.proving import Written
        from afterword.tui.screens.proof import ProofScreen

        self.flush()
        self.app.push_screen(ProofScreen(Written(self.session, self._proved), self.session.standing()))

    def _proved(self) -> None:
        self.shown = self.session.record
        self.query_one("#proof-line", Static).update(visible_line(self._proof_line()))
        self.post_message(self.Touched())

    async def action_write_case(self) -> None:
        """Write the file, note it in the draft, and say where it is; a refusal says why."""
        from afterword.tui.case_writing import write_case

        self.flush()
        try:
            record_id, written = await asyncio.to_thread(write_case, self.session, self._written)
        except AfterwordError as error:
            message = f"{error.message} {error.hint}"
            self.app.notify(message, title="Not written", severity="warning", timeout=10)
            return
        self._written = written
        self.session.promise(record_id)
        self._note({"eval_case.path": written.path, "eval_case.runner": written.runner})
        # What follows the first paragraph is code to copy, which a message would only lay over the form.
        how = written.how_to_run.split("\n\n")[0].strip()
        self.app.notify(f"Written: {written.path}\n{how.removesuffix(':')}", timeout=10)

    def _note(self, values: dict[str, str]) -> None:
        for widget, (path, field) in self.bound.items():
            if path in values and isinstance(widget, LineInput):
                self.session.type(path, field, values[path])
                widget.value = values[path]
        self.post_message(self.Touched())


def form_for(section: Section, session: Session) -> SectionForm:
    """Return the form of a section."""
    return CaseForm(section, session) if section.id == "eval_case" else SectionForm(section, session)
