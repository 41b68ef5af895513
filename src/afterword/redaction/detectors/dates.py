"""Dates of birth."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import CUED, Candidate, Source
from afterword.redaction.detectors.cues import after_cue, cue_ends, field_words

_MONTH = r"[^\W\d_]{3,12}\.?"
DATE = re.compile(
    r"(?:(?:19|20)\d{2}[-./年]\s?\d{1,2}[-./月]\s?\d{1,2}日?(?:T00:00:00(?:\.0+)?Z?)?"
    r"|\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?(?:\d{4}|\d{2}(?!\d))\.?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|º|ª|\.|:e)?(?:\s|-)(?:de\s|d'|of\s)?{_MONTH},?(?:\s|-)(?:de\s"
    rf"|del\s)?\d{{4}}"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}"
    rf"|\d{{4}}(?:\.\s?|\s|-){_MONTH}(?:\s|-)\d{{1,2}}\.?|\d{{4}}년\s?\d{{1,2}}월\s?\d{{1,2}}일|\d{{4}}\.\s?\d"
    rf"{{1,2}}\.\s?\d{{1,2}}\.?"
    r"|(?:昭和|平成|令和|大正|明治)\s?(?:\d{1,2}|元)\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
    r"|(?:[MTSHR明大昭平令]\.?\s?)\d{1,2}[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
    r"|(?:(?:中華)?民[國国]|民國前|[NＮ]?民)?\s?\d{2,3}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
    r"|(?:民[國国]\s?)?(?:0?[2-9]\d|1[01]\d)[./-]\d{1,2}[./-]\d{1,2}(?![\d/.-])|(?:19|20)\d{6}(?!\d)"
    r"|\d{1,2}\s?[\u0e00-\u0e7f.]{2,14}\s?(?:พ\.?\s?ศ\.?\s?|ค\.?\s?ศ\.?\s?)?(?:2[45]|19|20)\d{2}"
    r"|\d{1,2}[ -][\u0900-\u0dff]{2,14},?[ -](?:19|20)\d{2}"
    r"|(?:ngày\s)?\d{1,2}\s?(?:tháng\s|/)\d{1,2}(?:\snăm\s|,\s?|/)\d{4}"
    r"|1[34]\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?:2[45])\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    r"|[一二三四五六七八九〇零○]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|[०-९٠-٩۰-۹๐-๙]{1,4}[-/.][०-९٠-٩۰-۹๐-๙]{1,2}[-/.][०-९٠-٩۰-۹๐-๙]{1,4}"
    rf"|[٠-٩۰-۹๐-๙०-९]{{1,2}}\s{_MONTH}\s[٠-٩۰-۹๐-๙०-९]{{4}})"
)


_NEARBY = re.compile(
    r"[ \t:：(為为は]{0,3}(?:\r?\n[ \t>|*#-]{0,6})?(?:[^\W\d_]{1,10}[ \t.:]{1,2}(?:\r?\n[ \t>|]{0,4})?){0,4}"
    r"(?=\d|民|中華民|[昭平令大明MTSHR一二٠-٩۰-۹०-९๐-๙])"
)


def find_births(source: Source) -> Iterator[Candidate]:
    """Yield dates after words for birth, and dates followed by them where the language puts them last."""
    text = source.text
    for start, end in cue_ends(source, field_words("DOB")):
        near = _NEARBY.match(text, end)
        match = DATE.match(text, after_cue(text, end)) or (DATE.match(text, near.end()) if near else None)
        if match:
            stop = match.end() - (match[0].endswith(".") and not match[0][:-1].endswith("."))
            # Hungarian dates end with a dot: `1981. 05. 23.`
            stop += bool(re.match(r"\d{4}\. ", match[0])) and text[stop : stop + 1] == "."
            yield Candidate(match.start(), stop, "DOB", 0.9, f"follows “{text[start:end]}”", CUED + 2)
    for match in _BEFORE_BIRTH.finditer(text) if any(word in source.low for word in _BIRTH_BEHIND) else ():
        yield Candidate(*match.span("date"), "DOB", 0.85, "a date of birth", CUED + 2)


_BIRTH_BEHIND = ("生まれ", "出生", "생", "doğumlu", "születésű", "született", "geboren", "tarihinde doğ")
_BEFORE_BIRTH = re.compile(
    r"(?P<date>\d{4}年\s?\d{1,2}月\s?\d{1,2}日|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}년\s?\d{1,2}월\s?\d{1,2}일"
    r"|\d{1,2}\.? [^\W\d_]{3,12} \d{4})"
    r"(?=\s{0,2}(?:生まれ|出生|생(?![가-힣])|doğumlu|születésű|-án született|-én született|geboren|tarihinde doğ))"
)
