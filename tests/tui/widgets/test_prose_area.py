"""The prose field: what its author types is what is kept, and only what changes is repainted."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import Binding
from textual.widgets import TextArea

from afterword.tui.widgets.cells import width_of
from afterword.tui.widgets.prose_area import ProseArea
from afterword.tui.widgets.prose_document import ProseDocument, WrappedProse
from tests.terminal import Terminal
from tests.tui.widgets.stage import Stage, assert_painted_right, lines, program, styles

RAW = st.text(
    st.one_of(st.characters(), st.sampled_from("ab \n\t\x1b\x0b\x1c\x85\u2028\u202e日e\u0301\r")), max_size=60
)


@given(RAW, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), RAW), max_size=6), st.integers(3, 20))
def test_edits_keep_every_character_and_the_rows_stay_right(
    text: str, edits: list[tuple[int, int, str]], width: int
) -> None:
    document = ProseDocument(text)
    wrapped = WrappedProse(document, width)
    assert document.text == text
    for start, end, new in edits:
        start, end = sorted((min(start, len(text)), min(end, len(text))))
        places = [(text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)) for at in (start, end)]
        result = document.replace_range(places[0], places[1], new)
        wrapped.wrap_range(places[0], places[1], result.end_location)
        assert result.replaced_text == text[start:end]
        text = text[:start] + new + text[end:]
        assert document.text == text
        fresh = WrappedProse(document, width)
        assert wrapped.height == fresh.height
        for y in range(fresh.height):
            assert wrapped.row(y) == fresh.row(y)
        for at in range(len(text) + 1):
            place = (text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1))
            assert wrapped.location_to_offset(place) == fresh.location_to_offset(place)


@given(RAW, st.integers(3, 20))
def test_rows_fit_the_width(text: str, width: int) -> None:
    wrapped = WrappedProse(ProseDocument(text), width)
    for line in range(text.count("\n") + 1):
        rows = wrapped.get_sections(line)
        assert len("".join(rows)) == len(text.split("\n")[line])
        assert all(width_of(row) <= width + 1 for row in rows)


def area(text: str = "", **options: object) -> list[ProseArea]:
    return [ProseArea(text, **options)]  # type: ignore[arg-type]


async def test_typing_changes_the_text_and_tells_so() -> None:
    stage = Stage(lambda: area("one "))
    async with stage.run_test(size=(30, 6)) as pilot:
        await pilot.press("ctrl+end", "end", *"two", "enter", *"three", "backspace")
        await pilot.pause()
        assert stage.query_one(ProseArea).text == "one two\nthre"
        changed = [message for message in stage.told if isinstance(message, TextArea.Changed)]
        assert len(changed) == 10
        assert changed[-1].control.text == "one two\nthre"
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert stage.query_one(ProseArea).text.startswith("one ")


async def test_controls_are_shown_and_kept_raw() -> None:
    raw = "a\x1b[31mred\x0b\x85b\u2028c\u202ed\te\r\nnext\r"
    stage = Stage(lambda: area(raw))
    async with stage.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        text = "\n".join(lines(stage))
        assert "a␛[31mred␋\ufffdb\ufffdc\ufffdd␉e␍" in text
        assert "next␍" in text
        assert stage.query_one(ProseArea).text == raw
        await pilot.press("right", "right", "x")
        assert stage.query_one(ProseArea).text == "a\x1bx" + raw[2:]


async def test_the_example_shows_only_while_the_field_is_empty() -> None:
    stage = Stage(lambda: area("", example="Write what happened,\nin one paragraph."))
    async with stage.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        assert "in one paragraph." in "\n".join(lines(stage))
        await pilot.press("x")
        await pilot.pause()
        assert "Write" not in "\n".join(lines(stage))
        await pilot.press("backspace")
        await pilot.pause()
        assert "Write what happened," in "\n".join(lines(stage))


async def test_long_lines_wrap_at_words_and_the_cursor_follows() -> None:
    stage = Stage(lambda: area("The agent promised refunds that the policy forbids, in the EU."))
    async with stage.run_test(size=(34, 8)) as pilot:
        await pilot.pause()
        shown = [line.strip("▊▎▔▁ ") for line in lines(stage)]
        assert [line for line in shown if line] == [
            "The agent promised refunds",
            "that the policy forbids, in",
            "the EU.",
        ]
        await pilot.press("down", "down", "end", "X")
        assert stage.query_one(ProseArea).text.endswith("EU.X")
        assert styles(stage, "EU.X").reverse is not True


async def test_the_cursor_and_the_selection_stand_on_wide_characters() -> None:
    stage = Stage(lambda: area("日本語"))
    async with stage.run_test(size=(30, 6)) as pilot:
        await pilot.press("right")
        await pilot.pause()
        assert styles(stage, "本").reverse
        await pilot.press("shift+right", "x")
        assert stage.query_one(ProseArea).text == "日x語"


async def test_the_height_follows_the_text_between_its_bounds() -> None:
    stage = Stage(lambda: [*area("", min_lines=2, max_lines=4), ProseArea("below", id="below", max_lines=1)])
    async with stage.run_test(size=(30, 14)) as pilot:
        field = stage.query(ProseArea).first()
        heights = []
        for _ in range(6):
            await pilot.pause()
            heights.append(field.content_size.height)
            await pilot.press("x", "enter")
        assert heights == [2, 2, 3, 4, 4, 4]
        for _ in range(12):
            await pilot.press("backspace")
        await pilot.pause()
        assert field.content_size.height == 2


async def test_a_paste_keeps_its_lines_and_its_controls() -> None:
    stage = Stage(lambda: area("ab"))
    async with stage.run_test(size=(30, 8)) as pilot:
        await pilot.press("right")
        stage.copy_to_clipboard("1\n2\x1b")
        await pilot.press("ctrl+v")
        assert stage.query_one(ProseArea).text == "a1\n2\x1bb"


async def test_tab_leaves_and_keys_of_the_app_arrive() -> None:
    pressed: list[str] = []

    class Keys(Stage):
        BINDINGS = [Binding(key, f"note('{key}')") for key in ("ctrl+q", "ctrl+n", "ctrl+s", "f6", "f7", "escape")]

        def action_note(self, key: str) -> None:
            pressed.append(key)

    stage = Keys(lambda: [ProseArea("one", id="one"), ProseArea("two", id="two")])
    async with stage.run_test(size=(30, 12)) as pilot:
        await pilot.press("ctrl+q", "ctrl+n", "ctrl+s", "f6", "f7", "escape", "tab", "x")
        assert pressed == ["ctrl+q", "ctrl+n", "ctrl+s", "f6", "f7", "escape"]
        assert stage.query_one("#one", ProseArea).text == "one"
        assert stage.query_one("#two", ProseArea).text == "xtwo"


async def test_read_only_text_scrolls_and_takes_nothing() -> None:
    stage = Stage(lambda: area("\n".join(f"line {at}" for at in range(30)), read_only=True))
    async with stage.run_test(size=(30, 8)) as pilot:
        await pilot.press("x", "enter", "backspace", "down", "down", "pagedown")
        await pilot.pause()
        assert stage.query_one(ProseArea).text.count("\n") == 29
        assert "line 0" not in "\n".join(lines(stage))


async def test_another_text_is_shown_at_once() -> None:
    stage = Stage(lambda: area("old"))
    async with stage.run_test(size=(30, 6)) as pilot:
        stage.query_one(ProseArea).text = "new\x0btext"
        await pilot.pause()
        assert "new␋text" in "\n".join(lines(stage))
        assert stage.query_one(ProseArea).text == "new\x0btext"


PROSE = """
from afterword.tui.widgets.prose_area import ProseArea
TEXT = "The agent promised refunds, 日本語 and more, that the policy forbids.\\n\\nsecond \\x1b[31m paragraph\\n" * 3
def make(): return [ProseArea({text}, example="An example.")]
"""


def test_a_key_costs_few_bytes_and_rest_none(tmp_path: Path) -> None:
    command, env = program(tmp_path, PROSE.format(text="''"))
    with Terminal(command, env=env, size=(100, 30)) as terminal:
        terminal.wait("An example.").settle()
        terminal.type("word ").wait("word").settle()
        for key, most in (("x", 260), ("left", 260), ("backspace", 260), ("enter", 700), ("up", 700)):
            before = len(terminal.bytes_seen)
            terminal.type(key) if len(key) == 1 else terminal.press(key)
            terminal.settle()
            assert 0 < len(terminal.bytes_seen) - before < most, key
        before = len(terminal.bytes_seen)
        time.sleep(0.8)
        assert len(terminal.bytes_seen) == before


@pytest.mark.parametrize("text", ["TEXT", "''"])
def test_what_is_repainted_is_what_would_be_painted(tmp_path: Path, text: str) -> None:
    command, env = program(tmp_path, PROSE.format(text=text))
    keys = (
        "x y space 日 enter a shift+left shift+up left backspace delete ctrl+k ctrl+z ctrl+z end enter enter b home "
        "shift+end c down down shift+down ctrl+w ctrl+u pagedown z ctrl+y pageup ctrl+x ctrl+v right d f7 g"
    )
    with Terminal(command, env=env, size=(40, 12)) as terminal:
        terminal.wait("The agent" if text == "TEXT" else "An example").settle()
        assert_painted_right(terminal, keys)


def test_a_terminal_never_gets_the_controls(tmp_path: Path) -> None:
    command, env = program(tmp_path, PROSE.format(text="'x\\x1b]0;owned\\x07\\x9b2Jy\\u202e'"))
    with Terminal(command, env=env) as terminal:
        terminal.wait("owned").type("a").wait("ax").settle()
        assert b"\x1b]0;owned" not in terminal.bytes_seen
        assert "\x9b".encode() not in terminal.bytes_seen
        assert "\u202e".encode() not in terminal.bytes_seen


def test_what_goes_on_below_the_last_line_ends_with_it() -> None:
    """As where a last line is deleted that is empty: it reaches to the beginning of the next one."""
    document = ProseDocument("one\n")
    assert document.replace_range((1, 0), (2, 0), "").replaced_text == ""
    assert document.text == "one\n"
    document.replace_range((0, 1), (7, 3), "ut")
    assert document.text == "out"
