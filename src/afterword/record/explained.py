"""How a time was understood, in one line of plain words."""

from calendar import day_abbr, month_name
from datetime import datetime, timedelta, tzinfo

from afterword.record.point import Point
from afterword.record.wall_clock import offset_words, which_of_two
from afterword.record.when import When

_ORDINALS = ("", ", the first of two that night", ", the second of two that night")


def explain(when: When, zone: tzinfo) -> str:
    """Say in one line how a time was understood, in UTC and on the clock of `zone`.

    "Tue 2026-03-03 08:40 UTC (09:40 +01:00)", "some time on Tue 2026-03-03 (UTC day)", "from … to …".
    """
    if not when.is_interval:
        return _point(when.points[0], zone, "some time on ", "some time in ")
    ends = [_point(point, zone) for point in when.points]
    if when.is_open:
        return f"from {ends[0]} on, still open"
    if when.starts_open:
        return f"up to {ends[0]}, start not known"
    first, last = when.points
    return _short_interval(first, last, zone) or f"from {ends[0]} to {ends[1]}"


def _point(point: Point, zone: tzinfo, on: str = "", within: str = "") -> str:
    match point.precision:
        case "second" | "minute":
            words, lead = _clock(point, zone), ""
        case "day":
            words, lead = f"{_day(point.earliest)} (UTC day)", on
        case "month":
            words, lead = f"{month_name[point.earliest.month]} {point.earliest.year} (UTC)", within
        case "year":
            words, lead = f"{point.earliest.year} (UTC)", within
    return ("about " if point.is_approximate else lead) + words + (", uncertain" if point.is_uncertain else "")


def _clock(point: Point, zone: tzinfo) -> str:
    utc, local = point.earliest, point.earliest.astimezone(zone)
    words = f"{_day(utc)} {_time(utc, point)} UTC"
    if not local.utcoffset():
        return words
    day = "" if local.date() == utc.date() else f"{_day(local)} "
    return f"{words} ({day}{_time(local, point)} {offset_words(local)}{_ORDINALS[which_of_two(local)]})"


def _short_interval(first: Point, last: Point, zone: tzinfo) -> str:
    """Name the day once where both ends are clock times of one day, in UTC and in `zone`; else ""."""
    start, end = first.earliest.astimezone(zone), last.earliest.astimezone(zone)
    days = {moment.date() for moment in (first.earliest, last.earliest, start, end)}
    on_clock = first.is_on_clock and last.is_on_clock
    if not on_clock or first.mark or last.mark or len(days) > 1 or start.utcoffset() != end.utcoffset():
        return ""
    if which_of_two(start) or which_of_two(end):
        return ""
    words = f"from {_day(first.earliest)} {_time(first.earliest, first)} to {_time(last.earliest, last)} UTC"
    if start.utcoffset() == timedelta(0):
        return words
    return f"{words} ({_time(start, first)} to {_time(end, last)} {offset_words(start)})"


def _day(moment: datetime) -> str:
    return f"{day_abbr[moment.weekday()]} {moment:%Y-%m-%d}"


def _time(moment: datetime, point: Point) -> str:
    return moment.strftime("%H:%M:%S" if point.precision == "second" else "%H:%M")
