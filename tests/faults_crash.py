"""A fault of ours: told by name, file and line; with where the draft is, and without a word of what was typed."""

import sys
from pathlib import Path

import pytest

from tests.faults_terminal import attributes, kept, summary, terminal
from tests.program import flat
from tests.terminal import Terminal

SECRET = "Zanzibar-" + "refund-4711"
TEXT = f"The agent promised {SECRET}."
BEGIN = """
import asyncio, sys, threading
from afterword.cli import main
from afterword.repo.drafts import Drafts
from afterword.tui.screens.walk import WalkScreen
from afterword.tui.terminal.typed import TypedStream
from afterword.tui.widgets.prose_area import ProseArea

def fall(screen, *_):
    planted = [screen.session.record.summary] if hasattr(screen, "session") else [KNOWN]
    raise ValueError(f"cannot read {planted[0]}")
"""
END = """
sys.exit(main(["new", "Wrong refunds"]))
"""
FAULTS = {
    "an action": "WalkScreen.action_preview = fall",
    "a thread": "WalkScreen.action_preview = lambda s: threading.Thread(target=fall, args=(s,)).start()",
    "a worker": "WalkScreen.action_preview = lambda s: s.run_worker(lambda: fall(s), thread=True)",
    "a task": """
async def go(s): fall(s)
def start(s): s.task = asyncio.get_running_loop().create_task(go(s)); s.task = None
WalkScreen.action_preview = start
""",
    "a callback": "WalkScreen.action_preview = lambda s: asyncio.get_running_loop().call_soon(fall, s)",
    "a painting": """
def broken(s):
    for area in s.query(ProseArea):
        area.render_line = lambda y: fall(s)
        area.refresh()
WalkScreen.action_preview = broken
""",
    "an exception that paints itself": """
class Painted(Exception):
    def __rich__(self): return str(self)
def paint(s): raise Painted(s.session.record.summary)
WalkScreen.action_preview = paint
""",
    "what is typed": """
read = TypedStream.feed
KNOWN = "Zanzibar-" + "refund-4711"
TypedStream.feed = lambda s, data: fall(s) if data == b"\\x1b[15~" else read(s, data)
""",
}


def said(terminal: Terminal) -> str:
    """Everything that was sent after the program's own screen was left."""
    return terminal.bytes_seen.rpartition(b"\x1b[?1049l")[2].decode() + "\n".join(terminal.main_screen())


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault(root: Path, name: str) -> None:
    with terminal(root, [sys.executable, "-c", BEGIN + FAULTS[name] + END]) as t:
        before = attributes(t)
        summary(t, TEXT).type("!").wait("4711.!").press("f5")
        assert t.exit_code() == 2
        assert t.modes.restored
        assert attributes(t) == before
        report = said(t)
    assert "Afterword stopped: " in report
    assert "Traceback" not in report
    assert SECRET not in report and "Zanzibar" not in report
    assert kept(root) == f"{TEXT}!"
    (draft,) = (root / ".git/afterword/drafts").glob("*.json")
    assert flat(str(draft)) in flat(report)
    assert flat("afterword edit resumes it") in flat(report)


def test_a_fault_of_the_draft(root: Path) -> None:
    """It is told, without ending the walk, and the draft is written once it can be."""
    fault = """
write, count = Drafts.write, []
def failing(s, draft, over=False):
    count.append(draft)
    if len(count) in (3, 4): raise ValueError(f"cannot write {draft.record.summary}")
    write(s, draft, over)
Drafts.write = failing
"""
    with terminal(root, [sys.executable, "-c", BEGIN + fault + END]) as t:
        t.wait("What shall we call it").press("ctrl+n", "ctrl+n").wait("What happened, to whom").type(TEXT)
        t.wait("could not be written").wait_until(lambda _: kept(root) == TEXT, "the draft")
        assert t.press("ctrl+q").exit_code() == 0
        assert SECRET not in said(t)


def test_a_style_that_cannot_be_read(root: Path) -> None:
    style = root.parent / "broken.tcss"
    style.write_text("Screen { color: ; ")
    fault = f"from afterword.tui.app import AfterwordApp\nAfterwordApp.CSS_PATH = [{str(style)!r}]\n"
    with terminal(root, [sys.executable, "-c", BEGIN + fault + END]) as t:
        assert t.exit_code() == 2
        assert t.modes.restored
        assert "Afterword stopped: " in t.text()
        assert "Traceback" not in t.text()
