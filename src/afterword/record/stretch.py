"""Typed words cut into the two ends of an interval: "14:05 to 15:10", "since yesterday", "14:05-15:10"."""

import re

OPEN = ".."
"""Stands for an end that is open."""

_SINCE = re.compile(r"(?:since|from|starting) (?P<it>.+)|(?P<that>.+?),? (?:onwards?|still open|ongoing)", re.I)
_UNTIL = re.compile(r"(?:until|till|up to|before) (?P<it>.+)", re.I)
_BETWEEN = re.compile(r"between (?P<first>.+?) and (?P<last>.+)", re.I)
_FROM = re.compile(r"from ", re.I)
_SEPARATORS = tuple(
    re.compile(pattern, re.I) for pattern in (r" (?:to|until|till|through) ", r" - ", r" ?/ ?", r" ?\.\.+ ?")
)
_YEAR_FIRST = re.compile(r"(?<![0-9:.+-])([0-9]{4})/([0-9]{1,2})(?:/([0-9]{1,2}))?(?![0-9:/])")
_SLASH_DATE = re.compile(r"(?<![0-9:.+-])[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![0-9:.]| ?[ap]\.?m)", re.I)
_NO_CUT = "\0"
_GLUED = re.compile(
    r"(?:(?<=:[0-9]{2})|(?<=[ap]m)|(?<=noon))-(?=[0-9]{1,2}(?::[0-9]{2}| ?[ap]\.?m)|noon|midnight|now)", re.I
)
_GLUED_HOURS = re.compile(r"(?:^|(?<= ))(?P<hour>[0-9]{1,2})-(?=[0-9]{1,2} ?[ap]\.?m)", re.I)
_CLOCK_AT_END = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?$")
_ISO_DATE_AT_END = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]$", re.I)


def cut(words: str) -> tuple[str, ...]:
    """Return both ends of an interval, `OPEN` for one that is open, or the words alone where they name none.

    ValueError where a hyphen may begin the second time or an offset.
    """
    words = _YEAR_FIRST.sub(lambda date: "-".join(part for part in date.groups() if part), words)
    words = _SLASH_DATE.sub(lambda date: date[0].replace("/", _NO_CUT), words)
    return tuple(end.replace(_NO_CUT, "/") for end in _cut(words))


def _cut(words: str) -> tuple[str, ...]:
    if match := _BETWEEN.fullmatch(words):
        return match["first"], match["last"]
    for separator in _SEPARATORS:
        parts = separator.split(_FROM.sub("", words, count=1) if _FROM.match(words) else words)
        if len(parts) == 2:
            return parts[0] or OPEN, parts[1] or OPEN
    if match := _GLUED_HOURS.search(words):
        return f"{words[: match.start()]}at {match['hour']}", words[match.end() :]
    if (match := _GLUED.search(words)) and not _is_offset(words[: match.start()], words[match.end() :]):
        return words[: match.start()], words[match.end() :]
    if match := _SINCE.fullmatch(words):
        return match["it"] or match["that"], OPEN
    if match := _UNTIL.fullmatch(words):
        return OPEN, match["it"]
    return (words,)


def _is_offset(before: str, after: str) -> bool:
    """Tell "2026-03-02 14:05-05:00" from "2026-03-02 14:05-15:10"; ValueError where it may be both."""
    first, last = _CLOCK_AT_END.search(before), re.fullmatch(_CLOCK_AT_END, after)
    if not first or not last:
        return False
    start, end = (int(clock[1]) * 60 + int(clock[2]) for clock in (first, last))
    if end > 12 * 60 or end % 30:
        return False
    has_date = _ISO_DATE_AT_END.search(before[: first.start()]) is not None
    if has_date == (end > start):
        raise ValueError(
            f"'-{after}' may be the end or the offset: write '{first[0]} to {after}' or '{first[0]} UTC-{after}'."
        )
    return has_date
