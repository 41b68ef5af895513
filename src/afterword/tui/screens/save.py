"""The last question: where the record goes, and whether to commit it."""

import threading
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import on, work
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
        Binding("ctrl+c", "stop", show=False, priority=True),
        Binding("enter", "save", show=False),
        Binding("ctrl+s", "save", show=False, priority=True),
    ]

    def __init__(self, session: Session, root: Path, autosave: Autosave, path: str) -> None:
        super().__init__()
        self.session, self.root, self._autosave, self._path = session, root, autosave, path
        self._saved: SaveResult | None = None
        self._conflict: ConflictError | None = None
        self._stop: threading.Event | None = None

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
                id="takes",
                markup=False,
            )
            yield Static("", id="needed", classes="error", markup=False)
            yield KeyBar([("Enter", "Save"), ("Tab", "Next field"), ("Esc", "Back")])

    def on_mount(self) -> None:
        """The question that is most often changed has the focus."""
        self.query_one("#commit").focus()
        self.look_at_head()

    @work(thread=True, exclusive=True, exit_on_error=False, group="head")
    def look_at_head(self) -> None:
        """Say where a commit would go, where that is on no branch."""
        from afterword.repo import Repository

        try:
            repository = Repository.open(self.root)
            label = repository.head_label if repository.has_commits else ""
        except AfterwordError:
            return  # what keeps git from working is told when it is needed
        if label.startswith("detached"):
            told = f"HEAD is {label}: a commit would be on no branch. It takes this file alone."
            self.app.call_from_thread(self.query_one("#takes", Static).update, told)

    def _message(self) -> str:
        verb = "Update" if self.session.draft.base_path else "Add"
        return f"{verb} post-mortem: {self.session.record.title}"

    @on(Input.Submitted)
    def _on_submitted(self) -> None:
        self.action_save()

    def action_back(self) -> None:
        """Go back; what is saved already stays saved, and then the walk is over."""
        if self._stop is None:
            self.dismiss(self._saved)

    async def leave(self) -> None:
        """Ctrl+Q steps back as well."""
        self.action_back()

    def action_save(self) -> None:
        """Write the file, then commit it if asked; an error says what happened and keeps everything."""
        if self._stop is None:
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
        except DraftConflict as error:
            self.dismiss(error)
        except AfterwordError as error:
            self._say(error)
        else:
            if self.query_one("#commit", Choice).value == "yes":
                self._begin_commit(self._saved)
            else:
                self.dismiss(self._saved)

    # Committing: in a thread, since hooks and signing may take their time, or never end

    def _begin_commit(self, saved: SaveResult) -> None:
        self._stop = threading.Event()
        self.query_one("#needed", Static).update("Committing…")
        self.query_one(KeyBar).show_keys([("^C", "Stop it")])
        self.commit(saved, self.query_one("#message", LineInput).value, self._stop)

    @work(thread=True, exclusive=True, exit_on_error=False, group="commit")
    def commit(self, saved: SaveResult, message: str, stop: threading.Event) -> None:
        """Commit the saved file."""
        try:
            result: SaveResult | AfterwordError = commit_record(saved, self.root, message, stop)
        except AfterwordError as error:
            result = error
        self.app.call_from_thread(self._committed, result)

    def _committed(self, result: SaveResult | AfterwordError) -> None:
        self._stop = None
        if isinstance(result, AfterwordError):
            self._say(result)
        else:
            self._saved = result
            self.dismiss(result)

    def action_stop(self) -> None:
        """End a commit that takes too long; the file stays saved."""
        if self._stop is not None:
            self._stop.set()

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
