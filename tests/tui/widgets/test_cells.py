"""Measuring, wrapping and cutting of text in terminal cells."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from afterword.tui.widgets.cells import (
    _PLAIN,
    cut,
    fill,
    index_at_cell,
    is_plain,
    one_for_one,
    show_line,
    width_of,
    wrap,
)
from afterword.visible import visible, visible_line

RAW = st.text(st.one_of(st.characters(), st.sampled_from("ab \t\x1b\u202e日本e\u0301❤\ufe0f «»\r")), max_size=60)
LINE = RAW.map(lambda text: text.replace("\n", ""))
SHOWN = LINE.map(visible_line)


def test_plain_characters_take_one_cell() -> None:
    plain = [chr(code) for code in range(0x20, 0x3000) if chr(code) in _PLAIN]
    assert [character for character in plain if cell_len(character) != 1] == []


@given(SHOWN, st.integers(2, 30))
def test_wrapped_rows_fit_and_lose_nothing(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert "".join(rows) == text
    # A character with all its marks may be wider than it is alone; it is never torn apart.
    assert all(width_of(row) <= width for row in rows if is_plain(row))
    assert all(sum(map(cell_len, row)) <= width + 1 for row in rows)


def test_rows_break_after_spaces_and_inside_words_only_where_they_must() -> None:
    assert wrap("one two three", 8) == ["one two ", "three"]
    assert wrap("abcdefghij kl", 4) == ["abcd", "efgh", "ij ", "kl"]
    assert wrap("日本語 の行", 6) == ["日本語", " の行"]
    assert wrap("", 5) == [""]


@given(SHOWN, st.integers(0, 40))
def test_cut_text_fits_and_shows_that_it_was_cut(text: str, width: int) -> None:
    short = cut(text, width)
    assert width_of(short) <= width
    assert short == text or width == 0 or short.endswith("…")


@given(SHOWN, st.integers(0, 40))
def test_filled_text_has_exactly_the_width(text: str, width: int) -> None:
    assert width_of(fill(text, width)) == width


@given(LINE)
def test_a_shown_line_has_every_character_once_in_order(raw: str) -> None:
    shown = show_line(raw)
    assert shown.text == visible(shown.text)
    starts = [shown.index(at) for at in range(len(raw) + 1)]
    assert starts == sorted(starts)
    assert starts[0] == 0
    assert starts[-1] == len(shown.text)
    for at, character in enumerate(raw):
        drawn = shown.text[starts[at] : starts[at + 1]]
        assert drawn == visible_line(character) or (
            character == "\t" and drawn.strip(" ") == "" and 1 <= len(drawn) <= 4
        )
        assert shown.offset(starts[at]) == at


@given(LINE, st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["«1? ", "»", "→"])), max_size=4))
def test_insertions_come_between_the_characters(raw: str, insertions: list[tuple[int, str]]) -> None:
    insertions = sorted((min(at, len(raw)), text) for at, text in insertions)
    shown = show_line(raw, insertions)
    for at, character in enumerate(raw):
        assert shown.offset(shown.index(at)) == at
        if character != "\t":
            assert shown.text[shown.index(at) :].startswith(visible_line(character))
    assert all(text in shown.text for _, text in insertions)


@given(st.text())
def test_one_for_one_keeps_every_place_and_shows_every_control(text: str) -> None:
    shown = one_for_one(text)
    assert len(shown) == len(text)
    assert shown == visible_line(shown)
    assert all(a == b for a, b in zip(text, shown, strict=True) if visible_line(a) == a)


@given(SHOWN, st.integers(0, 80))
def test_a_cell_is_found_in_the_character_that_covers_it(text: str, cell: int) -> None:
    at = index_at_cell(text, cell)
    assert width_of(text[:at]) <= cell + 1
    assert at == len(text) or width_of(text[: at + 1]) > cell - 1
