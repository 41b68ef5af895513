"""Secrets handed to functions, commands and forms: `define('DB_PASSWORD', …)`, `fill('…')`, `echo … | sudo -S`."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import KEYED, Candidate, Source
from afterword.redaction.detectors.key_names import Trust, kind_of
from afterword.redaction.detectors.secret_values import plausible
from afterword.redaction.edged import Begun
from afterword.redaction.harmless import is_placeholder, looks_random

_STRING = r"(?P<quote>[\"'`])(?P<value>(?:\\.|(?!(?P=quote))[^\\\r\n]){3,300})(?P=quote)"
_SETTERS = (
    "define|put|set|setx|setenv|putenv|env|setdefault|setProperty|setAttribute|setValue|setHeader|header|addHeader"
    "|add_header"
    "|append|add|set_config|setConfig|config|store|setItem|write|insert|create_secret|setSecret|set_secret"
    "|update_option"
)
_SETTER = re.compile(rf"(?:{_SETTERS})\s{{0,2}}$")
_NAMED = re.compile(
    rf"\(\s{{0,4}}[bru]?[\"'`]"
    rf"(?P<key>[A-Za-z_][\w.-]{{1,63}})[\"'`]\s{{0,2}},\s{{0,4}}[bru]?{_STRING}"
    r"(?=\s{0,3}[,)])"
)


def find_named(source: Source) -> Iterator[Candidate]:
    """Yield the second argument of calls whose first is the name of a secret."""
    for match in _NAMED.finditer(source.text):
        kind = kind_of(match["key"])
        if kind is None:
            continue
        value = match["value"]
        start = match.start("value")
        if scheme := re.match(r"(?i:bearer|basic|token)\s{1,2}", value):
            start, value = start + scheme.end(), value[scheme.end() :]
        setter = _SETTER.search(source.text, max(0, match.start() - 20), match.start())
        filled = not is_placeholder(value) or len(set(re.sub(r"[\w\s]", "", value))) > 8
        long = kind.trust is not Trust.HINT and len(value) >= 40 and filled and len(set(value)) > 24
        if long or plausible(value, kind.trust, quoted=bool(setter), settled=False):
            yield Candidate(start, match.end("value"), kind.label, 0.9, f"given together with `{match['key']}`", KEYED)


_FIELD = (
    r"(?i:passw|pwd|passcode|passwor|kennwort|contrase|senha|mot ?de ?passe|token|secret|api.?key|otp"
    r"|\bpin\b|\bpw\b|\bpass\b)"
)
_TYPED = Begun(
    "fill|type|send|set|press|enter|input|replace|clear|with",
    r"\b(?:fill|type|type_text|send_keys|sendKeys|set_value|setValue|press_sequentially|pressSequentially"
    r"|fill_in|typeText|enter"
    r"|enterText|input_text|inputText|replaceText|clearAndType|with)\s{0,2}(?P<open>\(|:\s{0,2})"
    r"(?P<first>\s{0,2}[\"'`][^\"'`\n]{1,120}[\"'`]\s{0,2},\s{0,2})?" + _STRING,
)
_TYPED_JSON = re.compile(r"[\"'](?:text|value|input|keys|content)[\"']\s{0,2}:\s{0,2}" + _STRING)
_LOCATOR = re.compile(
    r"[\"'](?:selector|locator|element|field|target|label|name|id|ref|xpath"
    r"|css)[\"']\s{0,2}:\s{0,2}[\"'][^\"'\n]{0,80}" + _FIELD + r"[^\"'\n]{0,40}[\"'],?\s{0,8}$"
)
_NEAR = re.compile(_FIELD + r"[^\n]{0,80}$")


def find_typed(source: Source) -> Iterator[Candidate]:
    """Yield what programs and agents type into fields for passwords."""
    text = source.text
    for match in _TYPED.finditer(source):
        low = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 120)
        if _NEAR.search(text[low : match.start()]) or (match["first"] and re.search(_FIELD, match["first"])):
            yield from _typed(match)
    for match in _TYPED_JSON.finditer(text):
        if _LOCATOR.search(text[max(0, match.start() - 200) : match.start()]):
            yield from _typed(match)


def _typed(match: re.Match[str]) -> Iterator[Candidate]:
    if plausible(match["value"], Trust.PASSWORD, quoted=True, settled=True):
        yield Candidate(*match.span("value"), "SECRET_PASSWORD", 0.85, "typed into a field for a secret", KEYED)


_LOGIN = Begun(
    "log|auth|basic|http|set|sign|user|network|password|plain|credentials|simple|bind|with",
    r"(?i:\b(?:login|log_in|auth|authenticate|basic_auth|basicauth|httpbasicauth|httpdigestauth|setbasicauth"
    r"|set_basic_auth|sign_in|signin"
    r"|usernamepasswordcredentials|usernamepasswordcredential|networkcredential|passwordauthentication"
    r"|passwordcredentials|plaincredentials"
    r"|plainauthprovider|plainauth|credentials|simple_bind_s|simple_bind|bind|userpassauth|withcredentials"
    r"|withbasicauth|authorize)"
    r"(?:\s{0,2}=\s{0,2}(?:\w{1,30})?)?\()\s{0,4}(?:[\"'][\"']\s{0,2},\s{0,2})?[\"'`]"
    r"(?P<user>[^\"'`\n]{1,80})[\"'`]\s{0,2},\s{0,4}" + _STRING,
)


def find_logins(source: Source) -> Iterator[Candidate]:
    """Yield the password in `login("user", "…")`."""
    for match in _LOGIN.finditer(source):
        if plausible(match["value"], Trust.PASSWORD, quoted=True, settled=True) and "/" not in match["user"]:
            yield Candidate(*match.span("value"), "SECRET_PASSWORD", 0.85, "the second argument of a login", KEYED)


_QUOTABLE = (
    r"(?:\"(?P<double>(?!\$)[^\"\n`]{3,200})\"|'(?P<single>[^'\n]{3,200})'|(?P<bare>(?!\$)[^\s\"'<>|;&()]{3,200}))"
)
_ECHOED = Begun("<\\(", r"<\(\s?(?:echo|printf)\s(?:-\w{1,3}\s){0,2}" + _QUOTABLE + r"\s?\)")
_IDENTIFIED = Begun(
    "identified|with|encrypted|set|password",
    r"(?i:identified(?: with \w{1,40})? by|with (?:login )?password|encrypted password|set password\s?="
    r"|password for \S{1,60}\s?=)\s{1,2}" + _QUOTABLE,
)
_COMMANDS = (
    Begun(
        "echo|printf",
        r"(?:echo|printf)\s(?:-\w{1,3}\s|'%s(?:\\n)?'\s){0,2}\s{0,2}" + _QUOTABLE + r"\s{0,2}\|\s{0,2}"
        r"[^|\n]{0,80}(?:sudo\s(?:-\w{1,3}\s){0,3}-S|--password-stdin|passwd\s.{0,20}--stdin|--stdin|openssl"
        r"|smbpasswd|cryptsetup|gpg\s.{0,60}--passphrase-fd|chpasswd|kinit|--with-token)",
    ),
    _ECHOED,
    Begun("htpasswd", r"htpasswd\s(?:-\w{1,6}\s){1,4}(?:\S{1,80}\s)?\S{1,60}\s" + _QUOTABLE),
    Begun(
        "kinit|expect|smbclient|rdesktop|xfreerdp",
        r"(?:kinit|expect|smbclient|rdesktop|xfreerdp)\b[^\n|;]{0,120}?\s(?:/p:|-p[ ]?|--password[= ])" + _QUOTABLE,
    ),
    Begun("useradd", r"useradd\b[^\n|;]{0,80}\s-p\s" + _QUOTABLE),
    _IDENTIFIED,
    Begun("wifi:", r"WIFI:(?:[A-Z]:[^;\n]{0,80};){0,4}?P:(?P<bare>(?:\\.|[^;\n\\]){3,80});"),
    Begun(
        "enable|username",
        r"(?i:enable|username \S{1,40})(?:\s(?i:privilege \d{1,2}))?\s(?i:secret|password)\s(?:\d{1,2}\s)?"
        r"(?P<bare>[^\s\"']{4,120})",
    ),
    Begun(
        "snmp-server|rocommunity|rwcommunity|com2sec",
        r"(?i:snmp-server community|rocommunity|rwcommunity|com2sec[ \t]\S{1,30}[ \t]\S{1,30})[ \t]{1,4}"
        r"(?P<bare>[^\s\"']{4,80})",
    ),
)
_PASSWORD_FILE = re.compile(
    r"(?m)(?:^(?:[\w.*-]{1,120}):(?:\d{2,5}|\*)|(?<=[\s\"'`])(?:[\w.*-]{1,120}):(?:5432|5433|6432|\*)):(?:[\w.*-]{1,60}):"
    r"(?:[\w.*@-]{1,60}):(?P<bare>[^\s:\"'`]{3,120})(?=[\"'`]|$)"
)


def _commands(source: Source) -> Iterator[tuple[Begun | None, re.Match[str]]]:
    """Yield the commands that hold passwords, each with its pattern, and the lines of password files."""
    for pattern in _COMMANDS:
        for match in pattern.finditer(source):
            yield pattern, match
    for match in _PASSWORD_FILE.finditer(source.text):
        yield None, match


def find_commands(source: Source) -> Iterator[Candidate]:
    """Yield passwords that commands, password files and codes of wireless networks hold."""
    for pattern, match in _commands(source):
        group = match.lastgroup or "bare"
        value = match[group]
        line_start = source.text.rfind("\n", max(0, match.start() - 200), match.start()) + 1
        piped = pattern is _ECHOED and not re.search(_FIELD, source.text[line_start : match.start()])
        if pattern is _IDENTIFIED and group == "bare" and not any(map(str.isdigit, value)):
            continue
        if piped or is_placeholder(value) or not plausible(value, Trust.PASSWORD, quoted=True, settled=True):
            continue
        yield Candidate(*match.span(group), "SECRET_PASSWORD", 0.85, "given to a command as its password", KEYED)


_AS_KEY = re.compile(
    r"(?i:\b(?:use|using|set|put|with|take|try|paste|export|enter|verwende|nutze|utilise|usa|usar|gebruik))\s(?:"
    r"(?i:this|the)\s)?[\"'`]?"
    r"(?P<value>[A-Za-z0-9+/_=.~-]{12,300})[\"'`]?\s(?i:as|for|als|comme|como|come)\s(?:[\w'’-]{1,30}\s){0,5}"
    r"(?i:api[ -]?keys?|keys?|token|secret|password|credential|passwort|schlüssel|clé|clave|chave|chiave|sleutel)"
)


def find_given(source: Source) -> Iterator[Candidate]:
    """Yield what a sentence says to use "as the key"."""
    for at in source.at(
        "use", "using", "set", "put", "with", "take", "try", "paste", "export", "enter", "verwende", "nutze", "usa"
    ):
        match = _AS_KEY.match(source.text, at)
        if match and (looks_random(match["value"], 12) or re.fullmatch(r"[0-9a-f]{20,}", match["value"])):
            yield Candidate(*match.span("value"), "SECRET_GENERIC", 0.85, "to be used as a key", KEYED - 5)
