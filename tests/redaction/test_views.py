import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.redaction import scan
from afterword.redaction.view import decoded_view, joined_view

from .made_up import random_text


def covered(text: str, value: str) -> bool:
    """Whether every place of the value in the text is inside findings."""
    inside = {place for f in scan(text).findings for place in range(f.start, f.end)}
    start = text.index(value)
    return all(place in inside for place in range(start, start + len(value)))


def test_escapes_at_any_depth_are_undone() -> None:
    text = '{"user": {"name": "Świerad Natasza", "mail": "ś@x.pl"}, "password": "a\\"b12cd!"}'
    for _ in range(4):
        text = json.dumps({"text": text})
        view = decoded_view(text)
        assert view is not None
        assert "Świerad Natasza" in view.text
        assert '"password": "a"b12cd!"' in view.text


def test_a_name_in_unicode_escapes_is_found_where_it_stands() -> None:
    text = json.dumps({"name": "Natasza Świerad", "email": "n@swierad.pl"})
    assert "Natasza \\u015awierad" in [text[f.start : f.end] for f in scan(text).findings]


def test_a_view_that_lacks_what_is_far_from_escapes_still_maps_to_the_raw_text() -> None:
    text = "plain words " * 400 + "caf\\u00e9 " + "more words " * 400
    view = decoded_view(text, 100)
    assert view is not None
    assert len(view.text) < 500
    at = view.text.index("café")
    low, high = view.raw(at, at + 4)
    assert text[low:high] == "caf\\u00e9"
    assert not view.beside_pause(at, at + 4, 50)
    assert view.beside_pause(view.pauses[0] - 10, view.pauses[0] - 2, 50)


def test_an_escape_in_a_long_text_changes_nothing_far_away() -> None:
    token = "gh" + "p_" + random_text(36)
    far = "plain words about the incident " * 200
    text = f"{far}phone: +44 20 7946 0958 {far}{token[:9]}\u200b{token[9:]} {far}mail ada@lovelace.org {far}"
    found = [text[f.start : f.end] for f in scan(text).findings]
    assert found == ["+44 20 7946 0958", f"{token[:9]}\u200b{token[9:]}", "ada@lovelace.org"]


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\x1b[1m", "\ufeff"])
def test_what_hides_inside_a_token_does_not_help_it(hidden: str) -> None:
    token = "gh" + "p_" + random_text(36)
    disguised = token[:9] + hidden + token[9:]
    assert covered(f"use {disguised} now", disguised)


def test_colour_between_name_and_value() -> None:
    secret = random_text(30)
    assert covered(f"\x1b[33mAPI_SECRET\x1b[0m=\x1b[36m{secret}\x1b[0m", secret)


def test_percent_encoding() -> None:
    text = f"next={quote('https://acme.dev/?mail=ada@lovelace.org', safe='')}"
    assert covered(text, "ada%40lovelace.org")


def test_a_token_broken_by_a_hard_wrap_is_one_finding() -> None:
    token = "sk-" + "ant-" + "api03-" + random_text(93)
    line = "x" * 39 + " " + token
    wrapped = line[:80] + "\n" + line[80:]
    (finding,) = scan(wrapped).findings
    assert wrapped[finding.start : finding.end].replace("\n", "") == token


def test_separate_lines_are_not_joined() -> None:
    first, second = "gh" + "p_" + random_text(36), "gh" + "p_" + random_text(36)
    text = f"ONE_TOKEN={first}\nTWO_TOKEN={second}\n"
    assert [text[f.start : f.end] for f in scan(text).findings] == [first, second]


MIXED = st.text(
    st.sampled_from(list('aB1 -_=\\"/%u0041n\n\r\x1b[m;é\u200b\ud83d\U0001f600字')) | st.characters(), max_size=120
)


@given(MIXED)
def test_every_character_of_a_view_has_a_place_in_the_raw_text(text: str) -> None:
    for view in (decoded_view(text), joined_view(text)):
        last = 0
        for place in range(len(view.text) if view else 0):
            assert view is not None
            start, end = view.raw(place, place + 1)
            assert 0 <= start < end <= len(text)
            assert start >= last
            last = start
