"""No text reaches the terminal that the terminal would obey."""

from hypothesis import given
from hypothesis import strategies as st

from afterword.visible import visible, visible_line

OBEYED = [*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x202E, 0x2066, 0xFEFF, 0xE0041]


@given(st.text())
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    shown = visible_line(text)
    assert not {ord(character) for character in shown} & set(OBEYED)


@given(st.text())
def test_it_is_stable_and_keeps_lines(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert visible(text).count("\n") == text.count("\n")


def test_plain_text_stays_and_controls_show() -> None:
    assert visible("Grüße, 東京 👋\n\tok") == "Grüße, 東京 👋\n\tok"
    assert visible("\x1b[31mred") == "␛[31mred"
    assert visible("a\u202eb") == "a<U+202E>b"
    assert visible_line("a\nb") == "a␊b"
