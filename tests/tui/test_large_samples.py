"""A large sample: something to decide upon at once, nothing saved before all of it was seen."""

from pathlib import Path

from afterword.redaction import name_model
from afterword.tui.subjects import SampleSubject
from tests.tui.conftest import NOW
from tests.tui.driver import walking

FIRST, LAST = "jane.roe@" + "acme-shop.io", "rob.poe@" + "acme-shop.io"
LINE = "agent: your parcel has left the warehouse and will reach you in two days\n"


async def test_the_beginning_can_be_decided_before_the_end_was_seen(plain: Path) -> None:
    file = plain.parent / "trace.txt"
    file.write_text(text := f"user: I am {FIRST}\n{LINE * 6_000}user: and {LAST}\n")
    async with walking(plain, now=NOW, title="Late parcel", samples=(file,)) as walk:
        session = walk.walk.session
        subject = SampleSubject(session, 0)
        looks = subject.look(text)
        subject.scanned(text, next(looks))
        state = subject.redaction()
        assert state and [state.value(0)] == [FIRST] and not state.complete
        subject.decide(state.accept(0))
        assert any("was looked through only to line" in each.message for each in session.blocking())
        for found in looks:
            subject.scanned(text, found)
        state = subject.redaction()
        assert state and state.complete
        assert [state.value(at) for at in range(2)] == [FIRST, LAST]
        assert state.decision(0) is not None and state.decision(1) is None


async def test_a_large_text_is_searched_to_its_end_and_decided(plain: Path) -> None:
    file = plain.parent / "trace.txt"
    file.write_text(f"user: I am {FIRST}\n{LINE * 6_000}user: and {LAST}\n")
    async with walking(plain, now=NOW, title="Late parcel", samples=(file,)) as walk:
        await walk.go("Samples")
        await walk.press("enter")
        await walk.sees("0 of 2 decided", "ner" if name_model() else "no extras")
        await walk.press("r", "r")
        await walk.sees("All are decided")
        assert not [each for each in walk.walk.session.blocking() if each.section == "samples"]
