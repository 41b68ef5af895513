"""Every key does what the table says, wherever it can be pressed."""

import importlib
import inspect
import pkgutil
import time
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest
from textual.actions import parse
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

import afterword.tui
from afterword.cli.demo.making import Demo
from afterword.tui.app import AfterwordApp
from tests.tui.conftest import NOW
from tests.tui.driver import walking

for module in pkgutil.walk_packages(afterword.tui.__path__, "afterword.tui."):
    importlib.import_module(module.name)


def ours(kind: type[DOMNode] = DOMNode) -> Iterator[type[DOMNode]]:
    """Every screen and widget of ours."""
    for sub in kind.__subclasses__():
        if sub.__module__.startswith("afterword."):
            yield sub
        yield from ours(sub)


BOUND = sorted({kind for kind in ours() if "BINDINGS" in vars(kind)}, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", BOUND, ids=lambda kind: kind.__name__)
def test_each_action_of_a_binding_can_be_called_where_it_is_bound(kind: type[DOMNode]) -> None:
    for binding in vars(kind)["BINDINGS"]:
        action = binding.action if isinstance(binding, Binding) else binding[1]
        where, name, arguments = parse(action)
        owners = {"app": AfterwordApp, "screen": Screen, "": kind}
        method = getattr(owners[where], f"action_{name}", None) or getattr(owners[where], f"_action_{name}")
        inspect.signature(method).bind(None, *arguments)


async def test_space_over_the_diff_of_a_change_marks_nothing_and_ends_nothing(demo: Demo) -> None:
    async with walking(demo.path, now=NOW, resolved="today 09:00") as walk:
        await walk.go("Prompt diff")
        await walk.press("a")
        await walk.sees("Prompt changes", "@@")
        await walk.press("tab", "space")
        await walk.sees("Prompt changes", "@@")


async def test_space_over_the_diff_of_a_version_marks_the_version(demo: Demo) -> None:
    async with walking(demo.path, now=NOW, resolved="today 09:00") as walk:
        await walk.go("Prompt diff")
        await walk.press("a")
        await walk.sees("Prompt changes", "@@")
        await walk.press("v")
        await walk.sees("Versions of", "@@")
        await walk.press("tab", "space")
        await walk.sees("» ")


@pytest.mark.parametrize("key", ["pagedown", "pageup", "down", "up", "home", "end"])
async def test_the_palette_takes_each_key_while_nothing_stands_in_it(plain: Path, key: str) -> None:
    async with walking(plain, now=NOW, size=(80, 10)) as walk:
        await walk._send("f2", key, *"qqqq", key)
        await walk.sees("No matches found")
        await walk._send(key, *["backspace"] * 4, key)
        await walk.press("escape")
        await walk.sees("What shall we call it")


async def test_a_key_that_leaves_a_screen_twice_leaves_it_once(demo: Demo) -> None:
    async with walking(demo.path, now=NOW, resolved="today 09:00") as walk:
        await walk.go("Prompt diff")
        await walk.press("a")
        await walk.sees("Prompt changes", "@@")
        picker = walk.app.screen
        assert await walk.app.run_action("cancel", picker)
        assert not await walk.app.run_action("cancel", picker)
        await walk.sees("Which prompt changed")


async def test_a_palette_that_was_opened_while_a_walk_ended_goes_with_it(plain: Path) -> None:
    async with walking(plain, mode="home", now=NOW) as walk:
        await walk.sees("No post-mortems yet")
        await walk.press("n")
        await walk.sees("What shall we call it")
        screen = walk.walk
        await walk._send("f2")
        await screen.leave()
        await screen.leave()
        await walk.sees("No post-mortems yet")


async def test_a_note_whose_time_ends_while_it_is_put_up_does_not_stop_the_program(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with walking(plain, now=NOW) as walk:
        begun = time.time()
        moments = chain((begun, begun + 2.9), repeat(begun + 3.9))
        monkeypatch.setattr("textual.notifications.time", lambda: next(moments))
        walk.app.notify("In passing.")
        await walk.press("ctrl+n")
        await walk.sees("When did it start")
        await walk.sees_not("In passing.")


@pytest.mark.parametrize("key", ["ctrl+g", "f5", "ctrl+n", "escape", "ctrl+o", "f4"])
async def test_a_key_typed_ahead_waits_for_the_first_section(
    plain: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a machine so busy that the last key's work takes longer than the next key would wait for it."""
    monkeypatch.setattr("afterword.tui.typeahead._PATIENCE", 0.0)
    async with walking(plain, mode="home", now=NOW) as walk:
        await walk.sees("No post-mortems yet")
        await walk._send("n", key, "escape")
        await walk._until(lambda: len(walk.app.screen_stack) > 2 or "Incident" in walk.text, "the walk")
