"""The field for a time, and what it says about what was typed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from afterword.record.when import When
from afterword.tui.widgets.time_input import TimeInput
from tests.tui.widgets.stage import Stage, lines

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def field(value: str = "") -> TimeInput:
    return TimeInput(value, now=lambda: NOW, zone=BERLIN)


async def test_a_time_is_understood_while_it_is_typed() -> None:
    stage = Stage(lambda: [field()])
    async with stage.run_test(size=(60, 8)) as pilot:
        stage.query_one(TimeInput).focus()
        await pilot.press(*"yesterday", "space", *"14:05")
        await pilot.pause()
        text = "\n".join(lines(stage))
        assert "= " in text
        assert "2026-03-02 13:05 UTC" in text
        assert "+01:00" in text
        told = [message for message in stage.told if isinstance(message, TimeInput.TimeUnderstood)]
        assert told[-1].text == "yesterday 14:05"
        assert told[-1].when == stage.query_one(TimeInput).when
        assert told[-1].when is not None
        assert told[-1].when.earliest == datetime(2026, 3, 2, 13, 5, tzinfo=UTC)


async def test_an_unreadable_time_says_why_and_is_none() -> None:
    stage = Stage(lambda: [field("2026-03")])
    async with stage.run_test(size=(60, 8)) as pilot:
        widget = stage.query_one(TimeInput)
        assert widget.when == When.parse("2026-03")
        widget.focus()
        await pilot.press("x", "y")
        await pilot.pause()
        assert widget.when is None
        assert widget.error
        assert "? " in "\n".join(lines(stage))
        assert widget.value == "2026-03xy"
        await pilot.press("backspace", "backspace")
        await pilot.pause()
        assert widget.error == ""
        assert widget.when == When.parse("2026-03")


async def test_nothing_typed_is_no_error() -> None:
    stage = Stage(lambda: [field("now")])
    async with stage.run_test(size=(60, 8)) as pilot:
        widget = stage.query_one(TimeInput)
        widget.value = ""
        await pilot.pause()
        assert (widget.when, widget.error, widget.note) == (None, "", "")


async def test_a_bare_clock_time_belongs_to_the_day_of_reference() -> None:
    stage = Stage(lambda: [field("09:00")])
    async with stage.run_test(size=(60, 8)) as pilot:
        widget = stage.query_one(TimeInput)
        widget.reference = When.parse("2026-02-10")
        await pilot.pause()
        assert widget.when is not None
        assert widget.when.earliest == datetime(2026, 2, 10, 8, tzinfo=UTC)


async def test_the_sentence_never_moves_what_stands_below() -> None:
    stage = Stage(lambda: [field(""), field("now")])
    async with stage.run_test(size=(40, 12)) as pilot:
        first, second = stage.query(TimeInput)
        before = second.region
        first.focus()
        await pilot.press(*"gibberish of some length")
        await pilot.pause()
        assert second.region == before
