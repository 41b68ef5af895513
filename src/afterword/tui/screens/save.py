"""The last question: where the record goes, and whether to commit it."""

from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from afterword.errors import AfterwordError
from afterword.repo.errors import CommitError, ConflictError, DraftConflict, WriteError
from afterword.tui.autosave import Autosave
from afterword.tui.saving import SaveResult, commit_record, write_record
from afterword.tui.session import Session
from afterword.tui.widgets.choice import Choice
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.line_input import LineInput
from afterword.visible import visible

_HOOK_LINES = 3


class SaveScreen(ModalScreen[SaveResult | ConflictError | DraftConflict | None]):
    """Shows the file, saves it, and commits it where the author says so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("enter", "save", show=False),
        Binding("ctrl+s", "save", show=False, priority=True),
    ]

    def __init__(self, session: Session, root: Path, autosave: Autosave, path: str) -> None:
        super().__init__()
        self.session, self.root, self._autosave, self._path = session, root, autosave, path
        self._saved: SaveResult | None = None
        self._conflict: ConflictError | None = None

    def compose(self) -> ComposeResult:
        """Path, what is open, commit or not, message."""
        open_count = len(self.session.problems())
        told = "Nothing is open." if not open_count else f"{open_count} points are still open; they stay listed."
        if open_count == 1:
            told = "One point is still open; it stays listed."
        with Vertical(classes="dialog wide"):
            yield Static("Save the post-mortem", classes="dialog--question", markup=False)
            yield Static(visible(told), classes="dialog--detail", markup=False)
            with Horizontal(classes="block"):
                yield Static("File\nCommit\nMessage", classes="labels", markup=False)
                with Vertical(classes="inputs"):
                    yield LineInput(self._path, id="path")
                    yield Choice(("no", "yes"), "no", id="commit")
                    yield LineInput(self._message(), id="message")
            yield Static(
                "A commit takes this file alone; what you have staged stays staged.",
                classes="note",
                markup=False,
            )
            yield Static("", id="needed", classes="error", markup=False)
            yield KeyBar([("Enter", "Save"), ("Tab", "Next field"), ("Esc", "Back")])

    def on_mount(self) -> None:
        """The question that is most often changed has the focus."""
        self.query_one("#commit").focus()

    def _message(self) -> str:
        verb = "Update" if self.session.draft.base_path else "Add"
        return f"{verb} post-mortem: {self.session.record.title}"

    @on(Input.Submitted)
    def _on_submitted(self) -> None:
        self.action_save()

    def action_back(self) -> None:
        """Go back; what is saved already stays saved, and then the walk is over."""
        self.dismiss(self._saved)

    async def leave(self) -> None:
        """Ctrl+Q steps back as well."""
        self.action_back()

    def action_save(self) -> None:
        """Write the file, then commit it if asked; an error says what happened and keeps everything."""
        self._save()

    def _save(self) -> None:
        target = self.query_one("#path", LineInput).value
        if self._conflict is not None and self._saved is None and self._met(self._conflict, target.strip()):
            return
        try:
            if self._saved is None:
                with suppress(WriteError):  # without room for a draft, the record is the best place for the text
                    self._autosave.now(self.session.draft)
                self._saved = write_record(self.session, self.root, target)
                self._autosave.discard(self.session.draft)
            if self.query_one("#commit", Choice).value == "yes":
                self._saved = commit_record(self._saved, self.root, self.query_one("#message", LineInput).value)
        except DraftConflict as error:
            self.dismiss(error)
        except AfterwordError as error:
            self._say(error)
        else:
            self.dismiss(self._saved)

    def _met(self, conflict: ConflictError, target: str) -> bool:
        """Compare with the file that changed, unless the author chose another name; go on with one that moved."""
        if conflict.text is not None and target == self.session.draft.base_path:
            self.dismiss(conflict)
            return True
        if conflict.moved_to is not None and target == conflict.moved_to.relative_to(self.root).as_posix():
            self.session.rebase(target, self.session.draft.base_text or "")
        return False

    def _say(self, error: AfterwordError) -> None:
        saved = f"Saved as {self._saved.path}, not committed. " if self._saved else ""
        said = "\n".join(error.output.strip().splitlines()[-_HOOK_LINES:]) if isinstance(error, CommitError) else ""
        self.query_one("#needed", Static).update(visible(f"{saved}{error.message} {error.hint}\n{said}".strip()))
        if isinstance(error, ConflictError):
            self._conflict = error
            self._offer(error)
        if self._saved is not None:
            self.query_one("#commit", Choice).value = "no"
            self.query_one(KeyBar).show_keys([("Enter", "Leave it uncommitted"), ("←→", "Commit again")])

    def _offer(self, conflict: ConflictError) -> None:
        """Offer what can be done about it with Enter."""
        path = self.query_one("#path", LineInput)
        if conflict.text is not None:
            self.query_one(KeyBar).show_keys([("Enter", "Compare"), ("Tab", "Another name"), ("Esc", "Back")])
        elif conflict.moved_to is not None:
            path.value = conflict.moved_to.relative_to(self.root).as_posix()
            self.query_one(KeyBar).show_keys([("Enter", "Save it there"), ("Esc", "Back")])
        elif conflict.free_id:
            path.value = f"{path.value.rpartition('/')[0]}/{conflict.free_id}.md"
            self.query_one(KeyBar).show_keys([("Enter", "Save under this name"), ("Esc", "Back")])
