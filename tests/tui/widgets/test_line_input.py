"""The one-line field as its author sees it."""

import time
from pathlib import Path

from textual.widgets import Input

from afterword.tui.widgets.line_input import LineInput
from tests.terminal import Terminal
from tests.tui.widgets.stage import Stage, lines, program, styles


def shown(stage: Stage) -> str:
    return next(line.strip("▊▎ ") for line in lines(stage)[1:])


async def test_text_is_typed_at_the_end_and_never_selected_by_focus() -> None:
    stage = Stage(lambda: [LineInput("first"), LineInput("second", id="second")])
    async with stage.run_test(size=(40, 8)) as pilot:
        await pilot.press("!")
        await pilot.press("tab", "x")
        assert stage.query_one("#second", LineInput).value == "secondx"
        assert shown(stage) == "first!"
        assert [event.value for event in stage.told if isinstance(event, Input.Changed)][-2:] == ["first!", "secondx"]


async def test_control_characters_are_shown_and_kept() -> None:
    raw = "a\x1b[31mb\u202ec\td\ne"
    stage = Stage(lambda: [LineInput(raw)])
    async with stage.run_test(size=(40, 4)) as pilot:
        await pilot.press("z")
        assert shown(stage) == "a␛[31mb\ufffdc␉d␊ez"
        assert stage.query_one(LineInput).value == raw + "z"


async def test_the_cursor_stands_on_the_right_character_among_wide_ones() -> None:
    stage = Stage(lambda: [LineInput("日本語")])
    async with stage.run_test(size=(40, 4)) as pilot:
        await pilot.press("left", "left", "x")
        assert stage.query_one(LineInput).value == "日x本語"
        assert styles(stage, "本").reverse
        assert not styles(stage, "語").reverse


async def test_several_pasted_lines_become_one() -> None:
    stage = Stage(lambda: [LineInput("a ")])
    async with stage.run_test(size=(40, 4)) as pilot:
        stage.copy_to_clipboard("one\ntwo\r\n\nthree\n")
        await pilot.press("ctrl+v")
        assert stage.query_one(LineInput).value == "a one two three"


async def test_a_long_text_scrolls_and_keeps_the_cursor_in_view() -> None:
    stage = Stage(lambda: [LineInput("x" * 100)])
    async with stage.run_test(size=(30, 4)) as pilot:
        await pilot.press("e", "n", "d")
        assert shown(stage).endswith("xend")
        await pilot.press("home", "S")
        assert shown(stage).startswith("Sxxx")


async def test_the_example_shows_softly_while_the_field_is_empty() -> None:
    stage = Stage(lambda: [LineInput("", "an \x1b example")])
    async with stage.run_test(size=(40, 4)) as pilot:
        assert shown(stage) == "an ␛ example"
        await pilot.press("q")
        assert shown(stage) == "q"
        await pilot.press("backspace")
        assert shown(stage) == "an ␛ example"


def test_a_key_costs_few_bytes_and_rest_none(tmp_path: Path) -> None:
    command, env = program(
        tmp_path,
        "from afterword.tui.widgets.line_input import LineInput\ndef make(): return [LineInput('', 'example')]",
    )
    with Terminal(command, env=env, size=(100, 30)) as terminal:
        terminal.wait("example").settle()
        terminal.type("abc").wait("abc").settle()
        before = len(terminal.bytes_seen)
        terminal.type("d").wait("abcd").settle()
        assert len(terminal.bytes_seen) - before < 300
        before = len(terminal.bytes_seen)
        time.sleep(0.8)
        assert len(terminal.bytes_seen) == before
