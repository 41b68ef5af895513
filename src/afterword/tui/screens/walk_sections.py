"""One section of a walk on screen: its form, made when it is first shown, and what is always visible around it."""

import asyncio
import contextlib

from textual import work
from textual.reactive import Reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static
from textual.worker import get_current_worker

from afterword.checks import Problem
from afterword.repo.draft import Draft
from afterword.tui.case_form import form_for
from afterword.tui.form import SectionForm
from afterword.tui.garbage import collect
from afterword.tui.overview import overview, walk_keys
from afterword.tui.own_words import look_for_exposed
from afterword.tui.screens.walk_end import WalkEnd
from afterword.tui.section import Section
from afterword.tui.sections import SECTIONS, section_index
from afterword.tui.session import Session
from afterword.tui.widgets.cause_picker import CausePicker
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.progress import Progress
from afterword.tui.widgets.section_list import SectionList
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible_line

_QUIET = 0.2
"""Seconds after which the next section's form is made ready, or secrets are looked for."""
_PATIENCE = 0.3
"""Seconds that a section waits at most for the focus before it is painted."""


class WalkSections(WalkEnd):
    """Shows a section, with its form as the record is now; what is typed is the walk's own."""

    # What gains or loses the focus is painted by itself.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._at = section_index(session.draft.section) if session.draft.section else 0
        self._said: dict[str, str] = {}
        self._ahead = Timer(self, _QUIET)

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
            self.set_timer(_QUIET, self.look)  # once all is painted, for it keeps the processor busy
        self._ahead.stop()
        self._ahead = self.set_timer(_QUIET, self._prepare_next)

    async def _form_for(self, section: Section) -> None:
        """Have the form of a section, shown or not, and all of it: one that is just being made is waited for."""
        switcher = self.query_one("#forms", ContentSwitcher)
        if present := switcher.query(f"#form-{section.id}"):
            await present.first(SectionForm).made.wait()
        else:
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
            collect()

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

    def _show_keys(self, widget: Widget) -> None:
        self.query_one(KeyBar).show_keys(walk_keys(widget))
