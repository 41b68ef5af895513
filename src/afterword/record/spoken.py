"""How people type times: "14:05", "yesterday 14:05", "2 h ago", "last friday", "14:05 to 15:10", "2026-03~".

A time of day without a zone is read on the wall clock of the given zone, with the offset of that date. A day,
a month or a year is that of UTC, as everywhere in a record. "2 h ago" and "3 weeks ago" are taken as
approximate, "90 min ago" and "3 days ago" as they are; "midnight" is the start of the day that is named; in
"about 14:05 to 15:10" it is the start that is approximate.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from afterword.record.day_words import is_bare_weekday, name_day
from afterword.record.explained import explain
from afterword.record.phrase import Clock, Phrase, UnreadableError, read_phrase, refuse_named_zone
from afterword.record.point import quoted
from afterword.record.stretch import OPEN, cut
from afterword.record.text import line
from afterword.record.wall_clock import on_wall, stamp
from afterword.record.when import When

__all__ = ["explain", "understand"]

_LONGEST = 200
_SOON = timedelta(hours=1)
_SPELLINGS = str.maketrans({"–": " - ", "—": " - ", "−": "-", "…": "..", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


def understand(text: str, now: datetime, zone: tzinfo, reference: When | None = None, *, ahead: bool = False) -> When:
    """Read a time as people type it, seen from `now` (aware) in `zone`; canonical text comes back unchanged.

    A bare time of day is that of the day of `reference`; without one it is today's, or yesterday's where
    today's lies more than an hour ahead. Weekdays and dates without a year are the last ones, with `ahead`
    (due dates) the next ones. ValueError says in a sentence what is unreadable, ambiguous or never happened.
    """
    try:
        return When.parse(text)
    except ValueError:
        pass
    if len(text) > _LONGEST:
        raise ValueError(f"{quoted(text)} is too long for a time: write 14:05, yesterday 14:05 or 2026-03-02.")
    try:
        return _Reading(now, zone, reference, ahead).read(line(text.translate(_SPELLINGS)))
    except UnreadableError:
        raise ValueError(
            f"{quoted(text)} cannot be read as a time: write 14:05, yesterday 14:05, 2026-03-02 14:05 or 2026-03."
        ) from None
    except OverflowError:
        raise ValueError(f"{quoted(text)} lies too far away: write a time between 1970 and 9998.") from None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of typed words: from when and where they are seen."""

    now: datetime
    zone: tzinfo
    reference: When | None
    ahead: bool

    def read(self, words: str) -> When:
        refuse_named_zone(words)
        ends = cut(words)
        if len(ends) == 1:
            return self._end(_spoken(ends[0]))
        first, last = (None if end.strip() == OPEN else _spoken(end) for end in ends)
        if isinstance(first, Phrase) and isinstance(last, Phrase):
            first, last = _alike(first, last)
        return _interval(*self._ends(first, last))

    def _ends(self, first: "Phrase | When | None", last: "Phrase | When | None") -> tuple[When | None, When | None]:
        """Read both ends; a bare time of day takes its day from the other end."""
        if first is None or last is None:
            return self._end(first) if first else None, self._end(last) if last else None
        if _is_bare(first) and not _is_bare(last):
            end = self._end(last)
            return self._beside(first, end, before=True), end
        start = self._end(first)
        return start, self._beside(last, start, before=False) if _is_bare(last) else self._end(last)

    def _beside(self, bare: "Phrase | When", other: When, before: bool) -> When:
        """Read a bare time of day on the day of `other`, or across midnight where the order asks for it."""
        beside = replace(self, reference=other, ahead=False)
        found = beside._end(bare)
        if found.earliest > other.earliest if before else found.latest <= other.earliest:
            return beside._end(bare, timedelta(days=-1 if before else 1))
        return found

    def _end(self, phrase: "Phrase | When", later: timedelta = timedelta(0)) -> When:
        if isinstance(phrase, When):
            return phrase
        if phrase.shift is not None:
            moment = self.now.astimezone(UTC) + phrase.shift
            found = stamp(moment.astimezone(phrase.zone or self.zone), phrase.to_the_second)
        elif phrase.clock is None:
            found = name_day(phrase.day, self._today(phrase), self.ahead)
        else:
            found = stamp(self._moment(phrase, phrase.clock, later), phrase.to_the_second)
        return _marked(found, phrase)

    def _moment(self, phrase: Phrase, clock: Clock, later: timedelta) -> datetime:
        """Return the moment of a time of day, on the day that is named, referred to, or nearest."""
        today, referred = self._today(phrase), None
        if phrase.day:
            day = _full_day(name_day(phrase.day, today, self.ahead))
        else:
            referred = self._referred_day(phrase.zone or self.zone)
            day = referred or today
        moment = self._at(day + later, clock, phrase)
        if self.ahead or referred or moment <= self.now + _SOON:
            return moment
        if not phrase.day:
            return self._at(day - timedelta(days=1), clock, phrase)
        if is_bare_weekday(phrase.day):
            return self._at(day - timedelta(days=7), clock, phrase)
        return moment

    def _at(self, day: date, clock: Clock, phrase: Phrase) -> datetime:
        hour, minute, second = clock.on_24_hours()
        return on_wall(datetime(day.year, day.month, day.day, hour, minute, second), phrase.zone or self.zone)

    def _today(self, phrase: Phrase) -> date:
        return self.now.astimezone(phrase.zone or self.zone).date()

    def _referred_day(self, zone: tzinfo) -> date | None:
        """Return the day of the reference: as its clock time falls in `zone`, or as the day is written."""
        if self.reference is None or self.reference.day is None:
            return None
        start = self.reference.points[0]
        return start.earliest.astimezone(zone).date() if start.is_on_clock else self.reference.day


def _spoken(words: str) -> Phrase | When:
    """Take one end apart, unless it is canonical already."""
    try:
        return When.parse(words)
    except ValueError:
        return read_phrase(words.lower().strip())


def _is_bare(end: Phrase | When) -> bool:
    return isinstance(end, Phrase) and end.clock is not None and not end.day


def _alike(first: Phrase, last: Phrase) -> tuple[Phrase, Phrase]:
    """Let "2 to 3:30pm" and "14:05 to 15:10 UTC" say once what holds for both ends."""
    if not first.clock or not last.clock:
        return first, last
    zone = first.zone or last.zone
    clock = first.clock
    if last.clock.half and not clock.half and 1 <= clock.hour <= 12:
        clock = replace(clock, half=last.clock.half)
        if clock.on_24_hours() > last.clock.on_24_hours():
            clock = replace(clock, half="a" if clock.half == "p" else "p")
    return replace(first, clock=clock, zone=zone), replace(last, zone=last.zone or zone)


def _full_day(named: str) -> date:
    try:
        return date.fromisoformat(named)
    except ValueError:
        raise ValueError(f"A time of day needs one day, not {named}: write it as 2026-03-02 14:05.") from None


def _interval(first: When | None, last: When | None) -> When:
    if any(end and end.is_interval for end in (first, last)):
        raise UnreadableError
    return When("/".join(end.text if end else OPEN for end in (first, last)))


def _marked(found: str, phrase: Phrase) -> When:
    """Add the qualifiers that were typed to those that the words carry."""
    ends = []
    for end in found.split("/"):
        approximate = phrase.is_approximate or end.endswith("~")
        mark = {(True, True): "%", (True, False): "~", (False, True): "?", (False, False): ""}
        ends.append(end.rstrip("~") + mark[approximate, phrase.is_uncertain])
    return When("/".join(ends))
