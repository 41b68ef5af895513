"""Sentences that tell how to get in: "log in as … with …", "the token is …", "use this key: …"."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import SAID, Candidate, Source
from afterword.redaction.data import listed
from afterword.redaction.detectors.key_names import kind_of
from afterword.redaction.detectors.said import strong
from afterword.redaction.detectors.secret_values import trimmed_bare
from afterword.redaction.detectors.told_again import with_symbol
from afterword.redaction.harmless import is_identifier, is_placeholder, looks_random

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
_OPENED = re.compile(
    r"(?i:unlock\w{0,3}|open(?:s|ed)?|protected|secured|encrypted|locked|decrypt\w{0,3}|unzip\w{0,4}|entsperr\w{1,3}"
    r"|geschützt|verschlüsselt|protégée?s?|chiffrée?s?|déverrouill\w{1,3}|protegid[oa]s?|cifrad[oa]s?|desbloque\w{1,4}"
    r"|protett[oaie]|sblocc\w{1,3}|beveiligd|ontgrendel\w{0,3}|skyddad\w?|zabezpieczon\w{1,2}|chráněn\w|защищ\w{2,6}"
    r"|зашифрован\w{0,2})[ ](?i:with|by|using|via|mit|durch|avec|par|con|por|com|da|met|med|z|s|hasłem|паролем)[ ]"
    r"(?:(?i:the|das|le|la|el|o|il|het)[ ])?[\"'`]?(?P<value>[!-~]{6,60})"
)
_OPENED_SYMBOL = re.compile(r"[!@#$%^&*?]")
_DEFAULT_USER = re.compile(
    r"(?:admin|root|administrator|sysadmin|superuser|postgres|guest|demo|test|tester|sa)[\"'`]?[ ]?[/:|][ ]?[\"'`]?"
    r"(?P<value>[!-~]{6,60})"
)
_USERS = (
    "admin",
    "root",
    "administrator",
    "sysadmin",
    "superuser",
    "postgres",
    "guest",
    "demo",
    "test",
    "tester",
    "sa",
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


_PROVIDER = re.compile(r"[a-z,.;:] (?:[A-Z][A-Za-z]{2,20}|(?i:api|access|licen[cs]e|auth))[ ]$")


def _of_provider(match: re.Match[str]) -> bool:
    """Whether "key" follows the name of a service in a sentence: "the Codecov key …"."""
    word = match.groupdict().get("word") or ""
    return word.lower() == "key" and bool(_PROVIDER.search(match.string, max(0, match.start() - 26), match.start()))


def _given_secret(match: re.Match[str], value: str) -> bool:
    """Whether what is called a token or key in a sentence is one."""
    groups = match.groupdict()
    if "/" in value and re.search(r"\.[a-z][a-z0-9]{1,4}$", value):
        return False
    if _UUID.search(value) and len(value) > 36:
        value = _UUID.sub("", value)
    if _UUID.fullmatch(value):
        return groups.get("word", "").lower() in ("token", "secret", "credential") or _of_provider(match)
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
            if (pattern is _NETRC or strong(value)) and not is_placeholder(value) and "://" not in value:
                yield Candidate(start, start + len(value), "SECRET_PASSWORD", 0.8, reason, SAID - 3)
    for match in _matches(source, _DEFAULT_USER, _USERS):
        value = trimmed_bare(match["value"]).rstrip("\"'`")
        start = match.start("value")
        if with_symbol(value) and "/" not in value and "@" not in value:
            yield Candidate(start, start + len(value), "SECRET_PASSWORD", 0.7, "behind the name of a user", SAID - 4)
    for pattern, words in ((_TELLING, listed("anchors.txt", "TELLING")), (_GIVEN_KEY, _GIVING_WORDS)):
        for match in _matches(source, pattern, words):
            value = trimmed_bare(match["value"])
            start = match.start("value")
            if _given_secret(match, value) and not _harmless_name(source.text, match.start()):
                yield Candidate(start, start + len(value), "SECRET_GENERIC", 0.8, "called a key or token", SAID - 5)


def find_opened(source: Source) -> Iterator[Candidate]:
    """Yield passwords with which something is said to open: "unlocked with X"."""
    for match in _matches(source, _OPENED, listed("anchors.txt", "OPENED")):
        value = trimmed_bare(match["value"]).rstrip("\"'`")
        start = match.start("value")
        if with_symbol(value) and _OPENED_SYMBOL.search(value):
            yield Candidate(start, start + len(value), "SECRET_PASSWORD", 0.7, "what something opens with", SAID - 4)
