"""Secrets inside URLs and connection strings."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import KEYED, URL, Candidate, Source
from afterword.redaction.data import listed
from afterword.redaction.detectors.key_names import kind_of
from afterword.redaction.harmless import is_placeholder, is_template, looks_random

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{1,40}$")
_REACH = re.compile(r"[^\s\"'`<>|\\\u3000-\u303f\uff00-\uff0f]{1,600}")
_HOST = re.compile(r"(?:[A-Za-z0-9_.\-]{1,255}|\[[0-9a-fA-F:.%]{2,60}\]|\$?\{[^}\s]{1,60}\})(?=[:/?#,;)\]}]|$)")
_LOCAL_DUMMY = re.compile(
    r"(?:user|username|root|postgres|admin|dbuser|myuser):(?:pass|password|passwd|pw|pwd|secret)@", re.IGNORECASE
)


def _split_user(reach: str, web: bool) -> tuple[str, str] | None:
    """Return user and password from what follows `://`, None where there is no user."""
    authority = re.split(r"[/?#]", reach, maxsplit=1)[0]
    whole = authority if "@" in authority or web else reach
    at = whole.rfind("@")
    while at > 0:
        user, colon, password = whole[:at].partition(":")
        if _HOST.match(whole, at + 1) or (at + 1 < len(whole) and colon and not web):
            return user, colon + password
        at = whole.rfind("@", 0, at)
    return None


def _userinfo(source: Source, at: int, scheme: str) -> Iterator[Candidate]:
    reach = _REACH.match(source.text, at + 3)
    web = scheme in listed("anchors.txt", "WEB_SCHEME")
    parts = _split_user(reach[0], web) if reach else None
    if not parts:
        return
    user, password = parts
    label = "SECRET_BASIC_AUTH" if web else "SECRET_CONN"
    if password[1:] and not is_placeholder(password[1:]):
        start = at + 3 + len(user) + 1
        reason = "the password in a URL" if web else "the password in a connection string"
        yield Candidate(start, start + len(password) - 1, label, 0.95, reason, URL)
    elif password[1:] and not is_template(password[1:]) and not _LOCAL_DUMMY.match(f"{user}{password}@"):
        start = at + 3 + len(user) + 1
        yield Candidate(start, start + len(password) - 1, label, 0.5, "stands where a URL has its password", URL, True)
    if len(user) >= 16 and looks_random(user, 16):
        yield Candidate(at + 3, at + 3 + len(user), label, 0.85, "a token as the user of a URL", URL)


def find_userinfo(source: Source) -> Iterator[Candidate]:
    """Yield passwords and tokens between `://` and `@`."""
    text = source.text
    at = text.find("://")
    while at >= 0:
        scheme = _SCHEME.search(text, max(0, at - 42), at)
        if scheme:
            yield from _userinfo(source, at, scheme[0].lower().removeprefix("jdbc:"))
        at = text.find("://", at + 3)


_PARAMETER = re.compile(
    r"(?<=[?&#])(?:amp;)?(?P<key>[A-Za-z_][A-Za-z0-9_.\-\[\]]{0,60})=(?P<value>[^&#\s\"'`<>\\)\]}"
    r"|]{4,4096})"
)
_SURE = frozenset(
    [
        "token",
        "access_token",
        "id_token",
        "refresh_token",
        "auth_token",
        "api_key",
        "apikey",
        "api-key",
        "key",
        "sig",
        "signature",
        "secret",
        "client_secret",
        "auth",
        "jwt",
        "code",
        "password",
        "passwd",
        "pwd",
        "pass",
        "session",
        "session_id",
        "sessionid",
        "sid",
        "ticket",
        "invite",
        "invite_code",
        "otp",
        "hash",
        "hmac",
        "x-amz-signature",
        "x-amz-credential",
        "x-amz-security-token",
        "x-goog-signature",
        "x-goog-credential",
        "samlresponse",
        "assertion",
        "reset_token",
        "confirmation_token",
        "magic",
        "magic_token",
        "verification_code",
        "verify",
        "share_token",
        "sharekey",
        "login_token",
        "sso_token",
        "authkey",
        "subscription-key",
        "se_token",
        "nonce",
        "state",
        "t",
        "k",
        "st",
        "sv_sig",
        "oobcode",
        "invitation",
        "activation",
        "activation_code",
        "unsubscribe_token",
        "state_token",
        "otp_token",
        "passcode",
        "accesskey",
        "awsaccesskeyid",
        "policy",
        "key-pair-id",
        "hash_key",
        "download_token",
        "file_token",
        "upload_token",
        "signed_request",
        "csrf",
        "csrf_token",
    ]
)
_ALWAYS = re.compile(r"token|secret|passw|pwd|sig(?:nature)?$|api_?-?key|credential|auth$|jwt|assertion|samlresponse")


_HEX_OR_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{16,}")


def _secret_parameter(key: str, value: str) -> bool:
    if is_placeholder(value) or (key not in _SURE and not kind_of(key)):
        return False
    if _ALWAYS.search(key):
        return len(value) >= 6
    if _HEX_OR_UUID.fullmatch(value):
        return key not in ("hash", "k", "t", "state", "nonce", "key", "policy") or len(value) > 30
    return looks_random(value, 8 if key in ("code", "otp", "invite", "ticket", "sid", "session") else 16)


_ONE_TIME = re.compile(
    r"unsub|opt-?out|preference|reset|magic|invit|verif|confirm|activat|passwordless|recover|forgot|accept-|one-?time"
    r"|abmeld|abbestell|désabonn|desabonn|désinscri|desinscri|darse de baja|/baja|descadastr|cancelar-|disiscri|afmeld"
    r"|uitschrijf|avregistr|avanmäl|avmeld|framelding|peruuta|wypisz|odhlás|odhlas|leiratkoz|dezabon|отпис|відпис"
    r"|zurücksetz|réinitialis|restablec|redefin|reimpost|herstel|återställ|tilbakestill|nulstil|退订|取消订阅|配信停止|수신거부"
)
"""What the links are for that mails send to one person, in the address or in front of it."""
_COUNTED = re.compile(
    r"(?:utm|mc|mkt|hsa|_hs)_|.{0,4}clid$|.{0,20}id$|_ga|_gl|ref|rev|sha|commit|v|ver|etag|hash|redirect|url|next"
)


_HEX = re.compile(r"[0-9a-f]{20,128}")


def _one_time(source: Source, at: int, key: str, value: str) -> bool:
    """Whether a parameter of any name holds the secret of a link for one person."""
    generated = looks_random(value, 16) or _HEX.fullmatch(value)
    if not generated or "%" in value or _COUNTED.match(key):
        return False
    start = max(source.text.rfind("://", max(0, at - 300), at), 0)
    return start > 0 and bool(_ONE_TIME.search(source.low, max(0, start - 60), at))


def find_parameters(source: Source) -> Iterator[Candidate]:
    """Yield values of query parameters that give access: tokens, signatures, codes."""
    for match in _PARAMETER.finditer(source.text):
        value = match["value"].rstrip(".,;:!*")
        key = match["key"].lower()
        if _secret_parameter(key, value) or _one_time(source, match.start(), key, value):
            start = match.start("value")
            reason = f"the parameter `{match['key']}` of a URL"
            yield Candidate(start, start + len(value), "SECRET_URL_TOKEN", 0.9, reason, KEYED + 2)


_PATH = re.compile(
    r"/(?:reset|reset-password|password-reset|magic|magic-link|invite|invitation|invites|verify"
    r"|verification|confirm|activate|activation"
    r"|unsubscribe|share|shared|shared-link|s|d|dl|download|recover|recovery|login|signin|sso"
    r"|token|accept|join|webhook|webhooks|hooks"
    r"|callback|auth|session|public|private|secret|feed|ical|calendar)/(?:[a-z]{1,20}/)?(?P<value>"
    r"[A-Za-z0-9_-]{16,512}(?:\.[A-Za-z0-9_-]{8,512}){0,2})(?![A-Za-z0-9_.-]*\.[a-z]{2,4}\b)"
)


_FOR_ONE = re.compile(
    r"/(?:reset|reset[-_]password|password[-_/]reset|set[-_]password|magic|magic[-_]link|invite|invitation|invites|verify"
    r"|verification|verify[-_]email|confirm|confirm[-_]email|email[-_](?:confirm|verify|confirmation|verification)|activate"
    r"|activation|recover|recovery|unsubscribe|login|signin|sign-in|login/email|passwordless|one-time)/"
    r"(?:(?P<value>[0-9a-f]{24,128}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?![\w-])"
    r"|(?P<mixed>[A-Za-z0-9_-]{20,200})(?![A-Za-z0-9_.-]*\.[a-z]{2,4}\b))"
)
"""Links that are sent to one person, whose secret may be hexadecimal digits too."""


_DOCUMENT = re.compile(
    r"(?:docs|drive|sheets|slides|forms)\.google\.com/[a-z/]{0,20}$|figma\.com$|youtube\.com$|spotify\.com$"
)
"""Sites whose links name a document that has permissions of its own."""


def find_paths(source: Source) -> Iterator[Candidate]:
    """Yield one-time links whose secret is a part of the path: `/reset/…`."""
    for match in _PATH.finditer(source.text):
        if _DOCUMENT.search(source.before(match.start(), 40)):
            continue
        if looks_random(match["value"], 18) and not re.fullmatch(r"[0-9a-f-]+", match["value"]):
            yield Candidate(*match.span("value"), "SECRET_URL_TOKEN", 0.7, "the secret part of a link", KEYED - 20)
    for match in _FOR_ONE.finditer(source.text):
        group = match.lastgroup or "value"
        if group == "value" or looks_random(match[group], 18):
            yield Candidate(*match.span(group), "SECRET_URL_TOKEN", 0.75, "the secret part of a link", KEYED - 20)


_ORACLE = re.compile(
    r"(?:jdbc:oracle:\w+:|sqlplus\s(?:-\w+\s){0,3}|rman\s+target\s|impdp\s|expdp\s)[\"']?(?P<user>"
    r"[\w$#]{1,40})/(?P<value>[^\s@/\"']{3,80})@"
)
_CLAUSE = re.compile(
    r"(?i:(?:password|pwd|accountkey|sharedaccesskey|sharedaccesssignature|secret|secretkey|token))\s{0,2}"
    r"=\s{0,2}"
    r"(?P<value>\{[^}\r\n]{1,200}\}|\"[^\"\r\n]{1,200}\"|'[^'\r\n]{1,200}'|[^;\r\n\"']{3,300}+)"
    r"(?=\s{0,2}(?:;|[\"']|$))"
)
_OTHER_CLAUSE = re.compile(
    r"(?:server|data source|host|addr|address|network address|user id|uid|user|username|database"
    r"|initial catalog|driver|dsn|endpoint"
    r"|accountname|sharedaccesskeyname|defaultendpointsprotocol|provider|port|encrypt|trustservercertifica"
    r"te)\s{0,2}="
)
_JAAS = re.compile(
    r"(?i:\w*loginmodule)[^\n]{0,200}?\spassword\s{0,2}=\s{0,2}\\{0,4}[\"'](?P<value>[^\"'\\\r\n]{3,200})"
)


def _in_connection_string(source: Source, start: int, end: int) -> bool:
    low, high = source.line_around(start, 300)
    if source.text.find(";", low, start) < 0 and source.text.find(";", end, high) < 0:
        return False
    return bool(_OTHER_CLAUSE.search(source.low, low, start) or _OTHER_CLAUSE.search(source.low, end, high))


_CLAUSE_WORDS = (
    "password",
    "pwd",
    "accountkey",
    "sharedaccesskey",
    "sharedaccesssignature",
    "secret",
    "secretkey",
    "token",
)


def _begun(source: Source, pattern: re.Pattern[str], words: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Yield matches that begin at one of the words."""
    for at in source.at(*words):
        if match := pattern.match(source.text, at):
            yield match


def find_connection_strings(source: Source) -> Iterator[Candidate]:
    """Yield passwords of ADO, ODBC, JDBC, Azure, Oracle and Kafka connection strings."""
    for match in _begun(source, _CLAUSE, _CLAUSE_WORDS):
        if _in_connection_string(source, *match.span("value")):
            start, end = match.span("value")
            if source.text[start] in "{\"'":
                start, end = start + 1, end - 1
            if not is_placeholder(source.text[start:end]) and end - start >= 3:
                yield Candidate(start, end, "SECRET_CONN", 0.93, "the password in a connection string", URL)
    for pattern, words in (
        (_ORACLE, ("jdbc", "sqlplus", "rman", "impdp", "expdp")),
        (_JAAS, ("scramloginmodule", "plainloginmodule", "loginmodule")),
    ):
        for match in _begun(source, pattern, words):
            if not is_placeholder(match["value"]):
                yield Candidate(*match.span("value"), "SECRET_CONN", 0.9, "the password in a connection string", URL)
