"""How a walk ends: the draft kept or not, the record saved, the screen left."""

import asyncio
from abc import abstractmethod
from pathlib import Path

from afterword.errors import AfterwordError
from afterword.repo.errors import ConflictError, DraftConflict
from afterword.tui.autosave import Autosave
from afterword.tui.own_words import OwnWords
from afterword.tui.saving import SaveResult, proposal
from afterword.tui.screens.dialogs import Confirm
from afterword.tui.screens.ending import end
from afterword.tui.screens.walk_together import WalkTogether
from afterword.tui.sections import section_index
from afterword.tui.session import Session
from afterword.tui.still_open import OWN_WORDS
from afterword.visible import visible_line

_NOT_WRITTEN = "The draft could not be written"


class WalkEnd(WalkTogether):
    """What a walk does with its draft and its record; the forms are the walk's own."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.root = session, session.root
        self._autosave = Autosave(session.root, lambda error: self.app.call_later(self._not_kept, error))

    @abstractmethod
    def keep(self) -> None:
        """Write what was typed to the draft before returning."""

    # The draft

    @property
    def draft_path(self) -> Path | None:
        """Where the draft lies; None while it has not been written."""
        return self._autosave.path

    def _not_kept(self, error: AfterwordError) -> None:
        if isinstance(error, DraftConflict):
            self.meet_draft(error)
            return
        # After every pause in typing it is told anew; in a pile the notes would hide the screen.
        for note in [note for note in self.app._notifications if note.title == _NOT_WRITTEN]:
            self.app._unnotify(note, refresh=False)
        self.app.notify(visible_line(str(error)), title=_NOT_WRITTEN, severity="error", timeout=10)

    # The record

    async def action_save(self) -> None:
        """Go to the last section, or save from there."""
        self.settle(always=True)
        if self.section.id != "save":
            await self.go(section_index("save"), look=False)
        blocked = [problem for problem in self.session.blocking() if problem.code not in OWN_WORDS]
        if blocked:
            self._refuse(blocked[0].message, blocked[0].hint)
            return
        own_words = await asyncio.to_thread(OwnWords.gather, self.session)
        if own_words is None:
            await self._ask_where()
        else:
            self._decide_on(own_words)

    def _refuse(self, message: str, hint: str) -> None:
        self.app.notify(visible_line(f"{message} {hint}"), title="Not saved", severity="warning", timeout=10)

    def _decide_on(self, own_words: OwnWords) -> None:
        """Have the author decide on what was found in their own words; then the saving goes on."""
        from afterword.tui.screens.redact import RedactScreen

        async def decided(_: object) -> None:
            self.settle(always=True)
            await self.go(section_index("save"), look=not own_words.is_settled)
            if own_words.is_settled:
                await self._ask_where()
            else:
                left = len(own_words.undecided)
                self._refuse(
                    f"{left} value{'s are' if left > 1 else ' is'} undecided.", "^S goes on with the decisions."
                )

        self.app.push_screen(RedactScreen(own_words, self.session.standing, lambda: None), decided)

    async def _ask_where(self) -> None:
        from afterword.tui.screens.save import SaveScreen

        try:
            path = self.session.draft.base_path or proposal(self.session.draft, self.root)
        except AfterwordError as error:
            self._refuse(error.message, error.hint)
            return
        self.app.clear_notifications()
        await self.app.push_screen(SaveScreen(self.session, self.root, self._autosave, path), self._saved)

    def _saved(self, result: SaveResult | ConflictError | DraftConflict | None) -> None:
        if isinstance(result, DraftConflict):
            self.meet_draft(result)
        elif isinstance(result, ConflictError):
            self.meet_file(result.text or "", self.action_save)
        elif result is not None:
            self._autosave.stop()
            self._offer_next(result)

    def _offer_next(self, result: SaveResult) -> None:
        """Offer the proof where the record waits for it; else the walk is over."""
        if not result.next_step:
            self._over(result)
            return
        from afterword.tui.proof_offer import offer

        offer(self.app, self.root, result, self._over)

    def _over(self, result: SaveResult) -> None:
        self.app.tell(*result.told)  # type: ignore[attr-defined]
        end(self, result.record_id)

    def _leave_all_the_same(self, yes: bool | None) -> None:
        if yes:
            lost = "What was typed since the last draft is lost: the draft could not be written."
            self.app.tell(lost)  # type: ignore[attr-defined]
            self._autosave.stop()
            end(self, None)

    async def leave(self) -> None:
        """Leave; the draft is kept, unless nothing was written. Where it cannot be kept, the author decides."""
        try:
            self.keep()
        except AfterwordError as error:
            detail = f"{error} What was typed since the last draft would be lost."
            self.app.clear_notifications()
            self.app.push_screen(
                Confirm("The draft could not be written. Leave all the same?", detail, "Leave and lose it", "Stay"),
                self._leave_all_the_same,
            )
            return
        if self.session.draft_is_worth_keeping:
            self.app.tell("The draft is kept: afterword edit resumes it.")  # type: ignore[attr-defined]
        else:
            self._autosave.discard(self.session.draft)
        self._autosave.stop()
        end(self, None)
