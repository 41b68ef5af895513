"""Two who write one record, one of them in plain mode: both are told, nothing that was typed is lost."""

import json

import pytest

from afterword.record.document import render
from tests.checks.records import complete
from tests.cli.plain.test_terminal import asked
from tests.histories import History

ID = "2026-03-02-refunds"
FILE = f"docs/postmortems/{ID}.md"
OLD = "The support agent promised refunds that policy forbids."


@pytest.fixture
def saved(repository: History) -> History:
    """A repository with one saved record."""
    repository.commit("Add post-mortem", {FILE: render(complete(status="in_review"))})
    return repository


def on_disk(history: History) -> str:
    return (history.root / FILE).read_text()


@pytest.mark.parametrize(("answer", "summary"), [("m", "Mine."), ("t", "Theirs.")])
def test_where_both_changed_the_same_the_author_chooses(saved: History, answer: str, summary: str) -> None:
    with asked(saved, "edit", "--plain", ID) as terminal:
        terminal.wait("Title [").type(":go summary\n").wait("Summary, text").type("Mine.\n.\n").settle()
        saved.write(FILE, on_disk(saved).replace(OLD, "Theirs.").replace("severity: SEV2", "severity: SEV1"))
        terminal.type(":save\n").wait("File [").type("\n")
        terminal.wait("was changed on disk", "Both of you changed it", "+Theirs.", "+Mine.", "Take which?")
        terminal.type("both\n").wait("is not one of the answers").type(f"{answer}\n")
        terminal.settle().type("\n").wait("Saved:", "Commit").type("\n")
        assert terminal.exit_code() == 0
    assert f"## Summary\n\n{summary}\n" in on_disk(saved)
    assert "severity: SEV1" in on_disk(saved)
    (aside,) = (saved.root / ".git/afterword/aside").glob("*.md")
    assert ({"Mine.", "Theirs."} - {summary}).pop() in aside.read_text()


def test_another_name_keeps_both(saved: History) -> None:
    with asked(saved, "edit", "--plain", ID) as terminal:
        terminal.wait("Title [").type(":go summary\n").wait("Summary, text").type("Mine.\n.\n").settle()
        saved.write(FILE, theirs := on_disk(saved).replace(OLD, "Theirs."))
        terminal.type(":save\n").wait("File [").type("\n").wait("Take which?").type("\n")
        terminal.wait(f"{ID}-2.md]").type("\n").wait("Saved:", "Commit").type("\n")
        assert terminal.exit_code() == 0
    assert on_disk(saved) == theirs
    assert "Mine." in (saved.root / f"docs/postmortems/{ID}-2.md").read_text()


def test_a_draft_that_somebody_else_writes_is_left_to_them(repository: History) -> None:
    with asked(repository, "new", "--plain", "A title") as terminal:
        terminal.wait("Title [").type("\n").wait("Severity").type("2\n").wait("Customers noticed").settle()
        (path,) = (repository.root / ".git/afterword/drafts").glob("*.json")
        theirs = json.loads(path.read_text())
        path.write_text(json.dumps(theirs | {"writer": "elsewhere", "revision": theirs["revision"] + 1}))
        terminal.type("yes\n").wait("Another afterword is writing this draft").wait("Owner").type(":quit\n")
        assert terminal.exit_code() == 0
    drafts = [json.loads(each.read_text()) for each in path.parent.glob("*.json")]
    assert sorted(each["record"].get("customers_noticed") or "open" for each in drafts) == ["open", "yes"]
