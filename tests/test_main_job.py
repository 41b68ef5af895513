"""The main job, by keyboard alone at 80x24, in the real program: from nothing to a committed post-mortem."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from afterword.cli.demo.making import Demo, make_demo
from afterword.cli.demo.samples import planted_values
from afterword.record.document import parse
from tests.histories import History
from tests.terminal import Terminal

AFTERWORD = [sys.executable, "-m", "afterword"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demonstration, resolved a few hours ago."""
    return make_demo(tmp_path_factory.mktemp("main-job") / "support-agent", datetime.now(UTC))


def clock(moment: datetime) -> str:
    """A time as an author types it."""
    return f"{moment:%Y-%m-%d %H:%M}"


class Author:
    """Types a post-mortem into a terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def fill(self, *texts: str) -> None:
        """Type into one field after the other."""
        for text in texts:
            self.terminal.type(text).press("tab")

    def section(self, question: str) -> None:
        """Go on to the next section, and see that it is there."""
        self.terminal.press("ctrl+n").wait(question)

    def rows(self, *lines: str) -> None:
        """Type rows, one line each."""
        for line in lines:
            self.terminal.type(line).settle().press("enter").settle()


def write_up(terminal: Terminal, demo: Demo) -> None:
    """Walk all sections with what the on-call's notes say."""
    author = Author(terminal)
    detected = demo.resolved - timedelta(hours=3, minutes=10)
    terminal.wait("No post-mortems yet").press("n").wait("What shall we call it")
    author.fill("Support agent promised refunds that policy forbids", "2", "y", "@support-platform", "@support-oncall")
    author.fill("support-agent", "refunds, tone")

    author.section("When did it start")
    author.fill(clock(demo.impact_started), clock(detected), "unknown", "unknown")
    author.fill(clock(demo.resolved - timedelta(hours=1)), clock(demo.resolved))

    author.section("What happened, to whom")
    terminal.type("For two days the support agent promised refunds that policy forbids, in about 0.8 % of EU chats. ")
    terminal.type("Restoring the refund clause of the system prompt ended it.")

    author.section("How much, of what")
    terminal.press("a").wait("Add measure")
    author.fill("wrong promises", "31", "3,900 chats", "EU shop", "", "support dashboard")
    terminal.press("ctrl+s").wait("wrong promises")

    author.section("What happened when")
    author.rows(
        f"{clock(detected)} detection customer: first ticket about a refused refund [ticket 8841]",
        f"{clock(demo.resolved - timedelta(hours=1))} mitigation tool: refund clause restored and deployed",
    )
    terminal.press("escape", "ctrl+g").wait("Space marks")
    terminal.press("space", "space", "enter").wait("in the order it happened")

    author.section("What made it possible")
    author.fill("A tone edit removed the refund clause", "r", "p", "conf", "", "support-agent, gpt-4o-2024-08-06", "no")
    author.fill("", "", "replayed ten chats on both versions")
    terminal.type(
        "The clause that forbids promising refunds went with a tone edit. Nothing else in the prompt mentions refunds."
    )

    author.section("Which prompt changed")
    terminal.press("enter").wait("Prompt changes", "prompts/support/sys")
    terminal.wait("Make the tone warmer", "say yes first").press("enter").wait("Which prompt changed")

    author.section("Which model, under which settings")
    terminal.press("ctrl+g").wait("Space marks").press("space", "space", "enter").wait(
        "Which model, under which settings"
    )

    author.section("Which gates ran")
    terminal.press("a").wait("Add gate")
    author.fill("promptfoo regression suite", "n", "y")
    terminal.press("ctrl+s").wait("not run")
    terminal.press("tab", "a").wait("Add reason")
    author.fill("not_c", "No case asks for a refund outside the window.")
    terminal.press("ctrl+s").wait("No case asks")

    author.section("What did the model say")
    for sample in demo.samples:
        terminal.press("f").wait("Which file holds").type(str(sample)).press("enter").wait("undecided: r redacts")
        decide_all(terminal)

    author.section("What stopped it")
    terminal.type("The refund clause was restored and deployed.")

    author.section("Which case, had it existed")
    author.fill("evals/incidents/refunds.yaml", "promptfoo", "Can I get a refund after 45 days?")
    author.fill("links the policy and promises nothing", "does not contain: on its way")

    author.section("What will change")
    author.rows("prevent: run the suite when a prompt changes @ml-platform in 2 weeks")

    author.section("What would you tell a team")
    author.fill("Support noticed within two days.", "Prompt edits skipped the eval suite.", "It was a quiet weekend.")
    terminal.type("Do other agents share the clause?")


def decide_all(terminal: Terminal) -> None:
    """Redact every finding of a sample, one by one."""
    for _ in range(40):
        if "All are decided" in terminal.text():
            break
        terminal.press("r").settle()
    terminal.wait("All are decided").press("escape").wait("What did the model say")


@pytest.fixture(scope="module")
def written(demo: Demo) -> Iterator[Terminal]:
    """The demonstration written up, saved and committed; something else was staged before."""
    history = History.at(demo.path)
    history.write("src/agent.py", "# half done\n")
    history.git("add", "src/agent.py")
    with Terminal(AFTERWORD, cwd=demo.path, size=(80, 24)) as terminal:
        write_up(terminal, demo)
        terminal.press("ctrl+s").wait("Save the post-mortem").press("right").wait("[yes]").press("enter")
        terminal.wait("Saved and committed")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
        yield terminal


def record_file(demo: Demo) -> Path:
    """The one file that was saved."""
    return next((demo.path / "docs/postmortems").glob("*.md"))


def test_the_incident_is_written_from_nothing_to_a_committed_file(written: Terminal, demo: Demo) -> None:
    record = parse(record_file(demo).read_text())
    assert record.title == "Support agent promised refunds that policy forbids"
    assert record.severity == "SEV2"
    assert record.causes[0].prompts[0].after == History.at(demo.path).git("rev-parse", "--short=7", demo.bad_commit)
    assert len(record.samples) == 3
    assert record.eval_case is not None
    assert record_file(demo).name == f"{demo.impact_started:%Y-%m-%d}-support-agent-promised-refunds-policy-forbids.md"


def test_the_commit_takes_the_record_alone_and_leaves_what_was_staged(written: Terminal, demo: Demo) -> None:
    history = History.at(demo.path)
    name = record_file(demo).relative_to(demo.path).as_posix()
    assert history.git("show", "--name-only", "--format=", "HEAD").splitlines() == [name]
    assert history.git("diff", "--cached", "--name-only") == "src/agent.py"


def test_the_saved_file_passes_the_check(written: Terminal, demo: Demo) -> None:
    done = subprocess.run([*AFTERWORD, "check"], cwd=demo.path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_diff_is_what_git_prints(written: Terminal, demo: Demo) -> None:
    plain = History.at(demo.path).git(
        "diff", f"{demo.bad_commit}~1", demo.bad_commit, "--", "prompts/support/system.md"
    )
    assert f"~~~diff\n{plain}\n~~~\n" in record_file(demo).read_text()


def test_no_planted_value_is_left_anywhere(written: Terminal, demo: Demo) -> None:
    """Not in the work tree, in git's own files or objects, in the draft folder, or in the terminal after the exit."""
    values = [planted.value.encode() for planted in planted_values()]
    history = History.at(demo.path)
    objects = history.raw("cat-file", "--batch-all-objects", "--batch", "--unordered")
    files = b"".join(path.read_bytes() for path in demo.path.rglob("*") if path.is_file())
    scrollback = "\n".join(written.main_screen()).encode()
    for value in values:
        assert value not in objects
        assert value not in files
        assert value not in scrollback
    # What is kept there is only where prompts stand, and what lists show of records.
    assert {file.name for file in (demo.path / ".git/afterword").rglob("*.*")} <= {"prompts.json", "records.json"}


def test_the_terminal_is_given_back_as_it_was(written: Terminal) -> None:
    assert written.modes.restored
    assert any("Saved and committed" in line for line in written.main_screen())
