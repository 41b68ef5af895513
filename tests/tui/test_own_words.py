"""Values in the author's own words and diffs: decided upon before saving, replaced by the samples' placeholders."""

from pathlib import Path

from afterword.record.document import parse
from afterword.record.model import Cause, PromptChange
from tests.tui.conftest import NOW
from tests.tui.driver import Walker, walking
from tests.tui.test_samples import told

MAIL, OTHER = "jane.roe@" + "acme-shop.io", "rob.poe@" + "acme-shop.io"
KEY = "sk-" + "ant-" + "api03-" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY" * 3


def saved(plain: Path) -> str:
    """The only record of the repository, as it lies on disk."""
    (file,) = plain.rglob("postmortems/*.md")
    return file.read_text()


async def save_here(walk: Walker) -> None:
    """Answer the last question."""
    await walk.sees("Save the post-mortem")
    await walk.press("enter")
    await walk._until(lambda: len(walk.app.screen_stack) < 3 and not walk.app.screen.is_modal, "the record saved")


async def test_a_value_in_the_summary_gets_the_placeholder_of_the_sample(plain: Path) -> None:
    (plain.parent / "trace.txt").write_text(f"user: write to {OTHER} or {MAIL}\n")
    async with walking(plain, now=NOW, title="Refunds", samples=(plain.parent / "trace.txt",)) as walk:
        await walk.go("Samples")
        await walk.press("enter")
        await walk.sees("undecided: r redacts")
        await walk.press("r", "r", "escape")
        await walk.go("Summary")
        await walk.type(f"{MAIL} asked for {KEY}, then {MAIL.title()} again.")
        await walk.press("ctrl+s")
        await walk.sees("Own words", "──── Summary", "undecided: r redacts")
        await walk.press("r", "r", "r")
        await walk.sees("All are decided")
        await walk.press("escape")
        await save_here(walk)
    text = saved(plain)
    record = parse(text)
    assert record.summary == "[EMAIL_2] asked for [SECRET_ANTHROPIC_1], then [EMAIL_2] again."
    assert record.samples[0].text == "user: write to [EMAIL_1] or [EMAIL_2]"
    assert KEY not in text and MAIL not in text.lower()


async def test_what_is_kept_for_a_reason_is_saved_and_not_asked_about_again(plain: Path) -> None:
    async with walking(plain, now=NOW, title="Refunds") as walk:
        await walk.go("Summary")
        await walk.type(f"Write to {MAIL}.")
        await walk.press("ctrl+s")
        await walk.sees("undecided: r redacts")
        await walk.press("k")
        await walk.sees("Why may this e-mail address be published?")
        await walk.type("our public address\n")
        await walk.sees("All are decided")
        await walk.press("escape")
        await walk.sees("Save the post-mortem")
        await walk.press("escape")
        await walk.press("ctrl+s")
        await save_here(walk)
    assert f"Write to {MAIL}." in saved(plain)


async def test_a_value_left_undecided_keeps_the_record_from_being_saved(plain: Path) -> None:
    async with walking(plain, now=NOW, title="Refunds") as walk:
        await walk.go("Summary")
        await walk.type(f"Write to {MAIL} and {OTHER}.")
        await walk.press("ctrl+s")
        await walk.sees("undecided: r redacts")
        await walk.press("r", "escape")
        await told(walk, "1 value is undecided.")
        assert walk.walk.session.record.summary == f"Write to [EMAIL_1] and {OTHER}."
        await walk.press("ctrl+s")
        await walk.sees("undecided: r redacts")
    assert not list(plain.rglob("postmortems/*.md"))


async def test_a_secret_in_the_diff_of_a_prompt_is_replaced_there_and_wherever_else_it_stands(plain: Path) -> None:
    async with walking(plain, now=NOW, title="Refunds") as walk:
        change = PromptChange(path="prompts/a.md", diff=f"@@ -1 +1 @@\n-Be kind.\n+Use {KEY}.", note=f"Held {KEY}")
        walk.walk.session.set("causes", (Cause(title="Prompt", prompts=(change,)),))
        await walk.press("ctrl+s")
        await walk.sees("──── Prompt diff of cause 1, row 1: diff", "+Use «")
        await walk.press("e")
        await walk.sees("All are decided")
        await walk.press("escape")
        await save_here(walk)
    (found,) = parse(saved(plain)).causes[0].prompts
    assert found.diff.endswith("+Use [SECRET_ANTHROPIC_1].") and found.note == "Held [SECRET_ANTHROPIC_1]"


async def test_rules_of_the_team_hold_in_the_walk(plain: Path) -> None:
    (plain / ".afterword.toml").write_text(
        f'[redaction]\nallow = ["{MAIL}"]\npatterns = [{{ label = "TICKET", pattern = "TCK-[0-9]{{6}}" }}]\n'
    )
    async with walking(plain, now=NOW, title="Refunds") as walk:
        await walk.go("Summary")
        await walk.type(f"Write to {MAIL} about TCK-204611.")
        await walk.press("ctrl+s")
        await walk.sees("TICKET", "0 of 1 decided")


async def test_a_value_redacted_in_a_sample_can_be_kept_in_a_sentence_for_a_reason(plain: Path) -> None:
    (plain.parent / "trace.txt").write_text(f"user: write to {MAIL}\n")
    async with walking(plain, now=NOW, title="Refunds", samples=(plain.parent / "trace.txt",)) as walk:
        await walk.go("Samples")
        await walk.press("enter")
        await walk.sees("undecided: r redacts")
        await walk.press("r", "escape")
        await walk.go("Summary")
        await walk.type(f"Our desk is {MAIL}.")
        await walk.press("ctrl+s")
        await walk.sees("Own words", "undecided: r redacts")
        await walk.press("k")
        await walk.sees("Why may this e-mail address be published?")
        await walk.type("our public desk\n")
        await walk.sees("All are decided")
        await walk.press("escape")
        await save_here(walk)
    record = parse(saved(plain))
    assert record.summary == f"Our desk is {MAIL}." and record.samples[0].text == "user: write to [EMAIL_1]"
