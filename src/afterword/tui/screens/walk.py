"""The walk: sections on the left, the current section's question and form on the right."""

import asyncio
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from afterword.errors import AfterwordError
from afterword.record.absence import Absence
from afterword.record.vocabulary import AbsenceKind, words
from afterword.repo.errors import DraftConflict
from afterword.tui.editors import Editor, SavePanel
from afterword.tui.external import edit_in_editor
from afterword.tui.field_widgets import typed_text
from afterword.tui.form import SectionForm
from afterword.tui.keys import bindings
from afterword.tui.screens.dialogs import AskChoice, Confirm
from afterword.tui.screens.walk_sections import WalkSections
from afterword.tui.sections import SECTIONS, section_index
from afterword.tui.session import Session
from afterword.tui.widgets.cause_picker import CausePicker
from afterword.tui.widgets.section_list import SectionList
from afterword.visible import visible_line

_SETTLE = 0.3
"""Seconds after a key in which more keys are waited for before text is read, checked and written to the draft."""
_MINUTE = 60.0


class WalkScreen(WalkSections):
    """Walks one record; its result is the id of the saved record, or None where only the draft was kept."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("walk")
    AUTO_FOCUS = ""

    @property
    def help_keys(self) -> tuple[str, ...]:
        """The keys of the walk, and those of a section that has its own."""
        own = self.section.id
        return ("walk", "rows", own) if own in ("prompts", "samples", "eval_case") else ("walk", "rows")

    @property
    def help_text(self) -> tuple[str, str]:
        """What the section asks, why, and an example."""
        section = self.section
        return section.title, f"{section.question}\n{section.guidance}\n\nExample: {section.example}"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._settling: Timer | None = None
        self._line_touched = False
        self.ready = asyncio.Event()
        """Set once a section is there to take keys."""

    async def on_mount(self) -> None:
        """Open the section where the author left off."""
        await self.go(self._at)
        self.set_interval(_MINUTE, self._show_clock)
        self.ready.set()

    # Typing

    @on(SectionForm.Touched)
    def _on_touched(self) -> None:
        if self._settling is None:
            self._settling = self.set_timer(_SETTLE, self.settle)

    @on(Editor.Touched)
    def _on_line_touched(self) -> None:
        self._line_touched = True
        self._on_touched()

    @on(Editor.Edited)
    def _on_edited(self) -> None:
        self.settle(always=True)
        if self.focused is not None:
            self._show_keys(self.focused)

    def settle(self, always: bool = False) -> None:
        """Hand over what was typed, show what follows from it, and write the draft."""
        if self._settling is not None:
            self._settling.stop()
            self._settling = None
        always, self._line_touched = always or self._line_touched, False
        for form in self._forms:
            always |= form.flush()
        if self.session.dirty:
            self.session.dirty = False
            self._autosave.later(self.session.draft)
        if always:
            self._show_progress()

    def keep(self) -> None:
        """Write what was typed to the draft before returning."""
        for form in self._forms:
            form.flush()
        try:
            self._autosave.now(self.session.draft)
        except DraftConflict:  # whoever asks for this is about to end: both versions are kept
            self.keep_apart()

    # Moving

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys of what has the focus first, and what should be mended there."""
        self._show_keys(event.widget)
        self._show_note()

    async def action_next_section(self) -> None:
        """Go on; the last section stays."""
        await self.go(min(self._at + 1, len(SECTIONS) - 1))

    async def action_previous_section(self) -> None:
        """Go back; the first section stays."""
        await self.go(max(self._at - 1, 0))

    def action_section_list(self) -> None:
        """Put the focus on the list, or back into the form."""
        if isinstance(self.focused, SectionList):
            self.form.focus_part("")
        else:
            self.query_one(SectionList).focus()

    @on(SectionList.Chosen)
    async def _on_section_chosen(self, event: SectionList.Chosen) -> None:
        await self.go(event.index)

    @on(SavePanel.ProblemChosen)
    async def _on_problem_chosen(self, event: SavePanel.ProblemChosen) -> None:
        await self.go(section_index(event.section), event.part)

    @on(CausePicker.Chosen)
    async def _on_cause_chosen(self, event: CausePicker.Chosen) -> None:
        self.settle()
        self.session.turn_to(event.index)
        await self.go(self._at)

    @on(CausePicker.RemovalAsked)
    def _on_cause_removal(self) -> None:
        self.settle()
        title = self.session.record.causes[self.session.cause].title or f"Cause {self.session.cause + 1}"

        async def remove(yes: bool | None) -> None:
            if yes:
                self.session.remove_cause()
                await self.go(self._at)

        detail = "Its prompt diffs, settings and eval gaps go with it."
        self.app.push_screen(Confirm(f"Remove “{title}”?", detail, "Remove", "Keep"), remove)

    async def action_next_cause(self) -> None:
        """Turn to the next cause of several."""
        if len(self.session.record.causes) > 1 and self.section.per_cause:
            await self._on_cause_chosen(CausePicker.Chosen((self.session.cause + 1) % len(self.session.record.causes)))

    # Actions

    def action_gather(self) -> None:
        """Offer what git knows for this section."""
        for editor in self.form.editors():
            if editor.can_gather:
                editor.gather()
                return
        self.app.notify("Git has nothing to offer for this section.")

    def action_absent(self) -> None:
        """Answer the section with an honest absence, or take that back."""
        section = self.section
        if not section.absent:
            self.app.notify("There is always something to say here; in a time or a text, unknown is an answer.")
            return
        if any(editor.items for editor in self.form.editors()):
            self.app.notify("There is something here already: remove the rows first, ^D in the list.")
            return
        present = self.session.absence(section)

        def take(answer: tuple[str, str] | None) -> None:
            if answer is None:
                return
            word, why = answer
            self.session.set_absence(section, Absence(AbsenceKind(word), why) if word in words(AbsenceKind) else None)
            self.run_worker(self.go(self._at), exclusive=True)

        options = ["not applicable", *(word for word in words(AbsenceKind) if word != "not applicable")]
        options += ["there is something"] if present is not None else []
        self.app.push_screen(
            AskChoice(
                f"{section.title}: nothing to write here?",
                "Unknown, not published and not applicable are answers; still pending keeps the section open.",
                options,
                present.why if present else "",
                chosen=str(present.kind) if present else "",
                hint="why, in a few words: no prompt took part",
            ),
            take,
        )

    def action_preview(self) -> None:
        """Show the section as it will read."""
        from afterword.tui.screens.preview import PreviewScreen

        self.settle()
        self.app.push_screen(
            PreviewScreen(self.session.samples.provisional_record(), self.section, self.session.standing())
        )

    def action_external_editor(self) -> None:
        """Write the field that has the focus in $EDITOR."""
        widget: Widget | None = self.focused
        if not isinstance(widget, TextArea) or widget not in self.form.bound:
            self.app.notify("Put the cursor into a text field first.")
            return
        self.settle()
        try:
            warn = partial(self.app.notify, severity="warning")
            text = edit_in_editor(self.app.suspend, typed_text(widget), self.root, warn)
        except AfterwordError as error:
            self.app.notify(visible_line(str(error)), severity="error", timeout=10)
            return
        if text is not None:
            widget.replace(text, widget.document.start, widget.document.end)  # which ^Z takes back
            self.settle()
