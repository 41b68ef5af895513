"""The first frame of a walk: what the draft's file says, shown while everything that a walk needs is loaded."""

import asyncio
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from afterword.errors import AfterwordError
from afterword.repo.glimpse import Glimpse
from afterword.tui.field_widgets import field_widget
from afterword.tui.fields import ChoiceField, Field, LineField, ListField, ProseField, TermField
from afterword.tui.form_frame import FormFrame
from afterword.tui.garbage import collect_again
from afterword.tui.screens.walk_frame import WalkFrame
from afterword.tui.section import Section
from afterword.tui.sections import SECTIONS
from afterword.tui.widgets.progress import Progress
from afterword.tui.widgets.title_bar import TitleBar

_READABLE = (LineField, ListField, ChoiceField, TermField, ProseField)
"""Kinds of field whose text stands in the draft's file as it is shown."""


class OpeningForm(FormFrame):
    """The fields of a section as far as their text is known without reading the record; none where one is not."""

    def __init__(self, section: Section, glimpse: Glimpse, severities: Sequence[str]) -> None:
        super().__init__()
        self._section, self._glimpse, self._severities = section, glimpse, severities

    def compose(self) -> ComposeResult:
        """Lay out the fields as the walk will."""
        section = self._section
        if section.per_cause or not all(type(field) in _READABLE for field in section.fields):
            return
        for tall, fields in groupby(section.fields, key=lambda field: isinstance(field, ProseField)):
            group = list(fields)
            if not tall:
                yield self.block(group, [self._widget(field) for field in group])
                continue
            for field in group:
                if len(section.fields) > 1:
                    yield Static(field.label, classes="label", markup=False)
                yield self._widget(field)

    def _widget(self, field: Field) -> Widget:
        options = self._severities if field.path == "severity" else ()
        value = self._glimpse.value(field.path)
        text = value if isinstance(value, str) else field.show(value)
        return field_widget(field, text, _no_times, f"Example: {self._section.example}", options)


def _no_times() -> Any:
    raise AssertionError("no field of an opening form reads times")


class OpeningScreen(WalkFrame):
    """Shows the walk's frame, then gives way to the screen that `load` makes; keys wait for that one."""

    AUTO_FOCUS = "OpeningForm *"

    def __init__(self, glimpse: Glimpse, severities: Sequence[str], load: Callable[[], Screen[Any]]) -> None:
        super().__init__()
        self._glimpse, self._severities, self._load = glimpse, severities, load
        self._at = next((at for at, section in enumerate(SECTIONS) if section.id == glimpse.section), 0)
        self.ready = asyncio.Event()

    async def on_mount(self) -> None:
        """Fill the frame, and load once it is painted."""
        section, title = SECTIONS[self._at], self._glimpse.value("title")
        self.query_one(TitleBar).show(title if isinstance(title, str) and title else "New post-mortem")
        self.query_one(Progress).visible = False
        self.query_one("#question", Static).update(section.question)
        self.query_one("#guidance", Static).update(section.guidance)
        form = OpeningForm(section, self._glimpse, self._severities)
        form.id = "opening"
        await self.query_one(ContentSwitcher).mount(form)
        self.query_one(ContentSwitcher).current = form.id
        self.call_after_refresh(self.run_worker, self._give_way, exclusive=True)

    async def _give_way(self) -> None:
        """Load in a thread, so that the window may be resized and the program told to end meanwhile."""
        app = self.app
        try:
            screen = await asyncio.to_thread(self._load)
        except AfterwordError as error:
            app.tell(f"afterword: {error.message}", *filter(None, [error.hint]))  # type: ignore[attr-defined]
            app.exit(return_code=int(error.code))
            return
        app.call_later(self._replace, screen)

    async def _replace(self, screen: Screen[Any]) -> None:
        app = self.app
        with app.batch_update():
            await app.push_screen(screen, lambda _: app.exit())
        screen.call_after_refresh(self._over)

    def _over(self) -> None:
        """Let the walk take keys; all that it needs is loaded."""
        collect_again()
        self.ready.set()

    def on_screen_resume(self) -> None:
        """End the program once nothing lies over this screen any more: it has nothing to say."""
        if self.ready.is_set():
            self.app.exit()
