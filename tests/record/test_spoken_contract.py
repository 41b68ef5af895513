"""What cannot be read as a time is refused in one sentence; what is canonical comes back unchanged."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from afterword.record.spoken import explain, understand
from afterword.record.when import When
from tests.examples import examples

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
KOLKATA = ZoneInfo("Asia/Kolkata")
NOW = datetime(2026, 3, 3, 12, 30, tzinfo=UTC)
"""A Tuesday; 13:30 in Berlin, 07:30 in New York, 18:00 in Kolkata."""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "cannot be read as a time: write 14:05, yesterday 14:05"),
        ("soon", "'soon' cannot be read as a time"),
        ("９:05", "cannot be read as a time"),
        ("14:05 14:10", "cannot be read as a time"),
        ("14.05", "'14.05' may be a time or a day: write 14:05"),
        ("yesterday 14.05", "'14.05' may be a time or a day"),
        ("1405", "write 14:05"),
        ("at 9", "'9' may be an hour or a day: write 9:00"),
        ("3/2/2026", "may be 3 February or 2 March: write 2026-02-03 or 2026-03-02"),
        ("3/2/2026 14:05", "may be 3 February or 2 March"),
        ("02-03-2026", "may be 3 February or 2 March"),
        ("9/10", "may be 10 September or 9 October: write 2026-09-10 or 2026-10-09"),
        ("02.03.26", "short year: write all four digits"),
        ("3/2/26", "short year: write all four digits"),
        ("14:05 CET", "CET does not name one offset: write it, as in 14:05 +01:00"),
        ("14:05 pst", "PST does not name one offset"),
        ("14:05 Europe/Berlin", "Europe/Berlin does not name one offset"),
        ("14:05 +15:00", "'+15:00' is not an offset"),
        ("2026-03-02T14:05+15:00", "'+15:00' is not an offset"),
        ("2026-03-02 08:00-09:00", "write '08:00 to 09:00' or '08:00 UTC-09:00'"),
        ("14:05-05:30", "write '14:05 to 05:30' or '14:05 UTC-05:30'"),
        ("24:00", "write 00:00 of the next day"),
        ("14:60", "There is no minute 60"),
        ("13pm", "There is no 13pm"),
        ("0am", "There is no 0am"),
        ("2026-02-30", "There is no day 30 in February 2026"),
        ("30 Feb 14:05", "There is no day 30 in February 2026"),
        ("Tue 2 March 2026", "2026-03-02 is a Monday, not a Tuesday"),
        ("last week 14:05", "A time of day needs one day"),
        ("2026-03 14:05", "A time of day needs one day"),
        ("2026-03-04/2026-03-02", "The interval ends before it starts"),
        ("999999 days ago", "lies too far away"),
        ("999999 years ago", "lies too far away"),
        ("1950-01-01", "from 1970 to 9998"),
        ("friday March 2026", "cannot be read as a time"),
        ("and ago", "cannot be read as a time"),
        ("14:05Z -05:30", "cannot be read as a time"),
        ("since last week", "cannot be read as a time"),
        ("x" * 5000, "too long for a time"),
    ],
)
def test_what_is_refused_says_what_to_write(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:
        understand(typed, NOW, BERLIN)
    assert sentence in str(refused.value)
    assert len(str(refused.value)) < 200


CANONICAL = st.sampled_from(
    [
        "2026",
        "2105",
        "2026-03~",
        "2026-03-02?",
        "2026-03-02T14:05Z",
        "2026-03-02T14:05:30-05:30%",
        "2026-03-02T14:05+01:00/2026-03-02T15:10+01:00",
        "2026-03-02/..",
        "../2026-03-02T14:05+01:00~",
    ]
)


@given(
    CANONICAL,
    st.sampled_from([BERLIN, NEW_YORK, KOLKATA, UTC]),
    st.none() | CANONICAL.map(When),
    st.booleans(),
)
@settings(max_examples=100)
def test_canonical_text_is_left_alone(text: str, zone: tzinfo, reference: When | None, ahead: bool) -> None:
    assert str(understand(text, NOW, zone, reference, ahead=ahead)) == text


VOCABULARY = """
now today yesterday last next mon friday 14:05 2:30 9 pm am noon midnight ago 2 90 999999 h min days weeks
months years in at on since until from to between and about maybe ~ ? % / .. - + +01:00 -05:30 z utc cet
2026 2026-03 2026-03-02 2026-02-30 2026-03-29 02:30 3/2/2026 02.03.2026 14.05 mar may 1st half an
９ T 20260302
"""
WORDS = st.sampled_from(VOCABULARY.split())
PHRASES = st.lists(st.one_of(WORDS, WORDS, st.sampled_from([" ", " ", ""])), max_size=9).map(" ".join)
GLUED = st.lists(WORDS, max_size=6).map("".join)


@given(st.one_of(PHRASES, GLUED, st.text(max_size=40)), st.sampled_from([BERLIN, NEW_YORK, KOLKATA, UTC]))
@example("９:05", BERLIN)
@example("\ud800 14:05", BERLIN)
@example("\x1b[31m14:05", BERLIN)
@example("1" * 100_000, BERLIN)
@example("- " * 99, BERLIN)
@example("1 h " * 50 + "ago", BERLIN)
@settings(max_examples=examples(300, 800))
def test_any_text_is_understood_or_refused_in_a_sentence(text: str, zone: tzinfo) -> None:
    try:
        when = understand(text, NOW, zone)
    except ValueError as refused:
        assert str(refused).endswith(".")
        assert len(str(refused)) < 250
        str(refused).encode()
    else:
        assert When.parse(str(when)) == when
        assert understand(str(when), NOW, zone) == when
        assert "\n" not in explain(when, zone)
