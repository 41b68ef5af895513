"""One typed time taken apart: its qualifiers, its time of day, its zone, and the words that name the day."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, timedelta, timezone, tzinfo

from afterword.record.point import check_clock, check_offset, quoted


class UnreadableError(ValueError):
    """The words are none that a time is made of; the caller names the forms that are."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as typed; `minute` is None for a bare hour, `half` is "a" or "p" for am and pm."""

    hour: int
    minute: int | None = None
    second: int | None = None
    half: str = ""

    def on_24_hours(self) -> tuple[int, int, int]:
        """Return hour, minute and second; ValueError where no clock shows this."""
        minute, second = self.minute or 0, self.second or 0
        if self.minute is None and not self.half:
            raise ValueError(f"'{self.hour}' may be an hour or a day: write {self.hour}:00 or 2026-03-02.")
        if self.half and not 1 <= self.hour <= 12:
            raise ValueError(f"There is no {self.hour}{self.half}m: write 2:05pm or 14:05.")
        hour = self.hour % 12 + (12 if self.half == "p" else 0) if self.half else self.hour
        check_clock(hour, minute, second)
        return hour, minute, second


@dataclass(frozen=True, slots=True)
class Phrase:
    """What one typed time says; `shift` counts from now ("2 h ago"), `day` holds the words for the day."""

    day: str = ""
    clock: Clock | None = None
    zone: tzinfo | None = None
    shift: timedelta | None = None
    to_the_second: bool = False
    is_approximate: bool = False
    is_uncertain: bool = False


_ABOUT = re.compile(r"(?<!\S)(?:about|around|approx\.?|approximately|roughly|circa|ca\.?)(?!\S)")
_MAYBE = re.compile(r"(?<!\S)(?:maybe|perhaps|probably|possibly|presumably)(?!\S)")
_MARK_BEFORE = re.compile(r"(?<!\S)[~≈?]+ ?(?=\S)")
_MARK_AFTER = re.compile(r"(?<=\S) ?[~≈?%]+(?!\S)")
_NAMED_ZONE = re.compile(
    r"(?<![a-z])(?:(?:europe|america|asia|africa|australia|pacific|atlantic|indian|us|etc)/[a-z_/]+"
    r"|(?:cet|cest|mez|mesz|wet|west|eet|eest|msk|bst|ist|sast|wat|cat|eat|art|brt|pkt|ict|wib|hkt|sgt|jst|kst"
    r"|e[sd]?t|c[sd]?t|m[sd]?t|p[sd]?t|ak[sd]t|hst|a[sd]t|n[sd]t|a[ce][sd]t|awst|nz[sd]t)(?![a-z]))"
)
_CLOCK = re.compile(
    r"(?<![0-9:.a-z+-])(?:(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?(?:uhr|hrs?|h)\b)?"
    r"|(?P<bare>[0-9]{1,2}) ?(?P<bare_half>[ap])\.?m\b\.?"
    r"|(?P<word>(?:12 )?noon|midday|midnight)\b)(?![0-9])",
    re.ASCII,
)
_ZONE = r"(?:(?P<z>z)|(?P<utc>utc|gmt)?(?: ?(?P<sign>[+-])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-9]{2}))?)?)"
_ZONE_AFTER_CLOCK = re.compile(r" ?" + _ZONE + r"(?![0-9a-z:])")
_ZONE_AT_END = re.compile(r"(?<!\S)" + _ZONE + r"$")
_UTC_DAY = re.compile(r"(?<!\S)\(?(?:utc|gmt)(?: day)?\)?(?!\S)")
_COMPACT = re.compile(r"(?<![0-9])([0-9]{8})t([0-9]{2})([0-9]{2})([0-9]{2})")
_DATE_T_TIME = re.compile(r"(?<=[0-9])t(?=[0-9]{1,2}:)")
_LIKE_CLOCK = re.compile(r"(?<![0-9.:])(?P<hour>[0-9]{1,2})\.(?P<minute>[0-9]{2})(?![0-9.])")
_DIGITS = re.compile(r"(?:at )?(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?: ?h(?:rs?|ours)?)?")
_BARE_HOUR = re.compile(r"(?:^|(?<=at ))(?P<hour>[0-9]{1,2})(?: o'clock)?$")

_AMOUNT = r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,3})?|(?:half an?|half|an?|one)(?= )) ?"
_PART = re.compile(
    _AMOUNT + r"(?P<unit>seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?![a-z])(?: ?(?:and|,) ?| )?"
)
_WORDS = {"half": 0.5, "half a": 0.5, "half an": 0.5, "a": 1.0, "an": 1.0, "one": 1.0}
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def read_phrase(words: str) -> Phrase:
    """Take one typed time apart; `words` is one line in lower case, UnreadableError where it is empty."""
    words, approximate = _taken(words, _ABOUT)
    words, uncertain = _taken(words, _MAYBE)
    before, after = _MARK_BEFORE.findall(words), _MARK_AFTER.findall(words)
    words = _MARK_AFTER.sub("", _MARK_BEFORE.sub("", words)).strip()
    marks = "".join(before + after)
    phrase = _read_unmarked(words)
    return replace(
        phrase,
        is_approximate=phrase.is_approximate or approximate or bool(set(marks) & set("~≈%")),
        is_uncertain=uncertain or bool(set(marks) & set("?%")),
    )


def _taken(words: str, pattern: re.Pattern[str]) -> tuple[str, bool]:
    rest, found = pattern.subn(" ", words)
    return " ".join(rest.split()), found > 0


def _read_unmarked(words: str) -> Phrase:
    if not words:
        raise UnreadableError
    return _read_relative(words) or _read_clock(words)


def refuse_named_zone(words: str) -> None:
    """Raise ValueError where words hold the name of a zone other than UTC; few have one offset."""
    if match := _NAMED_ZONE.search(words.lower()):
        name = match[0].title() if "/" in match[0] else match[0].upper()
        raise ValueError(f"{name} does not name one offset: write it, as in 14:05 +01:00, or 14:05 UTC.")


def _read_relative(words: str) -> Phrase | None:
    """Read "now", "90 min ago", "2 h ago", "in 30 min"; hours alone are taken as approximate."""
    rest, in_utc = _taken(words, _UTC_DAY)
    zone = UTC if in_utc else None
    if rest in {"now", "right now", "just now"}:
        return Phrase(shift=timedelta(0), zone=zone)
    match = re.fullmatch(r"(?P<past>.+?) ago|in (?P<future>.+)", rest)
    if match is None:
        return None
    amount = match["past"] or match["future"]
    seconds, units, position = 0.0, set[str](), 0
    # "1h30" leaves the unit of the minutes out.
    amount = re.sub(r"(?<=[0-9]h)(?P<m>[0-9]{1,2})$", r" \g<m>min", amount)
    while position < len(amount):
        part = _PART.match(amount, position)
        if part is None:
            return None
        unit = part["unit"][0]
        seconds += (_WORDS.get(part["number"]) or float(part["number"])) * _UNITS[unit]
        units.add(unit)
        position = part.end()
    if units <= {"d"}:
        return None
    shift = timedelta(seconds=round(seconds) * (-1 if match["past"] else 1))
    return Phrase(
        shift=shift,
        zone=zone,
        to_the_second="s" in units,
        is_approximate=bool(match["past"]) and not units & {"s", "m"},
    )


def _read_clock(words: str) -> Phrase:
    """Read what has a time of day, or none, and leave the words for the day."""
    words = _DATE_T_TIME.sub(" ", _COMPACT.sub(r"\1 \2:\3:\4", words))
    clocks = list(_CLOCK.finditer(words))
    if len(clocks) > 1:
        raise UnreadableError
    if not clocks:
        _refuse_almost_clock(words)
        if bare := _BARE_HOUR.search(words):
            return Phrase(day=_tidy(words[: bare.start()]), clock=Clock(int(bare["hour"])))
        return Phrase(day=_tidy(_UTC_DAY.sub(" ", words)))
    found = clocks[0]
    tail, zone = _take_zone(words[found.end() :])
    day = _tidy(words[: found.start()] + " " + tail)
    clock = _clock(found)
    return Phrase(day=day, clock=clock, zone=zone, to_the_second=clock.second is not None)


def _clock(match: re.Match[str]) -> Clock:
    if match["word"]:
        return Clock(0 if match["word"] == "midnight" else 12, 0)
    if match["bare"]:
        return Clock(int(match["bare"]), half=match["bare_half"])
    second = int(match["second"]) if match["second"] else None
    return Clock(int(match["hour"]), int(match["minute"]), second, match["half"] or "")


def _take_zone(tail: str) -> tuple[str, tzinfo | None]:
    """Take the zone off the words after the time of day, right there or at their end."""
    for pattern in (_ZONE_AFTER_CLOCK, _ZONE_AT_END):
        match = pattern.match(tail) if pattern is _ZONE_AFTER_CLOCK else pattern.search(tail)
        if match and match[0].strip():
            return tail[: match.start()] + " " + tail[match.end() :], _zone(match)
    return tail, None


def _zone(match: re.Match[str]) -> tzinfo:
    if not match["sign"]:
        return UTC
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    check_offset(hours, minutes, match[0].strip())
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(-shift if match["sign"] == "-" else shift)


def _refuse_almost_clock(words: str) -> None:
    if match := _LIKE_CLOCK.search(words):
        raise ValueError(
            f"{quoted(match[0])} may be a time or a day: write {match['hour']}:{match['minute']} or, "
            "for a day, 2026-03-02."
        )
    match = _DIGITS.fullmatch(words)
    # "2026" is a year, however it is qualified; what comes before 1970 can only be meant as a time of day.
    if match and int(match["hour"]) < 20 and int(match["minute"]) < 60:
        raise ValueError(f"{quoted(words)} needs a colon: write {match['hour']}:{match['minute']}.")


def _tidy(words: str) -> str:
    """Drop commas and the little words around the day."""
    return re.sub(r"(?:(?<!\S)(?:some ?time|at|on|the|of)(?!\S)|,|\s)+", " ", words).strip()
