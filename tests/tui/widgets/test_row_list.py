"""The list of rows: what is aligned, what is kept in view, and what is told."""

from pathlib import Path

from afterword.tui.widgets.row_list import Column, Row, RowList
from tests.terminal import Terminal
from tests.tui.widgets.stage import Stage, assert_painted_right, lines, program, styles

COLUMNS = [Column("Time", least=10), Column("Kind"), Column("What happened", least=12, wraps=True), Column("Source")]
ROWS = [
    Row(
        ("2026-03-02", "trigger", "The prompt changed and with it the clause that forbids refunds", "commit 4f1c"), "a"
    ),
    Row(("2026-03-03", "detection", "First ticket", "ticket"), "b"),
    Row(("2026-03-04", "mitigation", "[Reverted] \x1b[31m", ""), "c"),
]


def many(count: int) -> list[Row]:
    return [Row((f"2026-01-{at:02}", "kind", f"row {at}", ""), str(at)) for at in range(count)]


async def test_columns_are_aligned_and_the_long_one_wraps() -> None:
    stage = Stage(lambda: [RowList(COLUMNS, ROWS)])
    async with stage.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        shown = lines(stage)
        assert shown[0].split() == ["Time", "Kind", "What", "happened", "Source"]
        column = shown[0].index("What")
        assert "The prompt" in shown[1][column:]
        assert shown[2][:column].strip() == ""
        assert shown[2][column:].strip()
        together = " ".join(line[column : shown[0].index("Source")].strip() for line in shown[1:4])
        assert together.replace("  ", " ").startswith("The prompt changed and with it the clause that forbids …")
        assert any("[Reverted] ␛[31m" in line for line in shown)
        assert all(len(line) <= 60 for line in shown)


async def test_what_does_not_fit_is_elided_visibly() -> None:
    stage = Stage(lambda: [RowList(["Path", "Note"], [Row(("prompts/support/agents/system.md", "n" * 40))])])
    async with stage.run_test(size=(40, 4)):
        assert lines(stage)[1].count("…") == 2


async def test_the_cursor_moves_and_tells_where_it_is() -> None:
    stage = Stage(lambda: [RowList(COLUMNS, ROWS)])
    async with stage.run_test(size=(60, 10)) as pilot:
        rows = stage.query_one(RowList)
        assert rows.index == 0
        assert styles(stage, "trigger").reverse
        await pilot.press("down", "down", "down")
        assert rows.index == 2
        assert [(m.index, m.key) for m in stage.told if isinstance(m, RowList.RowReached)] == [(1, "b"), (2, "c")]
        assert styles(stage, "mitigation").reverse
        assert not styles(stage, "trigger").reverse
        assert any(line.startswith("› 2026-03-04") for line in lines(stage))
        await pilot.press("home")
        assert rows.index == 0
        await pilot.press("end")
        assert rows.index == 2


async def test_keys_tell_what_is_wanted_and_change_nothing() -> None:
    stage = Stage(lambda: [RowList(["What"], [Row(("one",), "1", mark=False), Row(("two",), "2", mark=True)])])
    async with stage.run_test(size=(30, 5)) as pilot:
        await pilot.press("down", "enter", "space", "plus", "delete", "backspace")
        told = [type(m).__name__ for m in stage.told if type(m).__qualname__.startswith("RowList.")]
        assert told == ["RowReached", "RowChosen", "RowMarked", "NewRowAsked"]
        assert [line.strip() for line in lines(stage)[1:3]] == ["[ ] one", "› [x] two"]


async def test_a_mark_is_changed_by_the_screen() -> None:
    stage = Stage(lambda: [RowList(["What"], [Row(("one",), "1", mark=False), Row(("two",), "2", mark=False)])])
    async with stage.run_test(size=(30, 5)) as pilot:
        stage.query_one(RowList).replace(1, Row(("two",), "2", mark=True))
        await pilot.pause()
        assert [line.strip() for line in lines(stage)[1:3]] == ["› [ ] one", "[x] two"]


async def test_the_cursor_stays_with_its_row_when_rows_come_and_go() -> None:
    stage = Stage(lambda: [RowList(["T", "K", "What", "S"], many(9))])
    async with stage.run_test(size=(60, 6)) as pilot:
        rows = stage.query_one(RowList)
        await pilot.press("down", "down", "down")
        rows.show([Row(("x", "", "new", ""), "new"), *many(9)])
        assert rows.current is not None
        assert rows.current.key == "3"
        rows.show([row for row in rows.rows if row.key != "3"])
        assert rows.index == 4
        assert rows.current.key == "4"
        rows.show(many(2))
        assert rows.index == 1
        rows.show([])
        assert (rows.index, rows.current) == (None, None)
        await pilot.press("down", "enter", "space")
        await pilot.pause()
        assert lines(stage)[0] == "Nothing here yet."
        rows.show(many(3), select="2")
        assert rows.index == 2


async def test_the_row_under_the_cursor_is_in_view_and_the_header_stays() -> None:
    stage = Stage(lambda: [RowList(["T", "K", "What", "S"], many(50))])
    async with stage.run_test(size=(60, 8)) as pilot:
        for key, at in (("end", 49), ("pageup", None), ("home", 0), ("pagedown", None), ("down", None)):
            await pilot.press(key)
            await pilot.pause()
            rows = stage.query_one(RowList)
            assert at is None or rows.index == at
            assert lines(stage)[0].split()[:4] == ["T", "K", "What", "S"]
            assert any(line.startswith("›") and f"row {rows.index} " in line + " " for line in lines(stage))


async def test_tones_and_selection_show_without_focus() -> None:
    stage = Stage(
        lambda: [RowList(["What"], [Row(("good",), tone="good"), Row(("soft",), tone="soft")]), RowList(["B"])]
    )
    async with stage.run_test(size=(30, 12)) as pilot:
        await pilot.press("tab")
        await pilot.pause()
        assert any(line.startswith("› good") for line in lines(stage))
        assert not styles(stage, "good").reverse


async def test_moving_the_cursor_repaints_two_rows() -> None:
    stage = Stage(lambda: [RowList(["T", "K", "What", "S"], many(20))])
    async with stage.run_test(size=(60, 24)) as pilot:
        rows = stage.query_one(RowList)
        await pilot.pause()
        drawn: list[int] = []
        draw = rows.render_line
        rows.render_line = lambda y: drawn.append(y) or draw(y)  # type: ignore[func-returns-value, method-assign]
        await pilot.press("down")
        await pilot.pause()
        assert set(drawn) == {1, 2}


async def test_wide_characters_keep_the_columns() -> None:
    stage = Stage(lambda: [RowList(["A", "B"], [Row(("日本語", "x")), Row(("abc", "x"))])])
    async with stage.run_test(size=(30, 5)):
        first, second = lines(stage)[1:3]
        # Two of the six cells of three wide characters are not characters of the line.
        assert first.index("x") + 3 == second.index("x")


def test_what_is_repainted_is_what_would_be_painted(tmp_path: Path) -> None:
    command, env = program(
        tmp_path,
        "from tests.tui.widgets.test_row_list import COLUMNS, ROWS, many\n"
        "from afterword.tui.widgets.row_list import RowList\n"
        "def make(): return [RowList(COLUMNS, [*ROWS, *many(20)])]",
    )
    with Terminal(command, env=env, size=(60, 8)) as terminal:
        terminal.wait("trigger").settle()
        assert_painted_right(terminal, "down down up pagedown down down end up pageup home down end")
