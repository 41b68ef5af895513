"""Keys in the calls and declarations of programs, and after the words for "API key" of many languages."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import KEYED, SAID, Candidate, Source
from afterword.redaction.detectors.key_names import kind_of
from afterword.redaction.detectors.secret_places import generated
from afterword.redaction.edged import Begun, Edged, Hinted
from afterword.redaction.harmless import is_identifier, is_placeholder, looks_random

_HEX = re.compile(r"[0-9a-f]{24,}|[0-9A-F]{24,}")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def key_like(value: str) -> bool:
    """Whether a value where a key is expected is one: random text, hexadecimal digits, a UUID."""
    known = _HEX.fullmatch(value) or _UUID.fullmatch(value)
    return not is_placeholder(value) and bool(known or (looks_random(value, 12) and not is_identifier(value)))


_VALUE = r"[bru@]?[\"'`](?P<value>[^\s\"'`]{12,600})[\"'`]"
_NAMED = (
    Hinted(
        ("key(", "token(", "secret(", "password(", "pat(", "auth("),
        re.compile(
            r"(?<![A-Za-z])(?P<key>(?!get|find|has|is|check|parse|hash|read)[A-Za-z_]\w{2,40})\(\s{0,4}" + _VALUE
        ),
    ),
    Hinted(
        ("<key>",),
        re.compile(r"<key>(?P<key>[\w.-]{2,60})</key>\s{0,20}<string>(?P<value>[^<>\s]{6,600})</string>"),
    ),
    Hinted(
        (" or ", "||", "??", "?:"),
        re.compile(r"[.\"'](?P<key>[A-Za-z_]\w{2,60}+)[\"']?[\])]{0,2}\s{0,2}(?:\bor\b|\|\||\?\?|\?:)\s{0,2}" + _VALUE),
    ),
    Hinted(
        ("{",),
        re.compile(r"\{\s?:?'?\$?(?P<key>[A-Za-z_][\w.-]{2,40})'?\s{0,2},\s{0,2}(?:<<)?" + _VALUE),
    ),
    Hinted((":",), re.compile(r"(?<![\w:]):(?P<key>[a-z][\w.-]{2,40})[ ]{1,3}" + _VALUE)),
    Hinted(
        ("variable",),
        re.compile(r"\bvariable\s{1,2}\"(?P<key>[\w-]{2,60})\"\s{0,2}\{[^{}]{0,200}?\bdefault\s{0,4}=\s{0,4}" + _VALUE),
    ),
    Hinted(
        ("--body", "--value", "--secret-string", "--secret-value", "--data"),
        re.compile(
            r"(?<![\w.-])(?P<key>[A-Za-z_][\w.-]{2,60})\s(?:-{1,2}[\w-]{1,20}[ =]\S{1,40}\s){0,3}"
            r"--(?:body|value|secret-string|secret-value|data)[ =]" + _VALUE
        ),
    ),
)
_UNNAMED = (
    Begun(
        "client|api|sdk|connect|init",
        r"(?:(?<=\w)(?i:client|api|sdk)|(?<=\w\.)(?:connect|init))\(\s{0,4}" + _VALUE + r"\s{0,2}[,)]",
    ),
    Begun(
        "authorization",
        r"(?i:authorization)[\"'`]?\s{0,3}[:=,]\s{0,3}[\"'`]?[A-Za-z][\w-]{1,24}[ ]"
        r"(?P<value>[A-Za-z0-9+/_=.~:-]{12,600})",
    ),
    Hinted(
        ("curl",),
        re.compile(
            r"\bcurl\b[^\n|;]{0,300}?\s(?:-u|--user)[ =]?[\"']?:?(?P<value>[^\s:\"'$]{12,300})(?::?[\"']?(?:\s|$))"
        ),
    ),
    Begun(
        "api|clé|clef|ключ|chiave|chave|klucz|llave|clave|cheie|κλειδί|トークン|アクセスキー|令牌|토큰|密钥|密鑰|jeton|zugriffs",
        r"(?i:api[- ]?(?:schlüssel|nyckeln?|nøkkel(?:en)?|nøgle[nr]?|sleutel|avain|klíč|kľúč|kulcs|anahtarı"
        r"|ключ|キー|密钥"
        r"|密鑰|金鑰|키)|(?:clé|clef|ключ|chiave|chave|klucz|llave|clave|cheie|κλειδί|ключът)"
        r"[ ]?(?:d['’]|de |di |do |dla |la )?[ ]?api|トークン|アクセスキー|令牌|密钥|密鑰|토큰|jeton|zugriffstoken)"
        r"[^A-Za-z0-9\n]{0,6}(?:[^\W\d_]{1,12}[ :：]{1,3}){0,2}[\"'`「『*]{0,3}"
        r"(?P<value>[A-Za-z0-9+/_=.~:-]{12,300})",
    ),
)


def find_written(source: Source) -> Iterator[Candidate]:
    """Yield keys given to setters, constructors, fallbacks of settings, property lists and headers."""
    for writing in _NAMED:
        for match in writing.finditer(source):
            kind = kind_of(match["key"])
            if kind and (key_like(match["value"]) or (writing is _NAMED[1] and generated(match["value"]))):
                yield Candidate(*match.span("value"), kind.label, 0.9, f"given to `{match['key'][:40]}`", KEYED - 1)
    for way in _UNNAMED:
        for match in way.finditer(source):
            value = match["value"].rstrip(".:")
            uuid = way is _UNNAMED[0] and _UUID.fullmatch(value)
            if key_like(value) and not uuid and "://" not in value:
                start = match.start("value")
                yield Candidate(
                    start, start + len(value), "SECRET_GENERIC", 0.85, "stands where a key is given", KEYED - 3
                )


_WORDS = (
    r"(?i:passwords?|passwort|kennwort|pw|pwd|passcode|mot de passe|contraseña|senha|wachtwoord|lösenord(?:et)?|hasło)"
)
_TOLD = (
    Hinted(
        ("pass", "pw", "kennwort", "contrase", "senha", "wachtwoord", "lösenord", "hasło", "mot de"),
        Edged(
            r"^\s\"'`,",
            r"^\s\"'`(",
            r"(?P<value>[^\s\"'`,]{6,60}+)[\"'`]?(?:[ ]\((?i:the |new |old )?(?=[a-zA-Z ]{2,16}\))"
            r"|,?[ ](?i:to (?:log|sign|get) in,? )?(?i:is|ist|est|es|è|é|that['’]s|as|als"
            r"|comme|como|är|er|jest)[ ])"
            r"(?:(?i:the|my|your|our|das|mein|dein|le|mon|la|mi|il|o|a|new|neue)[ ]){0,2}(?:[\w-]{1,15}[ ])?"
            + _WORDS
            + r"\b",
        ),
    ),
    Begun(
        "wifi|wi-fi|wpa|ssid|wlan",
        r"(?i:wi-?fi|wlan|ssid|wpa[23]?)\b[^\n]{0,40}?\b(?i:key|pass|psk|pw|schlüssel)[\"'*]{0,2}(?:"
        r"[ ]{0,2}[:=]|[ ](?i:is|ist))?"
        r"[ ]{1,2}[\"'`*]{0,2}(?P<value>[^\s\"'`*]{6,63})",
    ),
    Begun(
        "wifi|wi-fi|wlan|w-lan|ssid|hotspot|вайфай|вай-фай|无线网|無線網路|와이파이",
        r"(?i:wi-?fi|w-?lan|ssid|hotspot|вай-?фай|无线网络?|無線網路|와이파이)"
        r"(?:[ -](?i:network|name|gast|guest|netz|ospiti|invités?|invitados|gäste|netværk|verkko|sieć|síť))?"
        r"[\"'`*)]{0,2}[ ]{0,2}[:=：–—-](?![A-Z]:)[ ]{0,2}[\"'`“„«*]{0,2}[^\s/|\n\"'`][^/|\n\"'`]{0,40}?"
        r"[\"'`”»*]{0,2}(?:[ ]{0,2}(?:[/|·•,;]|→|->)[ ]{0,2}|[ ]{1,2}[–—-][ ]{1,2}|[ ]{0,2}\r?\n[ \t>*-]{0,4})"
        r"(?:(?i:key|pass(?:word|phrase)?|pw|psk|code|schlüssel|clé|clave|chiave|chave|nyckel"
        r"|avain|klucz|klíč|kulcs)"
        r"[ ]{0,2}[:=：]?[ ]{0,2})?"
        r"[\"'`“„«*]{0,2}(?P<value>[!-~]{8,63})(?=[\"'`”»*]{0,2}(?:[\s.,;)]|$))",
    ),
    Hinted(
        ("@//", "@(desc"),
        re.compile(r"(?<![\w/.:])[A-Za-z]\w{1,30}/(?P<value>[^\s/@\"']{3,60})@(?://[\w.-]|\(DESC)"),
    ),
    Begun(
        "user|login",
        r"(?i:user(?:name)?|login)[ ]?/[ ]?(?i:pass(?:word)?|pw|pwd)[\"'*]{0,2}[ ]{0,2}[:=]"
        r"[ ]{0,2}[\w.@+-]{2,64}[ ]?[/:,|]"
        r"[ ]?(?P<value>[^\s\"'`]{5,100})",
    ),
)
_FAMILY = re.compile(
    r"(?i:mother['’]?s maiden name|maiden name of (?:your|my|the) mother|mädchenname (?:der|deiner"
    r"|meiner) mutter)[\"'?*]{0,2}\s{0,2}"
    r"(?:[:=—–-]|(?i:is|was|ist)|(?i:a|answer):)\s{1,2}[\"'`*]{0,2}(?P<value>[A-Z][\w'’-]{2,40})"
    r"|(?i:security question)[^\n]{0,80}?[?\n][ \t]{0,4}(?:A|Answer):[ ]{1,2}(?P<answer>[^\W\d_][\w'’-]{2,40})"
)


def find_told(source: Source) -> Iterator[Candidate]:
    """Yield passwords named after they were told, those of wireless networks, and answers to security questions."""
    for writing in _TOLD:
        for match in writing.finditer(source):
            value = match["value"].rstrip(".,;:!?)\"'`")
            start = match.start("value")
            if generated(value) and "/" not in value:
                yield Candidate(start, start + len(value), "SECRET_PASSWORD", 0.8, "told as a password", SAID - 2)
    if "maiden" in source.low or "security question" in source.low or "mädchenname" in source.low:
        for match in _FAMILY.finditer(source.text):
            group = match.lastgroup or "value"
            reason = "the answer to a security question"
            yield Candidate(*match.span(group), "SECRET_PASSWORD", 0.8, reason, SAID - 3)
