"""What is always in view during a walk: sections with their state, and the keys that matter here."""

from textual.widget import Widget

from afterword.tui.case_form import CaseForm
from afterword.tui.editors import Editor
from afterword.tui.keys import keys
from afterword.tui.screens.walk_frame import ALWAYS, walk_bar
from afterword.tui.sections import SECTIONS
from afterword.tui.session import Session
from afterword.tui.still_open import UNCOUNTED
from afterword.tui.widgets.row_list import RowList
from afterword.tui.widgets.section_list import Entry, SectionList


def overview(session: Session) -> list[Entry]:
    """Return every section with its state and the number of its problems."""
    counts = {section.id: 0 for section in SECTIONS}
    for problem in session.problems():
        if problem.section in counts and problem.code not in UNCOUNTED:
            counts[problem.section] += 1
    states = session.states()
    return [Entry(section.title, states[section.id], counts[section.id]) for section in SECTIONS]


def walk_keys(focus: Widget | None) -> list[tuple[str, str]]:
    """Return what the key bar shows: the keys of what has the focus, then those of the walk."""
    walk = walk_bar()
    if focus is None:
        return walk
    editor = next((node for node in focus.ancestors if isinstance(node, Editor)), None)
    if editor is not None and isinstance(focus, RowList):
        own = {key for key, _ in editor.bar}
        return editor.bar + [pair for pair in walk if pair[0] not in own]
    if editor is not None:
        return [("Enter", "Add this row"), *walk]
    if isinstance(focus, SectionList):
        return [("↑↓", "Move"), ("Enter", "Go there"), ("Esc", "Back to the form"), *ALWAYS]
    if any(isinstance(node, CaseForm) for node in focus.ancestors):
        # Git has nothing to offer here, and in 80 columns saving would have to make room for it.
        here = [key for key in keys("walk", "eval_case") if key.bar and key.action != "gather"]
        order = sorted(here, key=lambda key: (key.where != "eval_case", key.action == "section_list"))
        return [(key.shown, key.label) for key in order] + ALWAYS
    return walk
