"""The screen to begin with. What only a walk needs is loaded when one is opened: the home screen comes up first."""

from typing import Any

from textual.screen import Screen

from afterword import without_openssl
from afterword.tui.start import Start


def first_screen(start: Start) -> Screen[Any]:
    """Return the screen to begin with: where a glimpse of the walk was taken, its frame, which loads the rest."""
    if start.glimpse is None:
        return asked_for(start)
    from afterword.tui.screens.opening import OpeningScreen

    return OpeningScreen(start.glimpse, start.severities, lambda: asked_for(start))


def asked_for(start: Start) -> Screen[Any]:
    """Return the screen that the author asked for on the command line."""
    root = start.path
    without_openssl.load("hmac")  # which the record's own library loads

    def open_walk(record_id: str | None) -> Screen[str | None]:
        from afterword.tui import walks

        return walks.open_walk(root, record_id, start.now)

    if start.mode == "new":
        from afterword.repo import Repository
        from afterword.tui import walks

        return walks.begin(Repository.open(root), start)
    if start.mode == "edit":
        from afterword.repo import Repository

        drafts = Repository.open(root).drafts.list() if start.record_id is None else []
        chosen = start.record_id or (drafts[0].id if len(drafts) == 1 else None)
        if chosen is not None:
            return open_walk(chosen)
    from afterword.tui.screens.home import HomeScreen

    return HomeScreen(root, open_walk, start.now)
