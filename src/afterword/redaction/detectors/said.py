"""Secrets that people tell each other: "my password is …", "log in as … with …", recovery phrases and codes."""

import re
from collections.abc import Iterator
from functools import cache

from afterword.redaction.candidate import SAID, Candidate, Source
from afterword.redaction.data import listed, rows
from afterword.redaction.detectors.cues import cue_ends
from afterword.redaction.detectors.key_names import Trust, kind_of
from afterword.redaction.detectors.secret_places import answers
from afterword.redaction.detectors.secret_values import before_next_name, plausible, trimmed_bare
from afterword.redaction.harmless import is_identifier, is_placeholder, looks_random

_FOREIGN = "\u0e00-\u0e7f\u1100-\u11ff\u3000-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uff00-\uffef\u0900-\u0dff"
_VALUE = re.compile(f'[^\\s"`<>“”„«»‘{_FOREIGN}]{{3,120}}')
_QUOTED = re.compile('["“„«\'‘`]{1,3}(?P<value>[^"“”„«»`\\n]{3,120}?)["”“»\'’`]{1,3}(?=[\\s.,;:!?)\\]}]|$)')
_FILLER = (
    r"(?:[ \t]{1,3}(?:for|of|to|at|on|für|pour|para|per|voor|för|till|til|dla|do|pro|için|du|de"
    r"|della|del|din|на|для|от|к|the|my|your|le|la|el|das|den|"
    r"der|die|dem|mein|meine|votre|mon|mi|su|tu|meu|minha|seu|il|mio|mijn|min|mitt|moje|můj|[\w@./-]{1,40}"
    r")){0,4}?"
)


_GLUED = r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{0,8}?"
"""What scripts without spaces write on to the word: `รหัสผ่านของ`, `密码已`."""


@cache
def _copula() -> re.Pattern[str]:
    words = sorted((word for row in rows("copulas.txt") for word in row.split("|")), key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in words if word[0].isalpha() and ord(word[0]) < 0x0E00)
    glued = "|".join(re.escape(word) for word in words if not (word[0].isalpha() and ord(word[0]) < 0x0E00))
    return re.compile(
        rf"[\"'*_`)\]»”]{{0,4}}{_GLUED}(?:['’]s[ \t]{{1,2}}|{_FILLER}[ \t]{{0,3}}(?:(?:[:：＝]|=(?![=>])|=>|->|→|"
        rf"(?<=[ \t])[—–-](?=[ \t]))[ "
        rf"\t]{{0,3}}|(?<=[ \t])(?:{spaced})[ \t]*[:：]?[ \t]{{1,3}}|(?:{glued})[ \t:：]{{0,3}}))"
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
    value = value.split("',", 1)[0].rstrip("'’*_") if "'" in value else value.rstrip("*")
    return at, at + len(trimmed_bare(value)), False


def _strong(value: str) -> bool:
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


def _told(text: str, start: int, end: int, quoted: bool, word: str) -> bool:
    value = text[start:end]
    if (
        word in _SHORT
        or "code" in word
        or "kod" in word
        or "cod" in word
        or "код" in word
        or "号" in word
        or "번호" in word
    ):
        return (
            bool(re.fullmatch(r"\d{4,8}|[A-Z0-9]{2,5}-?[A-Z0-9]{2,5}", value)) and any(c.isdigit() for c in value)
        ) or _strong(value)
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
    text = source.text
    for word_start, word_end in cue_ends(source, _words()):
        if text[word_start - 1 : word_start] == "=" or _POLICY.match(text, word_end):
            continue
        word = source.low[word_start:word_end]
        yield from answers(text, word_end)
        if match := _copula().match(text, word_end):
            if span := _first_told(text, match, word):
                yield Candidate(*span, "SECRET_PASSWORD", 0.85, f"follows “{text[word_start:word_end]}”", SAID)
        elif text[word_end : word_end + 1] in (" ", "(", "\t"):
            start, end, quoted = _value_at(text, word_end + 1)
            value = text[start:end]
            wordlike = (
                word not in _DIGITS
                and _strong(value)
                and plausible(value, Trust.PASSWORD, quoted=quoted, settled=False)
            )
            if not wordlike and not (word in _SHORT and re.fullmatch(r"\d{4,8}", value)):
                start, end = _in_sentence(text, word_end, word)
            if end > start:
                yield Candidate(start, end, "SECRET_PASSWORD", 0.75, f"follows “{text[word_start:word_end]}”", SAID)


_SENTENCE = re.compile(r"(?:[ \t]{1,2}[^\W\d_]{1,14}){0,5}?[ \t]{1,2}(?P<last>[^\W\d_]{1,14})[ \t]{1,2}(?=[^\s]*\d)")
_TO = frozenset(
    [
        "to",
        "back",
        "auf",
        "à",
        "a",
        "na",
        "på",
        "til",
        "su",
        "naar",
        "para",
        "sur",
        "en",
        "mit",
        "saya",
        "من",
        "estas",
        "anda",
        "with",
        "as",
    ]
)


def _in_sentence(text: str, at: int, word: str) -> tuple[int, int]:
    """Return the generated-looking value some words after the word for "password", an empty range without one."""
    match = _SENTENCE.match(text, at, at + 90)
    if not match or word in _DIGITS:
        return at, at
    start, end, quoted = _value_at(text, match.end())
    value = text[start:end]
    core = value if match["last"].lower() in _TO else value.strip("'\"")
    mixed = any(map(str.isupper, core[1:])) and any(map(str.islower, core)) and len(core) >= 8
    sure = _strong(value) and (mixed or match["last"].lower() in _TO) and not is_identifier(value)
    if sure and plausible(value, Trust.PASSWORD, quoted=quoted, settled=False):
        return start, end
    return at, at


_LOGIN = re.compile(
    r"(?i:(?:log(?:ged|ging)?[ -]?in(?:to)?|sign(?:ed|ing)?[ -]?in(?:to)?|authenticat\w{1,4}|connect\w{0,3"
    r"}|ssh|login|anmelden|einloggen|angemeldet))"
    r"[^\n]{0,60}?\b(?i:as|als|user|with|using|mit|by)\b[ :]{1,2}[\"'`]?(?P<user>[\w.@+\\-]{2,64})[\"'`]?"
    r"(?:[ ]{0,2}(?i:and|with|using|/|:|,|und|mit|\+)[ ]{0,2}){1,2}(?i:(?:the |a )?(?:password"
    r"|pass|pw|secret|key|pin|token)[ :=]{1,2})?[\"'`]?(?P<value>[^\s\"'`]{5,100})"
)
_PAIR = re.compile(
    r"(?i:(?:credentials?|creds?|logins?|zugangsdaten|identifiants|credenciales|credenciais|credenziali"
    r"|inloggegevens|dane logowania)(?: (?:are|is|sind|son|sono))?)"
    r"[ ]{0,2}[:=]?[ ]{1,2}[\"'`(]?(?P<user>[\w.@+\\-]{2,64})[ ]{0,2}[/:|,][ ]{0,2}(?P<value>"
    r"[^\s\"'`)]{5,100})"
)
_NETRC = re.compile(
    r"login\s+(?!with\s|and\s|or\s|your\s|using\s|for\s|by\s)\S{1,80}\s+password\s+(?P<value>\S{3,100})"
)
_TELLING = re.compile(
    r"(?P<word>(?i:token|key|secret|credential|clé|schlüssel|llave|chiave|chave|sleutel|nyckel"
    r"|nøkkel|klucz|klíč|kulcs|cheie|ключ|токен|anahtar))[\"'*`]{0,2}"
    r"[ ]{0,2}(?P<joint>[:=→]|\r?\n|(?i:\bis\b|\bist\b|\best\b|\bes\b|\bè|\bé|\bto\b|\bjest\b|\bwas\b"
    r"|\bär\b|\ber\b)|—|–|(?<= )-(?= )|(?<= ))[ ]{0,2}[\"'`*]{0,3}(?P<value>[A-Za-z0-9+/_=.~:-]{10,512})"
)
_GIVEN_KEY = re.compile(
    r"(?i:(?:use|using|with|try|have|here(?: i|')s|take|got)\s(?:(?:this|the|my|our|your|a)\s){0,2}"
    r"(?:[\w-]{1,20}\s){0,2}(?:key|token|secret|code|credential)s?)"
    r"[ :=,-]{1,3}[\"'`]?(?P<value>[A-Za-z0-9+/_=.~-]{12,512})"
)


_GIVING_WORDS = ("use", "using", "with", "try", "have", "here", "take", "got")


def _matches(source: Source, pattern: re.Pattern[str], words: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Yield matches that begin at one of the words."""
    for at in source.at(*words):
        if match := pattern.match(source.text, at):
            yield match


_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


_NAME_BEFORE = re.compile(r"[A-Za-z0-9_]{1,40}[-_ ]$")


def _harmless_name(text: str, at: int) -> bool:
    """Whether the word at a place ends a longer name that holds no secret: `cache-key`."""
    before = _NAME_BEFORE.search(text, max(0, at - 41), at)
    word = re.match(r"[A-Za-z]{1,12}", text[at : at + 12])
    if not before or not word:
        return False
    if before[0].endswith(" "):
        return (before[0][:-1] + word[0]).lower() in listed("key_names.txt", "NEVER")
    return kind_of(before[0] + word[0]) is None


def _given_secret(match: re.Match[str], value: str) -> bool:
    """Whether what is called a token or key in a sentence is one."""
    groups = match.groupdict()
    if "/" in value and re.search(r"\.[a-z][a-z0-9]{1,4}$", value):
        return False
    if _UUID.search(value) and len(value) > 36:
        value = _UUID.sub("", value)
    if _UUID.fullmatch(value):
        return groups.get("word", "").lower() in ("token", "secret", "credential")
    plain_joint = groups.get("word") and not groups.get("joint")
    if is_identifier(value) and not re.fullmatch(r"[0-9a-f]{24,}", value):
        return False
    return looks_random(value, 16 if plain_joint else 10) or (
        not plain_joint and bool(re.fullmatch(r"[0-9a-f]{24,}", value))
    )


def find_logins(source: Source) -> Iterator[Candidate]:
    """Yield passwords and keys in sentences that tell how to get in."""
    sentences = (
        (_LOGIN, listed("anchors.txt", "LOGIN"), "given as a login"),
        (_PAIR, listed("anchors.txt", "PAIR"), "follows “credentials”"),
        (_NETRC, ("login",), "a netrc password"),
    )
    for pattern, words, reason in sentences:
        for match in _matches(source, pattern, words):
            value = trimmed_bare(match["value"])
            start = match.start("value")
            if (pattern is _NETRC or _strong(value)) and not is_placeholder(value) and "://" not in value:
                yield Candidate(start, start + len(value), "SECRET_PASSWORD", 0.8, reason, SAID - 3)
    for pattern, words in ((_TELLING, listed("anchors.txt", "TELLING")), (_GIVEN_KEY, _GIVING_WORDS)):
        for match in _matches(source, pattern, words):
            value = trimmed_bare(match["value"])
            start = match.start("value")
            if _given_secret(match, value) and not _harmless_name(source.text, match.start()):
                yield Candidate(start, start + len(value), "SECRET_GENERIC", 0.8, "called a key or token", SAID - 5)
