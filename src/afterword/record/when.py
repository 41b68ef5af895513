"""Times as people know them: a second, a minute, a day, a month, about, uncertain, an interval, still open.

The syntax is that of EDTF (ISO 8601-2), extended to minutes, offsets and intervals of times:
`2026`, `2026-03`, `2026-03-02`, `2026-03-02T14:05Z`, `2026-03-02T14:05:30+01:00`; a suffix `~` means
approximate, `?` uncertain, `%` both; `A/B` is an interval, `A/..` one that is still open, `../B` one whose
start nobody knows. A day, a month or a year without a time of day is that of UTC. Qualifiers do not move
`earliest` and `latest`: they change the wording only.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Self

from afterword.record.point import FORMS, PRECISIONS, Point, Precision, quoted

# Lists compare times without the model; pydantic itself comes with it.
if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

BEGINNING = datetime.min.replace(tzinfo=UTC)
"""`earliest` of an interval whose start is open (`../B`)."""
NO_END = datetime.max.replace(tzinfo=UTC)
"""`latest` of an interval that is still open (`A/..`)."""


@dataclass(frozen=True, slots=True)
class When:
    """An imprecise time in its canonical text; equal when the text is equal, ordered by `sort_key`."""

    text: str
    _first: Point | None = field(init=False, repr=False, compare=False)
    _last: Point | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first, last = _ends(self.text)
        interval = first is not last
        ends = (first, last) if interval else (first,)
        object.__setattr__(self, "text", "/".join(end.text if end else ".." for end in ends))
        object.__setattr__(self, "_first", first)
        object.__setattr__(self, "_last", last)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read canonical syntax, spaces around "/" allowed; ValueError says what was expected."""
        return cls(text)

    @property
    def earliest(self) -> datetime:
        """The first instant it can mean, in UTC; `BEGINNING` where the start is open."""
        return self._first.earliest if self._first else BEGINNING

    @property
    def latest(self) -> datetime:
        """The instant before which it lies, in UTC (exclusive); `NO_END` where it is still open."""
        return self._last.latest if self._last else NO_END

    @property
    def is_interval(self) -> bool:
        """Whether it is written with "/"."""
        return self._first is not self._last

    @property
    def is_open(self) -> bool:
        """Whether it has no end yet: `A/..`."""
        return self._last is None

    @property
    def starts_open(self) -> bool:
        """Whether nobody knows its start: `../B`."""
        return self._first is None

    @property
    def start(self) -> "When | None":
        """The time at which it starts: itself where it is no interval, None for `../B`."""
        return When(self._first.text) if self._first else None

    @property
    def end(self) -> "When | None":
        """The time at which it ends: itself where it is no interval, None for `A/..`."""
        return When(self._last.text) if self._last else None

    @property
    def points(self) -> tuple[Point, ...]:
        """Its known ends: one for a plain or half-open time, two for `A/B`."""
        ends = (self._first, self._last) if self.is_interval else (self._first,)
        return tuple(end for end in ends if end)

    @property
    def is_approximate(self) -> bool:
        """Whether an end of it carries `~` or `%`."""
        return any(point.is_approximate for point in self.points)

    @property
    def is_uncertain(self) -> bool:
        """Whether an end of it carries `?` or `%`."""
        return any(point.is_uncertain for point in self.points)

    @property
    def precision(self) -> Precision:
        """How finely it is known; for an interval, that of its coarser end."""
        return max((point.precision for point in self.points), key=PRECISIONS.index)

    @property
    def sort_key(self) -> tuple[datetime, datetime, str]:
        """Sorts times of any precision: by earliest, then latest, then text; equal only for equal times."""
        return self.earliest, self.latest, self.text

    @property
    def day(self) -> date | None:
        """The UTC day on which it starts, where that is known to the day."""
        if self._first is None or self._first.precision in {"month", "year"}:
            return None
        return self._first.earliest.date()

    @property
    def utc_text(self) -> str:
        """Its UTC reading in canonical syntax: `2026-03-02T13:05Z` for `2026-03-02T14:05+01:00`."""
        ends = (self._first, self._last) if self.is_interval else (self._first,)
        return "/".join(end.utc_text if end else ".." for end in ends)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Validate from text or a When; dump as text, in Python mode too."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls._validated,
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

    @classmethod
    def _validated(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        raise ValueError(f"A time is text such as {FORMS}, not {type(value).__name__}.")


def _ends(text: str) -> tuple[Point | None, Point | None]:
    """Read both ends of a time; one and the same Point where it is no interval, None where an end is open."""
    parts = re.split(r"[ \t]*/[ \t]*", text.strip(" \t\r\n"))
    if len(parts) == 1:
        point = Point.parse(parts[0])
        return point, point
    if len(parts) > 2:
        raise ValueError(f"{quoted(text)} has more than one '/': an interval is written START/END or START/..")
    if "" in parts:
        raise ValueError(f"{quoted(text)} lacks an end: write START/END, or '..' for the end that is open.")
    first, last = (None if part == ".." else Point.parse(part) for part in parts)
    if first is None and last is None:
        raise ValueError("'../..' says nothing: give the start or the end of the interval.")
    if first and last and last.latest <= first.earliest:
        raise ValueError(f"The interval ends before it starts: {first.text} is later than {last.text}.")
    return first, last
