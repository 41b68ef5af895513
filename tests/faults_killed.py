"""The real program killed at random moments of a walk that writes prose, a form, rows and a sample, saves and commits.

    python -m pytest tests/faults_killed.py                  # 200 moments, another choice each time
    AFTERWORD_SEED=1234 python -m pytest tests/faults_killed.py

A failing test names its seed; the walk, the step and the moment follow from it.
"""

import os
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from afterword.record.document import parse, render
from afterword.record.model import Record
from afterword.repo import Repository
from tests.faults_terminal import NEW, begun, drafts, eventually, leave, terminal
from tests.histories import History
from tests.program import AFTERWORD
from tests.terminal import Terminal

SEED = int(os.environ["AFTERWORD_SEED"])
"""Chosen by `tests/conftest.py` where the environment does not say."""
RECORD = "docs/postmortems/wrong-refunds.md"
SECRET = "sk-" + "proj-" + "Zq7" * 16
PROSE = ["For two days ", "the agent ", "promised refunds ", "that the policy ", "forbids, in ", "the EU shop."]
LAG = 1.0
"""Seconds of typing that may be lost."""


@dataclass
class Walk:
    """One walk with the times at which what was typed stood on the screen."""

    terminal: Terminal
    seen: list[tuple[float, str]] = field(default_factory=list)

    def see(self, words: str) -> None:
        """Wait for words that were typed, and take down when they were there."""
        self.terminal.wait(words)
        self.seen.append((time.monotonic(), words))

    def steps(self) -> Iterator[None]:
        """Walk; between two steps the program may be killed."""
        t = self.terminal
        yield from self._text()
        t.press("ctrl+n").wait("How much, of what").press("a").wait("Add measure")
        yield
        t.type("wrong promises").press("tab")
        self.see("wrong promises")
        yield
        t.type("31").press("ctrl+s").wait_gone("Add measure").wait("wrong promises")
        yield
        t.press("ctrl+n").wait("What happened when").type("2026-03-02 10:00 detection tool: first ticket")
        self.see("first ticket")
        yield
        t.press("enter").settle()
        yield from self._sample()
        t.press("ctrl+s").wait("Save the post-mortem").press("right").wait("[yes]")
        yield
        t.press("enter")
        yield
        t.exit_code()

    def _text(self) -> Iterator[None]:
        t = self.terminal.wait("What shall we call it")
        yield
        t.press("ctrl+n", "ctrl+n").wait("What happened, to whom").press("ctrl+end")
        for chunk in PROSE:
            t.type(chunk)
            yield
            self.see(chunk.split()[-1])

    def _sample(self) -> Iterator[None]:
        t = self.terminal
        t.press(*["ctrl+n"] * 5).wait("What did the model say").press("a").wait("What was said")
        yield
        t.paste(f"user: is {SECRET} mine?\nassistant: yes")
        self.see("assistant: yes")
        yield
        t.press("ctrl+n").wait("undecided: r redacts")
        yield
        for _ in range(9):
            if "All are decided" in t.text():
                break
            t.press("r").settle()
        t.wait("All are decided").press("escape").wait("What did the model say")
        yield


class Lateness(threading.Thread):
    """How much later than asked this machine lets a thread go on: what a loaded one adds to every promise."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.worst, self._end = 0.0, threading.Event()

    def run(self) -> None:
        while not self._end.is_set():
            before = time.monotonic()
            time.sleep(0.02)
            self.worst = max(self.worst, time.monotonic() - before - 0.02)

    def __enter__(self) -> "Lateness":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()


def saved_before(history: History) -> str:
    """A saved and committed record; its text."""
    text = render(Record(title="Wrong refunds", summary="What was known at first. "))
    history.commit("Add post-mortem", {RECORD: text}, at="2026-03-01T11:00:00+00:00")
    return text


def walk_and_kill(folder: Path, seed: int, resume: bool = True) -> None:
    """Walk, kill at a moment that the seed chooses, and look at everything that is left."""
    chance = random.Random(seed)
    history = begun(folder / "agent")
    old = saved_before(history) if chance.random() < 0.5 else None
    command = NEW if old is None else [*AFTERWORD, "edit", "wrong-refunds"]
    last = chance.choice([chance.randrange(18), 17, 18])
    with terminal(history.root, command) as t, Lateness() as lateness:
        walk = Walk(t)
        for at, _ in enumerate(walk.steps()):
            if at == last:
                time.sleep(chance.choice([0, chance.random() * 0.1, chance.random() * 1.6]))
                break
        killed = time.monotonic()
        if t.is_running:
            t.kill()
    text = _saved_text(history, old, walk)
    left = [words for when, words in walk.seen if killed - when > LAG + 4 * lateness.worst]
    _look(history, text, left)
    if resume:
        _resume(history.root, text if text != old else None)


def _saved_text(history: History, old: str | None, walk: Walk) -> str | None:
    """The record's file: not there, as it was, or with everything that was typed; nothing else in the work tree."""
    eventually(lambda: not (history.root / ".git/index.lock").exists(), "git, which ends by itself")
    strange = {line[3:] for line in history.git("status", "--porcelain", "-uall", "--ignored").splitlines()}
    assert strange <= {RECORD}
    path = history.root / RECORD
    text = path.read_text() if path.exists() else None
    if text == old:
        return text
    assert text is not None
    record = parse(text)
    assert render(record) == text
    assert [path.name for path in path.parent.iterdir()] == [path.name]
    assert "".join(PROSE).strip() in record.summary
    assert len(record.samples) == 1 and len(record.timeline) == 1 and len(record.impact) == 1
    return text


def _look(history: History, text: str | None, left: list[str]) -> None:
    """What was typed is in the draft or the file; what is raw is in the draft alone."""
    folder = history.root / ".git/afterword/drafts"
    inside = "\n".join(draft.model_dump_json() for draft in drafts(history.root)) + (text or "")
    assert not [words for words in left if words not in inside]
    objects = history.raw("cat-file", "--batch-all-objects", "--batch", "--unordered")
    assert SECRET.encode() not in objects
    files = [path for path in history.root.rglob("*") if path.is_file() and path.parent != folder]
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]
    if folder.is_dir():
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} <= {0o600}


def _resume(root: Path, saved: str | None) -> None:
    """Go on where the walk was killed, or walk what it saved."""
    waiting = drafts(root)
    if not waiting and saved is None:
        return  # killed before a word was typed
    with terminal(root, [*AFTERWORD, "edit", waiting[0].id if waiting else "wrong-refunds"]) as t:
        t.wait("Wrong refunds").settle()
        leave(t)
    assert Repository.open(root).drafts.scan()[1] == []


@pytest.mark.parametrize("seed", range(SEED, SEED + 200))
def test_killed_at_a_random_moment(tmp_path: Path, seed: int) -> None:
    walk_and_kill(tmp_path, seed, resume=seed % 4 == 0)
