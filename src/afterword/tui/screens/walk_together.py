"""What a walk does when others write as well: the file that changed beneath it, the draft that is open elsewhere."""

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING

from textual import work
from textual.widgets import ContentSwitcher
from textual.worker import get_current_worker

from afterword.errors import AfterwordError
from afterword.repo.errors import ConflictError, DraftConflict
from afterword.tui.autosave import Autosave
from afterword.tui.form import SectionForm
from afterword.tui.screens.dialogs import Confirm
from afterword.tui.screens.ending import end
from afterword.tui.screens.walk_frame import WalkFrame
from afterword.tui.section import Section
from afterword.tui.sections import section_index
from afterword.tui.session import Session
from afterword.visible import visible_line

if TYPE_CHECKING:
    from afterword.repo.draft import Draft
    from afterword.repo.holders import Holder
    from afterword.tui.meeting import Meeting

_PAUSE, _PATIENCE = 0.7, 30.0
"""Seconds without a key after which a question may come up, and after which it comes up in any case."""
_SIGN_OF_LIFE = 60.0
"""Seconds after which other machines are told that the draft is still open here."""


class WalkTogether(WalkFrame):
    """A walk beside which other programs write."""

    session: Session
    _autosave: Autosave
    _is_meeting = False

    @property
    @abstractmethod
    def section(self) -> Section:
        """The section on screen."""

    @abstractmethod
    async def go(self, index: int, part: str = "", look: bool = True) -> None:
        """Show a section."""

    @abstractmethod
    def settle(self, always: bool = False) -> None:
        """Hand over what was typed."""

    @abstractmethod
    async def action_save(self) -> None:
        """Save the record."""

    # At the beginning

    async def on_mount(self) -> None:
        """Look whether the draft is open elsewhere, or its record changed; in a thread, the form is there first."""
        self._opened = self.session.draft
        self.look_around()
        self.set_interval(_SIGN_OF_LIFE, self._autosave.renew_claim)

    @work(thread=True, exclusive=True, exit_on_error=False, group="others")
    def look_around(self, over: bool = False) -> None:
        """Look for another process on this draft, and for another text of its record."""
        worker = get_current_worker()
        try:
            other = self._autosave.claim(self.session.draft, over)
        except AfterwordError:
            other = None  # what keeps a draft from being written is told when it is
        if worker.is_cancelled:
            return
        if other is not None and not over:
            self.app.call_from_thread(self._tell_of, other)
            return
        try:
            text = self._changed_text()
        except AfterwordError as error:
            self.app.call_from_thread(self._warn, error)
            return
        if text is not None and not worker.is_cancelled:
            self.app.call_from_thread(self.meet_file, text)

    def _changed_text(self) -> str | None:
        from afterword.repo import Repository

        draft = self.session.draft
        if draft.base_path is None or draft.base_text is None:
            return None
        return Repository.open(self.session.root).records.changed_text(draft.base_path, draft.base_text)

    def _tell_of(self, other: "Holder") -> None:
        from afterword.repo.claims import in_words

        def answered(yes: bool | None) -> None:
            if yes:
                self.look_around(over=True)
            else:
                self._autosave.stop()
                end(self, None)

        detail = (
            f"It is open in {in_words(other)}. Both may write: who writes later is told, and sees what the other "
            "one changed."
        )
        self.app.push_screen(Confirm("This draft is open elsewhere.", detail, "Open it here too", "Leave it"), answered)

    def _warn(self, error: AfterwordError) -> None:
        hint = error.hint if isinstance(error, ConflictError) else "The draft keeps what you write."
        said = visible_line(f"{error.message} {hint}")
        self.app.notify(said, title="The saved record", severity="warning", timeout=10)

    # The record's file

    def meet_file(self, text: str, then: Callable[[], Awaitable[None]] | None = None) -> None:
        """Bring the file as it is now and this walk together; `then` goes on once that is done."""
        from afterword.tui.meeting import Meeting

        self.settle()
        try:
            meeting = Meeting.with_file(self.session.draft, text)
        except AfterwordError as error:
            self._warn(error)
            return
        self._meet(meeting, f"{meeting.name} was changed on disk since you began.", "Later", lambda: None, then)

    # The draft

    def meet_draft(self, error: DraftConflict) -> None:
        """Bring what another process wrote to this draft and this walk together."""
        if not self._is_meeting and not isinstance(self.app.screen, Confirm):
            self._is_meeting = True
            self._meet_after_typing(error)

    @work(exit_on_error=False, group="meeting")
    async def _meet_after_typing(self, error: DraftConflict) -> None:
        """Wait for a pause, so that no key meant for the form decides anything; on a slow disk the author types on."""
        try:
            await self.app.typing_done(_PAUSE, _PATIENCE)  # type: ignore[attr-defined]
            begun = monotonic()
            theirs = await asyncio.to_thread(self._draft_on_disk)
            if monotonic() - begun > _PAUSE / 4:
                await self.app.typing_done(_PAUSE, _PATIENCE)  # type: ignore[attr-defined]
        finally:
            self._is_meeting = False
        if self.is_attached:
            self._meet_draft_now(error, theirs)

    def _draft_on_disk(self) -> "Draft | None":
        """Read what another process wrote to this draft; None where it is gone or cannot be read."""
        from afterword.repo import Repository

        try:
            return Repository.open(self.session.root).drafts.load(self.session.draft.id)
        except AfterwordError:
            return None

    def _meet_draft_now(self, error: DraftConflict, theirs: "Draft | None") -> None:
        from afterword.tui.meeting import Meeting

        self.settle()
        if theirs is None:
            detail = f"{error.message} Go on here, and it is written again; or leave: what you typed becomes a draft."
            self.app.push_screen(Confirm("Go on here?", detail, "Go on here", "Leave"), self._take_over)
            return
        meeting = Meeting.with_draft(self._autosave.written or self._opened, theirs, self.session.draft)
        self._meet(meeting, "Another afterword wrote this draft as well.", "Keep both", self.keep_apart, None)

    def _take_over(self, yes: bool | None) -> None:
        if yes:
            self._autosave.take_over(self.session.draft)
        else:
            self.keep_apart()
            self._autosave.stop()
            end(self, None)

    def keep_apart(self) -> None:
        """Go on in a draft of its own: both are kept, and either can be resumed."""
        from afterword.tui.meeting import apart

        self.session.adopt(apart(self.session.draft))
        self._autosave.now(self.session.draft)
        said = "What you wrote is kept as a draft of its own, beside the one that another afterword wrote."
        self.app.tell(said)  # type: ignore[attr-defined]
        self.app.notify(said)

    # Together

    def _meet(
        self,
        meeting: "Meeting",
        told: str,
        back: str,
        unmet: Callable[[], object],
        then: Callable[[], Awaitable[None]] | None,
    ) -> None:
        from afterword.tui.screens.compare import CompareScreen

        async def met(decided: object) -> None:
            self._is_meeting = False
            if decided is None:
                unmet()
            elif await self._take(meeting):
                if then is not None:
                    await then()
                self.app.notify(visible_line(meeting.said + meeting.kept), timeout=10)

        if meeting.is_plain:
            self.run_worker(met(meeting.comparison), exclusive=True, group="meeting")
            return
        self._is_meeting = True
        self.app.clear_notifications()
        self.app.push_screen(CompareScreen(meeting.comparison, meeting.title, told, back), met)

    async def _take(self, meeting: "Meeting") -> bool:
        """Go on with the outcome; nothing is given up that could not be written aside."""
        try:
            meeting.keep_rest(self.session.root)
        except AfterwordError as error:
            self._warn(error)
            return False
        self.session.adopt(meeting.outcome())
        self._autosave.later(self.session.draft)
        if meeting.kept:
            self.app.tell(meeting.said + meeting.kept)  # type: ignore[attr-defined]
        await self._show_outcome(meeting.changes(self.section))
        return True

    async def _show_outcome(self, anew: bool) -> None:
        """Show what the draft holds now; a form that nothing was taken into stays, with the cursor in it."""
        forms = self.query_one("#forms", ContentSwitcher)
        stays = None if anew else forms.query_one(f"#form-{self.section.id}", SectionForm)
        for form in forms.query(SectionForm):
            if form is not stays:
                await form.remove()
        if stays is None:
            await self.go(section_index(self.section.id), look=False)
        else:
            self.settle(always=True)
