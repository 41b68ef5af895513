"""Durations between imprecise times: ranges that are never more exact than the times they come from.

A minute is taken as exact enough: between two times known to the minute or second there is one duration. A
coarser time is all of its day, month or year, and a closed interval is "some time in it".
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from afterword.record.duration_words import exact_words, range_words, rounded_words
from afterword.record.point import Point
from afterword.record.when import When

_ZERO = timedelta(0)


@dataclass(frozen=True, slots=True)
class Span:
    """How long something took: at least `low`, at most `high`; both equal where it is one duration.

    An open side holds `timedelta.min` or `timedelta.max`; `has_low` and `has_high` tell. `to_the_second` says
    that seconds count.
    """

    low: timedelta
    high: timedelta
    is_approximate: bool = False
    is_uncertain: bool = False
    to_the_second: bool = False

    @property
    def has_low(self) -> bool:
        """Whether there is a shortest duration."""
        return self.low != timedelta.min

    @property
    def has_high(self) -> bool:
        """Whether there is a longest duration."""
        return self.high != timedelta.max

    @property
    def is_open(self) -> bool:
        """Whether it goes on, or nobody knows for how long: there is no longest duration."""
        return not self.has_high

    @property
    def is_exact(self) -> bool:
        """Whether it is one duration, not a range."""
        return self.low == self.high

    @property
    def is_negative(self) -> bool:
        """Whether the second time certainly lies before the first: the clock ran backwards."""
        return self.high < _ZERO or (self.high == _ZERO and self.low < _ZERO)

    @property
    def may_be_negative(self) -> bool:
        """Whether the second time may lie before the first; also true of two times on one day."""
        return self.low < _ZERO

    def __str__(self) -> str:
        """Word it for a person: "1 h 15 min", "2 h to 26 h", "at least 3 h", "about 2 h".

        A "?" at the end means uncertain. A range that reaches below zero is worded as if the order were
        right: "less than 24 h".
        """
        bound, words = self._words()
        if not words:
            return "unknown"
        return bound + ("about " if self.is_approximate else "") + words + ("?" if self.is_uncertain else "")

    def _words(self) -> tuple[str, str]:
        if self.is_negative:
            return "minus ", self._reversed()._words()[1]
        if self.is_exact:
            return "", exact_words(self.low, self.to_the_second and not self.is_approximate)
        if not self.has_high:
            return ("at least ", exact_words(self.low)) if self.low > _ZERO else ("", "")
        if self.low < _ZERO:
            bound = "less than " if self.has_low else "at most "
            return bound, rounded_words(self.high, self.to_the_second)
        return "", range_words(self.low, self.high, self.to_the_second)

    def _reversed(self) -> "Span":
        low = -self.high if self.has_high else timedelta.min
        high = -self.low if self.has_low else timedelta.max
        return Span(low, high, to_the_second=self.to_the_second)


def between(a: When, b: When) -> Span:
    """Measure from `a` to `b`.

    A closed interval on either side means some time in it, so the range covers all of it. An open one
    (`A/..`) began at A and goes on: as `a` it counts from A, as `b` it leaves the longest duration open. A
    start that nobody knows (`../A`) leaves the longest open as `a`, the shortest as `b`.
    """
    ends = a.points + b.points
    first, last = _first(a), _last(a) or _first(a)
    low = high = None
    if last and (start := _first(b)):
        low = _sharp(start, ends)[0] - _sharp(last, ends)[1]
    if first and (end := _last(b)):
        high = _sharp(end, ends)[1] - _sharp(first, ends)[0]
        if high == _ZERO and low != _ZERO and end.is_on_clock:
            # Within the minute in which both may lie, the second may still come after the first.
            high = end.latest - end.earliest
    return _span(low, high, ends)


def duration(when: When, now: datetime | None = None) -> Span:
    """Measure how long `when` itself lasted: an interval from its start to its end, a day up to 24 h.

    With `now`, an interval that is still open has lasted until `now` at least.
    """
    ends = when.points
    first, last = _first(when), _last(when)
    low, high = _ZERO, None
    if first and last:
        low = max(_ZERO, _sharp(last, ends)[0] - _sharp(first, ends)[1]) if when.is_interval else _ZERO
        high = _sharp(last, ends)[1] - _sharp(first, ends)[0]
    elif first and now:
        low = max(_ZERO, now.astimezone(UTC) - _sharp(first, ends)[1])
    return _span(low, high, ends)


def _span(low: timedelta | None, high: timedelta | None, ends: tuple[Point, ...]) -> Span:
    return Span(
        timedelta.min if low is None else low,
        timedelta.max if high is None else high,
        is_approximate=any(end.is_approximate for end in ends),
        is_uncertain=any(end.is_uncertain for end in ends),
        to_the_second=all(end.precision == "second" for end in ends),
    )


def _first(when: When) -> Point | None:
    return None if when.starts_open else when.points[0]


def _last(when: When) -> Point | None:
    return None if when.is_open else when.points[-1]


def _sharp(point: Point, ends: tuple[Point, ...]) -> tuple[datetime, datetime]:
    """Return where `point` begins and ends, as finely as the coarsest clock time among `ends` allows."""
    if not point.is_on_clock:
        return point.earliest, point.latest
    instant = point.earliest
    if any(end.precision == "minute" for end in ends):
        instant = instant.replace(second=0)
    return instant, instant
