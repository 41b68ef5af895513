"""The line that tells how far the record is."""

import pytest

from afterword.tui.widgets.progress import Progress
from afterword.tui.widgets.text_line import TextLine
from tests.tui.widgets.stage import Stage, lines


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (60, "7 of 13 done ━━━━━───── 53 %                  71 h 12 m left"),
        (36, "7/13 ━━━━━───── 53 %  71 h 12 m left"),
        (20, "7/13  71 h 12 m left"),
        (10, "71 h 12 m…"),
    ],
)
async def test_the_line_fits_its_width(width: int, line: str) -> None:
    stage = Stage(lambda: [Progress(7, 13, "71 h 12 m left")])
    async with stage.run_test(size=(width, 2)):
        assert lines(stage)[0] == line


async def test_it_says_what_it_is_told() -> None:
    stage = Stage(lambda: [Progress()])
    async with stage.run_test(size=(60, 2)) as pilot:
        assert stage.query_one(Progress).text == "0 of 0 done ────────── 0 %"
        stage.query_one(Progress).show(13, 13, "overdue by 3 h")
        await pilot.pause()
        assert lines(stage)[0].startswith("13 of 13 done ━━━━━━━━━━ 100 %")
        assert lines(stage)[0].endswith("overdue by 3 h")


async def test_a_text_line_wraps_elides_and_shows_controls() -> None:
    stage = Stage(lambda: [TextLine("one two three four five six", lines=2), TextLine("a\x1bb\nc", id="raw")])
    async with stage.run_test(size=(12, 6)) as pilot:
        assert lines(stage)[:3] == ["one two", "three four …", "a␛b␊c"]
        stage.query_one("#raw", TextLine).show("other")
        await pilot.pause()
        assert lines(stage)[2] == "other"
