"""The redaction of one sample: a decision on every finding."""

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from afterword.errors import AfterwordError
from afterword.redaction import Redaction, Scan, Verdict
from afterword.tui.keys import bindings
from afterword.tui.screens.redact_questions import what_it_is, why_kept
from afterword.tui.screens.redact_steps import Steps, taken_back
from afterword.tui.screens.redact_words import (
    EXTENDING,
    MARKING,
    deciding_bar,
    decision_in_words,
    extras,
    finding_in_words,
    incomplete,
    marking_bar,
)
from afterword.tui.subjects import Subject
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.marked_text import Span, State
from afterword.tui.widgets.redact_view import RedactView
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible_line

_DECIDING = frozenset({"redact", "keep", "everywhere", "label", "undecide", "redact_kind", "keep_kind"})
"""Actions on the current finding; they rest while a passage is being marked."""


class RedactScreen(Screen[None]):
    """Shows a text with its findings marked; nothing is decided by default, and leaving is always safe."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("redact"),
        Binding("tab", "finding(1)", show=False, priority=True),
        Binding("shift+tab", "finding(-1)", show=False, priority=True),
    ]
    AUTO_FOCUS = "RedactView"
    help_text = (
        "Redaction",
        "Every secret and personal datum needs your decision: r replaces it by a placeholder, k keeps it for a\n"
        "reason; u takes the decision back, and on an undecided finding the last one that you made.\n"
        "↑ ↓, Tab or n go from finding to finding. The same value has the same placeholder in all samples.\n"
        "m marks what was missed: the arrows move to its beginning, m again begins the passage, the arrows extend\n"
        "it, Enter takes it (or the word under the caret), Esc gives up.\n"
        "The record cannot be saved while one finding is undecided.\n"
        "Bottom right: the extras that search as well. afterword[scan] is a second scanner for secrets,\n"
        "afterword[ner] a model that guesses names; what always may be published goes into .afterword.toml.",
    )
    help_keys = ("redact",)

    def __init__(self, subject: Subject, standing: Callable[[], str], changed: Callable[[], object]) -> None:
        super().__init__()
        self._subject, self._standing, self._changed = subject, standing, changed
        self._state: Redaction | None = subject.redaction()
        self._at = 0
        self._steps = Steps()

    def compose(self) -> ComposeResult:
        """Count above, text, the current finding, keys."""
        yield TitleBar(self._subject.title, self._standing())
        yield RedactView(self._subject.text, (), id="text")
        with Vertical(id="finding"):
            yield Static("", id="what", markup=False)
            with Horizontal(id="last"):
                yield Static("", id="state", markup=False)
                yield Static(extras(), id="extras", markup=False)
        yield KeyBar(deciding_bar())

    def on_mount(self) -> None:
        """Look through the text where that was not done to its end, else go on with the first undecided finding."""
        if self._state is None:
            self.query_one("#what", Static).update("Looking for secrets and personal data…")
        else:
            self._go_to_undecided(0)
        if self._state is None or not self._state.complete:
            self.look_through(self._subject.text)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def look_through(self, text: str) -> None:
        """Scan in a thread; what comes first is shown first."""
        worker = get_current_worker()
        for found in self._subject.look(text):
            if worker.is_cancelled:
                return
            self.app.call_from_thread(self._scanned, text, found)

    def _scanned(self, text: str, found: Scan) -> None:
        here = self._place_here() if self._state is not None else None
        self._subject.scanned(text, found)
        if found.names_guessed is False:
            told = "The name model did not read all of it; beyond that, names were found by the rules alone."
            self.app.notify(told, severity="warning")
        self._state = self._subject.redaction()
        self._changed()
        at = self._state.index_at(here) if self._state is not None and here is not None else None
        if at is None:
            self._go_to_undecided(0)
        else:
            self._at = at
            self._show()

    def _place_here(self) -> int | None:
        assert self._state is not None
        return self._state.findings[self._at].start if self._at < len(self._state.findings) else None

    # Showing

    def _show(self, moved: bool = False) -> None:
        """Show where things stand; where the author only moved, the text stays as it is drawn."""
        state = self._state
        if state is None:
            return
        self._at = max(0, min(self._at, len(state.findings) - 1))
        if not moved:
            self.query_one(RedactView).show(self._marks(state), self._at if state.findings else None)
        total, open_count = len(state.findings), len(state.undecided)
        where = f"{total - open_count} of {total} decided" if total else "nothing found"
        self.query_one(TitleBar).show(f"{self._subject.title}  {where}{incomplete(state)}", self._standing())
        self.query_one("#what", Static).update(finding_in_words(state, self._at))
        self._show_state()

    @on(RedactView.MarkingChanged)
    def _show_state(self) -> None:
        """Say in the last lines what the keys do now: decide, or mark a passage."""
        view, state = self.query_one(RedactView), self._state
        if view.is_marking:
            said = EXTENDING if view.is_begun else MARKING
        else:
            said = decision_in_words(state, self._at, self._subject.after) if state is not None else ""
        self.query_one("#state", Static).update(said)
        self.query_one(KeyBar).show_keys(marking_bar(view.is_begun) if view.is_marking else deciding_bar())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a passage is being marked, no key decides anything."""
        if action in _DECIDING:
            return not any(view.is_marking for view in self.query(RedactView))
        return True

    def _marks(self, state: Redaction) -> list[Span]:
        marks = []
        names = self._subject.stand_ins()
        for index, finding in enumerate(state.findings):
            decision = state.decision(index)
            kind: State = "undecided"
            if decision is not None:
                kind = "redact" if decision.verdict is Verdict.REDACT else "keep"
            stand_in = names.get(finding.start, f"[{finding.label}]")
            marks.append(Span(finding.start, finding.end, kind, finding.label, stand_in))
        return marks

    def _go_to_undecided(self, start: int) -> None:
        state = self._state
        if state is None:
            return
        order = [*range(start, len(state.findings)), *range(start)]
        self._at = next((at for at in order if state.decision(at) is None), min(start, max(0, len(state.findings) - 1)))
        self._show()

    @on(RedactView.FindingChosen)
    def _on_chosen(self, event: RedactView.FindingChosen) -> None:
        self._at = event.index
        self._show(moved=True)

    def action_finding(self, step: int) -> None:
        """Go to the next or previous finding."""
        self.query_one(RedactView).action_finding(step)

    # Deciding

    def _take(self, change: Callable[[Redaction], Redaction]) -> None:
        """Apply one change to the decisions, keep it in the draft, and go on."""
        state = self._state
        if state is None:
            return
        start = state.findings[self._at].start if state.findings else 0
        if self._apply(change):
            assert self._state is not None
            self._steps.note(state, self._state)
            self._go_to_undecided(self._state.index_at(start) or 0)

    def _apply(self, change: Callable[[Redaction], Redaction]) -> bool:
        """Keep a change in the draft; say why where it cannot be made."""
        assert self._state is not None
        try:
            changed = change(self._state)
        except AfterwordError as error:
            self.app.notify(visible_line(str(error)), severity="warning")
            return False
        self._subject.decide(changed)
        self._state = self._subject.redaction()
        self._changed()
        return True

    @property
    def _has_finding(self) -> bool:
        return self._state is not None and bool(self._state.findings)

    def action_redact(self) -> None:
        """Replace the current finding."""
        if self._has_finding:
            self._take(lambda state: state.accept(self._at))

    def action_keep(self) -> None:
        """Keep the current finding, for a reason."""
        if self._has_finding:
            self._ask_why(lambda why: self._take(lambda state: state.keep(self._at, why)))

    def _ask_why(self, take: Callable[[str], None]) -> None:
        assert self._state is not None

        def answer(why: str | None) -> None:
            if why is not None:
                take(why)

        self.app.push_screen(why_kept(self._state.findings[self._at]), answer)

    def action_everywhere(self) -> None:
        """Decide all places of the same value alike."""
        if self._has_finding:
            self._take(lambda state: state.everywhere(self._at))

    def action_undecide(self) -> None:
        """Take the decision on the current finding back, or else the last one; a mark of one's own goes."""
        state = self._state
        if state is None or not state.findings:
            return
        places = self._steps.to_take_back(state, self._at)
        if not places:
            self.app.notify("Nothing is decided yet.")
        elif self._apply(lambda state: taken_back(state, places)):
            assert self._state is not None
            self._at = self._state.index_at(places[0][0]) or 0
            self._show()

    def action_redact_kind(self) -> None:
        """Redact all undecided findings with the current label."""
        if self._has_finding:
            self._take(lambda state: state.accept_all(state.findings[self._at].label))

    def action_keep_kind(self) -> None:
        """Keep all undecided findings with the current label."""
        if self._has_finding:
            self._ask_why(lambda why: self._take(lambda state: state.keep_all(state.findings[self._at].label, why)))

    def action_label(self) -> None:
        """Call the finding something else."""
        if not self._has_finding:
            return
        assert self._state is not None
        self._ask_label(
            "What is it?",
            self._state.findings[self._at].label,
            lambda label: self._take(lambda state: state.relabel(self._at, label)),
        )

    def _ask_label(self, question: str, label: str, take: Callable[[str], None]) -> None:
        def answer(typed: str | None) -> None:
            if typed:
                take(typed)

        self.app.push_screen(what_it_is(question, label), answer)

    def action_mark(self) -> None:
        """Begin to mark a passage, once the text was looked through."""
        if self._state is not None:
            self.query_one(RedactView).action_start_selection()

    @on(RedactView.RangeSelected)
    def _on_range(self, event: RedactView.RangeSelected) -> None:
        self._ask_label(
            "What is the marked passage?", "PERSON",
            lambda label: self._take(lambda state: state.mark(event.start, event.end, label)),
        )  # fmt: skip

    # Leaving

    def action_done(self) -> None:
        """Go back; what is undecided stays so."""
        self._subject.done()
        self.dismiss(None)

    async def leave(self) -> None:
        """Ctrl+Q steps back as well."""
        self.action_done()
