"""The prompt changes of a cause: picked from history, with the time they went live."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType

from afterword.record.model import EffectivePrompt, PromptChange
from afterword.record.vocabulary import Answer, PromptChangeKind, words
from afterword.tui.editors.editor import Editor
from afterword.tui.fields import ChoiceField, LineField, ProseField, TermField, TimeField
from afterword.tui.keys import bindings
from afterword.tui.offending import marked_lines, with_marks
from afterword.tui.rows import RowSpec
from afterword.tui.widgets.row_list import Column

_COLUMNS = (Column("Prompt", least=16, wraps=True), Column("From"), Column("To"), Column("What"))

CHANGE = RowSpec(
    noun="prompt change",
    kind_name="PromptChange",
    columns=_COLUMNS,
    cells=lambda change: (
        f"{change.path_before} → {change.path}" if change.path_before else change.path,
        change.before or "(none)",
        change.after or "(none)",
        str(change.kind),
    ),
    fields=(
        TermField(path="kind", label="What it was", options=words(PromptChangeKind)),
        TimeField(path="deployed", label="Deployed", hint="when it went live: 14:05, unknown", absences=True),
        ProseField(path="note", label="Note", hint="What a reader should see in this diff.", lines=3),
    ),
)

EFFECTIVE = RowSpec(
    noun="effective prompt",
    kind_name="EffectivePrompt",
    columns=_COLUMNS,
    cells=lambda prompt: (
        prompt.source or "effective prompt",
        "",
        "",
        f"pasted, {len(prompt.origins)} rows traced" if prompt.origins else "pasted; t traces",
    ),
    fields=(
        LineField(path="source", label="Taken from", hint="trace 7f3a of 2026-03-03"),
        ChoiceField(path="versioned", label="In git", options=words(Answer)),
        ProseField(path="text", label="Text", hint="Paste what the model really received.", lines=10),
    ),
)


class PromptsEditor(Editor):
    """Changes from history with their offending lines, and effective prompts, pasted and traced line by line."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("prompts")
    can_gather = True

    @property
    def items(self) -> tuple[Any, ...]:
        """Changes first, then pasted prompts."""
        return self._changes + self._effective

    @property
    def _cause(self) -> Any:
        causes = self.session.record.causes
        return causes[self.session.cause] if self.session.cause < len(causes) else None

    @property
    def _changes(self) -> tuple[PromptChange, ...]:
        return self._cause.prompts if self._cause else ()

    @property
    def _effective(self) -> tuple[EffectivePrompt, ...]:
        return self._cause.effective if self._cause else ()

    @property
    def empty(self) -> str:
        """Say how to get a diff."""
        absence = self.session.absence(self.section)
        if absence is not None:
            return super().empty
        return (
            "No prompt change yet. Enter picks one from the history.\n"
            "p pastes a prompt that never was in git. F4 answers: no prompt took part."
        ).replace("\n", " ")

    @property
    def bar(self) -> list[tuple[str, str]]:
        """Pick, paste, trace, remove."""
        return [
            ("Enter", "Edit" if self.items else "Pick"),
            ("a", "Pick from git"),
            ("p", "Paste one"),
            *([("m", "Mark lines")] if self._changes else []),
            *([("t", "Trace lines")] if self._effective else []),
            ("^D", "Remove"),
        ]

    def columns(self) -> list[Column]:
        """Path first."""
        return list(_COLUMNS)

    def cells(self, item: Any) -> tuple[str, ...]:
        """As the kind of item says, and how many lines of a change are marked."""
        if not isinstance(item, PromptChange):
            return EFFECTIVE.cells(item)
        *cells, what = CHANGE.cells(item)
        marked = len(marked_lines(item, self._cause.offending))
        return (*cells, f"{what}, {marked} marked" if marked else what)

    def waiting_path(self, items: Sequence[Any], at: int) -> str:
        """Changes and pasted prompts are counted apart; a new row is a pasted prompt."""
        changes = sum(isinstance(item, PromptChange) for item in items)
        part = f"prompts[{at}]" if at < changes else f"effective[{at - changes}]"
        return self.session.path(self.section, part)

    def put(self, items: tuple[Any, ...], select: int | None = None) -> None:
        """Replace both lists, as one step."""
        changes = tuple(item for item in items if isinstance(item, PromptChange))
        effective = tuple(item for item in items if isinstance(item, EffectivePrompt))
        if items and self.session.absence(self.section):
            self.session.set_absence(self.section, None)
        self.session.set_many(
            {
                self.session.path(self.section, "prompts"): changes,
                self.session.path(self.section, "effective"): effective,
            }
        )
        self.shown_again(select)
        self.post_message(self.Edited())

    def action_add_row(self) -> None:
        """Pick a change from history."""
        self.gather()

    def gather(self) -> None:
        """Open the prompt picker."""
        from afterword.tui.screens.prompt import PromptScreen

        def take(change: PromptChange | None) -> None:
            if change is not None:
                self.put((*self._changes, change, *self._effective), select=len(self._changes))
                if not change.diff:
                    self.app.notify("Git shows no difference of text between these revisions.")

        self.app.push_screen(PromptScreen(self.session), take)

    def action_edit_row(self) -> None:
        """Say what the change was and when it went live; where there is none, pick one."""
        at = self.list.index
        if at is None:
            self.gather()
        else:
            self._ask(at)

    def action_mark_lines(self) -> None:
        """Mark the lines of a change that must not come back."""
        from afterword.tui.screens.offending import OffendingScreen

        at = self.list.index
        if at is None or at >= len(self._changes):
            self.app.notify("Lines are marked in a prompt change. Pick one first.")
            return
        change = self._changes[at]

        def take(lines: list[str] | None) -> None:
            if lines is not None:
                prompts, offending = (self.session.path(self.section, part) for part in ("prompts", "offending"))
                marks = with_marks(self._cause.offending, change, lines)
                self.session.set_many({prompts: self._changes, offending: marks})
                self.shown_again(at)
                self.post_message(self.Edited())

        marked = marked_lines(change, self._cause.offending)
        self.app.push_screen(OffendingScreen(change, marked, self.session.standing()), take)

    def action_paste_prompt(self) -> None:
        """Paste an effective prompt."""
        self._ask(None)

    def action_trace_lines(self) -> None:
        """Show where the lines of the effective prompt under the cursor came from, or of the only one."""
        from afterword.tui.screens.origins import OriginsScreen, Traced

        at = self.list.index
        if at is None or at < len(self._changes):
            at = len(self._changes) if len(self._effective) == 1 else None
        prompt = self.items[at] if at is not None else None
        if at is None or not isinstance(prompt, EffectivePrompt) or not prompt.text.strip():
            self.app.notify("t traces the lines of an effective prompt; p pastes one.")
            return

        def take(traced: Traced | None) -> None:
            items = self.items
            if traced is not None and at < len(items) and items[at] is prompt:
                row = prompt.changed(origins=traced.origins, versioned=traced.versioned)
                self.put((*items[:at], row, *items[at + 1 :]), select=at)

        self.app.push_screen(OriginsScreen(self.session, prompt.text, prompt.source), take)

    def _ask(self, at: int | None) -> None:
        from afterword.tui.screens.row_form import RowForm

        item = self.items[at] if at is not None else None
        spec = CHANGE if isinstance(item, PromptChange) else EFFECTIVE
        path = self.waiting_path(self.items, len(self.items) if at is None else at)

        def remember(text: str) -> None:
            self.remember(path, text)

        def take(row: Any) -> None:
            if row is not None:
                row = self._with_fitting_origins(item, row)
                items = list(self.items)
                items[at if at is not None else len(items) :] = [
                    row,
                    *(items[at + 1 :] if at is not None else []),
                ]
                self.put(tuple(items), select=at)

        form = RowForm(spec, item, self.session.record, self.session.time_here, self.waiting(at), remember)
        self.app.push_screen(form, take)

    def _with_fitting_origins(self, before: Any, row: Any) -> Any:
        """Return a row without the origins of lines that it has no more."""
        if not isinstance(row, EffectivePrompt) or not row.origins or before is None or before.text == row.text:
            return row
        self.app.notify("The text changed, so its traced lines were removed; t traces it again.")
        return row.changed(origins=())

    def open_waiting(self, at: int | None) -> None:
        """What is typed for a new row is a pasted prompt."""
        self._ask(at)
