"""The question after saving: whether to prove the new eval case now."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.app import App

from afterword.tui.saving import SaveResult
from afterword.tui.screens.dialogs import Confirm


class OfferProof(Confirm):
    """Later is the safe answer, and leaving is later."""

    async def leave(self) -> None:
        """Answer: later."""
        self.action_answer(False)


def offer(app: App[Any], root: Path, saved: SaveResult, done: Callable[[SaveResult], object]) -> None:
    """Ask, prove where that is wanted, and go on with `done`; a proof takes the place of the next step."""

    def proved(sentence: str | None) -> None:
        done(replace(saved, next_step=sentence or saved.next_step))

    def answered(yes: bool | None) -> None:
        if not yes:
            done(saved)
            return
        from afterword.tui.proving import Saved
        from afterword.tui.screens.proof import ProofScreen

        app.push_screen(ProofScreen(Saved(root, saved.record_id)), proved)

    detail = "It is run on what was live and on the fix. What will be run is shown first."
    app.push_screen(OfferProof("Saved. Prove the new eval case now?", detail, "Look at it", "Later"), answered)
