"""Passwords that people tell each other: "my password is …", in the words of many languages."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from afterword.redaction.candidate import SAID, Candidate, Source
from afterword.redaction.data import listed, rows
from afterword.redaction.detectors.cues import cue_ends
from afterword.redaction.detectors.key_names import Trust
from afterword.redaction.detectors.secret_places import answers
from afterword.redaction.detectors.secret_values import before_next_name, plausible, trimmed_bare
from afterword.redaction.detectors.told_again import further, in_next_turn, made_up, referred, with_symbol
from afterword.redaction.harmless import is_identifier

_FOREIGN = "\u0e00-\u0e7f\u1100-\u11ff\u3000-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uff00-\uffef\u0900-\u0dff"
_VALUE = re.compile(f'[^\\s"`<>“”„«»‘{_FOREIGN}]{{3,120}}')
_QUOTED = re.compile(
    '["“„«\'‘`]{1,3}(?P<value>[^"“”„«»`\\n]{3,120}?)["”“»\'’`]{1,3}(?=[\\s.,;:!?)\\]}\u0e00-\u0e7f\u3040-\ud7af]|$)'
)
_FILLER = (
    r"(?:[ \t]{1,3}[\w@./-]{1,40}(?:['’]\w{1,30})?){0,4}?"
    r"(?:,[ \t]{1,2}(?:which|that|das|welches|qui|lequel|que|che|dat|die|som|která|které|który|które|який"
    r"|яке|который))?"
)
"""Words between the word for "password" and the joint: what it is for, whose it is."""


_GLUED = r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{0,8}?"
"""What scripts without spaces write on to the word: `รหัสผ่านของ`, `密码已`."""


@cache
def _copula() -> re.Pattern[str]:
    words = sorted((word for row in rows("copulas.txt") for word in row.split("|")), key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in words if word[0].isalpha() and ord(word[0]) < 0x0E00)
    glued = "|".join(re.escape(word) for word in words if not (word[0].isalpha() and ord(word[0]) < 0x0E00))
    adverbs = "|".join(listed("anchors.txt", "ADVERB"))
    return re.compile(
        rf"[\"'*_`)\]»”]{{0,4}}{_GLUED}(?:['’]s[ \t]{{1,2}}|{_FILLER}[ \t]{{0,3}}(?:(?:[:：＝]|=(?![=>])|=>|->|→|"
        rf"(?<=[ \t])[—–-](?=[ \t]))[ "
        rf"\t]{{0,3}}|(?<=[ \t])(?:{spaced})[ \t]*[:：]?[ \t]{{1,3}}(?:(?:{adverbs})[ \t]{{1,3}}){{0,2}}"
        rf"|(?:{glued})[ \t:：]{{0,3}}[「『《【]?|(?<=[\u0e00-\u0e7f\u3040-\ud7af])[ ]?(?:[「『《【]|(?=[\"'“‘`]))))"
        r"(?:\*\*|__)?(?:\r?\n[ \t]{0,8}(?=[^\s]))?",
        re.IGNORECASE,
    )


@cache
def _words() -> tuple[str, ...]:
    words = {word for row in rows("password_words.txt") for word in row.split(" ", 1)[1].split("|")}
    return tuple(sorted(words, key=len, reverse=True))


_SHORT = frozenset(
    {"pin", "otp", "tan", "kod", "kode", "clave", "parole", "sandi", "รหัส", "رمز", "암호", "पिन", "parol"}
)
_DIGITS = frozenset({"pin", "otp", "tan", "kod", "kode", "पिन"})
"""Words that announce a number, not a password."""


_CODES = ("code", "kod", "cod", "код", "号", "번호")
_NO_CODES = ("adgangskode", "kodeord", "비밀")
"""Words for passwords that only sound like those for codes."""


def _value_at(text: str, at: int) -> tuple[int, int, bool]:
    """Return the offsets of the value at a place, and whether it stands in quotes."""
    if text[at : at + 2] in ("''", '""') and text[at + 2 : at + 3] in (",", ")", ";", " ", "\n", ""):
        return at, at, False
    if quoted := _QUOTED.match(text, at):
        return *quoted.span("value"), True
    match = _VALUE.match(text, at)
    if not match:
        return at, at, False
    value = before_next_name(match[0])
    value = value.split("',", 1)[0].rstrip("'’*_") if "'" in value else value
    if text[max(0, at - 2) : at].endswith("*"):
        value = value.rstrip("*")
    return at, at + len(trimmed_bare(value)), False


def strong(value: str) -> bool:
    """Whether a value has letters and digits, and more that words and numbers have not."""
    letters, digits = sum(map(str.isalpha, value)), sum(map(str.isdigit, value))
    symbols = sum(not c.isalnum() and c not in ".,-_/:'" for c in value[:-1])
    return (
        len(value) >= 6
        and letters > 0
        and digits > 0
        and (symbols > 0 or (digits >= 2 and len(value) >= 8) or value != value.lower())
    )


@cache
def _common_passwords() -> frozenset[str]:
    """Return the words that people most often take for a password, which therefore are one after the word."""
    return frozenset(listed("common_passwords.txt", "WORD"))


def _is_code(word: str) -> bool:
    return any(part in word for part in _CODES) and not any(part in word for part in _NO_CODES)


def _told(text: str, start: int, end: int, quoted: bool, word: str) -> bool:
    value = text[start:end]
    if word in _SHORT or _is_code(word):
        return (
            bool(re.fullmatch(r"\d{4,8}|[A-Z0-9]{2,5}-?[A-Z0-9]{2,5}", value)) and any(c.isdigit() for c in value)
        ) or (strong(value) and not is_identifier(value))
    if value.isascii() and value.isalpha() and (not word[0].isascii() or value.lower() in _common_passwords()):
        return plausible(value, Trust.PASSWORD, quoted=quoted, settled=True)
    return plausible(value, Trust.PASSWORD, quoted=quoted, settled=False)


_MOST_JOINTS = 3


def _first_told(text: str, match: re.Match[str], word: str) -> tuple[int, int] | None:
    """Return the first value after the word and a joint; "of", "to" and the like may be joints or not."""
    joint: re.Match[str] | None = match
    for _ in range(_MOST_JOINTS):
        if joint is None:
            return None
        start, end, quoted = _value_at(text, joint.end())
        if end > start and _told(text, start, end, quoted, word):
            return start, end
        joint = _copula().match(text, end) if end > start and text[end : end + 1] in (" ", "\t") else None
    return None


_POLICY = re.compile(
    r"[ _-](?i:polic\w{1,4}|rules?|requirements?|length|strength|manager|hash\w{0,3}|fields?|reset|expir\w{1,6})\b"
)
"""What follows the word where a text is about passwords and tells none."""


def find_told(source: Source) -> Iterator[Candidate]:
    """Yield what follows the word for "password" in any of many languages."""
    told: set[int] = set()
    mentions = sorted(_named(source))
    # What another mention of the word announces is found from there, once instead of from each before it.
    starts = [*(start for start, _ in mentions), len(source.text)]
    done = 0
    for word_start, word_end in mentions:
        if word_start < done:
            continue
        if source.text[word_start - 1 : word_start] == "=" or _POLICY.match(source.text, word_end):
            continue
        end = word_end
        for found in _told_after(source, word_start, word_end):
            yield found
            end = done = max(end, found.end)
        if end in told:
            continue
        again = (
            further(source.text, end, starts[bisect_left(starts, end)])
            if end > word_end
            else referred(source, word_end)
        )
        for span in (*again, *in_next_turn(source.text, end)):
            told.add(span[1])
            reason = f"in a sentence with “{source.text[word_start:word_end]}”"
            yield Candidate(*span, "SECRET_PASSWORD", 0.7, reason, SAID - 2)


_COMPOUND = re.compile(
    r"(?:pass?wort|kennwort|wachtwoord|lösenord|passord|adgangskode|kodeord|salasana|lykilorð|password|parool)"
    r"(?:e[ns]?|s|et|en|ene|er|n|ni|ksi|ien)?$"
)
_COMPOUND_ENDS = (
    "ort",
    "orts",
    "orte",
    "oord",
    "oorden",
    "ord",
    "ordet",
    "orden",
    "kode",
    "koden",
    "ana",
    "anan",
    "ord",
    "rds",
)


def _named(source: Source) -> Iterator[tuple[int, int]]:
    """Yield where words for "password" stand, compounds of Germanic and Finnic languages too (`Gästepasswort`)."""
    yield from cue_ends(source, _words())
    for word, places in source.words.items():
        if len(word) > 8 and word.endswith(_COMPOUND_ENDS) and (part := _COMPOUND.search(word)) and part.start() > 2:
            for place in places:
                yield place, place + len(word)


_NUMBER = re.compile(r"[ ]\d{4,8}(?![\w.,]\d)")


def _told_after(source: Source, word_start: int, word_end: int) -> Iterator[Candidate]:
    """Yield what one mention of the word announces."""
    text, word = source.text, source.low[word_start:word_end]
    reason = f"follows “{text[word_start:word_end]}”"
    yield from answers(text, word_end, for_number=word in _SHORT or _is_code(word))
    number = _NUMBER.match(text, word_end) if word in _DIGITS else None
    match = None if number else _copula().match(text, word_end)
    if match and (span := _first_told(text, match, word)):
        yield Candidate(*span, "SECRET_PASSWORD", 0.85, reason, SAID)
    elif match:
        start, end = _in_sentence(text, word_end, word)
        if end > start:
            yield Candidate(start, end, "SECRET_PASSWORD", 0.75, reason, SAID)
    elif text[word_end : word_end + 1] in tuple(" (\t「『“《【（"):
        start, end, quoted = _value_at(text, word_end + 1)
        value = text[start:end]
        wordlike = (
            word not in _DIGITS and strong(value) and plausible(value, Trust.PASSWORD, quoted=quoted, settled=False)
        )
        if not wordlike and not (word in _SHORT and re.fullmatch(r"\d{4,8}", value)):
            start, end = _in_sentence(text, word_end, word)
        if end > start:
            yield Candidate(start, end, "SECRET_PASSWORD", 0.75, reason, SAID)


_SENTENCE = re.compile(
    r"(?:[ \t]{1,2}[^\s\d!-/:-@]{1,20}){0,5}?[ \t]{1,2}(?P<last>[^\s\d!-/:-@]{1,20})[ \t]{1,2}"
    r"(?=[^\s]{0,80}[\d!#$%&*+=?@^~])"
)
_TO = frozenset(listed("anchors.txt", "CHANGED_TO"))
_BEHIND = re.compile(
    r"[\"'`]?[ ](?:olarak|olacak|oldu|diye|olsun|dir|dır|yaptım|yaptık|है|हैं|था|رکھا|ہے|است|بود|شد|می‌باشد|です|だ|입니다)"
)
"""What follows a value in languages whose sentences end with the verb."""
_FAR_SCRIPT = "\u0530"


def _in_sentence(text: str, at: int, word: str) -> tuple[int, int]:
    """Return the generated-looking value some words after the word for "password", an empty range without one."""
    match = _SENTENCE.match(text, at, at + 110)
    if not match or word in _DIGITS:
        return at, at
    start, end, quoted = _value_at(text, match.end())
    value = text[start:end]
    core = value if match["last"].lower() in _TO else value.strip("'\"")
    mixed = any(map(str.isupper, core[1:])) and any(map(str.islower, core)) and len(core) >= 8
    behind = word[0] >= _FAR_SCRIPT or bool(_BEHIND.match(text, end))
    sure = (strong(value) or with_symbol(value)) and (
        mixed or match["last"].lower() in _TO or (behind and made_up(value)) or with_symbol(value)
    )
    if sure and not is_identifier(value) and plausible(value, Trust.PASSWORD, quoted=quoted, settled=False):
        return start, end
    return at, at
