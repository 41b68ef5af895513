"""The lines of an effective prompt, traced in the walk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from afterword.record.model import Cause, EffectivePrompt, PromptChange
from afterword.record.vocabulary import Answer
from afterword.tui.screens.origins import OriginsScreen
from tests.histories import History
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking

GREETING = "You are the support agent of a small shop."
TEXT = f"{GREETING}\n\nThe customer is called Jane.\n```\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    history = History(tmp_path / "shop")
    history.commit("1", {"prompts/support.md": f"{GREETING}\n"}, at="2026-03-01T10:00:00Z")
    return history.root


@asynccontextmanager
async def pasted(root: Path, *prompts: EffectivePrompt) -> AsyncIterator[Walker]:
    """A walk at the prompts of a cause that has pasted ones."""
    async with walking(root, now=NOW) as walk:
        walk.walk.session.set("causes[0]", Cause(effective=prompts))
        await walk.go("Prompt diff")
        yield walk


def effective(walk: Walker) -> EffectivePrompt:
    (prompt,) = walk.walk.session.record.causes[0].effective
    return prompt


async def test_the_table_and_the_answer_are_taken_by_a_person(shop: Path) -> None:
    async with pasted(shop, EffectivePrompt(source="trace 7f3a", text=TEXT)) as walk:
        await walk.sees("trace 7f3a", "Trace lines")
        await walk.press("t")
        await walk.sees("verbatim in", "never in this", "1 too short to tell", "In git: no", "3 of 3 done")
        assert effective(walk).origins == ()
        await walk.press("enter")
        await walk.sees("2 rows traced")
        prompt = effective(walk)
        assert [row.line for row in prompt.origins] == [GREETING, "The customer is called Jane."]
        assert prompt.origins[0].origin.startswith("verbatim in `prompts/support.md`:1 since 2026-03-01 (")
        assert prompt.origins[1].origin == "never in this repository"
        assert (prompt.versioned, prompt.source, prompt.text) == (Answer.NO, "trace 7f3a", TEXT.rstrip("\n"))
        await walk.press("ctrl+z")
        assert effective(walk).origins == ()


async def test_the_answer_can_be_changed_and_escape_changes_nothing(shop: Path) -> None:
    async with pasted(shop, EffectivePrompt(text=TEXT)) as walk:
        await walk.press("t")
        await walk.sees("In git: no")
        await walk.press("v")
        await walk.sees("In git: unknown")
        await walk.press("escape")
        await walk.sees("Which prompt changed")
        assert effective(walk) == EffectivePrompt(text=TEXT)
        await walk.press("t")
        await walk.sees("In git: no")
        await walk.press("v", "v", "enter")
        await walk.sees("2 rows traced")
        assert effective(walk).versioned is Answer.YES


async def test_another_text_has_other_origins(shop: Path) -> None:
    async with pasted(shop, EffectivePrompt(source="x", text=TEXT)) as walk:
        await walk.press("t")
        await walk.sees("In git: no")
        await walk.press("enter")
        await walk.sees("2 rows traced")
        await walk.press("enter")
        await walk.sees("Edit effective prompt")
        await walk.type("9")
        await walk.press("ctrl+s")
        await walk.sees("2 rows traced")
        await walk.press("enter")
        await walk.sees("Edit effective prompt")
        await walk.press("tab", "tab")
        await walk.type("Another line. ")
        await walk.press("ctrl+s")
        await walk.sees("t traces")
        assert effective(walk).origins == () and "Another line." in effective(walk).text


async def test_a_change_of_a_prompt_has_no_lines_to_trace(shop: Path) -> None:
    async with walking(shop, now=NOW) as walk:
        walk.walk.session.set("causes[0]", Cause(prompts=(PromptChange(path="prompts/support.md"),)))
        await walk.go("Prompt diff")
        await walk.press("t")
        assert not isinstance(walk.app.screen, OriginsScreen)
        assert any("t traces the lines of an effective" in each.message for each in walk.app._notifications)


async def test_leaving_while_git_reads_ends_it(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = History.at(shop)
    for n in range(30):
        history.commit("x", {"prompts/support.md": f"{GREETING}\n{n}\n"})
    async with pasted(shop, EffectivePrompt(text=TEXT)) as walk:
        for _ in range(5):
            await walk.press("t", "escape")
            await walk.sees("Which prompt changed")
        await walk.press("t")
        await walk.sees("In git: no", "3 of 3 done")


async def test_text_that_is_foreign_to_a_terminal_is_made_visible(shop: Path) -> None:
    async with pasted(shop, EffectivePrompt(text="[bold]One line with \x1b[31m colour and [/nothing]\n")) as walk:
        await walk.press("t")
        await walk.sees("[bold]One line with ␛[31m", "never in this")
