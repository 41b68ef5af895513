"""The walk: sections on the left, the current section's question and form on the right."""

from typing import ClassVar

from textual import events, on, work
from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static, TextArea
from textual.worker import get_current_worker

from afterword.checks import Problem
from afterword.errors import AfterwordError
from afterword.record.absence import Absence
from afterword.record.vocabulary import AbsenceKind, words
from afterword.repo.drafts import Draft
from afterword.tui.case_form import form_for
from afterword.tui.editors import Editor, SavePanel
from afterword.tui.external import edit_in_editor
from afterword.tui.field_widgets import typed_text
from afterword.tui.form import SectionForm
from afterword.tui.keys import bindings
from afterword.tui.overview import overview, walk_keys
from afterword.tui.own_words import look_for_exposed
from afterword.tui.screens.dialogs import AskChoice, Confirm
from afterword.tui.screens.walk_end import WalkEnd
from afterword.tui.sections import SECTIONS, Section, section_index
from afterword.tui.session import Session
from afterword.tui.widgets.cause_picker import CausePicker
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.progress import Progress
from afterword.tui.widgets.section_list import SectionList
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible_line

_SETTLE = 0.3
"""Seconds after a key in which more keys are waited for before text is read, checked and written to the draft."""
_MINUTE = 60.0


class WalkScreen(WalkEnd):
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
        self._at = section_index(session.draft.section) if session.draft.section else 0
        self._settling: Timer | None = None
        self._line_touched = False

    async def on_mount(self) -> None:
        """Open the section where the author left off."""
        await self.go(self._at)
        self.set_interval(_MINUTE, self._show_clock)

    @property
    def section(self) -> Section:
        """The section on screen."""
        return SECTIONS[self._at]

    @property
    def form(self) -> SectionForm:
        """The form on screen."""
        return self.query_one(f"#form-{self.section.id}", SectionForm)

    async def go(self, index: int, part: str = "", look: bool = True) -> None:
        """Show a section with the focus in the field at `part` or its first; at the end, `look` for secrets."""
        self.settle()
        self._at = index
        self.session.place(self.section.id)
        switcher = self.query_one("#forms", ContentSwitcher)
        with self.app.batch_update():
            name = f"form-{self.section.id}"
            if not switcher.query(f"#{name}"):
                await switcher.mount(form_for(self.section, self.session))
            elif self._is_stale(self.form):
                await self.form.show_anew()
            switcher.current = name
            self.query_one("#question", Static).update(self.section.question)
            self.query_one("#guidance", Static).update(self.section.guidance)
            self.form.focus_part(part)
            self.settle(always=True)
        if self.section.id == "save" and look:
            self.look()

    @work(thread=True, exclusive=True, exit_on_error=False, group="exposed")
    def look(self) -> None:
        """Look for secrets in the author's own words, in a thread."""
        worker, draft = get_current_worker(), self.session.draft
        found = look_for_exposed(self.session)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_exposed, draft, found)

    def _show_exposed(self, draft: Draft, found: list[Problem]) -> None:
        self.session.take_exposed(draft, found)
        if found and self.section.id == "save":
            self._show_progress()
            self.form.editors()[0].shown_again()

    def _is_stale(self, form: SectionForm) -> bool:
        """Whether the form shows another cause, or rows that have changed since."""
        return form.section.per_cause or form.section.id == "save" or form.shown is not self.session.record

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
        for form in self.query(SectionForm):
            always |= form.flush()
        if self.session.dirty:
            self.session.dirty = False
            self._autosave.later(self.session.draft)
        if always:
            self._show_progress()

    def keep(self) -> None:
        """Write what was typed to the draft before returning."""
        for form in self.query(SectionForm):
            form.flush()
        self._autosave.now(self.session.draft)

    # What is always visible

    def _show_progress(self) -> None:
        entries = overview(self.session)
        self.query_one(SectionList).show(entries, self._at)
        for picker in self.form.query(CausePicker):
            picker.show([cause.title for cause in self.session.record.causes], self.session.cause)
        walked = [entry.state for entry in entries[:-1]]
        self.query_one(Progress).show(walked.count("done"), len(walked), "")
        self._show_note()
        self._show_clock()

    def _show_note(self) -> None:
        self.query_one("#note", Static).update(visible_line(self.form.note(self.focused)))

    def _show_clock(self) -> None:
        self.query_one(TitleBar).show(self.session.record.title or "New post-mortem", self.session.clock())

    # Moving

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys of what has the focus first, and what should be mended there."""
        self._show_keys(event.widget)
        self._show_note()

    def _show_keys(self, widget: Widget) -> None:
        self.query_one(KeyBar).show_keys(walk_keys(widget))

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
        try:
            text = edit_in_editor(self.app, typed_text(widget), self.root)
        except AfterwordError as error:
            self.app.notify(visible_line(str(error)), severity="error", timeout=10)
            return
        if text is not None:
            widget.text = text
            self.settle()
