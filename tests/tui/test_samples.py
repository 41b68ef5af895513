"""Samples as their author meets them: reading a file, typing the facts, deciding on findings, marking more."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from afterword.redaction import Redaction
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking

TEXT = (
    "user: I am at jane.roe@acme-shop.io, call me on +49 30 901820 or write to\n"
    "john.poe@acme-shop.io, not to jane.roe@acme-shop.io.\n"
    "agent: Project Falcon will refund you.\n"
)


@asynccontextmanager
async def deciding(plain: Path, text: str = TEXT) -> AsyncIterator[Walker]:
    """Go to the findings of one sample."""
    file = plain.parent / "trace.txt"
    file.write_text(text)
    async with walking(plain, now=NOW, samples=(file,)) as walk:
        await walk.go("Samples")
        await walk.press("enter")
        await walk.sees("undecided: r redacts")
        yield walk


def decisions(walk: Walker) -> list[str]:
    """The values that are decided upon, in the order of the text."""
    state: Redaction | None = walk.walk.session.samples.redaction(0)
    assert state is not None
    return [state.value(at) for at in range(len(state.findings)) if state.decision(at) is not None]


async def told(walk: Walker, words: str) -> None:
    """Wait for a notification."""
    await walk._until(lambda: any(words in each.message for each in walk.app._notifications), f"{words!r} told")


def last_lines(walk: Walker) -> str:
    """The state of the current finding and the key bar."""
    return "\n".join(walk.lines[-3:])


# From a file


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("~nosuchuser/x", "does not name a file"),
        ("missing.txt", "No such file"),
        ("/dev/zero", "not a regular file"),
        (".", "not a regular file"),
        ("fifo", "not a regular file"),
        ("huge", "larger than 4 MB"),
        ("latin", "latin is not UTF-8 (line 2, byte 9). Convert it first: iconv"),
    ],
)
async def test_what_cannot_be_a_sample_is_refused_with_a_sentence(
    plain: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(plain.parent)
    os.mkfifo("fifo")
    with Path("huge").open("wb") as file:
        file.truncate(4 * 1024 * 1024 + 1)
    Path("latin").write_bytes("agent:\nGrüße\n".encode("latin-1"))
    async with walking(plain, now=NOW) as walk:
        await walk.go("Samples")
        await walk.press("f")
        await walk.sees("Which file holds the sample?")
        await walk.type(f"{name}\n")
        await told(walk, said)
        assert walk.walk.session.samples.raw == ()


# Typing one


async def test_a_new_sample_with_a_title_alone_is_kept(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Samples")
        await walk.press("a")
        await walk.sees("What was said")
        await walk.press(*["shift+tab"] * 6)
        await walk.type("promises a refund")
        await walk.press("escape")
        await walk.sees("promises a refund", "no text yet")
        assert [sample.title for sample in walk.walk.session.samples.raw] == ["promises a refund"]
        await walk.press("enter")
        await walk.sees("What was said")
        await walk.type("You get it all back.")
        await walk.press("escape")
        await walk.sees("not looked through")


async def test_a_new_sample_left_empty_goes(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Samples")
        await walk.press("a")
        await walk.sees("What was said")
        await walk.press("escape")
        await walk.sees("No sample yet")
        assert walk.walk.session.samples.raw == ()


async def test_editing_a_sample_begins_in_its_title(plain: Path) -> None:
    file = plain.parent / "trace.txt"
    file.write_text(TEXT)
    async with walking(plain, now=NOW, samples=(file,)) as walk:
        await walk.go("Samples")
        await walk.press("e")
        await walk.sees("What was said")
        await walk.type("Falcon")
        await walk.press("escape")
        await walk.sees("Falcon")
        sample = walk.walk.session.samples.raw[0]
        assert (sample.title, sample.text) == ("Falcon", TEXT)


async def test_every_label_stands_on_the_line_of_its_field(plain: Path) -> None:
    file = plain.parent / "trace.txt"
    file.write_text(TEXT)
    said = {"Title": "a refund", "Model": "gpt-4o", "When": "2026-03-02", "Failed": "4", "Of trials": "10"}
    async with walking(plain, now=NOW, samples=(file,)) as walk:
        await walk.go("Samples")
        await walk.press("e")
        await walk.sees("What was said")
        for text in said.values():
            await walk.type(text)
            await walk.press("tab")
        rows = {line[:18].strip(): line[18:].strip() for line in walk.lines if line[1:2].strip()}
        assert {label: rows.get(label) for label in said} == said


async def test_samples_without_a_title_are_told_apart(plain: Path) -> None:
    async with walking(plain, now=NOW) as walk:
        await walk.go("Samples")
        for text in ('{\n"said": "one"}', '{\n"said": "two"}'):
            await walk.press("a")
            await walk.sees("What was said")
            await walk.type(text)
            await walk.press("escape")
        await walk.sees("sample 1", "sample 2")


# Deciding


async def test_undo_takes_the_last_decision_back(plain: Path) -> None:
    async with deciding(plain) as walk:
        await walk.press("r")
        await walk.sees("2/4", "1 of 4 decided")
        await walk.press("u")
        await walk.sees("1/4", "0 of 4 decided", "undecided: r redacts")
        assert decisions(walk) == []


async def test_undo_follows_the_order_of_the_decisions(plain: Path) -> None:
    async with deciding(plain) as walk:
        await walk.press("down", "down", "r")
        await walk.sees("1 of 4 decided")
        await walk.press("up", "up", "up", "e")
        await walk.sees("3 of 4 decided")
        assert decisions(walk) == ["jane.roe@acme-shop.io", "john.poe@acme-shop.io", "jane.roe@acme-shop.io"]
        await walk.press("u")
        await walk.sees("1 of 4 decided")
        assert decisions(walk) == ["john.poe@acme-shop.io"]
        await walk.press("u")
        await walk.sees("0 of 4 decided", "3/4")
        await walk.press("u")
        await told(walk, "Nothing is decided yet")


async def test_undo_on_a_decided_finding_takes_that_decision_back(plain: Path) -> None:
    async with deciding(plain) as walk:
        await walk.press("r", "r")
        await walk.sees("2 of 4 decided")
        await walk.press("up", "up", "u")
        await walk.sees("1/4", "1 of 4 decided")
        assert decisions(walk) == ["+49 30 901820"]


async def test_undo_goes_on_after_coming_back(plain: Path) -> None:
    async with deciding(plain) as walk:
        await walk.press("r", "r", "escape")
        await walk.sees("2 of 4 undecided")
        await walk.press("enter")
        await walk.sees("3/4", "undecided: r redacts")
        await walk.press("u")
        await walk.sees("2/4", "1 of 4 decided")
        assert decisions(walk) == ["jane.roe@acme-shop.io"]


async def test_the_reason_is_said_to_go_with_the_draft(plain: Path) -> None:
    async with deciding(plain) as walk:
        await walk.press("k")
        await walk.sees("be published?", "It goes with the", "not written into")


# Marking


async def test_marking_shows_what_the_keys_do(plain: Path) -> None:
    async with deciding(plain) as walk:
        await walk.press("m")
        await walk.sees("Marking: arrows move, m begins, Enter takes, Esc gives up", "Give up")
        await walk.press("m")
        await walk.sees("Marking: arrows extend")
        await walk.press("escape")
        await walk.sees("undecided: r redacts", "Everywhere")
        assert "Marking" not in walk.text


@pytest.mark.parametrize("key", ["r", "k", "e", "l", "u", "A", "K"])
async def test_nothing_is_decided_while_marking(plain: Path, key: str) -> None:
    async with deciding(plain) as walk:
        await walk.press("r")
        await walk.sees("1 of 4 decided")
        await walk.press("m", key)
        await walk.sees("Marking: arrows move")
        assert decisions(walk) == ["jane.roe@acme-shop.io"]


async def test_going_to_a_finding_ends_the_marking(plain: Path) -> None:
    async with deciding(plain) as walk:
        await walk.press("m")
        await walk.sees("Marking: arrows move")
        await walk.press("tab")
        await walk.sees("2/4", "undecided: r redacts")
        assert "Redact" in last_lines(walk)


async def test_a_mark_says_only_what_it_is(plain: Path) -> None:
    async with deciding(plain) as walk:
        await walk.press("m", "ctrl+end", *["ctrl+left"] * 4, "enter")
        await walk.sees("What is the marked passage?")
        await walk.press(*["backspace"] * 6)
        await walk.type("trace\n")
        await walk.sees("1 of 5 decided")
        await walk.press("up")
        await walk.sees("TRACE (marked by hand)")
        assert "almost certainly trace" not in walk.text
        assert decisions(walk) == ["Falcon"]
        await walk.press("u")
        await walk.sees("0 of 4 decided")
