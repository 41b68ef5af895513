"""Files that are no record are refused: in which line, why, and what to do."""

import pytest

from afterword.record.document import DocumentError, parse, parse_bytes, rewrite
from afterword.record.model import Record
from tests.record.test_document import EXAMPLE


def refused(text: str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        parse(text, "docs/x.md")
    error = caught.value
    assert error.message.startswith(f"docs/x.md, line {error.line}: ")
    assert error.message.endswith(".")
    return error


def said_of(text: str, line_start: str, number: int = 1) -> str:
    """The problem, after checking that its line starts as expected."""
    error = refused(text)
    assert text.split("\n")[error.line - 1].startswith(line_start)
    return f"{error.problem} {error.hint}"


@pytest.mark.parametrize(
    "text", ["", "# Only a title\n", "\n---\n---\n", "---\nschema: afterword/1\n", "schema: afterword/1\n"]
)
def test_no_front_matter(text: str) -> None:
    error = refused(text)
    assert error.line == 1
    assert "front matter" in error.problem


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("title: Support agent", "title: [Support agent", "status", "is not YAML"),
        ("title: Support agent", "title: a: Support agent", "title", "is not YAML"),
        ("tags: [refunds]", "tags: refunds", "tags", '"tags" is not a list'),
        ("authors: ['@support-oncall']", "authors: 3", "authors", '"authors" is not a list'),
        ("severity: SEV2", "severity: [a]", "severity", '"severity" is a list'),
        ("severity: SEV2", "severity: {a: b}", "severity", '"severity" is a mapping'),
        ("tags: [refunds]", "tags: [[a]]", "tags", "not a text"),
        ("status: draft", "status: drafty", "status", "Write one of: draft, in_review"),
        ("status: draft", "title: again", "title: again", '"title" stands twice, first in line 3'),
        ("tags: [refunds]", "links: {a: 1, a: 2}", "links", "stands twice"),
        ("external: pending", "external: later", "external", "not_needed (why)"),
        ("customers_noticed: yes", "customers_noticed: maybe", "customers_noticed", "yes, no, unknown"),
        ("detected: 2026-03-03T08:40Z", "detected: 2026-03-03T25:40Z", "detected", "25"),
        ("detected: 2026-03-03T08:40Z", "detected: soon", "detected", "2026-03-02T14:05Z"),
        ("tags: [refunds]", "tags: &x [refunds]", "tags", "anchors"),
        ("tags: [refunds]", "x: *x", "x", "aliases"),
        ("tags: [refunds]", "x: !!python/object/apply:os.system [ls]", "x", "tags (!)"),
        ("tags: [refunds]", "x: " + "[" * 40 + "]" * 40, "x", "deeper than 20"),
        ("tags: [refunds]", "x: \x01", "x", "U+0001"),
        ("schema: afterword/1", "schema: afterword/2", "schema", "newer Afterword"),
        ("schema: afterword/1", "schema: blog/1", "schema", "not afterword/1"),
        ("schema: afterword/1\n", "", "---", "Add the line: schema: afterword/1"),
        ("tags: [refunds]", "<<<<<<< HEAD\ntags: [a]\n=======\ntags: [b]\n>>>>>>> x", "<<<<<<<", "merge conflict"),
        ("One paragraph", "<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> x", "<<<<<<<", "merge conflict"),
        ("One paragraph", "One\n=======\nTwo\n>>>>>>> x", ">>>>>>>", "merge conflict"),
        ("One paragraph", "```\nOne paragraph", "```", "never closed. Add a line ```"),
        ("One paragraph", "<!-- One paragraph", "<!--", "never closed"),
        ("## Lessons", "## Timeline", "## Timeline", 'The heading "Timeline" stands twice'),
        ("## Lessons", "## Lessons\n\n### What went well", "### What went well", "first in line"),
        ("| 2026-03-03T08:40Z |", "| yesterday |", "| yesterday", "Time"),
        ("| 2026-03-03T08:40Z |", "| |", "| | detection", "the time is missing"),
        ("| 2026-03-20 |", "| 20.3. |", "| A1", "Due"),
        ("| Active | 2026", "| Active | around 2026", "| Active", "Active"),
        ("| Upstream provider | no |", "| Upstream provider | perhaps |", "| Upstream", "Write no, unknown, or yes"),
        (
            "| Upstream provider | no |",
            "| Upstream provider | no |\n| Role | x |",
            "| Role | x",
            "stands twice in this table",
        ),
        ("| Upstream provider | no |", "| Leads to | the next |", "| Leads to", "Write Cause 2"),
        ("committed 2026-03-02T13:58Z", "committed then", "`prompts", "committed"),
        (" · 9ab03e1 → 4f1c2d9", " from 9ab03e1 to 4f1c2d9", "`prompts", "BEFORE → AFTER"),
        ("Failed 4 of 10 trials.", "Failed twice.", "Model", "Failed 4 of 10 trials"),
        ("Failed 4 of 10 trials.", "Failed 4 of 0 trials.", "### Sample 1", "trials"),
        ("## Revisions\n", "## Revisions\n\n- 2026-13-01: x\n", "- 2026-13-01", "month 13"),
        (
            "## Root cause",
            "| Time | Kind | Actor | What happened | Evidence |\n|---|---|---|---|---|\n\n## Root cause",
            "| Time",
            "a second table",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(old: str, new: str, line: str, said: str) -> None:
    assert old in EXAMPLE
    text = EXAMPLE.replace(old, new, 1)
    assert said.casefold() in said_of(text, line).casefold()
    windows = text.replace("\n", "\r\n")
    assert refused(windows).line == refused(text).line
    with pytest.raises(DocumentError):
        rewrite(text, Record())


def test_conflict_markers_in_a_fence_are_content() -> None:
    fenced = EXAMPLE.replace(" You may offer a voucher.", "<<<<<<< HEAD\n=======\n>>>>>>> x")
    assert "<<<<<<< HEAD" in parse(fenced).causes[0].prompts[0].diff


def test_words_of_a_team_are_kept() -> None:
    team = EXAMPLE.replace("| trigger | tool |", "| go-live | robot |").replace("| open |", "| someday |")
    record = parse(team)
    assert (record.timeline[0].kind, record.timeline[0].actor) == ("go-live", "robot")
    assert record.actions[0].state == "someday"


def test_too_long() -> None:
    assert "longer than 10,000,000" in refused(EXAMPLE + "x" * 10_000_001).problem
    assert "longer than 1,000,000" in refused(EXAMPLE.replace("tags: ", f"x: {'y' * 1_000_001}\ntags: ")).problem


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"---\nschema: x\nt\xe4\n", 3, "byte 0xE4 at offset 15 is not UTF-8"),
        ("---".encode("utf-16"), 1, "UTF-16"),
        (b"\xed\xa0\x80", 1, "not UTF-8"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, line: int, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as caught:
        parse_bytes(data, "x.md")
    assert caught.value.line == line


def test_a_byte_order_mark_is_kept() -> None:
    data = b"\xef\xbb\xbf" + EXAMPLE.encode()
    text = parse_bytes(data)
    assert parse(text) == parse(EXAMPLE)
    edited = rewrite(text, parse(text).changed(lucky="Very."))
    assert edited.encode().startswith(b"\xef\xbb\xbf---\n")
