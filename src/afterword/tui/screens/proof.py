"""The new eval case, run on what was live and on the fix: the plan first, then how far it is, then the verdict."""

from threading import Event
from time import monotonic
from typing import ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import get_current_worker

from afterword.errors import AfterwordError
from afterword.evals import telling
from afterword.evals.process import Stopped
from afterword.evals.proof import Plan, Result, Step, prove, spoken
from afterword.repo import Repository
from afterword.tui.keys import bindings, keys
from afterword.tui.proof_words import refusal, verdict
from afterword.tui.proving import Subject
from afterword.tui.screens.dialogs import Confirm
from afterword.tui.widgets.key_bar import KeyBar
from afterword.tui.widgets.title_bar import TitleBar
from afterword.visible import visible, visible_line

Phase = Literal["planning", "refused", "ready", "running", "stopping", "done"]
_OFFERED: dict[Phase, tuple[str, ...]] = {
    "planning": ("back",),
    "refused": ("back",),
    "ready": ("run", "back"),
    "running": ("stop", "back"),
    "stopping": (),
    "done": ("run", "back"),
}
_SECOND = 1.0


class ProofScreen(Screen[str | None]):
    """Shows what will be run, runs it when told to, and shows what came out; its result is the proof's sentence.

    None where nothing was recorded. Whatever ends the screen ends the run, with its processes and work trees.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("proof")
    AUTO_FOCUS = "VerticalScroll"
    help_text = (
        "The proof",
        "The new eval case is run with your own command on the revision that was live in the\n"
        "incident and, where it fails there, on the fix, each in a temporary work tree.\n"
        "Proved: it fails before, without an error, and always passes after. What the runner's\n"
        "report says counts, not how the command ends. The proof goes into the record.",
    )
    help_keys = ("proof",)

    class Planned(Message):
        """It is known what would be run."""

        def __init__(self, plan: Plan, notes: tuple[str, ...]) -> None:
            super().__init__()
            self.plan, self.notes = plan, notes

    class Stepped(Message):
        """The run has come further."""

        def __init__(self, step: Step) -> None:
            super().__init__()
            self.step = step

    class Ended(Message):
        """Nothing runs any more: there is a result, something that stood in the way, or it was stopped."""

        def __init__(self, result: Result | None = None, error: AfterwordError | None = None) -> None:
            super().__init__()
            self.result, self.error = result, error

    def __init__(self, subject: Subject, standing: str = "") -> None:
        super().__init__()
        self._subject, self._standing = subject, standing
        self._phase: Phase = "planning"
        self._plan: Plan | None = None
        self._notes: tuple[str, ...] = ()
        self._steps: dict[str, Step] = {}
        self._begun = 0.0
        self._timer: Timer | None = None
        self._stop = Event()
        self._leaves = False
        self._recorded: str | None = None
        self._shown = ""

    def compose(self) -> ComposeResult:
        """Title, how it stands, the plan, keys."""
        yield TitleBar("Prove the new eval case", self._standing)
        with VerticalScroll(id="proof"):
            yield Static("", id="stands", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Look up what would be run."""
        self._turn("planning", "Looking up what would be run…")
        self.look()

    def on_unmount(self) -> None:
        """End the run with the screen."""
        self._stop.set()

    def keep(self) -> None:
        """The program is being ended: the run ends at once, so that there is time to tidy up."""
        self._stop.set()

    def _turn(self, phase: Phase, text: str) -> None:
        self._phase = phase
        offered = [key for key in keys("proof") if key.action in _OFFERED[phase]]
        always = [(key.shown, key.label) for key in keys("everywhere") if key.action in ("help", "leave")]
        self.query_one(KeyBar).show_keys([*((key.shown, key.label) for key in offered), *always])
        self._say(text)

    def _say(self, text: str) -> None:
        """Show how it stands; nothing is painted anew where that is the same."""
        if text != self._shown:
            self._shown = text
            self.query_one("#stands", Static).update(visible(text))

    # The plan

    @work(thread=True, exclusive=True, exit_on_error=False, group="proof")
    def look(self) -> None:
        """Plan, in a thread: git is asked."""
        try:
            repository = Repository.open(self._subject.root)
            plan, remark = self._subject.plan(repository)
            self.post_message(self.Planned(plan, tuple(filter(None, (remark, telling.uncommitted(repository))))))
        except AfterwordError as error:
            self.post_message(self.Ended(error=error))

    @on(Planned)
    async def _on_planned(self, event: Planned) -> None:
        self._plan, self._notes = event.plan, event.notes
        rows = [_row(label, text) for label, text in telling.planned(event.plan)]
        await self.query_one("#proof").mount(*rows, *(Static(visible(each), markup=False) for each in event.notes))
        self._turn("ready", f"Run the case on both revisions? {telling.COST}")

    # The run

    def action_run(self) -> None:
        """Run what the plan says."""
        if self._phase not in ("ready", "done") or self._plan is None:
            return
        self._stop, self._steps, self._begun = Event(), {}, monotonic()
        self._timer = self.set_interval(_SECOND, self._show_progress)
        self._turn("running", self._progress())
        self.query_one("#proof", VerticalScroll).scroll_home(animate=False)
        self.run_plan(self._plan, self._stop)

    @work(thread=True, exclusive=True, exit_on_error=False, group="proof")
    def run_plan(self, plan: Plan, stop: Event) -> None:
        """Prove, in a thread; it ends soon after `stop` is set or the screen is gone."""
        worker = get_current_worker()
        try:
            repository = Repository.open(self._subject.root)
            result = prove(repository, plan, lambda: stop.is_set() or worker.is_cancelled, self._heard)
            self.post_message(self.Ended(result))
        except Stopped:
            self.post_message(self.Ended())
        except AfterwordError as error:
            self.post_message(self.Ended(error=error))

    def _heard(self, step: Step) -> None:
        self.post_message(self.Stepped(step))

    @on(Stepped)
    def _on_stepped(self, event: Stepped) -> None:
        """Remember it; the next second shows it."""
        if event.step.side not in self._steps:
            self._begun = monotonic()
        self._steps[event.step.side] = event.step

    def _show_progress(self) -> None:
        if self._phase == "running":
            self._say(self._progress())

    def _progress(self) -> str:
        """Return a line a side: what is done there, for how long; a side that has ended shows its verdict."""
        assert self._plan is not None
        lines = []
        for name, side, chosen in (("Before", "before", self._plan.before), ("After", "after", self._plan.after)):
            step = self._steps.get(side)
            doing = "waiting" if step is None else step.doing or "…"
            if step is not None and step.found is not None:
                doing = f"{step.found.words}, {spoken(step.found.seconds)}"
            elif step is not None:
                doing = f"{doing}, {spoken(monotonic() - self._begun)}"
            lines.append(f"{name:<8}{chosen.short}  {visible_line(doing)}")
        return "\n".join(["Running. s stops it; nothing stays behind.", "", *lines])

    @on(Ended)
    async def _on_ended(self, event: Ended) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if event.result is not None:
            self._turn("done", self._concluded(event.result))
        elif event.error is not None:
            self._turn("refused" if self._plan is None else "done", refusal(event.error))
        else:
            self._turn("ready", "Stopped. Nothing was recorded, and nothing stays behind. y runs it from the start.")
        if self._leaves:
            self.dismiss(self._recorded)

    def _concluded(self, result: Result) -> str:
        """Put a proof into the record, where there is one, and return what came out."""
        kept = "Nothing was written into the record: there is no evidence either way."
        if result.passes_before:
            kept = "Nothing was written into the record: it proves nothing."
        if result.is_conclusive:
            try:
                kept, self._recorded = self._subject.keep(result), result.sentence
            except AfterwordError as error:
                kept = f"The proof could not be recorded. {error.message} {error.hint}"
        return verdict(result, kept)

    # Stopping and leaving

    def action_stop(self) -> None:
        """End what runs."""
        if self._phase == "running":
            self._stop.set()
            self._turn("stopping", "Stopping: the command is being ended and its work tree removed…")

    def action_back(self) -> None:
        """Go back; while something runs, ask first."""
        if self._phase in ("running", "stopping"):
            self._ask_to_stop()
        else:
            self.dismiss(self._recorded)

    async def leave(self) -> None:
        """Ctrl+Q steps back as well."""
        self.action_back()

    def _ask_to_stop(self) -> None:
        def answered(yes: bool | None) -> None:
            if not yes:
                return
            if self._phase in ("running", "stopping"):
                self._leaves = True
                self.action_stop()
            else:
                self.dismiss(self._recorded)

        detail = "What was run is lost: nothing is recorded. Nothing stays behind."
        self.app.push_screen(Confirm("Stop the run and go back?", detail, "Stop it", "Go on"), answered)


def _row(label: str, text: str) -> Horizontal:
    shown = Static(visible_line(text), classes="inputs", markup=False)
    return Horizontal(Static(label, classes="labels", markup=False), shown, classes="block")
