"""Times on wall clocks of several zones, clock changes included, and how they are explained."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.record.spoken import explain, understand
from afterword.record.when import When

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
KOLKATA = ZoneInfo("Asia/Kolkata")
NOW = datetime(2026, 3, 3, 12, 30, tzinfo=UTC)
"""A Tuesday; 13:30 in Berlin, 07:30 in New York, 18:00 in Kolkata."""


def read(text: str, zone: tzinfo = BERLIN, now: datetime = NOW) -> str:
    return str(understand(text, now, zone))


@pytest.mark.parametrize(
    ("typed", "zone", "understood"),
    [
        ("2026-03-29 01:59", BERLIN, "2026-03-29T01:59+01:00"),
        ("2026-03-29 03:00", BERLIN, "2026-03-29T03:00+02:00"),
        ("2026-03-28 12:00 to 2026-03-29 12:00", BERLIN, "2026-03-28T12:00+01:00/2026-03-29T12:00+02:00"),
        ("2025-10-26 02:30", BERLIN, "2025-10-26T02:30+02:00"),
        ("2025-10-26 02:30 +01:00", BERLIN, "2025-10-26T02:30+01:00"),
        ("2026-03-08 01:59", NEW_YORK, "2026-03-08T01:59-05:00"),
        ("2026-03-08 03:00", NEW_YORK, "2026-03-08T03:00-04:00"),
        ("2025-11-02 01:30", NEW_YORK, "2025-11-02T01:30-04:00"),
        ("9am", NEW_YORK, "2026-03-02T09:00-05:00"),
        ("8am", NEW_YORK, "2026-03-03T08:00-05:00"),
        ("18:05", KOLKATA, "2026-03-03T18:05+05:30"),
        ("now", UTC, "2026-03-03T12:30Z"),
        ("13:05", UTC, "2026-03-03T13:05Z"),
        ("13:05", ZoneInfo("Europe/London"), "2026-03-03T13:05Z"),
        ("13:05", timezone(timedelta(hours=-3, minutes=-30)), "2026-03-02T13:05-03:30"),
        ("yesterday", timezone(timedelta(hours=14)), "2026-03-03"),
        ("now", timezone(timedelta(hours=20)), "2026-03-03T12:30Z"),
    ],
)
def test_wall_clocks_have_the_offset_of_their_date(typed: str, zone: tzinfo, understood: str) -> None:
    assert read(typed, zone=zone) == understood


def test_a_time_that_the_clocks_skipped_is_refused() -> None:
    with pytest.raises(ValueError, match=r"02:30 did not happen on 2026-03-29 in Europe/Berlin.* write 03:30"):
        read("2026-03-29 02:30")
    with pytest.raises(ValueError, match=r"02:15 did not happen on 2026-03-08 in America/New_York.* write 03:15"):
        read("2026-03-08 2:15 am", zone=NEW_YORK)
    with pytest.raises(ValueError, match="write 02:45, or the offset"):
        read("2026-10-04 02:15", zone=ZoneInfo("Australia/Lord_Howe"))


def test_ago_counts_real_hours_across_a_clock_change() -> None:
    morning = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert read("60 min ago", now=morning) == "2026-03-29T01:30+01:00"
    assert read("now", now=morning) == "2026-03-29T03:30+02:00"
    second_half_past_two = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert read("now", now=second_half_past_two) == "2026-10-25T02:30+01:00"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-03T09:40+01:00", "Tue 2026-03-03 08:40 UTC (09:40 +01:00)"),
        ("2026-03-03T08:40:10Z", "Tue 2026-03-03 08:40:10 UTC (09:40:10 +01:00)"),
        ("2026-07-03T23:40Z~", "about Fri 2026-07-03 23:40 UTC (Sat 2026-07-04 01:40 +02:00)"),
        ("2026-10-25T00:30Z", "Sun 2026-10-25 00:30 UTC (02:30 +02:00, the first of two that night)"),
        ("2026-10-25T01:30Z", "Sun 2026-10-25 01:30 UTC (02:30 +01:00, the second of two that night)"),
        ("2026-03-03", "some time on Tue 2026-03-03 (UTC day)"),
        ("2026-03-03%", "about Tue 2026-03-03 (UTC day), uncertain"),
        ("2026-03", "some time in March 2026 (UTC)"),
        ("2026?", "some time in 2026 (UTC), uncertain"),
        ("2026-03-02/2026-03-04", "from Mon 2026-03-02 (UTC day) to Wed 2026-03-04 (UTC day)"),
        (
            "2026-03-02T14:05+01:00/2026-03-02T15:10+01:00",
            "from Mon 2026-03-02 13:05 to 14:10 UTC (14:05 to 15:10 +01:00)",
        ),
        (
            "2026-03-02T22:30Z/2026-03-03T08:40Z",
            "from Mon 2026-03-02 22:30 UTC (23:30 +01:00) to Tue 2026-03-03 08:40 UTC (09:40 +01:00)",
        ),
        ("2026-03-03T08:40Z/..", "from Tue 2026-03-03 08:40 UTC (09:40 +01:00) on, still open"),
        ("../2026-03-03", "up to Tue 2026-03-03 (UTC day), start not known"),
    ],
)
def test_explained_in_one_line(text: str, words: str) -> None:
    assert explain(When(text), BERLIN) == words


def test_where_the_zone_is_utc_it_is_said_once() -> None:
    assert explain(When("2026-03-03T09:40+01:00"), UTC) == "Tue 2026-03-03 08:40 UTC"
    assert explain(When("2026-03-03T08:40Z/2026-03-03T09:40Z"), UTC) == "from Tue 2026-03-03 08:40 to 09:40 UTC"


@given(
    st.datetimes(datetime(1972, 1, 2), datetime(2037, 12, 30)),
    st.sampled_from([BERLIN, NEW_YORK, KOLKATA, UTC]),
    st.sampled_from(["%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%B %d %Y %I:%M %p", "%H:%M %d %b %Y", "%Y/%m/%d at %H:%M"]),
)
@settings(max_examples=300)
def test_a_wall_clock_time_is_the_one_that_the_zone_showed(moment: datetime, zone: tzinfo, shape: str) -> None:
    naive = moment.replace(second=0, microsecond=0)
    try:
        when = understand(naive.strftime(shape), NOW, zone)
    except ValueError as refused:
        assert "did not happen" in str(refused)
    else:
        assert when.earliest.astimezone(zone).replace(tzinfo=None, fold=0) == naive


@pytest.mark.parametrize("text", ["2026-03-02", "2026-03-02~", "2026-03-02T14:05Z"])
def test_an_explanation_in_utc_can_be_typed_back(text: str) -> None:
    assert str(understand(explain(When(text), UTC), NOW, UTC)) == text
