"""The screen to begin with. What only a walk needs is loaded when one is opened: the home screen comes up first."""

from typing import Any

from textual.screen import Screen

from afterword.repo import Repository
from afterword.tui.start import Start


def first_screen(start: Start) -> Screen[Any]:
    """Return the screen that the author asked for on the command line."""
    repository = Repository.open(start.path)
    root = repository.root

    def open_walk(record_id: str | None) -> Screen[str | None]:
        from afterword.tui import walks

        return walks.open_walk(root, record_id, start.now)

    if start.mode == "new":
        from afterword.tui import walks

        return walks.begin(repository, start)
    if start.mode == "edit":
        drafts = repository.drafts.list() if start.record_id is None else []
        chosen = start.record_id or (drafts[0].id if len(drafts) == 1 else None)
        if chosen is not None:
            return open_walk(chosen)
    from afterword.tui.screens.home import HomeScreen

    return HomeScreen(root, open_walk, start.now)
