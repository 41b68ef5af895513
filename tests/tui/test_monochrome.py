"""Every screen without colours: focus, selection, marks, what was added and what was removed are told all the same."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rich.style import Style

from afterword.cli.demo.making import Demo, make_demo
from afterword.repo import Repository
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking
from tests.tui.screens.test_pictures import written

SIZE = (80, 24)
Cell = tuple[str, bool, bool, bool, bool, bool]


@pytest.fixture(autouse=True)
def no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def segments(walk: Walker) -> list[list[tuple[str, Style]]]:
    """What is drawn, line by line, with its styles."""
    strips = walk.app.screen._compositor.render_strips()
    return [[(segment.text, segment.style or Style.null()) for segment in strip] for strip in strips]


def drawn(walk: Walker) -> list[list[Cell]]:
    """Every character with the attributes that a terminal without colours can show."""
    return [
        [
            (char, *(bool(on) for on in (style.bold, style.underline, style.reverse, style.italic, style.strike)))
            for text, style in line
            for char in text
        ]
        for line in segments(walk)
    ]  # type: ignore[misc]


def attributes_of(walk: Walker, text: str) -> set[str]:
    """The attributes of the first place where a text stands below the title."""
    for line in drawn(walk)[1:]:
        at = "".join(cell[0] for cell in line).find(text)
        if at >= 0:
            names = ("bold", "underline", "reverse", "italic", "strike")
            return {name for cell in line[at : at + len(text)] for name, on in zip(names, cell[1:], strict=True) if on}
    raise AssertionError(f"{text!r} is not on the screen:\n{walk.text}")


async def tells_the_focus(walk: Walker) -> None:
    """Go through everything that can have the focus: no two places look alike, and nothing has a colour."""
    seen: dict[str, Any] = {}
    chain = walk.app.screen.focus_chain
    for widget in chain:
        widget.focus()
        await walk.pilot.pause()
        look = repr(drawn(walk))
        assert look not in seen, f"{widget!r} and {seen[look]!r} look alike:\n{walk.text}"
        seen[look] = widget
    coloured = [
        (text, style) for line in segments(walk) for text, style in line if (style.color or style.bgcolor) is not None
    ]
    assert coloured == []


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One repository for all: every walk begins a record of its own."""
    return make_demo(tmp_path_factory.mktemp("monochrome") / "support-agent", NOW)


@asynccontextmanager
async def at_prompt(demo: Demo) -> AsyncIterator[Walker]:
    """The prompt picker."""
    async with written(demo, SIZE) as walk:
        await walk.go("Prompt diff")
        await walk.press("enter")
        await walk.sees("Make the tone warmer", "say yes first")
        await walk.pilot.pause(0.2)
        yield walk


async def test_every_section_tells_where_the_focus_is(demo: Demo) -> None:
    async with written(demo, SIZE) as walk:
        for title in ("Incident", "Impact", "Timeline", "Root cause", "Eval gap", "Samples", "Save"):
            await walk.go(title)
            await tells_the_focus(walk)


async def test_sections_tell_what_is_done_and_which_is_current(demo: Demo) -> None:
    async with written(demo, SIZE) as walk:
        await walk.go("Timeline")
        await walk.sees("◐ Incident", "▸✓ Timeline", "○ Summary")
        assert "bold" in attributes_of(walk, "✓ Timeline")
        await walk.press("escape", "escape")
        await walk.press("down")
        assert "reverse" in attributes_of(walk, "Root cause")


async def test_what_cannot_be_read_is_marked_by_a_sign(demo: Demo) -> None:
    async with walking(demo.path, SIZE, now=NOW) as walk:
        await walk.go("Times")
        await walk.fill("Acknowledged", "yesterdayish")
        await walk.sees("?", "cannot be read")


async def test_a_chosen_word_stands_in_brackets(demo: Demo) -> None:
    async with walking(demo.path, SIZE, now=NOW) as walk:
        await walk.go("Incident")
        await walk.fill("Severity", "2")
        await walk.sees("[SEV2]")
        assert "reverse" in attributes_of(walk, "[SEV2]")


@pytest.mark.parametrize("section", ["Incident", "Summary"])
async def test_selected_text_is_told(demo: Demo, section: str) -> None:
    async with walking(demo.path, SIZE, now=NOW) as walk:
        await walk.go(section)
        await walk.type("Refunds were promised")
        await walk.press("shift+home")
        assert "reverse" in attributes_of(walk, "were")


async def test_a_diff_tells_what_was_added_and_removed(demo: Demo) -> None:
    async with at_prompt(demo) as walk:
        await tells_the_focus(walk)
        changed = [line[34:].split() for line in walk.lines]
        assert any("+" in words[:3] for words in changed)
        assert any("-" in words[:3] for words in changed)


async def test_an_offer_tells_what_is_marked_and_where_the_cursor_is(demo: Demo) -> None:
    async with written(demo, SIZE) as walk:
        await walk.go("Timeline")
        await walk.press("escape", "ctrl+g")
        await walk.sees("Space marks")
        await walk.press("space", "down")
        await walk.sees("[x]", "[ ]", "› [ ]")
        await tells_the_focus(walk)


async def test_redaction_tells_undecided_redacted_kept_and_current(demo: Demo) -> None:
    async with walking(demo.path, SIZE, now=NOW, samples=demo.samples[:1]) as walk:
        await walk.go("Samples")
        await walk.press("enter")
        await walk.sees("undecided: r redacts")
        before = drawn(walk)
        await walk.press("r")
        await walk.sees("1 of 8 decided")
        redacted = drawn(walk)
        assert redacted != before
        await walk.press("k")
        await walk.sees("be published?")
        await walk.type("ours\n")
        await walk.sees("2 of 8 decided")
        assert attributes_of(walk, "[PERSON_1]") or "[PERSON_1]" in walk.text
        signs = {line[0] for line in walk.lines[1:-3]}
        assert len(signs - {" "}) >= 3, signs


async def test_every_other_screen_tells_where_the_focus_is(demo: Demo) -> None:
    async with walking(demo.path, SIZE, now=NOW, samples=demo.samples[:1]) as walk:
        await walk.go("Samples")
        await walk.press("e")
        await walk.sees("What was said")
        await tells_the_focus(walk)
        await walk.press("escape")
        await walk.go("Impact")
        await walk.press("f4")
        await walk.sees("nothing to write here")
        await tells_the_focus(walk)
        await walk.press("escape", "a")
        await walk.sees("Add measure")
        await tells_the_focus(walk)
        await walk.press("escape")
        await walk.press("f1")
        await walk.sees("Explain this screen")
        await tells_the_focus(walk)
        await walk.press("escape")
        await walk.press("f5")
        await walk.sees("Preview")
        await tells_the_focus(walk)


async def test_saving_and_home_tell_where_the_focus_is(demo: Demo) -> None:
    async with walking(demo.path, SIZE, now=NOW) as walk:
        await walk.type("Support agent promised refunds")
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem", "[no]")
        await tells_the_focus(walk)
        await walk.press("enter")
        await walk._until(lambda: Repository.open(demo.path).records.list(), "the record")
    async with walking(demo.path, SIZE, mode="home", now=NOW) as walk:
        await walk.sees("Support agent promised")
        await tells_the_focus(walk)
