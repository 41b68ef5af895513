"""Going through findings, and marking what was missed."""

import asyncio
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.tui.widgets.caret import WAYS, Caret
from afterword.tui.widgets.cells import width_of
from afterword.tui.widgets.marked_text import MarkedText
from afterword.tui.widgets.redact_view import RedactView, Span
from afterword.visible import visible_line
from tests.examples import examples
from tests.terminal import Terminal
from tests.tui.widgets.stage import Stage, assert_painted_right, lines, program, styles

TEXT = "user: I am Jane Doe, jane@example.com\nagent: 日本語 田中太郎 さん\x1b[31m\tend\r\nlast line"


def span(part: str, state: str = "undecided", replacement: str = "") -> Span:
    start = TEXT.index(part)
    return Span(start, start + len(part), state, "X", replacement)  # type: ignore[arg-type]


SPANS = [span("Jane Doe", "redact", "[PERSON_1]"), span("jane@example.com"), span("田中太郎", "keep")]

PIECES = st.lists(
    st.one_of(
        st.text(st.sampled_from("ab c\n\t\x1b日e\u0301\u202e«»\r"), min_size=1, max_size=12).map(
            lambda text: (text, None)
        ),
        st.tuples(
            st.text(st.sampled_from("xy z\n日\x00"), min_size=1, max_size=10),
            st.sampled_from(["undecided", "redact", "keep"]),
        ),
    ),
    max_size=12,
)


def build(pieces: list[tuple[str, str | None]]) -> tuple[str, list[Span]]:
    text, spans = "", []
    for part, state in pieces:
        if state is not None:
            spans.append(Span(len(text), len(text) + len(part), state, "X", "[X_1]"))  # type: ignore[arg-type]
        text += part
    return text, spans


@given(PIECES, st.integers(4, 30))
def test_every_character_is_shown_once_in_order(pieces: list[tuple[str, str | None]], width: int) -> None:
    text, spans = build(pieces)
    marked = MarkedText(text, spans, width)
    rows = [list(marked.pieces(y)) for y in range(marked.height)]
    drawn = "".join(piece.text for row in rows for piece in row if not piece.is_sign)
    tabless = text.replace("\n", "").replace("\t", "")
    assert drawn.replace(" ", "") == visible_line(tabless).replace(" ", "")
    for at, one in enumerate(spans):
        inside = "".join(piece.text for row in rows for piece in row if piece.span == at and not piece.is_sign)
        assert inside == visible_line(text[one.start : one.end].replace("\n", ""))
        signs = "".join(piece.text for row in rows for piece in row if piece.span == at and piece.is_sign)
        assert signs.startswith(f"«{at + 1}")
        assert signs.endswith("»")
        assert signs.count("«") == signs.count("»") == 1


@given(PIECES, st.integers(4, 30))
def test_places_and_offsets_agree(pieces: list[tuple[str, str | None]], width: int) -> None:
    text, spans = build(pieces)
    marked = MarkedText(text, spans, width)
    last = (0, 0)
    for offset in range(len(text) + 1):
        x, y = marked.place(offset)
        assert (y, x) >= last
        last = (y, x)
        drawn = "".join(piece.text for piece in marked.pieces(y))
        assert 0 <= x <= width_of(drawn)
        if offset < len(text) and text[offset] not in "\n\u0301":
            assert marked.offset_at(x, y) == offset


@given(PIECES, st.integers(4, 30), st.lists(st.sampled_from(["undecided", "redact", "keep"]), min_size=12, max_size=12))
def test_a_decision_lays_out_as_a_new_text_would(
    pieces: list[tuple[str, str | None]], width: int, states: list[str]
) -> None:
    text, spans = build(pieces)
    marked = MarkedText(text, spans, width)
    decided = [Span(s.start, s.end, state, "X", "[X_12]") for s, state in zip(spans, states, strict=False)]  # type: ignore[arg-type]
    marked.set_spans(decided)
    fresh = MarkedText(text, decided, width)
    assert marked.height == fresh.height
    assert [list(marked.pieces(y)) for y in range(marked.height)] == [
        list(fresh.pieces(y)) for y in range(fresh.height)
    ]


@given(PIECES, st.integers(4, 30), st.lists(st.sampled_from(WAYS), max_size=30), st.integers(0, 60))
def test_the_caret_stays_in_the_text_and_gets_everywhere(
    pieces: list[tuple[str, str | None]], width: int, ways: list[str], start: int
) -> None:
    text, spans = build(pieces)
    marked = MarkedText(text, spans, width)
    caret = Caret(min(start, len(text)))
    for way in ways:
        caret.go(way, marked, 3)  # type: ignore[arg-type]
        assert 0 <= caret.offset <= len(text)
    for way, end in (("down", len(text)), ("up", 0), ("right", len(text)), ("left", 0)):
        for _ in range(len(text) + marked.height + 1):
            caret.go(way, marked, 3)  # type: ignore[arg-type]
        assert caret.offset == end


async def test_states_are_told_apart_by_signs() -> None:
    stage = Stage(lambda: [RedactView(TEXT, SPANS, 1)])
    async with stage.run_test(size=(70, 8)) as pilot:
        await pilot.pause()
        text = "\n".join(lines(stage))
        assert "«1× Jane Doe → [PERSON_1]»" in text
        assert "«2? jane@example.com»" in text
        assert "«3= 田中太郎»" in text
        assert "␛[31m" in text
        assert "␍" in text
        assert styles(stage, "jane@").reverse
        assert not styles(stage, "Jane").reverse


async def test_arrows_go_from_finding_to_finding_and_around() -> None:
    stage = Stage(lambda: [RedactView(TEXT, SPANS, 0)])
    async with stage.run_test(size=(70, 8)) as pilot:
        await pilot.press("down", "n", "n", "up", "N", "left_square_bracket", "right_square_bracket")
        chosen = [message.index for message in stage.told if isinstance(message, RedactView.FindingChosen)]
        assert chosen == [1, 2, 0, 2, 1, 0, 1]
        assert stage.query_one(RedactView).current == 1


async def test_the_current_finding_is_kept_in_view() -> None:
    text = "\n".join(f"line {at} mail{at}@example.com and more words that make it wrap" for at in range(60))
    spans = [Span(text.index(f"mail{at}@"), text.index(f"mail{at}@") + 5) for at in range(0, 60, 7)]
    stage = Stage(lambda: [RedactView(text, spans, 0)])
    async with stage.run_test(size=(30, 9)) as pilot:
        for number in [*range(2, len(spans) + 1), 1]:
            await pilot.press("n")
            await pilot.pause()
            assert any(f"«{number}?" in line for line in lines(stage))


async def test_a_missed_passage_is_marked_from_its_beginning_to_its_end() -> None:
    stage = Stage(lambda: [RedactView(TEXT, SPANS, 0)])
    async with stage.run_test(size=(70, 8)) as pilot:
        view = stage.query_one(RedactView)
        await pilot.press("enter")
        assert not stage.hear(RedactView.RangeSelected)
        await pilot.press("v", "ctrl+home", "v", "right", "right", "right")
        assert view.selection == (0, 4)
        assert styles(stage, "use").underline
        await pilot.press("enter")
        (told,) = [message for message in stage.told if isinstance(message, RedactView.RangeSelected)]
        assert TEXT[told.start : told.end] == "user"
        assert view.caret is None


async def test_a_passage_of_wide_characters_has_the_right_offsets() -> None:
    stage = Stage(lambda: [RedactView(TEXT, SPANS, 2)])
    async with stage.run_test(size=(70, 8)) as pilot:
        await pilot.press("v", "right", "v", "right", "right", "enter")
        (told,) = [message for message in stage.told if isinstance(message, RedactView.RangeSelected)]
        assert TEXT[told.start : told.end] == "中太郎"


async def test_shift_selects_up_to_the_caret_and_escape_gives_up() -> None:
    stage = Stage(lambda: [RedactView(TEXT, SPANS, 0)])
    async with stage.run_test(size=(70, 8)) as pilot:
        view = stage.query_one(RedactView)
        await pilot.press("shift+right", "shift+right")
        assert view.selection is not None
        assert TEXT[slice(*view.selection)] == "Ja"
        await pilot.press("escape")
        assert (view.selection, view.caret) == (None, None)
        await pilot.press("enter")
        assert not stage.hear(RedactView.RangeSelected)


async def test_enter_without_a_beginning_takes_the_word_at_the_caret() -> None:
    stage = Stage(lambda: [RedactView(TEXT, (), None)])
    async with stage.run_test(size=(70, 8)) as pilot:
        await pilot.press("v", "ctrl+right", "ctrl+right", "right", "enter")
        (told,) = [message for message in stage.told if isinstance(message, RedactView.RangeSelected)]
        assert TEXT[told.start : told.end] == "am"


async def test_other_spans_are_shown_in_place() -> None:
    stage = Stage(lambda: [RedactView(TEXT, SPANS, 1)])
    async with stage.run_test(size=(70, 8)) as pilot:
        view = stage.query_one(RedactView)
        view.show([SPANS[0], span("jane@example.com", "keep"), SPANS[2]], 2)
        await pilot.pause()
        assert "«2= jane@example.com»" in "\n".join(lines(stage))
        assert styles(stage, "田中").reverse
        view.show_text("other text", [Span(0, 5)], 0)
        await pilot.pause()
        assert lines(stage)[0] == "«1? other» text"
        view.show_text("", (), None)
        await pilot.pause()
        assert lines(stage)[0] == "There is no text."


async def test_without_findings_the_arrows_scroll() -> None:
    stage = Stage(lambda: [RedactView("\n".join(f"line {at}" for at in range(30)), ())])
    async with stage.run_test(size=(30, 5)) as pilot:
        await pilot.press("down", "down", "n")
        await pilot.pause()
        assert lines(stage)[0].startswith("line 2")
        await pilot.press("end")
        await pilot.pause()
        assert lines(stage)[4].startswith("line 29")


def test_what_is_repainted_is_what_would_be_painted(tmp_path: Path) -> None:
    command, env = program(
        tmp_path,
        "from tests.tui.widgets.test_redact_view import TEXT, SPANS\n"
        "from afterword.tui.widgets.redact_view import RedactView\n"
        "def make(): return [RedactView(TEXT * 4, SPANS, 0)]",
    )
    keys = "down down v right shift+down shift+right escape up v down v right right down enter n n pagedown v end left"
    with Terminal(command, env=env, size=(40, 10)) as terminal:
        terminal.wait("«1×").settle()
        assert_painted_right(terminal, keys)


@settings(max_examples=examples(8, 15), deadline=None)
@given(PIECES.filter(bool), st.integers(20, 60))
def test_the_screen_shows_what_was_laid_out(pieces: list[tuple[str, str | None]], width: int) -> None:
    text, spans = build(pieces)

    async def look() -> list[str]:
        stage = Stage(lambda: [RedactView(text, spans, None)])
        async with stage.run_test(size=(width, 120)) as pilot:
            await pilot.pause()
            return lines(stage)

    drawn = "".join(asyncio.run(look())).replace(" ", "")
    marked = MarkedText(text, spans, width)
    expected = "".join(piece.text for y in range(marked.height) for piece in marked.pieces(y)).replace(" ", "")
    assert drawn == expected
