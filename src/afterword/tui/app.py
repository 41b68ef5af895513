"""The application: what to start with, and what every screen can do; everything else is in the screens."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.notifications import Notify, SeverityLevel
from textual.screen import ModalScreen

from afterword.errors import Exit
from afterword.tui.garbage import collect_again
from afterword.tui.keys import bindings
from afterword.tui.output import ChangedCells
from afterword.tui.passing_note import PassingNote
from afterword.tui.start import Start
from afterword.tui.styles import style_sheets
from afterword.tui.terminal.in_terminal import InTerminal
from afterword.tui.terminal_kind import TerminalKind, fit
from afterword.visible import visible


class AfterwordApp(InTerminal, ChangedCells):
    """Holds the screens; its result is what to print once the terminal is back."""

    TITLE = "Afterword"
    CSS_PATH: ClassVar = list(style_sheets().first)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("everywhere"),
        Binding("ctrl+c", "hint_leave", show=False, system=True),
    ]
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    NOTIFICATION_TIMEOUT = 3.0

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.start = start
        self.animation_level = "none"
        fit(self, TerminalKind.here())
        self._variables = self.get_css_variables()
        self.stylesheet.set_variables(self._variables)

    async def on_mount(self) -> None:
        """Show the first screen."""
        from afterword.tui.opening import first_screen

        # A walk may open another screen at once; these two wait for a key, or for what they load.
        is_first = self.start.mode == "home" or self.start.glimpse is not None
        if not is_first:
            self._read_styles()
        await self.push_screen(first_screen(self.start), lambda _: self.exit())
        self.call_after_refresh(self._complete, is_first)

    def _complete(self, lacks_styles: bool) -> None:
        """Load what the first frame did not need, before any key may ask for it."""
        if lacks_styles:
            self._read_styles()
        if self.start.glimpse is None:
            collect_again()
        self.ready.set()

    def _read_styles(self) -> None:
        for path in style_sheets().later:
            self.stylesheet.read(path)

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew, where the theme's variables are others than what everything is styled with.

        Textual asks for it at its start too, which would read all style sheets twice before the first frame.
        """
        variables = self.get_css_variables()
        if variables != self._variables:
            self._variables = variables
            super().refresh_css(animate)

    # Actions of the keys table that work everywhere

    async def action_leave(self) -> None:
        """Leave the screen; on the first one, the program."""
        leave = getattr(self.screen, "leave", None)
        if leave is not None:
            await leave()
        elif len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            self.exit()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell something in passing; what stands in it is text, never markup."""
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        note = PassingNote(visible(message), visible(title), severity, seconds, markup=markup)
        self.post_message(Notify(note))

    def action_help(self) -> None:
        """Explain the screen; a dialog explains itself."""
        if isinstance(self.screen, ModalScreen):
            return
        from afterword.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen.about(self.screen))

    def action_command_palette(self) -> None:
        """Find an action by name."""
        from afterword.tui.palette import Actions, Palette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(providers=[Actions], placeholder="What would you like to do?"))

    def action_hint_leave(self) -> None:
        """Say how to leave to those who try Ctrl+C."""
        self.notify("Ctrl+Q leaves; the draft is kept.")


def run(start: Start) -> tuple[int, list[str]]:
    """Run the application; return the exit code and the lines to print once the terminal is back."""
    app = AfterwordApp(start)
    app.run(mouse=start.mouse)
    return app.return_code or int(Exit.FINE), app.told
