"""The words that name a day, a month or a year: "yesterday", "last friday", "2 March", "02.03.2026"."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from afterword.record.phrase import UnreadableError
from afterword.record.point import check_date, quoted

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]

_WEEKDAY = r"(?P<weekday>mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|" + "|".join(_WEEKDAYS) + r")\.?"
_MONTH = r"(?P<month>jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|" + "|".join(_MONTHS) + r")\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>[0-9]{4})"

_FIXED = {"today": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}
_ON_WEEKDAY = re.compile(rf"(?:(?P<which>last|past|previous|this|next|coming) )?{_WEEKDAY}")
_AGO = re.compile(
    r"(?:(?P<in>in) )?(?P<number>[0-9]{1,6}|(?:an?|one)(?= )) ?"
    r"(?P<unit>d|w|days?|weeks?|months?|years?)(?(in)| ago)"
)
_THIS = re.compile(r"(?P<which>last|this|next) (?P<unit>week|month|year)")
_ISO = re.compile(rf"{_YEAR}-(?P<month>[0-9]{{1,2}})(?:-(?P<day>[0-9]{{1,2}}))?|(?P<only>[0-9]{{4}})")
_COMPACT = re.compile(rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})")
_DOTTED = re.compile(r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\.(?: ?(?P<year>[0-9]{4}|[0-9]{2}))?")
_NUMERIC = re.compile(r"(?P<one>[0-9]{1,2})(?P<mark>[/-])(?P<two>[0-9]{1,2})(?:(?P=mark)(?P<year>[0-9]{4}|[0-9]{2}))?")
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}[ -]?{_MONTH}(?:[ -]?{_YEAR})?",
        rf"{_MONTH} ?{_DAY}(?: {_YEAR})?",
        rf"{_YEAR} {_MONTH} {_DAY}",
        rf"(?:in )?{_MONTH}(?: {_YEAR})?",
    )
)


def is_bare_weekday(words: str) -> bool:
    """Whether the words are a weekday alone, which is the last one up to now."""
    match = _ON_WEEKDAY.fullmatch(words)
    return match is not None and not match["which"]


def name_day(words: str, today: date, ahead: bool = False) -> str:
    """Return the canonical day, month, year or interval of days that lower-case words name from `today`.

    What recurs (a weekday, a day without its year) is the last one up to today, or with `ahead` the next one
    from today. UnreadableError where they name none, ValueError where an impossible or an ambiguous one.
    """
    for read in _READERS:
        if (found := read(words, today, ahead)) is not None:
            return found
    raise UnreadableError


def _fixed(words: str, today: date, ahead: bool) -> str | None:
    return str(today + timedelta(days=_FIXED[words])) if words in _FIXED else None


def _on_weekday(words: str, today: date, ahead: bool) -> str | None:
    match = _ON_WEEKDAY.fullmatch(words)
    if match is None:
        return None
    behind = (today.weekday() - _weekday(match)) % 7
    in_front = -behind % 7
    match match["which"]:
        case "last" | "past" | "previous":
            days = -(behind or 7)
        case "next" | "coming":
            days = in_front or 7
        case _:
            days = in_front if ahead else -behind
    return str(today + timedelta(days=days))


def _ago(words: str, today: date, ahead: bool) -> str | None:
    """Read "3 days ago", "in 2 weeks"; weeks, months and years ago are taken as approximate."""
    match = _AGO.fullmatch(words)
    if match is None:
        return None
    number = int(match["number"]) if match["number"].isdecimal() else 1
    number, mark = (number, "") if match["in"] else (-number, "~")
    match match["unit"][0]:
        case "d":
            return str(today + timedelta(days=number))
        case "w":
            return f"{today + timedelta(weeks=number)}{mark}"
        case "m":
            return _month(today, number) + mark
        case _:
            return _month(today, 12 * number) + mark


def _this(words: str, today: date, ahead: bool) -> str | None:
    match = _THIS.fullmatch(words)
    if match is None:
        return None
    step = {"last": -1, "this": 0, "next": 1}[match["which"]]
    if match["unit"] == "month":
        return _month(today, step)
    if match["unit"] == "year":
        return _month(today, 12 * step)[:4]
    monday = today + timedelta(days=7 * step - today.weekday())
    return f"{monday}/{monday + timedelta(days=6)}"


def _iso(words: str, today: date, ahead: bool) -> str | None:
    match = _ISO.fullmatch(words)
    if match is None:
        return None
    if match["only"]:
        check_date(int(match["only"]), 1, 1)
        return match["only"]
    return _calendar(int(match["year"]), int(match["month"]), match["day"])


def _compact(words: str, today: date, ahead: bool) -> str | None:
    match = _COMPACT.fullmatch(words)
    return _calendar(int(match["year"]), int(match["month"]), match["day"]) if match else None


def _dotted(words: str, today: date, ahead: bool) -> str | None:
    """Read day, month, year, as dates with dots are written."""
    match = _DOTTED.fullmatch(words)
    if match is None:
        return None
    _refuse_short_year(words, match["year"])
    return _with_year(match["year"], int(match["month"]), match["day"], today, ahead)


def _numeric(words: str, today: date, ahead: bool) -> str | None:
    """Read "13/3/2026", which has one reading; "3/2/2026" has two."""
    match = _NUMERIC.fullmatch(words)
    if match is None:
        return None
    _refuse_short_year(words, match["year"])
    one, two = int(match["one"]), int(match["two"])
    readings = sorted({(m, d) for d, m in ((one, two), (two, one)) if 1 <= m <= 12 and 1 <= d <= 31})
    if not readings:
        raise UnreadableError
    year = int(match["year"] or today.year)
    if len(readings) == 1 and match["year"]:
        return _calendar(year, readings[0][0], str(readings[0][1]))
    names = " or ".join(f"{day} {_MONTHS[month - 1].capitalize()}" for month, day in readings)
    written = " or ".join(f"{year:04}-{month:02}-{day:02}" for month, day in readings)
    raise ValueError(f"{quoted(words)} may be {names}: write {written}.")


def _named(words: str, today: date, ahead: bool) -> str | None:
    match = next((match for pattern in _NAMED if (match := pattern.fullmatch(words))), None)
    if match is None:
        return None
    month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
    return _with_year(match["year"], month, match.groupdict().get("day"), today, ahead)


def _after_weekday(words: str, today: date, ahead: bool) -> str | None:
    """Read "Mon 2 March 2026", and hold the weekday against the calendar."""
    match = re.match(_WEEKDAY + " ", words)
    if match is None or _ON_WEEKDAY.fullmatch(words[match.end() :]):
        return None
    found = name_day(words[match.end() :], today, ahead)
    if len(found) != len("2026-03-02"):
        return None
    weekday = date.fromisoformat(found).weekday()
    if weekday != _weekday(match):
        right, typed = (_WEEKDAYS[number].capitalize() for number in (weekday, _weekday(match)))
        raise ValueError(f"{found} is a {right}, not a {typed}: correct the one or the other.")
    return found


_READERS: tuple[Callable[[str, date, bool], str | None], ...] = (
    _fixed,
    _on_weekday,
    _ago,
    _this,
    _iso,
    _compact,
    _dotted,
    _numeric,
    _named,
    _after_weekday,
)


def _weekday(match: re.Match[str]) -> int:
    return next(n for n, name in enumerate(_WEEKDAYS) if name.startswith(match["weekday"][:3]))


def _month(today: date, step: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
    if not 1970 <= year <= 9998:
        raise OverflowError
    return f"{year:04}-{month + 1:02}"


def _refuse_short_year(words: str, year: str | None) -> None:
    if year and len(year) == 2:
        raise ValueError(f"{quoted(words)} has a short year: write all four digits, as in 2026-03-02.")


def _with_year(year: str | None, month: int, day: str | None, today: date, ahead: bool) -> str:
    """Add the year where it was not typed: the last one, or the next, in which the day has come."""
    if year:
        return _calendar(int(year), month, day)
    known, here = (month, int(day or 0)), (today.month, today.day if day else 0)
    step = int(ahead and known < here) - int(not ahead and known > here)
    return _calendar(today.year + step, month, day)


def _calendar(year: int, month: int, day: str | None) -> str:
    check_date(year, month, int(day or 1))
    return f"{year:04}-{month:02}" + (f"-{int(day):02}" if day else "")
