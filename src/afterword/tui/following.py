"""Text that waits for a row goes where the row goes."""

from collections.abc import Callable, Sequence
from typing import Any

from afterword.tui.session import Session


def follow(
    session: Session, path_of: Callable[[Sequence[Any], int], str], before: Sequence[Any], items: Sequence[Any]
) -> None:
    """Move what waits along with the rows of a list that changed; what waits for a row that is gone goes with it.

    `path_of` returns where text waits for a row of a list; one past the last is a new row.
    """
    paths = {at: path_of(before, at) for at in range(len(before) + 1)}
    waiting = {at: text for at, path in paths.items() if (text := session.draft.inputs.get(path))}
    places = {at: _place(before, at, items) for at in waiting}
    for at in waiting:
        if places[at] is None or path_of(items, places[at] or 0) != paths[at]:
            session.forget(paths[at])
    for at, text in waiting.items():
        if (place := places[at]) is not None:
            session.remember(path_of(items, place), text)


def _place(before: Sequence[Any], at: int, items: Sequence[Any]) -> int | None:
    """Return where the row `at` went; None where it is gone. The place of a new row is after the last one."""
    if at == len(before):
        return len(items)
    same = next((place for place, item in enumerate(items) if item is before[at]), None)
    if same is None and before[at] in items:
        same = items.index(before[at])
    return at if same is None and len(before) == len(items) else same
