"""Durations in words: one duration, a range, a bound; rounded outwards, never to look more exact."""

from datetime import timedelta

_ZERO = timedelta(0)
_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_YEAR = timedelta(days=365.25)

_SYMBOLS = {_SECOND: "s", _MINUTE: "min", _HOUR: "h"}
_NAMES = {_DAY: "day", _WEEK: "week", _YEAR: "year"}


def exact_words(length: timedelta, to_the_second: bool = False) -> str:
    """Word one duration: "45 min", "1 h 15 min", "3 days 4 h"; what is left out is cut off."""
    if to_the_second and length < 10 * _MINUTE:
        return _two(length, _MINUTE, _SECOND)
    if length < _MINUTE:
        return "less than 1 min"
    if length < 2 * _DAY:
        return _two(length, _HOUR, _MINUTE)
    if length < 14 * _DAY:
        return _two(length, _DAY, _HOUR)
    return _count(length // _DAY, _DAY)


def range_words(low: timedelta, high: timedelta, to_the_second: bool = False) -> str:
    """Word a range in one unit: "2 h to 26 h", "0 to 2 days", "3 to 5 weeks"."""
    unit = _unit(low, high, to_the_second)
    least, most = _down(low, unit), _count(_up(high, unit), unit)
    return f"{_count(least, unit) if least and unit in _SYMBOLS else least} to {most}"


def rounded_words(length: timedelta, to_the_second: bool = False) -> str:
    """Word an upper bound in one unit, rounded up: "24 h"."""
    unit = _unit(length, length, to_the_second)
    return _count(_up(length, unit), unit)


def _down(length: timedelta, unit: timedelta) -> int:
    # Calendar years differ from their mean by less than a day: five of them must not become four.
    return (length + _DAY if unit == _YEAR else length) // unit


def _up(length: timedelta, unit: timedelta) -> int:
    return -((_DAY - length if unit == _YEAR else -length) // unit)


def _unit(low: timedelta, high: timedelta, to_the_second: bool) -> timedelta:
    if to_the_second and high < 2 * _MINUTE:
        return _SECOND
    if high <= 2 * _HOUR:
        return _MINUTE
    whole_days = not low % _DAY and not high % _DAY
    if high <= 3 * _DAY and not (whole_days and high > _DAY):
        return _HOUR
    if high <= 4 * _WEEK:
        return _DAY
    return _WEEK if high <= 104 * _WEEK else _YEAR


def _two(length: timedelta, coarse: timedelta, fine: timedelta) -> str:
    parts = ((length // coarse, coarse), (length % coarse // fine, fine))
    return " ".join(_count(number, unit) for number, unit in parts if number) or _count(0, fine)


def _count(number: int, unit: timedelta) -> str:
    if unit in _SYMBOLS:
        return f"{number} {_SYMBOLS[unit]}"
    return f"{number} {_NAMES[unit]}{'' if number == 1 else 's'}"
