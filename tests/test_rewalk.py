"""A saved record, edited by hand and walked again: what the walk did not change is as it was, to the byte."""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from afterword.record.document import parse, render
from afterword.repo import Repository
from tests.checks.records import complete
from tests.histories import History
from tests.program import AFTERWORD, run, see
from tests.terminal import Terminal

ID = "2026-03-02-refunds"
FILE = f"docs/postmortems/{ID}.md"
EDIT = [*AFTERWORD, "edit", ID]
TICKET = "\n| 2026-03-03T08:40Z | detection | customer | First ticket |  |"
RESTORED = "\n| 2026-03-03T10:20Z | mitigation | tool | Prompt restored |  |"


def canonical() -> str:
    """A complete record as the program saves it."""
    text = render(complete(status="in_review"))
    assert "\n| 2026-03-03T08:40Z | detection | customer |" in text
    return text


def by_hand(text: str) -> str:
    """Edit it as colleagues do: a paragraph, a heading of their own, rows in another order, a key and a comment."""
    lines = text.split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("| 2026-03-03T08:40Z"))
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    text = "\n".join(lines)
    summary = "The support agent promised refunds that policy forbids.\n"
    text = text.replace(summary, f"{summary}\nAdded by hand:   a second  paragraph,\nkept *as it is*.\n", 1)
    text = text.replace("severity: SEV2\n", "severity: SEV2   # raised on day two\nticket: SUP-311 # ours\n", 1)
    text = text.replace(
        "\n## Root cause\n", "\n## What the bank said\n\n* nothing   yet\n\n\n* more\n\n## Root cause\n", 1
    )
    assert len(text.split("\n")) > len(lines) + 8
    return text


VARIANTS = {
    "canonical": canonical,
    "by hand": lambda: by_hand(canonical()),
    "by hand, CRLF": lambda: by_hand(canonical()).replace("\n", "\r\n"),
    "by hand, no newline at the end": lambda: by_hand(canonical()).rstrip("\n"),
    "of its own kind": lambda: (Path(__file__).parent / "records/edited-by-hand.md").read_bytes().decode(),
}


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A repository to save records in."""
    history = History(tmp_path / "agent")
    history.commit("Begin", {"prompts/system.md": "Be kind.\n"}, at="2026-03-01T10:00:00+00:00")
    return history


@pytest.fixture(params=list(VARIANTS))
def saved(request: pytest.FixtureRequest, history: History) -> str:
    """The text of a committed record."""
    text = VARIANTS[request.param]()
    history.commit("Add post-mortem", {FILE: text}, at="2026-03-04T10:00:00+00:00")
    return text


@contextmanager
def walk_again(history: History) -> Iterator[Terminal]:
    """Open the walk of the saved record."""
    with Terminal(EDIT, cwd=history.root, size=(100, 30)) as terminal:
        yield terminal.wait("What shall we call it")


def save(terminal: Terminal) -> None:
    """Save it where it was, and leave."""
    terminal.press("ctrl+s").wait("Save the post-mortem", FILE).press("enter")
    assert terminal.exit_code() == 0
    assert f"Saved: {FILE}" in terminal.main_screen()


def changes(before: str, after: str) -> list[tuple[list[str], list[str]]]:
    """The runs of lines that differ, line ends included."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    matched = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(old[a:b], new[c:d]) for kind, a, b, c, d in matched if kind != "equal"]


def on_disk(history: History) -> str:
    """The file, its line ends as they are."""
    return (history.root / FILE).read_bytes().decode()


def test_walked_and_saved_without_a_change(saved: str, history: History) -> None:
    with walk_again(history) as terminal:
        terminal.press(*["ctrl+n"] * 14).wait("Is it ready for others")
        save(terminal)
    assert on_disk(history) == saved
    assert history.git("status", "--porcelain") == ""


def test_only_what_the_walk_changed_differs(saved: str, history: History) -> None:
    """One field, one timeline row and one action: the lines around them are as they were."""
    with walk_again(history) as terminal:
        terminal.press("tab", "tab", "tab", "end").type("@again").wait("@again")
        terminal.press(*["ctrl+n"] * 4).wait("What happened when")
        terminal.paste("2026-06-01 12:45 communication tool: status page updated").settle().press("enter")
        terminal.wait("status page").press(*["ctrl+n"] * 8).wait("What will change")
        terminal.paste("detect: alert on promised refunds @support by 2026-07-20").settle().press("enter")
        terminal.wait("alert on promised")
        save(terminal)
    end = "\r\n" if "\r\n" in saved else "\n"
    found = changes(saved, on_disk(history))
    if "| Type |" not in saved:  # a table without the column that the new row needs gets it; its rows stay
        (headed,) = [run for run in found if run[0] and run[0][0].startswith("| Id |")]
        assert headed[1][0] == headed[0][0].replace("|" + end, "| Type |" + end)
        found.remove(headed)
    assert len(found) == 3, found
    (owner, owned), (no_row, row), (no_action, action) = found
    assert [line.replace("@again", "") for line in owned] == [line.replace("@again", "") for line in owner]
    assert len(owned) == 1 and owned[0].startswith("owner: ") and "@again" in owned[0]
    assert no_row == [] and no_action == []
    assert len(row) == 1 and row[0].endswith(end)
    assert "2026-06-01T12:45" in row[0] and "status page updated" in row[0]
    assert len(action) == 1 and action[0].endswith(end) and "alert on promised refunds" in action[0]
    record = parse(on_disk(history))
    assert record.timeline[-1].what == "status page updated"
    assert record.actions[-1].action == "alert on promised refunds"


def test_the_walk_lists_rows_in_the_order_of_the_file(history: History) -> None:
    history.commit("Add post-mortem", {FILE: by_hand(canonical())})
    with walk_again(history) as terminal:
        text = terminal.press(*["ctrl+n"] * 4).wait("What happened when", "First ticket").text()
        assert text.index("Prompt restored") < text.index("First ticket")
        terminal.press("ctrl+q").exit_code()


def test_a_record_that_passed_the_check_passes_it_again(history: History) -> None:
    history.commit("Add post-mortem", {FILE: by_hand(canonical())})
    assert run("check", ID, cwd=history.root).returncode == 0
    with walk_again(history) as terminal:
        terminal.type(" again").settle()
        save(terminal)
    assert parse(on_disk(history)).title.endswith(" again")
    assert run("check", ID, cwd=history.root).returncode == 0


# Somebody else writes at the same time


@pytest.fixture
def waiting(history: History) -> Iterator[Terminal]:
    """A walk with a changed title, during which a colleague pulls another version of the file."""
    text = by_hand(canonical())
    history.commit("Add post-mortem", {FILE: text})
    with walk_again(history) as terminal:
        terminal.type(" again").settle(0.8)
        history.write(FILE, text + "\nA colleague's line.\n")
        terminal.press("ctrl+s").wait("Save the post-mortem").press("enter")
        yield see(terminal, f"{FILE} was changed by somebody else since this walk began.", "under a new name")


def test_a_file_that_changed_meanwhile_is_not_written_over(waiting: Terminal, history: History) -> None:
    waiting.press("escape").wait_gone("Save the post-mortem").press("ctrl+q")
    assert waiting.exit_code() == 0
    assert on_disk(history) == by_hand(canonical()) + "\nA colleague's line.\n"
    (draft,) = Repository.open(history.root).drafts.list()
    assert draft.record.title.endswith(" again")


def test_under_another_name_it_keeps_what_was_written_by_hand(waiting: Terminal, history: History) -> None:
    """Another name is given: the colleague's file stays theirs, and the new one differs in the title alone."""
    waiting.wait("Another name").press("shift+tab").press(*["backspace"] * 3).type("-2.md").wait(f"{ID}-2.md").press(
        "enter"
    )
    assert waiting.exit_code() == 0
    assert on_disk(history) == by_hand(canonical()) + "\nA colleague's line.\n"
    other = (history.root / FILE.replace(".md", "-2.md")).read_bytes().decode()
    found = changes(by_hand(canonical()), other)
    assert len(found) == 2, "the title stands in the front matter and as the heading"
    assert all([line.replace(" again", "") for line in new] == old for old, new in found)
    assert Repository.open(history.root).drafts.list() == []


def test_a_file_that_is_gone_is_not_brought_back_unasked(history: History) -> None:
    history.commit("Add post-mortem", {FILE: canonical()})
    with walk_again(history) as terminal:
        terminal.type(" again").settle(0.8)
        (history.root / FILE).unlink()
        terminal.press("ctrl+s").wait("Save the post-mortem").press("enter")
        see(terminal, f"{FILE} is not there any more. Save it under a new name, or bring the file back.")
        history.git("checkout", "--", FILE)
        assert terminal.press("enter").exit_code() == 0
    assert parse(on_disk(history)).title.endswith(" again")


def test_a_file_that_does_not_parse_is_refused(history: History) -> None:
    text = canonical().replace("severity: SEV2\n", "severity: [SEV2\n")
    line = text.split("\n").index("severity: [SEV2") + 1
    history.commit("Break it", {FILE: text})
    with Terminal(EDIT, cwd=history.root, size=(120, 30)) as terminal:
        assert terminal.exit_code() == 2
        assert f"{FILE}, line {line + 1}: the front matter is not YAML" in terminal.text()
        assert "by hand" in terminal.text()
    assert on_disk(history) == text
