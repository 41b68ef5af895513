"""How a screen closes that did not wait for a key: something else may have been opened over it meanwhile."""

from typing import TypeVar

from textual.screen import Screen

Result = TypeVar("Result")


def end(screen: Screen[Result], result: Result) -> None:
    """Close a screen with its result, and first whatever lies over it; nothing happens where it is closed already."""
    app = screen.app
    if screen in app.screen_stack:
        while app.screen is not screen:
            app.pop_screen()
        screen.dismiss(result)
