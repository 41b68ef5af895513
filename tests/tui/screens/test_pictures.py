"""Every screen, pictured at 80x24 and 120x40; the pictures stand in `screenshots/` and in the README."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from afterword.cli.demo.making import Demo
from afterword.record.document import parse
from afterword.record.model import Cause, EffectivePrompt
from afterword.repo import Repository
from tests.evals.toy import ID, Toy
from tests.pictures import Picture
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking

SIZES = [(80, 24), (120, 40)]
RECORDS = Path(__file__).parents[2] / "records"


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """The terminal's size."""
    return request.param  # type: ignore[no-any-return]


@asynccontextmanager
async def written(demo: Demo, size: tuple[int, int]) -> AsyncIterator[Walker]:
    """A walk with the first sections filled in."""
    async with walking(demo.path, size, now=NOW, resolved="today 09:00", samples=demo.samples[:1]) as walk:
        await walk.paste("Support agent promised refunds that policy forbids")
        await walk.fill("Owner", "@support-platform")
        await walk.go("Times")
        await walk.type("2026-03-01 08:10")
        await walk.fill("Detected", "05:50")
        await walk.go("Timeline")
        await walk.paste("2026-03-03 05:50 detection customer: first ticket about a refused refund [ticket 8841]")
        await walk.press("enter")
        await walk.paste("2026-03-03 08:00 mitigation tool: refund clause restored and deployed")
        await walk.press("enter")
        await walk.settle()
        yield walk


async def test_home(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    store = Repository.open(demo.path).records
    for name in ("no-prompt", "overlapping-causes", "prompt-fix"):
        record = parse((RECORDS / f"{name}.md").read_text())
        store.save(record, f"2026-0{1 + len(store.list())}-15-{name}")
    async with written(demo, size) as walk:
        await walk.press("ctrl+q")
    async with walking(demo.path, size, mode="home", now=NOW) as walk:
        await walk.sees("Support agent promised", "Image moderation")
        picture(walk.app, f"home-{size[0]}x{size[1]}")


async def test_walk(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    async with written(demo, size) as walk:
        for title in ("Incident", "Times", "Summary", "Timeline", "Root cause", "Samples", "New eval case", "Save"):
            await walk.go(title)
            await walk.settle()
            picture(walk.app, f"walk-{title.lower().replace(' ', '-')}-{size[0]}x{size[1]}")


async def test_prompt(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    async with written(demo, size) as walk:
        await walk.go("Prompt diff")
        await walk.press("enter")
        await walk.sees("prompts/support", "@@")
        await walk.sees("Make the tone warmer", "say yes first")
        await walk.pilot.pause(0.3)
        picture(walk.app, f"prompt-{size[0]}x{size[1]}")


async def test_versions(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    async with written(demo, size) as walk:
        await walk.go("Prompt diff")
        await walk.press("enter")
        await walk.sees("Make the tone warmer", "say yes first")
        await walk.press("v")
        await walk.sees("Versions of", "added")
        await walk.press("home", "end", "space", "home")
        await walk.sees("» added", "→")
        await walk.pilot.pause(0.3)
        picture(walk.app, f"versions-{size[0]}x{size[1]}")


async def test_offending(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    async with written(demo, size) as walk:
        await walk.go("Prompt diff")
        await walk.press("enter")
        await walk.sees("Make the tone warmer", "say yes first")
        await walk.press("enter")
        await walk.sees("Mark lines")
        await walk.press("m")
        await walk.sees("Which of these lines")
        await walk.press("down", "space")
        picture(walk.app, f"offending-{size[0]}x{size[1]}")


async def test_offer(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    async with written(demo, size) as walk:
        await walk.go("Timeline")
        await walk.press("escape", "ctrl+g")
        await walk.sees("Space marks")
        await walk.press("space")
        picture(walk.app, f"offer-{size[0]}x{size[1]}")


async def test_redact(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    async with written(demo, size) as walk:
        await walk.go("Samples")
        await walk.press("enter")
        await walk.sees("undecided: r redacts")
        await walk.press("r", "e")
        await walk.sees("4 of 8 decided")
        picture(walk.app, f"redact-{size[0]}x{size[1]}")


async def test_own_words(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    async with walking(demo.path, size, now=NOW, resolved="today 09:00") as walk:
        await walk.paste("Support agent promised refunds that policy forbids")
        await walk.go("Summary")
        await walk.paste(f"The agent promised refunds to 31 customers; jane.roe{'@'}acme-shop.io wrote first.")
        await walk.go("Timeline")
        await walk.paste(f"2026-03-03 05:50 detection customer: ticket of jane.roe{'@'}acme-shop.io, +49 30 90182076")
        await walk.press("enter")
        await walk.press("ctrl+s")
        await walk.sees("Own words", "undecided: r redacts")
        await walk.press("r")
        await walk.sees("1 of 3 decided")
        picture(walk.app, f"own-words-{size[0]}x{size[1]}")


async def test_sample(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    async with written(demo, size) as walk:
        await walk.go("Samples")
        await walk.press("e")
        await walk.sees("What was said", "Support chat")
        picture(walk.app, f"sample-{size[0]}x{size[1]}")


async def test_dialogs(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    async with written(demo, size) as walk:
        await walk.press("f1")
        await walk.sees("Explain this screen")
        picture(walk.app, f"help-{size[0]}x{size[1]}")
        await walk.press("escape")
        await walk.go("Impact")
        await walk.press("f4")
        await walk.sees("nothing to write here")
        picture(walk.app, f"absent-{size[0]}x{size[1]}")
        await walk.press("escape")
        await walk.press("a")
        await walk.sees("Add measure")
        picture(walk.app, f"row-{size[0]}x{size[1]}")


async def test_preview(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    async with written(demo, size) as walk:
        await walk.go("Timeline")
        await walk.press("f5")
        await walk.sees("Preview: Timeline", "first ticket")
        picture(walk.app, f"preview-{size[0]}x{size[1]}")


async def test_save(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    async with walking(demo.path, size, now=NOW, resolved="today 09:00") as walk:
        await walk.paste("Support agent promised refunds that policy forbids")
        await walk.settle()
        await walk.press("ctrl+s")
        await walk.sees("Save the post-mortem")
        picture(walk.app, f"save-{size[0]}x{size[1]}")


async def test_origins(demo: Demo, size: tuple[int, int], picture: Picture) -> None:
    prompt = Repository.open(demo.path).read_text("HEAD", "prompts/support/system.md").text
    removed = "- Never leave a customer with a bad feeling: be generous, say yes first."
    text = f"{prompt}\n{removed}\nThe customer is Jane Roe, gold tier.\n"
    async with written(demo, size) as walk:
        walk.walk.session.set("causes[0]", Cause(effective=(EffectivePrompt(source="trace 7f3a", text=text),)))
        await walk.go("Prompt diff")
        await walk.press("t")
        await walk.sees("In git: no")
        await walk.pilot.pause(0.3)
        picture(walk.app, f"origins-{size[0]}x{size[1]}")


async def test_proof(tmp_path: Path, size: tuple[int, int], picture: Picture) -> None:
    toy = Toy(tmp_path / "agent")
    keys = {"setup": ["make models"], "link": [".venv", ".env"], "env": {"PYTHONPATH": "src"}, "repeat": 10}
    toy.configure(".venv/bin/pytest {case} --junitxml={out}", **keys)
    async with walking(toy.root, size, mode="edit", record_id=ID, now=NOW) as walk:
        await walk.go("New eval case")
        await walk.press("f7")
        await walk.sees("Run the case on both revisions?")
        picture(walk.app, f"proof-{size[0]}x{size[1]}")
