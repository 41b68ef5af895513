"""Durations between imprecise times: ranges that hold what was true, in words that look no more exact."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.record.span import Span, between, duration
from afterword.record.when import When
from tests.examples import examples

MARCH = st.datetimes(datetime(2026, 2, 20), datetime(2026, 4, 10), timezones=st.just(UTC))
SHAPES = {"%Y": 0, "%Y-%m": 0, "%Y-%m-%d": 0, "%Y-%m-%dT%H:%MZ": 60, "%Y-%m-%dT%H:%M:%SZ": 1}


@st.composite
def told(draw: st.DrawFn) -> tuple[datetime, When, int]:
    """A true instant, what a person noted of it, and how many seconds wide a clock time in that note is."""
    instant = draw(MARCH)
    shape = draw(st.sampled_from(sorted(SHAPES)))
    first = instant - draw(st.sampled_from([timedelta(0), timedelta(0), timedelta(hours=5)]))
    last = instant + draw(st.sampled_from([timedelta(0), timedelta(0), timedelta(days=3)]))
    mark = draw(st.sampled_from(["", "~", "?"]))
    texts = (f"{first.strftime(shape)}{mark}", last.strftime(shape))
    return instant, When(texts[0] if first == last else "/".join(texts)), SHAPES[shape]


def hm(hours: float) -> timedelta:
    return timedelta(hours=hours)


@given(told(), told())
@settings(max_examples=examples(200, 500))
def test_the_true_difference_lies_inside(a: tuple[datetime, When, int], b: tuple[datetime, When, int]) -> None:
    span = between(a[1], b[1])
    # Between clock times the difference is one of clock readings: a minute counts as exact.
    slack = timedelta(seconds=max(a[2], b[2]))
    assert span.low - slack <= b[0] - a[0] <= span.high + slack
    if not a[2] and not b[2]:
        assert span.low < b[0] - a[0] < span.high
    if span.is_negative:
        assert b[0] < a[0] + slack
    if not span.may_be_negative:
        assert b[0] >= a[0] - slack


@given(told(), told())
@settings(max_examples=200)
def test_backwards_is_the_mirror_image(a: tuple[datetime, When, int], b: tuple[datetime, When, int]) -> None:
    there, back = between(a[1], b[1]), between(b[1], a[1])
    assert not (there.is_negative and back.is_negative)
    assert there.is_exact == back.is_exact
    if there.is_exact:
        assert there.low == -back.low


@given(told(), told())
@settings(max_examples=examples(150, 300))
def test_from_a_time_to_one_certainly_before_it_is_negative(
    a: tuple[datetime, When, int], b: tuple[datetime, When, int]
) -> None:
    early, late = sorted((a[1], b[1]), key=lambda when: when.sort_key)
    if early.latest <= late.earliest:
        same_minute = late.earliest - early.earliest < timedelta(minutes=1)
        assert between(late, early).is_negative or same_minute


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("2026-03-02T14:05Z", "2026-03-02T14:50Z", "45 min"),
        ("2026-03-02T14:05Z", "2026-03-02T15:20Z", "1 h 15 min"),
        ("2026-03-02T14:05+01:00", "2026-03-02T14:05Z", "1 h"),
        ("2026-03-02T14:05Z", "2026-03-03T16:10Z", "26 h 5 min"),
        ("2026-03-02T14:05Z", "2026-03-05T14:05Z", "3 days"),
        ("2026-03-02T14:05Z", "2026-03-05T18:30Z", "3 days 4 h"),
        ("2026-03-02T14:05Z", "2026-04-02T18:30Z", "31 days"),
        ("2026-03-02T14:05Z", "2026-03-02T14:05Z", "less than 1 min"),
        ("2026-03-02T14:05:30Z", "2026-03-02T14:05Z", "less than 1 min"),
        ("2026-03-02T14:05:30Z", "2026-03-02T14:06:10Z", "40 s"),
        ("2026-03-02T14:05:30Z", "2026-03-02T14:08:10Z", "2 min 40 s"),
        ("2026-03-02T14:05:30Z", "2026-03-02T14:05:30Z", "0 s"),
        ("2026-03-02T14:05:30Z~", "2026-03-02T14:08:10Z", "about 2 min"),
        ("2026-03-02T22:00Z", "2026-03-03", "2 h to 26 h"),
        ("2026-03-02T14:05Z", "2026-03-03", "9 h to 34 h"),
        ("2026-03-02", "2026-03-02", "less than 24 h"),
        ("2026-03-02", "2026-03-03", "0 to 2 days"),
        ("2026-03-02", "2026-03-12", "9 to 11 days"),
        ("2026-03-02T14:05Z", "2026-03-02", "less than 10 h"),
        ("2026-03", "2026-05", "4 to 14 weeks"),
        ("2026-03", "2026-03", "less than 5 weeks"),
        ("2025", "2026", "0 to 2 years"),
        ("2020", "2026", "5 to 7 years"),
        ("2026-03-02T14:05Z/2026-03-02T14:20Z", "2026-03-02T14:35Z", "15 min to 30 min"),
        ("2026-03-02T14:05:10Z/2026-03-02T14:05:30Z", "2026-03-02T14:06:00Z", "30 s to 50 s"),
        ("2026-03-02T14:05Z~", "2026-03-02T16:05Z", "about 2 h"),
        ("2026-03-02T14:05Z", "2026-03-02T16:05Z?", "2 h?"),
        ("2026-03-02T14:05Z%", "2026-03-02T16:05Z", "about 2 h?"),
        ("2026-03-02~", "2026-03-02", "less than about 24 h"),
        ("2026-03-02T14:05Z", "2026-03-02T17:05Z/..", "at least 3 h"),
        ("2026-03-02T14:05Z", "2026-03-02T17:05Z~/..", "at least about 3 h"),
        ("2026-03-02T14:05Z/..", "2026-03-02T17:05Z", "3 h"),
        ("2026-03-02T14:05Z", "../2026-03-02T17:05Z", "at most 3 h"),
        ("../2026-03-02T14:05Z", "2026-03-02T17:05Z", "at least 3 h"),
        ("../2026-03-02", "../2026-03-03~", "unknown"),
        ("2026-03-02~", "2026-03-02T17:05Z/..", "unknown"),
        ("2026-03-02T16:20Z", "2026-03-02T14:05Z", "minus 2 h 15 min"),
        ("2026-03-04", "2026-03-02", "minus 1 to 3 days"),
    ],
)
def test_words(a: str, b: str, words: str) -> None:
    assert str(between(When(a), When(b))) == words


def test_two_clock_times_have_one_difference() -> None:
    span = between(When("2026-03-02T14:05Z"), When("2026-03-02T16:20Z"))
    assert span.low == span.high == hm(2.25)
    assert span.is_exact and not span.may_be_negative and not span.is_open


def test_a_clock_that_runs_backwards_is_certain_only_where_it_is() -> None:
    def backwards(a: str, b: str) -> tuple[bool, bool]:
        span = between(When(a), When(b))
        return span.is_negative, span.may_be_negative

    assert backwards("2026-03-02T14:05Z", "2026-03-02T14:04Z") == (True, True)
    assert backwards("2026-03-03", "2026-03-02") == (True, True)
    assert backwards("2026-03-02T00:00Z", "2026-03-01") == (True, True)
    assert backwards("2026-03-02", "2026-03-02") == (False, True)
    assert backwards("2026-03-02", "2026-03-02T00:00Z") == (False, True)
    assert backwards("2026-03-02T14:05Z", "2026-03-02") == (False, True)
    assert backwards("2026-03-02T14:05Z", "2026-03-02T14:05Z") == (False, False)
    assert backwards("2026-03-02T14:05:30Z", "2026-03-02T14:05Z") == (False, False)
    assert backwards("2026-03-02T14:05+02:00", "2026-03-02T12:06Z") == (False, False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-02T14:05Z/2026-03-03T10:20Z", "20 h 15 min"),
        ("2026-03-02/2026-03-04", "1 to 3 days"),
        ("2026-03-02/2026-03-02", "0 to 24 h"),
        ("2026-03-02", "0 to 24 h"),
        ("2026-03-02T14:05Z/..", "at least 3 h"),
        ("2026-03-02T14:05Z~/..", "at least about 3 h"),
        ("../2026-03-02", "unknown"),
    ],
)
def test_how_long_an_interval_lasted(text: str, words: str) -> None:
    assert str(duration(When(text), now=datetime(2026, 3, 2, 17, 5, tzinfo=UTC))) == words


def test_an_open_interval_without_now_is_open() -> None:
    span = duration(When("2026-03-02T14:05Z/.."))
    assert span.is_open and not span.has_high and span.high == timedelta.max
    assert str(span) == "unknown"


@given(st.timedeltas(timedelta(0), timedelta(days=4000)), st.timedeltas(timedelta(0), timedelta(days=4000)))
@settings(max_examples=200)
def test_a_span_of_any_length_has_short_words(low: timedelta, more: timedelta) -> None:
    for span in (
        Span(low, low + more),
        Span(-low, more),
        Span(low, timedelta.max),
        Span(timedelta.min, more),
    ):
        assert 0 < len(str(span)) <= 24
        assert "\n" not in str(span)
