"""One end of an imprecise time: a year, month, day, minute or second, with its qualifiers."""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal, Self

from afterword.record.text import line

Precision = Literal["second", "minute", "day", "month", "year"]
"""How finely a time is known."""

PRECISIONS: tuple[Precision, ...] = ("second", "minute", "day", "month", "year")
"""From fine to coarse."""

FORMS = "2026-03-02T14:05Z, 2026-03-02T14:05+01:00, 2026-03-02, 2026-03"
"""Canonical examples that messages quote."""

MAX_OFFSET = timedelta(hours=14)
"""The largest offset from UTC that any place has."""

_FIRST_YEAR, _LAST_YEAR = 1970, 9998
_SYNTAX = re.compile(
    r"(?P<date>(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<time>(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?)"
    r"(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?)"
    r"(?P<mark>|~|\?|%|~\?|\?~)"
)
_MARKS = {"": "", "~": "~", "?": "?", "%": "%", "~?": "%", "?~": "%"}


def quoted(text: str) -> str:
    """Quote what was typed for a message, on one line and at most 60 characters long."""
    shown = line(text)
    return f"'{shown if len(shown) <= 60 else shown[:59] + '…'}'"


@dataclass(frozen=True, slots=True)
class Point:
    """A time that is not an interval: it lies in `earliest` <= t < `latest` (both UTC).

    `offset` is as typed ("Z", "+01:00"), and empty for a day, month or year, which are those of UTC. `mark`
    is "~" (approximate), "?" (uncertain), "%" (both) or empty; it does not move `earliest` and `latest`.
    """

    text: str
    precision: Precision
    earliest: datetime
    latest: datetime
    offset: str
    mark: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one canonical time; ValueError says what is wrong with it and how to write it."""
        match = _SYNTAX.fullmatch(text)
        if match is None:
            raise ValueError(f"{quoted(text)} is not a time: write it as {FORMS}, with ~ for about, ? for uncertain.")
        precision = _precision(match)
        year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
        check_date(year, month, day)
        if not match["time"]:
            earliest = datetime(year, month, day, tzinfo=UTC)
        else:
            hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
            check_clock(hour, minute, second)
            zone = _zone(match["offset"], match["date"])
            earliest = datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
            _check_year(earliest.year)
        mark = _MARKS[match["mark"]]
        latest = _latest(earliest, precision)
        return cls(match["date"] + mark, precision, earliest, latest, match["offset"] or "", mark)

    @property
    def is_on_clock(self) -> bool:
        """Whether it is known to the minute or second."""
        return bool(self.offset)

    @property
    def is_approximate(self) -> bool:
        """Whether it carries `~` or `%`."""
        return self.mark in {"~", "%"}

    @property
    def is_uncertain(self) -> bool:
        """Whether it carries `?` or `%`."""
        return self.mark in {"?", "%"}

    @property
    def utc_text(self) -> str:
        """The same time read in UTC: a minute or second ends in Z, coarser ones stay as they are."""
        if not self.offset:
            return self.text
        shape = "%Y-%m-%dT%H:%M:%SZ" if self.precision == "second" else "%Y-%m-%dT%H:%MZ"
        return self.earliest.strftime(shape) + self.mark

    @property
    def local(self) -> datetime:
        """`earliest` on the clock of the offset as typed."""
        return self.earliest.astimezone(_zone(self.offset, self.text) if self.offset else UTC)


def _precision(match: re.Match[str]) -> Precision:
    for name in ("second", "minute", "day", "month"):
        if match[name]:
            return name
    return "year"


def _latest(earliest: datetime, precision: Precision) -> datetime:
    match precision:
        case "second":
            return earliest + timedelta(seconds=1)
        case "minute":
            return earliest + timedelta(minutes=1)
        case "day":
            return earliest + timedelta(days=1)
        case "month":
            return earliest + timedelta(days=monthrange(earliest.year, earliest.month)[1])
        case "year":
            return earliest.replace(year=earliest.year + 1)


def _check_year(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"The year {year:04} is out of range: write one from {_FIRST_YEAR} to {_LAST_YEAR}.")


def check_date(year: int, month: int, day: int) -> None:
    """Raise ValueError where the calendar has no such day between 1970 and 9998, saying why."""
    _check_year(year)
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month:02}: months go from 01 to 12, as in {year}-03-02.")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(f"There is no day {day:02} in {month_name[month]} {year}: it has days 01 to {last}.")


def check_clock(hour: int, minute: int, second: int) -> None:
    """Raise ValueError where a clock never shows this, saying why."""
    if hour == 24:
        raise ValueError("The hour 24 is not used: write 00:00 of the next day.")
    if hour > 24:
        raise ValueError(f"There is no hour {hour}: hours go from 00 to 23, as in 14:05.")
    if minute > 59:
        raise ValueError(f"There is no minute {minute}: minutes go from 00 to 59, as in 14:05.")
    if second > 59:
        raise ValueError(f"The second {second} is not used: write 59 instead, or leave the seconds out.")


def check_offset(hours: int, minutes: int, typed: str) -> None:
    """Raise ValueError where no place on Earth has this offset from UTC."""
    if minutes > 59 or timedelta(hours=hours, minutes=minutes) > MAX_OFFSET:
        raise ValueError(f"{quoted(typed)} is not an offset from UTC: write one such as +01:00, -05:30 or Z.")


def _zone(offset: str | None, typed: str) -> timezone:
    if not offset:
        raise ValueError(
            f"{quoted(typed)} does not say in which zone: add Z for UTC or an offset, as in {typed}Z or {typed}+01:00."
        )
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    check_offset(hours, minutes, offset)
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(-shift if offset[0] == "-" else shift)
