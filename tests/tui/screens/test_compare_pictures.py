"""The compare screen, pictured at 80x24 and 120x40."""

import pytest

from afterword.cli.demo.making import Demo
from afterword.record.document import render
from afterword.record.model import ActionItem
from tests.checks.records import complete
from tests.pictures import Picture
from tests.tui.conftest import NOW
from tests.tui.driver import walking

FILE = "docs/postmortems/2026-03-02-refunds.md"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_compare(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    record = complete(status="in_review")
    (demo.path / FILE).parent.mkdir(parents=True, exist_ok=True)
    (demo.path / FILE).write_text(render(record))
    theirs = record.changed(
        summary="The support agent promised refunds that policy forbids, to 31 customers in the EU.",
        severity="SEV1",
        actions=(*record.actions, ActionItem(id="A2", type="detect", action="Alert on promised refunds")),
    )
    async with walking(demo.path, size, mode="edit", record_id="2026-03-02-refunds", now=NOW) as walk:
        await walk.go("Summary")
        await walk.type("Restoring the prompt ended it. ")
        await walk.go("Lessons")
        await walk.type("It took a day. ")
        await walk.settle()
        await walk.press("ctrl+q")
    (demo.path / FILE).write_text(render(theirs))
    async with walking(demo.path, size, mode="edit", record_id="2026-03-02-refunds", now=NOW) as walk:
        await walk.sees("Compare:", "1 of 4 parts to decide")
        await walk.pilot.pause(0.3)
        picture(walk.app, f"compare-{size[0]}x{size[1]}")
