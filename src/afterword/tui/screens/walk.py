"""The walk: sections on the left, the current section's question and form on the right."""

import asyncio
import contextlib
from functools import partial
from typing import ClassVar

from textual import events, on, work
from textual.binding import BindingType
from textual.reactive import Reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static, TextArea
from textual.worker import get_current_worker

from afterword.checks import Problem
from afterword.errors import AfterwordError
from afterword.record.absence import Absence
from afterword.record.vocabulary import AbsenceKind, words
from afterword.repo.drafts import Draft
from afterword.repo.errors import DraftConflict
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
_QUIET = 0.5
"""Seconds after which the next section's form is made ready."""
_PATIENCE = 0.3
"""Seconds that a section waits at most for the focus before it is painted."""


class WalkScreen(WalkEnd):
    """Walks one record; its result is the id of the saved record, or None where only the draft was kept."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("walk")
    AUTO_FOCUS = ""
    # What gains or loses the focus is painted by itself.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

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
        self._said: dict[str, str] = {}
        self._ahead = Timer(self, _QUIET)

    async def on_mount(self) -> None:
        """Open the section where the author left off."""
        await self.go(self._at)
        self.set_interval(_MINUTE, self._show_clock)

    @property
    def section(self) -> Section:
        """The section on screen."""
        return SECTIONS[self._at]

    @property
    def _forms(self) -> list[SectionForm]:
        """The forms that were made, whichever is shown."""
        return [child for child in self.query_one("#forms").children if isinstance(child, SectionForm)]

    @property
    def form(self) -> SectionForm:
        """The form on screen."""
        return self.query_one(f"#form-{self.section.id}", SectionForm)

    async def go(self, index: int, part: str = "", look: bool = True) -> None:
        """Show a section with the focus in the field at `part` or its first; at the end, `look` for secrets."""
        self.settle()
        self._at = index
        self.session.place(self.section.id)
        with self.app.batch_update():
            await self._form_for(self.section)
            await self.form.show_what_changed()
            self.query_one("#forms", ContentSwitcher).current = f"form-{self.section.id}"
            self._say("#question", self.section.question)
            self._say("#guidance", self.section.guidance)
            self.form.focus_part(part)
            self.settle(always=True)
            if self.is_mounted:
                await self._focus_moved()
        if self.section.id == "save" and look:
            self.look()
        self._ahead.stop()
        self._ahead = self.set_timer(_QUIET, self._prepare_next)

    async def _form_for(self, section: Section) -> None:
        """Have the form of a section, shown or not."""
        switcher = self.query_one("#forms", ContentSwitcher)
        if not switcher.query(f"#form-{section.id}"):
            form = form_for(section, self.session)
            form.display = form.id == switcher.current
            await switcher.mount(form)

    async def _focus_moved(self) -> None:
        """Wait until the focus is where it was asked to go, so that all is painted together."""
        taken = asyncio.Event()
        if self.app.call_later(taken.set):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(taken.wait(), _PATIENCE)
        if self.focused is not None:
            self._show_keys(self.focused)
        self._show_note()

    async def _prepare_next(self) -> None:
        """Make the form that is likely to be asked for next, while nothing else is to be done."""
        if self.is_current and self._at + 1 < len(SECTIONS):
            await self._form_for(SECTIONS[self._at + 1])

    def _say(self, place: str, words: str) -> None:
        """Show other words; the same ones would only be laid out again."""
        if self._said.get(place) != words:
            self._said[place] = words
            self.query_one(place, Static).update(words)

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
        self._say("#note", visible_line(self.form.note(self.focused)))

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
