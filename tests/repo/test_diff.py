"""The diff as git prints it, and its lines as the viewer takes them."""

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.repo.diff import parse_diff
from tests.histories import History
from tests.repo.repositories import opened

LINES = st.lists(
    st.sampled_from(["a", "b", "-- x", "++ y", "", " ", "@@ -1 +1 @@", "diff --git a b", "é\r", "\\ No"]),
    max_size=14,
)


def texts(final: str = "") -> st.SearchStrategy[str]:
    return st.builds(lambda lines, end: "\n".join(lines) + end, LINES, st.sampled_from(["\n", ""]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one\ntwo\nthree\n", "one\n2\nthree\n"),
        ("a\r\nb\r\n", "a\r\nc\r\n"),
        ("no newline", "no newline\n"),
        ("x\n" * 200, "x\n" * 100 + "y\n" + "x\n" * 100),
        ("", "-- a removed comment\n"),
        ("{% if x %}\n--- \n", "+++ \n"),
    ],
)
def test_diff_equals_gits_own_byte_for_byte(history: History, before: str, after: str) -> None:
    first = history.commit("1", {"prompts/a file.md": before})
    second = history.commit("2", {"prompts/a file.md": after})
    expected = history.raw("diff", first, second, "--", "prompts/a file.md")
    found = opened(history).diff(first, second, "prompts/a file.md")
    assert found.encode() == expected
    assert parse_diff(found).text == found


def test_diff_of_a_file_that_begins_or_ends(support: History) -> None:
    root = support.git("rev-parse", "HEAD~1")
    gone = support.commit("Remove", {"prompts/support.md": None})
    repository = opened(support)
    assert parse_diff(repository.diff("", root, "prompts/support.md")).counts == (3, 0)
    assert parse_diff(repository.diff(support.git("rev-parse", "HEAD~1"), gone, "prompts/support.md")).counts == (0, 2)
    assert repository.diff(root, "", "prompts/support.md").startswith("diff --git")


def test_diff_takes_paths_by_their_letters(history: History) -> None:
    first = history.commit("1", {"prompts/*.md": "a\n", "prompts/b.md": "a\n"})
    second = history.commit("2", {"prompts/*.md": "b\n", "prompts/b.md": "b\n"})
    assert opened(history).diff(first, second, "prompts/*.md").count("diff --git") == 1


def test_bytes_that_are_no_utf8_do_not_break_it(history: History) -> None:
    first = history.commit("1", {"prompts/a.md": b"caf\xe9\n"})
    second = history.commit("2", {"prompts/a.md": b"caf\xc3\xa9\n"})
    assert opened(history).diff(first, second, "prompts/a.md").endswith("-caf\ufffd\n+café\n")


def test_external_diff_programs_are_not_run(support: History, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    trap.chmod(0o755)
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap))
    support.git("config", "diff.external", str(trap))
    support.git("config", "diff.md.textconv", str(trap))
    support.write(".gitattributes", "*.md diff=md\n")
    assert "+You are the friendly" in opened(support).diff("HEAD~1", "HEAD", "prompts/support.md")
    assert not (tmp_path / "ran").exists()


def test_lines_carry_their_numbers() -> None:
    diff = parse_diff(
        "diff --git a/p b/p\nindex 1..2 100644\n--- a/p\n+++ b/p\n"
        "@@ -12,4 +12,3 @@ # Rules\n context\n-old\n-older\n+new\n end\n"
    )
    (hunk,) = diff.hunks
    assert (hunk.old_start, hunk.old_count, hunk.new_start, hunk.new_count) == (12, 4, 12, 3)
    assert hunk.heading == "# Rules"
    assert [(line.kind, line.old_no, line.new_no, line.text) for line in hunk.lines] == [
        (" ", 12, 12, "context"),
        ("-", 13, None, "old"),
        ("-", 14, None, "older"),
        ("+", None, 13, "new"),
        (" ", 15, 14, "end"),
    ]
    assert diff.counts == (1, 2)


def test_binary_and_empty() -> None:
    diff = parse_diff("diff --git a/p b/p\nindex 1..2\nBinary files a/p and b/p differ\n")
    assert diff.files[0].is_binary and diff.hunks == ()
    assert parse_diff("").hunks == () and parse_diff("").text == ""


def test_a_diff_from_a_record_may_have_lost_marks_of_empty_lines() -> None:
    diff = parse_diff("@@ -1,3 +1,3 @@\n a\n\n-b\n+c")
    assert [line.kind for line in diff.hunks[0].lines] == [" ", " ", "-", "+"]
    assert diff.text == "@@ -1,3 +1,3 @@\n a\n\n-b\n+c"


@given(texts(), texts())
def test_parsed_and_joined_again_is_the_same(before: str, after: str) -> None:
    old, new = before.split("\n"), after.split("\n")
    text = "diff --git a/x b/x\n" + "\n".join(difflib.unified_diff(old, new, "a/x", "b/x", lineterm=""))
    diff = parse_diff(text)
    assert diff.text == text
    for hunk in diff.hunks:
        assert sum(line.kind in " -" for line in hunk.lines) == hunk.old_count
        assert sum(line.kind in " +" for line in hunk.lines) == hunk.new_count
        assert [line.text for line in hunk.lines if line.kind in " -"] == [
            old[line.old_no - 1] for line in hunk.lines if line.old_no
        ]
        assert [line.text for line in hunk.lines if line.kind in " +"] == [
            new[line.new_no - 1] for line in hunk.lines if line.new_no
        ]


@given(st.text(st.sampled_from("@-+ \\\n0123,diff git\r"), max_size=120))
def test_any_text_is_kept(text: str) -> None:
    assert parse_diff(text).text == text
