"""Imprecise times: canonical syntax, what it means in UTC, order, and their way through pydantic."""

import copy
import json
import pickle
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from afterword.record.when import BEGINNING, NO_END, When

MARKS = ("", "", "~", "?", "%")
DAYS = st.datetimes(datetime(1971, 1, 1), datetime(9998, 12, 30))
SHAPES = ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")


@st.composite
def plain(draw: st.DrawFn, days: st.SearchStrategy[datetime] = DAYS) -> str:
    shape = draw(st.sampled_from(SHAPES))
    text = draw(days).strftime(shape)
    if "T" in shape:
        minutes = draw(st.integers(0, 14 * 60))
        text += draw(st.sampled_from(["Z", f"+{minutes // 60:02}:{minutes % 60:02}", "-05:30"]))
    return text + draw(st.sampled_from(MARKS))


@st.composite
def intervals(draw: st.DrawFn) -> str:
    first, last = sorted((When(draw(plain())), When(draw(plain()))), key=lambda when: when.sort_key)
    return draw(
        st.sampled_from([f"{first}/{last}", f"{first}/..", f"../{last}"])
        if last.latest > first.earliest
        else st.just(f"{first}/..")
    )


TEXTS = st.one_of(plain(), intervals())
WHENS = TEXTS.map(When)


@given(TEXTS)
@settings(max_examples=300)
def test_canonical_text_comes_back_as_it_was_typed(text: str) -> None:
    when = When.parse(text)
    assert str(when) == text
    assert When.parse(str(when)) == when
    assert hash(When.parse(text)) == hash(when)


@given(WHENS)
@settings(max_examples=200)
def test_it_lies_between_earliest_and_latest(when: When) -> None:
    assert when.earliest < when.latest
    assert when.earliest.utcoffset() == when.latest.utcoffset() == timedelta(0)
    assert when.is_open == (when.latest == NO_END)
    assert when.starts_open == (when.earliest == BEGINNING)
    if when.start:
        assert when.start.earliest == when.earliest
    if when.end:
        assert when.end.latest == when.latest


@given(WHENS)
@settings(max_examples=200)
def test_the_utc_reading_is_the_same_time(when: When) -> None:
    again = When.parse(when.utc_text)
    assert (again.earliest, again.latest) == (when.earliest, when.latest)
    assert again.utc_text == when.utc_text
    assert "+" not in when.utc_text
    assert (again.is_approximate, again.is_uncertain) == (when.is_approximate, when.is_uncertain)


@given(WHENS, WHENS, WHENS)
@settings(max_examples=200)
def test_the_order_is_total_and_follows_the_earliest_instant(a: When, b: When, c: When) -> None:
    assert (a.sort_key == b.sort_key) == (a == b)
    if a.sort_key <= b.sort_key <= c.sort_key:
        assert a.earliest <= b.earliest <= c.earliest
    every_order = {tuple(sorted(order, key=lambda when: when.sort_key)) for order in ([a, b, c], [c, b, a], [b, a, c])}
    assert len(every_order) == 1


def test_times_of_every_precision_sort_together() -> None:
    in_order = [
        "../2026-03",
        "2026-03-02T00:00Z",
        "2026-03-02",
        "2026-03-02T14:05+01:00",
        "2026-03-02T13:30Z",
        "2026-03-03~",
        "2026-03-03T08:40Z",
        "2026-04-01T00:00:00Z",
        "2026-04",
    ]
    assert [str(when) for when in sorted(map(When, reversed(in_order)), key=lambda when: when.sort_key)] == in_order


class Note(BaseModel):
    at: When
    maybe: When | None = None
    more: tuple[When, ...] = ()


@given(WHENS, st.none() | WHENS, st.lists(WHENS, max_size=3))
@settings(max_examples=100)
def test_it_survives_pydantic_json_pickle_and_copy(at: When, maybe: When | None, more: list[When]) -> None:
    note = Note(at=at, maybe=maybe, more=tuple(more))
    assert json.loads(note.model_dump_json())["at"] == note.model_dump(mode="json")["at"] == str(at)
    assert Note.model_validate_json(note.model_dump_json()) == note
    assert Note.model_validate(note.model_dump()) == note
    for again in (pickle.loads(pickle.dumps(at)), copy.deepcopy(at), copy.copy(at)):
        assert again == at
        assert (again.is_interval, again.latest) == (at.is_interval, at.latest)


def test_pydantic_names_what_is_wrong() -> None:
    with pytest.raises(ValidationError, match="write it as 2026-03-02T14:05Z"):
        Note.model_validate({"at": "soon"})
    with pytest.raises(ValidationError, match="not int"):
        Note.model_validate({"at": 2026})
    assert TypeAdapter(When).json_schema() == {"type": "string"}


def test_it_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        When("2026").text = "2027"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2026", "year", datetime(2026, 1, 1), datetime(2027, 1, 1)),
        ("2024-02", "month", datetime(2024, 2, 1), datetime(2024, 3, 1)),
        ("2026-12", "month", datetime(2026, 12, 1), datetime(2027, 1, 1)),
        ("2026-03-02~", "day", datetime(2026, 3, 2), datetime(2026, 3, 3)),
        ("2026-03-02T14:05+01:00", "minute", datetime(2026, 3, 2, 13, 5), datetime(2026, 3, 2, 13, 6)),
        (
            "2026-03-02T00:05:30+05:30",
            "second",
            datetime(2026, 3, 1, 18, 35, 30),
            datetime(2026, 3, 1, 18, 35, 31),
        ),
        ("2026-03-02/2026-03", "month", datetime(2026, 3, 2), datetime(2026, 4, 1)),
        ("2026-03-02T14:05Z/2026-03-04", "day", datetime(2026, 3, 2, 14, 5), datetime(2026, 3, 5)),
    ],
)
def test_what_it_means_in_utc(text: str, precision: str, earliest: datetime, latest: datetime) -> None:
    when = When.parse(text)
    assert when.precision == precision
    assert when.earliest == earliest.replace(tzinfo=UTC)
    assert when.latest == latest.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("2026-03-02T00:30+01:00", date(2026, 3, 1)),
        ("2026-03-03~/..", date(2026, 3, 3)),
        ("2026-03", None),
        ("../2026-03-02", None),
    ],
)
def test_the_day_on_which_it_starts(text: str, day: date | None) -> None:
    assert When.parse(text).day == day


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("2026-03-02 / 2026-03-04", "2026-03-02/2026-03-04"),
        (" 2026-03-02~?\n", "2026-03-02%"),
        ("2026-03-02?~/ ..", "2026-03-02%/.."),
        ("..\t/2026-03-02T14:05:00-00:00", "../2026-03-02T14:05:00-00:00"),
    ],
)
def test_spellings_that_become_canonical(typed: str, canonical: str) -> None:
    assert str(When.parse(typed)) == canonical
    assert When(typed) == When(canonical)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is not a time"),
        ("soon", "'soon' is not a time: write it as 2026-03-02T14:05Z"),
        ("2026-3-2", "is not a time"),
        ("2026-03-02 14:05Z", "is not a time"),
        ("２０２６", "is not a time"),
        ("2026-03-02T14:05", "add Z for UTC or an offset, as in 2026-03-02T14:05Z"),
        ("2026-03-02T14:05+0100", "is not a time"),
        ("2026-02-30", "There is no day 30 in February 2026: it has days 01 to 28"),
        ("2026-02-29T14:05Z", "There is no day 29 in February 2026"),
        ("2026-13", "There is no month 13"),
        ("2026-00-01", "There is no month 00"),
        ("2026-03-00", "There is no day 00 in March 2026"),
        ("2026-03-02T24:00Z", "write 00:00 of the next day"),
        ("2026-03-02T25:00Z", "There is no hour 25"),
        ("2026-03-02T14:60Z", "There is no minute 60"),
        ("2026-03-02T14:05:60Z", "The second 60 is not used"),
        ("2026-03-02T14:05+14:01", "'+14:01' is not an offset"),
        ("2026-03-02T14:05+01:60", "'+01:60' is not an offset"),
        ("1969", "from 1970 to 9998"),
        ("9999-01-01", "from 1970 to 9998"),
        ("1970-01-01T00:00+01:00", "from 1970 to 9998"),
        ("2026-03-02/2026-03-01", "The interval ends before it starts"),
        ("2026-03-02T14:05Z/2026-03-02T14:04:59Z", "The interval ends before it starts"),
        ("2026-03-02T14:05+01:00/2026-03-02T13:04Z", "The interval ends before it starts"),
        ("2026-03-02/", "lacks an end"),
        ("/2026-03-02", "lacks an end"),
        ("../..", "says nothing"),
        ("2026/2027/2028", "more than one '/'"),
        ("2026-03-02/04", "'04' is not a time"),
    ],
)
def test_what_is_refused_says_why(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:
        When.parse(text)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


@given(st.text())
@example("２")
@example("\ud800")
@example("9" * 100_000)
@example("2026" + "/" * 1000)
@settings(max_examples=300)
def test_any_text_is_read_or_refused_in_a_short_sentence(text: str) -> None:
    try:
        assert When.parse(str(When.parse(text))) == When.parse(text)
    except ValueError as refused:
        assert len(str(refused)) < 250
        str(refused).encode()
