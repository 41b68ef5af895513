"""Further passwords of a sentence that tells one: "… (the old one was X)", "and the one for the VPN is Y", "it's Z"."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from afterword.redaction.candidate import Source
from afterword.redaction.data import rows
from afterword.redaction.detectors.fields import label_of
from afterword.redaction.detectors.key_names import Trust
from afterword.redaction.detectors.secret_values import plausible, trimmed_bare
from afterword.redaction.harmless import changes, is_identifier

_REACH, _MOST = 130, 3
_JOINTS = 5
"""How many joints of one sentence are looked at: no sentence has more, a hostile text has one at every word."""
_VALUE = re.compile(r"[\"'`“„«*]{0,3}(?P<value>[!#-~]{6,80})")
_PLAIN = re.compile(
    r"[A-Za-z]{1,6}[-_#/]?\d+|[a-z]+(?:[-_.][a-z]+){0,6}[-_.]?\d{1,3}|v?\d[\d.,:/x-]*[A-Za-z]{0,3}"
    r"|[\w.+-]+@[\w.-]+\.\w+|[\w.-]+\.[a-z]{2,4}|[A-Z0-9_]+|\w+\(.*|[\w-]+:\d{2,5}|\d{1,4}[A-Za-z]{1,12}"
)
"""Names of machines, numbers of orders, versions, addresses, constants and calls."""
_MAIL = re.compile(r"@[\w-]{1,60}\.[a-z]|^\[|[\"<>\\]")
_SYMBOL = re.compile(r"[A-Za-z0-9][!@#$%^&*+?=~]{1,3}[A-Za-z0-9]|\d[#$%&*+=~]$|[a-z]\d{4}!$")


def with_symbol(value: str) -> bool:
    """Whether a made-up value holds a symbol that neither names nor numbers have."""
    return bool(_SYMBOL.search(value)) and made_up(value)


def made_up(value: str) -> bool:
    """Whether a value is mixed as only passwords are, so that it needs no word of its own before it."""
    letters, digits = sum(map(str.isalpha, value)), sum(map(str.isdigit, value))
    if (
        letters < 3
        or _MAIL.search(value)
        or "://" in value
        or "=" in value.rstrip("=")
        or "&" in value
        or _PLAIN.fullmatch(value)
        or is_identifier(value)
    ):
        return False
    symbols = bool(_SYMBOL.search(value)) or value[-1] in "!#$%&*+"
    cases = value != value.lower() and any(map(str.islower, value))
    mixed = (symbols and (digits > 0 or cases)) or (digits > 0 and (cases or (digits > 1 and changes(value) >= 0.2)))
    return mixed and plausible(value, Trust.PASSWORD, quoted=False, settled=False)


@cache
def _joint() -> re.Pattern[str]:
    """Return what stands between the words about another password and that password."""
    words = sorted((word for row in rows("copulas.txt") for word in row.split("|")), key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in words if word[0].isalpha() and word[0] < "\u0e00")
    glued = "|".join(re.escape(word) for word in words if word[0] >= "\u0e00")
    changed = (
        "now|nu|jetzt|nun|ahora|agora|ora|désormais|maintenant|teraz|nyní|nyt|acum|теперь|сейчас|тепер|сега|τώρα|artık"
    )
    return re.compile(
        rf"(?:[:：=→](?![/=])|->|(?<=[\s,(])(?:{spaced})(?=\s)|(?:{glued}))[ \t]{{0,3}}(?:(?:{changed})[ \t:]{{1,3}})?",
        re.IGNORECASE,
    )


_OWN_WORD = re.compile(r"[^\W\d_][\w./-]{0,40}$")
_PHRASE = re.compile(r"[\"'`“](?=[a-z]{3,12}(?:[-_.][a-z]{3,12}){2,6}[-_.]?\d{1,4}[\"'`”])(?P<value>[\w.-]{12,90})")
"""Words and a number in quotes, as generators of passphrases make them."""
_DIRECTLY = re.compile(
    r"[\"'`”“»*)]{0,3},?[ \t]{1,2}(?:and|or|und|oder|et|ou|y|e|o|en|och|eller|og|ja|tai|i|lub|a|nebo|és|vagy|și|sau|и"
    r"|или|та|або|και|ή|ve|veya|dan|atau|và|hoặc|و|أو|یا|और|या|&|/|\+|to|auf|zu|à|para|naar|til|till|na|на|instead of"
    r"|rather than|not|statt|anstatt|au lieu de|en vez de|em vez de|invece di|in plaats van|i stället för|i stedet for"
    r"|zamiast|místo|вместо|замість|->|→|=>)[ \t]{1,2}|[\"'`]{0,2}、[ \t]?|[와과と和및]"
)
_STOP = re.compile(r"\n|\"\s?[,}\]]|\\[n\"]|[.!?。！？](?=\s\s|\s?[A-Z\u0400-\u042f]{2,20}:)")


def _named_otherwise(text: str, start: int, at: int) -> bool:
    """Whether the word before a joint names something else: a customer number, a host, a user."""
    word = _OWN_WORD.search(text, max(start, at - 42), at)
    low = word[0].lower() if word else ""
    others = ("user", "username", "login", "host", "server", "url", "version", "id", "ref", "code", "model", "ticket")
    return bool(low) and (
        label_of(low) is not None or low in others or low.endswith(("id", "nummer", "number", "name"))
    )


def _value_from(text: str, at: int) -> tuple[int, int] | None:
    if phrase := _PHRASE.match(text, at):
        return phrase.span("value")
    match = _VALUE.match(text, at)
    if not match:
        return None
    value = (
        trimmed_bare(match["value"]).rstrip("\"'`!?") if match["value"][-1] in "\"'`" else trimmed_bare(match["value"])
    )
    return (match.start("value"), match.start("value") + len(value)) if made_up(value) else None


def further(text: str, end: int, limit: int) -> Iterator[tuple[int, int]]:
    """Yield the passwords that follow one ending at `end` in its sentence, up to a limit."""
    for _ in range(_MOST):
        reach = min(limit, end + _REACH)
        stop = _STOP.search(text, end, reach)
        reach = stop.start() if stop else reach
        span = None
        if direct := _DIRECTLY.match(text, end, reach):
            span = _value_from(text, direct.end())
        for joint in islice(_joint().finditer(text, end, reach) if span is None else (), _JOINTS):
            if not _named_otherwise(text, end, joint.start()) and (span := _value_from(text, joint.end())):
                break
        if span is None:
            return
        yield span
        end = span[1]


_REFERRING = re.compile(
    r"[\s,.;:(–—-](?:it['’]s|it (?:is|was)|that['’]s|this is|c['’]est|il est|elle est|es ist|sie ist"
    r"|das ist|lautet"
    r"|det är|det er|den är|den er|dat is|het is|to je|to jest|je to|ez|este|είναι|это|це|това е|هو|هي|זה|σε"
    r"|se on|on nyt|es ahora|agora é|è ora|ora è|is now|ist jetzt|is nu)[ \t]{1,2}"
    r"(?:(?:now|nu|jetzt|ahora|agora|ora|désormais|maintenant|teraz|nyt|still|just|:)[ \t]{1,2}){0,2}"
)
_FAR_REFERRING = 100


def referred(source: Source, end: int) -> Iterator[tuple[int, int]]:
    """Yield the password that a pronoun introduces after the word: "I changed the password, it's X now"."""
    line_end = source.text.find("\n", end, end + _FAR_REFERRING)
    reach = line_end if line_end >= 0 else end + _FAR_REFERRING
    match = _REFERRING.search(source.low, end, reach + 30)
    if match and match.start() <= reach and (span := _value_from(source.text, match.end())):
        yield span


_SPEAKER = (
    r"(?:\r?\n){1,2}(?:[(\[]?\d{1,2}:\d{2}(?::\d{2})?[)\]]?[ ]{1,2})?"
    r"[*<\[]{0,2}[^\W\d][\w. -]{0,24}[*>\]]{0,2}[:：>][*]{0,2}"
)
_NEXT_MESSAGE = (
    r"\"\s{0,2}\},?\s{0,8}\{\s{0,8}\"(?:role|from|author|speaker|user)\":\s{0,2}\"[^\"\n]{1,30}\",\s{0,8}"
    r"\"(?:content|value|text|message|body)\":\s{0,2}\""
)
_NEXT_TURN = re.compile(
    rf"[^\n]{{0,160}}?(?:(?:\r?\n){{1,2}}[^\n]{{0,160}})?(?:{_SPEAKER}|{_NEXT_MESSAGE})[ \t]{{0,3}}"
    r"(?P<lead>(?:[^\s\d\"=]{1,20}[ ]{1,2}){1,9})(?=[^\s]{0,60}\d)"
)


def in_next_turn(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the password that somebody tells in answer to a turn about passwords: "yes, it used to be X"."""
    if text.find("\n", at, at + 330) < 0 and text.find("{", at, at + 240) < 0:
        return
    match = _NEXT_TURN.match(text, at, at + 600)
    span = _value_from(text, match.end()) if match else None
    if match is None or span is None or _named_otherwise(text, match.start("lead"), match.end() - 1):
        return
    value = text[span[0] : span[1]]
    generated = len(value) >= 10 and changes(value) >= 0.25 and any(map(str.islower, value)) and value != value.lower()
    if with_symbol(value) or generated:
        yield span
