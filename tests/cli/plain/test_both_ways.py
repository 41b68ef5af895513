"""The walk and plain mode write the same record, and take each other's drafts."""

import json
from pathlib import Path

from tests.cli.plain.answers import SKIP, script
from tests.cli.plain.conftest import Plain
from tests.histories import History
from tests.tui.driver import Walker, walking

TITLE = "Support agent promised refunds that policy forbids"
MAIL = "henrike.vossberg" + "@" + "post-larkfeld" + ".net"
EVENT = "2026-03-03 08:40 detection customer: first ticket about a refused refund [ticket 8841]"
ACTION = "prevent: run the suite on every prompt change @ml-platform 2026-03-20"


async def walked(root: Path, sample: Path) -> bytes:
    """Write the record in the walk, and return its file."""
    async with walking(root, samples=(sample,)) as walk:
        await walk.fill("Title", TITLE)
        await walk.fill("Severity", "2")
        await walk.fill("Owner", "@support-platform")
        await walk.fill("Tags", "refunds, tone")
        await walk.go("Times")
        await walk.fill("Impact started", "2026-03-02 14:05")
        await walk.fill("Detected", "08:40")
        await walk.fill("Diagnosed", "unknown")
        await walk.go("Summary")
        await walk.type("For two days.\n\nIt ended.")
        await walk.go("Timeline")
        await walk.type(f"{EVENT}\n")
        await walk.go("Root cause")
        await walk.fill("Cause", "A tone edit removed the clause")
        await walk.fill("Role", "root")
        await walk.fill("Provider's part", "no")
        await walk.go("Prompt diff")
        await walk.press("enter")
        await walk.sees("Make the tone warmer")
        await walk.press("enter")
        await walk.sees("Which prompt changed", "support.md")
        await absent(walk, "Eval gap", "no eval took part")
        await decided(walk)
        await walk.go("Action items")
        await walk.type(f"{ACTION}\n")
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        await walk.press("enter")
        await walk._until(lambda: list(root.glob("docs/postmortems/*.md")), "the file")
    (path,) = root.glob("docs/postmortems/*.md")
    return path.read_bytes()


async def absent(walk: Walker, section: str, why: str) -> None:
    """Answer a section with: not applicable."""
    await walk.go(section)
    await walk.press("f4")
    await walk.sees("nothing to write here?")
    await walk.press("tab")
    await walk.type(f"{why}\n")
    await walk.sees(why)


async def decided(walk: Walker) -> None:
    """Redact the one finding of the waiting sample."""
    await walk.go("Samples")
    await walk.press("enter")
    await walk.sees("undecided: r redacts")
    await walk.press("r")
    await walk.sees("All are decided")
    await walk.press("escape")


def answered(sample: Path) -> str:
    """The same as a script."""
    cause = ("A tone edit removed the clause", "root cause", *[SKIP] * 4, "no", *[SKIP] * 5)
    return script(
        (TITLE, "2", SKIP, "@support-platform", SKIP, SKIP, "refunds, tone", ":go times"),
        ("2026-03-02 14:05", "08:40", SKIP, "unknown", SKIP, SKIP, "For two days.\n\nIt ended.", "."),
        (":next", EVENT, SKIP, *cause, "y", "1", *[SKIP] * 3, SKIP, SKIP, "not applicable (no eval took part)"),
        (*[SKIP] * 6, "r", SKIP, SKIP, ":go actions", ACTION, ":save", SKIP, SKIP),
    )


def sample_beside(history: History) -> Path:
    """A sample with one finding."""
    path = history.root.parent / "trace.txt"
    path.write_text(f"write to {MAIL} today\n")
    return path


async def test_the_same_answers_make_the_same_file_to_the_byte(plain: Plain) -> None:
    sample = sample_beside(plain.history)
    from_walk = await walked(plain.history.root, sample)
    (path,) = plain.history.root.glob("docs/postmortems/*.md")
    path.unlink()
    done = plain(answered(sample), "new", "--plain", "--sample", str(sample))
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == from_walk
    assert b"[EMAIL_1]" in from_walk
    assert b"~~~diff" in from_walk


async def test_a_draft_of_the_walk_goes_on_in_plain_mode(plain: Plain) -> None:
    async with walking(plain.history.root) as walk:
        await walk.fill("Title", TITLE)
        await walk.go("Timeline")
        await walk.type("08:4x detection: half typed")
        await walk.settle()
    assert "Typed and not taken yet" in plain(":quit\n", "edit", "--plain").stderr
    done = plain(script((EVENT, SKIP, ":save", SKIP, SKIP)), "edit", "--plain")
    assert [row.evidence for row in plain.record(done).timeline] == ["ticket 8841"]
    assert plain.record(done).title == TITLE


async def test_a_draft_of_plain_mode_goes_on_in_the_walk(plain: Plain) -> None:
    begun = plain(script((TITLE, ":go impact", "y", "wrong promises", "31", ":back", ":back", ":back", ":quit")))
    kept = json.loads(plain.drafts()[0].read_text())["inputs"]
    assert json.loads(kept["impact[0]"])["value"] == "31", begun.stderr
    async with walking(plain.history.root, mode="edit", record_id=plain.draft_id(begun)) as walk:
        await walk.sees("How much, of what")
        await walk.press("a")
        await walk.sees("Add measure", "wrong promises", "31")
        await walk.press("ctrl+s")
        await walk.sees_not("Add measure")
        await walk.settle()
    done = plain(script((":go save", "y", SKIP, SKIP)), "edit", "--plain")
    assert [row.value for row in plain.record(done).impact] == ["31"]
