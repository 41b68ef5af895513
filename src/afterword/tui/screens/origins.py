"""Where the lines of an effective prompt came from: shown as git finds them, taken into the record by a person."""

from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from afterword.errors import AfterwordError
from afterword.record.model import LineOrigin
from afterword.record.vocabulary import Answer
from afterword.repo import Repository
from afterword.repo.history.origins import Origin, Run, Trace, counted, is_versioned, rows, runs, trace_in
from afterword.repo.history.origins import Progress as Step
from afterword.tui.keys import bindings, keys
from afterword.tui.session import Session
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.progress import Progress
from afterword.tui.widgets.row_layout import Tone
from afterword.tui.widgets.row_list import Column, Row, RowList
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible

_PATIENCE = 0.25
"""Seconds between two drawings while lines are found."""
_LINE_SHOWN = 200
_TONES: dict[str, Tone] = {"never": "bad", "uncommitted": "bad", "short": "soft", "untraced": "soft"}
_ANSWERS = tuple(Answer)


@dataclass(frozen=True)
class Traced:
    """What a person took: the table for the record, and whether the prompt is under version control."""

    origins: tuple[LineOrigin, ...]
    versioned: Answer


class OriginsScreen(Screen[Traced | None]):
    """Lists the lines of an effective prompt with their origins while git is still reading.

    Neighbours of one origin are one row, as in the table that the record gets.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("origins")
    AUTO_FOCUS = "RowList"
    help_text = (
        "Where the lines came from",
        "Each line of the effective prompt, looked for in every file at HEAD, then in all of history.\n"
        "Lines that are nowhere were never in the repository: values filled in, retrieved texts, or a prompt\n"
        "that is kept somewhere else. Enter takes the table, and the answer whether the prompt is in git;\n"
        "v changes that answer. What is not traced yet when you take it is recorded as not traced.",
    )
    help_keys = ("origins",)

    def __init__(self, session: Session, text: str, source: str) -> None:
        super().__init__()
        self._root, self._standing = session.root, session.standing()
        self._text, self._source = text, source
        self._trace: Trace | None = None
        self._origins: tuple[Origin, ...] = ()
        self._answer: Answer | None = None
        """What a person chose; None leaves it to what was found."""

    def compose(self) -> ComposeResult:
        """Title, how far it is, the lines, the answer, the keys."""
        yield TitleBar(f"Where the lines came from  {self._source}", self._standing)
        yield Progress(id="reading")
        yield RowList(
            [Column("Line", least=16, wraps=True), Column("Came from", least=24, wraps=True)],
            empty="Reading the files at HEAD…",
            row_lines=4,
        )
        yield Static("", id="told", markup=False)
        yield KeyBar((key.shown, key.label) for key in keys("origins"))

    def on_mount(self) -> None:
        """Read in the background."""
        self.read()

    def on_unmount(self) -> None:
        """End git with the screen."""
        if self._trace is not None:
            self._trace.close()

    @work(thread=True, exclusive=True, exit_on_error=False, group="origins")
    def read(self) -> None:
        """Stream origins into the list."""
        worker = get_current_worker()
        told = ""
        try:
            repository = Repository.open(self._root)
            self._trace = trace = trace_in(repository, self._text)
            drawn = 0.0
            with trace:
                for event in trace:
                    if worker.is_cancelled:
                        return
                    if monotonic() - drawn > _PATIENCE:
                        step = event if isinstance(event, Step) else None
                        self.app.call_from_thread(self._show, trace.origins, step)
                        drawn = monotonic()
            told = " ".join(trace.notes)
            done = Step(len(trace.origins), len(trace.origins), "")
        except AfterwordError as error:
            told, done = f"{error.message} {error.hint}", Step(0, 0, "")
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, trace.origins if self._trace else (), done, told)

    def _show(self, origins: tuple[Origin, ...], step: Step | None, told: str = "") -> None:
        if not self.is_mounted:
            return
        self._origins = origins
        if step is not None:
            self.query_one(Progress).show(step.done, step.total, step.doing)
        self.query_one(RowList).show([_row(at, run) for at, run in enumerate(runs(origins))])
        self._tell(told)

    def _tell(self, told: str = "") -> None:
        lines = ["There is no line to trace."]
        if self._origins:
            lines = [f"{counted(self._origins)}.", f"In git: {self.versioned}. v changes this answer."]
        self.query_one("#told", Static).update(visible("\n".join(filter(None, (*lines, told)))))

    @property
    def versioned(self) -> Answer:
        """Whether the prompt is under version control: as a person said, otherwise as it was found."""
        return self._answer or is_versioned(self._origins)

    # Actions

    @on(RowList.RowChosen)
    def _on_chosen(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Take what is known by now."""
        self.dismiss(Traced(rows(self._origins), self.versioned) if self._origins else None)

    def action_versioned(self) -> None:
        """Say yes, no or unknown."""
        self._answer = _ANSWERS[(_ANSWERS.index(self.versioned) + 1) % len(_ANSWERS)]
        self._tell()

    def action_cancel(self) -> None:
        """Go back without a change."""
        self.dismiss(None)


def _row(at: int, run: Run) -> Row:
    line, kind = run.first.line, run.first.kind
    cut = line if len(line) <= _LINE_SHOWN else f"{line[:_LINE_SHOWN]}…"
    told = "…" if kind == "untraced" else run.sentence
    return Row((cut + run.others, told), key=str(at), tone=_TONES.get(kind, "plain"))
