"""Between a clock on the wall and UTC: the offset of that date in that zone, clock changes included."""

from datetime import UTC, datetime, timedelta, tzinfo

from afterword.record.point import MAX_OFFSET


def on_wall(naive: datetime, zone: tzinfo) -> datetime:
    """Return the instant at which the clocks of `zone` show `naive`.

    Of two such instants (clocks set back) it is the first; ValueError where there is none (set forward).
    """
    first = naive.replace(tzinfo=zone, fold=0)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) == naive:
        return first
    gap = _offset(naive.replace(tzinfo=zone, fold=1)) - _offset(first)
    shown = (naive + gap).strftime("%H:%M")
    raise ValueError(
        f"{naive:%H:%M} did not happen on {naive:%Y-%m-%d} in {zone}, where the clocks were set forward: "
        f"write {shown}, or the offset, as in {naive:%H:%M} {_signed(_offset(first))}."
    )


def which_of_two(moment: datetime) -> int:
    """Return 1 or 2 where the clocks of the zone of `moment` show this time twice that day, else 0."""
    first, second = (_offset(moment.replace(fold=fold)) for fold in (0, 1))
    if first <= second:
        return 0
    return 1 if _offset(moment) == first else 2


def stamp(moment: datetime, to_the_second: bool = False) -> str:
    """Write an aware moment in canonical syntax, with the offset that it carries, Z for none.

    A moment whose offset canonical syntax cannot hold (odd seconds, over 14 h) is written in UTC.
    """
    offset = _offset(moment)
    if offset % timedelta(minutes=1) or abs(offset) > MAX_OFFSET:
        moment, offset = moment.astimezone(UTC), timedelta(0)
    shown = f"{moment.year:04}-" + moment.strftime("%m-%dT%H:%M:%S" if to_the_second else "%m-%dT%H:%M")
    return shown + (_signed(offset) if offset else "Z")


def offset_words(moment: datetime) -> str:
    """Write the offset of an aware moment: "+01:00"."""
    return _signed(_offset(moment))


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta(0)


def _signed(offset: timedelta) -> str:
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta(0) else '+'}{minutes // 60:02}:{minutes % 60:02}"
