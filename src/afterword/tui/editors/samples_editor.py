"""The sample outputs: added by paste or from a file, each with the state of its redaction."""

from functools import partial
from typing import Any, ClassVar

from textual.binding import BindingType

from afterword.errors import AfterwordError
from afterword.record.model import Sample
from afterword.redaction import warm_up
from afterword.repo.draft import RawSample
from afterword.tui.editors.editor import Editor
from afterword.tui.keys import bindings
from afterword.tui.sample_fields import SAVED
from afterword.tui.sample_file import read_sample
from afterword.tui.screens.dialogs import AskLine
from afterword.tui.widgets.row_list import Column
from afterword.visible import visible_line

_TYPED = ("title", "model", "at", "failed", "trials", "note", "text")


class SamplesEditor(Editor):
    """Saved samples first, then those of this draft."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("samples")

    def on_mount(self) -> None:
        """Load the engine while the author looks at the list: the findings are there when asked for."""
        self.run_worker(partial(warm_up, guess_names=True), thread=True, exit_on_error=False)

    @property
    def _saved(self) -> tuple[Sample, ...]:
        return self.session.record.samples

    @property
    def items(self) -> tuple[Any, ...]:
        """Saved samples, then raw ones."""
        return (*self._saved, *self.session.samples.raw)

    @property
    def empty(self) -> str:
        """Say how to add one."""
        absence = self.session.absence(self.section)
        if absence is not None:
            return super().empty
        return "No sample yet. a pastes one, f reads one from a file. F4 answers: nothing to show here."

    @property
    def bar(self) -> list[tuple[str, str]]:
        """Decide, add, edit, remove."""
        return [
            ("Enter", "Decide"),
            ("a", "Paste one"),
            ("f", "From file"),
            ("e", "Edit text"),
            ("^D", "Remove"),
        ]

    def columns(self) -> list[Column]:
        """Title, origin, state of the decisions."""
        return [Column("Sample", least=14, wraps=True), Column("Model"), Column("Redaction", least=18)]

    def cells(self, item: Any) -> tuple[str, ...]:
        """Title, model, and how far the decisions are."""
        if isinstance(item, Sample):
            total = item.redactions.total if item.redactions else 0
            return (item.title or f"sample {self._number(item)}", item.model, f"✓ saved, {total} redacted")
        number = self._number(item)
        title = item.title or item.source or f"sample {number}"
        return (title, item.model, self._state(number - 1 - len(self._saved)))

    def _number(self, item: Any) -> int:
        """Return the place of a sample in the list, from 1; two samples may be equal."""
        return next(at for at, each in enumerate(self.items, 1) if each is item)

    def _state(self, index: int) -> str:
        if not self.session.samples.raw[index].text.strip():
            return "■ no text yet"
        redaction = self.session.samples.redaction(index)
        if redaction is None:
            return "■ not looked through"
        if not redaction.complete:
            return "■ looked through in part"
        open_count, total = len(redaction.undecided), len(redaction.findings)
        return f"■ {open_count} of {total} undecided" if open_count else f"✓ {total} decided"

    def put(self, items: tuple[Any, ...], select: int | None = None) -> None:
        """Replace saved and raw samples."""
        if items and self.session.absence(self.section):
            self.session.set_absence(self.section, None)
        saved = tuple(item for item in items if isinstance(item, Sample))
        raw = tuple(item for item in items if isinstance(item, RawSample))
        if saved != self._saved:
            self.session.set(self.path, saved)
        self.session.take_samples(raw)
        self._changed(select)

    def _changed(self, select: int | None = None) -> None:
        self.shown_again(select)
        self.post_message(self.Edited())

    # Actions

    def action_add_row(self) -> None:
        """Paste a sample."""
        self._open_form(None)

    def action_sample_from_file(self) -> None:
        """Read a sample from a file, outside the repository as a rule."""

        def read(name: str | None) -> None:
            if not name:
                return
            try:
                sample = read_sample(name)
            except AfterwordError as error:
                self.app.notify(visible_line(str(error)), severity="error")
                return
            index = self.session.samples.add(sample)
            self._changed(len(self._saved) + index)
            self._decide(index)

        self.app.push_screen(
            AskLine(
                "Which file holds the sample?",
                "It is read once; the file stays as it is.",
                hint="~/trace.json",
            ),
            read,
        )

    def action_edit_row(self) -> None:
        """Decide on the findings of the sample under the cursor; a saved one or one without a text shows its facts."""
        at = self.list.index
        if at is None:
            self.action_add_row()
        elif at < len(self._saved) or not self.items[at].text.strip():
            self.action_edit_sample()
        else:
            self._decide(at - len(self._saved))

    def action_edit_sample(self) -> None:
        """Change title, model, time or text of the sample under the cursor."""
        at = self.list.index
        if at is not None:
            self._edit_saved(at) if at < len(self._saved) else self._open_form(at - len(self._saved))

    def _edit_saved(self, at: int) -> None:
        from afterword.tui.screens.row_form import RowForm

        path = f"samples[{at}]"

        def remember(text: str) -> None:
            self.session.remember(path, text) if text else self.session.forget(path)

        def take(sample: Any) -> None:
            if sample is not None:
                kept = self._saved[at].changed(**{field.path: getattr(sample, field.path) for field in SAVED.fields})
                self.put((*self._saved[:at], kept, *self._saved[at + 1 :], *self.session.samples.raw), select=at)

        typed = self.session.draft.inputs.get(path, "")
        self.app.push_screen(
            RowForm(SAVED, self._saved[at], self.session.record, self.session.time_here, typed, remember),
            take,
        )

    def _open_form(self, index: int | None) -> None:
        from afterword.tui.screens.sample import SampleScreen

        if index is None:
            index = self.session.samples.add(RawSample())

        def done(decide: bool | None) -> None:
            sample = self.session.samples.raw[index]
            if not any(getattr(sample, path).strip() for path in _TYPED):
                self.session.samples.remove(index)
                decide = False
            elif self.session.absence(self.section):
                self.session.set_absence(self.section, None)
            self._changed(len(self._saved) + index)
            if decide:
                self._decide(index)

        self.app.push_screen(SampleScreen(self.session, index, lambda: self.post_message(self.Edited())), done)

    def _decide(self, index: int) -> None:
        from afterword.tui.screens.redact import RedactScreen
        from afterword.tui.subjects import SampleSubject

        def done(_: object) -> None:
            self._changed(len(self._saved) + index)

        try:
            subject = SampleSubject(self.session, index)
            screen = RedactScreen(subject, self.session.standing, lambda: self.post_message(self.Edited()))
        except AfterwordError as error:
            self.app.notify(visible_line(str(error)), severity="error")
            return
        self.app.push_screen(screen, done)

    def action_undo_row(self) -> None:
        """A removed sample comes back."""
        if self._removed is not None:
            self.session.samples.add(self._removed)
            self._removed = None
            self._changed()
        else:
            super().action_undo_row()

    _removed: RawSample | None = None

    def action_remove_row(self) -> None:
        """Remove the sample; undo brings it back while the walk is open."""
        at = self.list.index
        if at is not None and at >= len(self._saved):
            self._removed = self.session.samples.remove(at - len(self._saved))
            self._changed()
            self.app.notify("Removed. Ctrl+Z brings it back.")
        else:
            super().action_remove_row()
