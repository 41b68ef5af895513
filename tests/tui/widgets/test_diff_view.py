"""The diff as its reader sees it."""

import asyncio
import difflib

from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.tui.widgets.diff_view import DiffView
from afterword.visible import visible_line
from tests.examples import examples
from tests.tui.widgets.stage import Stage, lines, styles

DIFF = """\
diff --git a/prompts/system.md b/prompts/system.md
index 9ab03e1..4f1c2d9 100644
--- a/prompts/system.md
+++ b/prompts/system.md
@@ -1,4 +1,3 @@ # Support
 # Support agent
 You may offer a voucher.
-Never promise a refund; link the policy instead.
-\tTabbed\r
+Always promise a refund; link the policy instead.
@@ -40,2 +39,3 @@
 日本語の行です
+\x1b[31m [red] \u202e
-last line
\\ No newline at end of file
+last line changed
\\ No newline at end of file
"""


async def open_at(size: tuple[int, int], text: str = DIFF, *keys: str, path: str = "prompts/system.md") -> list[str]:
    stage = Stage(lambda: [DiffView(text, path)])
    async with stage.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        return lines(stage)


async def test_lines_have_marks_and_both_numbers() -> None:
    shown = await open_at((80, 24))
    assert shown[0] == "diff --git a/prompts/system.md b/prompts/system.md"
    assert shown[4] == "@@ -1,4 +1,3 @@ # Support"
    assert shown[5] == " 1  1   # Support agent"
    assert shown[7] == " 3    - Never promise a refund; link the policy instead."
    assert shown[8] == " 4    -     Tabbed␍"
    assert shown[9] == "    3 + Always promise a refund; link the policy instead."
    assert shown[11] == "40 39   日本語の行です"
    assert shown[12] == "   40 + ␛[31m [red] <U+202E>"
    assert shown[14].strip() == "\\ No newline at end of file"


async def test_narrow_it_has_one_number_and_wraps() -> None:
    shown = await open_at((30, 30))
    assert " 3 - Never promise a refund;" in shown
    assert "     link the policy instead." in shown
    assert all(len(line) <= 30 for line in shown)


async def test_side_by_side_the_versions_of_a_line_stand_beside_each_other() -> None:
    shown = await open_at((110, 24), DIFF, "s")
    row = next(line for line in shown if "Never promise" in line)
    assert "Always promise" in row
    assert row.index("- Never") < row.index("│") < row.index("+ Always")
    note = next(line for line in shown if "No newline" in line)
    assert note.count("No newline") == 2
    back = await open_at((110, 24), DIFF, "s", "s")
    assert back == await open_at((110, 24))


async def test_changed_words_are_marked_without_colour_too() -> None:
    stage = Stage(lambda: [DiffView(DIFF, "prompts/system.md")])
    async with stage.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert styles(stage, "Never").underline
        assert styles(stage, "Always").underline
        assert not styles(stage, "promise a refund").underline
        assert styles(stage, "# Support agent").bold


async def test_keys_go_from_hunk_to_hunk_and_back() -> None:
    stage = Stage(lambda: [DiffView(DIFF, "x.md")])
    async with stage.run_test(size=(80, 5)) as pilot:
        view = stage.query_one(DiffView)
        await pilot.press("n")
        await pilot.pause()
        assert lines(stage)[0].startswith("@@ -1,4")
        assert view.hunk == (1, 2)
        await pilot.press("right_square_bracket")
        await pilot.pause()
        assert lines(stage)[0].startswith("@@ -40,2")
        await pilot.press("n")
        await pilot.pause()
        assert view.hunk == (2, 2)
        await pilot.press("p")
        await pilot.pause()
        assert lines(stage)[0].startswith("@@ -1,4")
        await pilot.press("G")
        await pilot.pause()
        assert lines(stage)[4].strip().startswith("\\ No newline")
        await pilot.press("g", "j", "k", "j")
        await pilot.pause()
        assert lines(stage)[0].startswith("index")


async def test_cut_lines_are_scrolled_to_the_side() -> None:
    text = "@@ -1 +1 @@\n-" + "a" * 30 + "MIDDLE" + "b" * 30 + "\n+c\n"
    assert "MIDDLE" not in "".join(await open_at((30, 6), text, "w"))
    assert "MIDDLE" in "".join(await open_at((30, 6), text, "w", "right", "right"))
    shown = await open_at((30, 6), text)
    assert "MIDDLE" in "".join(line[5:] for line in shown)


async def test_a_theme_does_not_matter_for_what_is_read() -> None:
    stage = Stage(lambda: [DiffView(DIFF, "x.md")])
    async with stage.run_test(size=(80, 24)) as pilot:
        before = lines(stage)
        stage.theme = "textual-light"
        await pilot.pause()
        assert lines(stage) == before


async def test_nothing_and_other_things_are_said() -> None:
    assert (await open_at((40, 4), ""))[0] == "There is no difference."
    binary = "diff --git a/x b/x\nindex 1..2\nBinary files a/x and b/x differ\n"
    assert "Binary files a/x and b/x differ" in await open_at((60, 5), binary)


async def test_another_diff_begins_at_its_top() -> None:
    stage = Stage(lambda: [DiffView(DIFF * 5, "x.md")])
    async with stage.run_test(size=(80, 6)) as pilot:
        await pilot.press("end")
        stage.query_one(DiffView).show("@@ -1 +1 @@\n-old\n+new\n", "y.py")
        await pilot.pause()
        assert lines(stage)[0] == "@@ -1 +1 @@"
        assert lines(stage)[2] == "    1 + new" or lines(stage)[2].endswith("+ new")


async def test_a_long_diff_shows_its_end_as_its_beginning() -> None:
    old = [f"line {at} of the prompt" for at in range(3000)]
    new = [line if at % 7 else f"{line}, changed" for at, line in enumerate(old)]
    text = "\n".join(difflib.unified_diff(old, new, lineterm=""))
    for keys in (("end",), ("s", "end")):
        shown = await open_at((100, 20), text, *keys)
        assert any("line 2999 of the prompt" in line for line in shown)


LINES = st.lists(st.text(st.sampled_from("ab c\t日\x1b[«e\u0301"), max_size=40), min_size=1, max_size=14)


@settings(max_examples=examples(15, 40), deadline=None)
@given(LINES, LINES, st.integers(24, 90), st.booleans())
def test_every_character_is_shown_once_in_order(old: list[str], new: list[str], width: int, beside: bool) -> None:
    text = "\n".join(difflib.unified_diff(old, new, lineterm=""))
    if not text:
        return

    async def look() -> tuple[list[str], int]:
        stage = Stage(lambda: [DiffView(text, "x.md", side_by_side=beside)])
        async with stage.run_test(size=(width, 200)) as pilot:
            await pilot.pause()
            return lines(stage), stage.query_one(DiffView).scrollable_content_region.width

    shown, _ = asyncio.run(look())
    body = [line for line in text.split("\n")[2:] if not line.startswith("@@")]
    rows = [row for row in shown[2:] if not row.startswith("@@")]
    if beside:
        for index, mark in ((0, "-"), (1, "+")):
            expected = "".join(visible_line(line[1:]) for line in body if line[:1] in (mark, " ", ""))
            halves = ["".join(row.split("│")[index : index + 1])[5:] for row in rows]
            assert "".join(halves).replace(" ", "") == expected.replace(" ", "")
    else:
        lead = 5 if width < 64 else 8
        expected = "".join(visible_line(line[1:]) for line in body)
        assert "".join(row[lead:] for row in rows).replace(" ", "") == expected.replace(" ", "")
