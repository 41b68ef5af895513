"""Secrets that a name announces: settings, JSON and YAML fields, XML, headers, flags, pairs of name and value."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import HEADER, KEYED, Candidate, Source
from afterword.redaction.data import listed
from afterword.redaction.detectors.captions import among_captions
from afterword.redaction.detectors.key_names import KeyKind, Trust, kind_of
from afterword.redaction.detectors.secret_values import plausible, read_value
from afterword.redaction.edged import Edged
from afterword.redaction.harmless import is_placeholder, looks_random

_ASSIGNED = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<key>[A-Za-z_][A-Za-z0-9_.\-]{1,63}+)(?:[\"'`]\]?|\](?==))?(?:\x1b\[[0-9;]{0,12}m)?"
    r"(?:[ \t]{0,3}(?:[\[(][^\[\]()\n\"']{1,30}[\])][ \t]{0,2})?|[ \t]{4,40}(?=[:=]))"
    r"(?::[ \t]{0,2}&?(?P<type>[A-Za-z][\w<>\[\]?.]{1,20})[ \t]{1,2}(?==[ ]))?"
    r"(?:=>|:=|(?:\|\||\?\??)?=(?!=)|:(?![=:])\n?)(?:\x1b\[[0-9;]{0,12}m)?[ \t]{0,8}"
    r"(?:!![a-z]{2,10}[ \t]{1,2}|[|>][+-]?\d?[ \t]{0,2}\r?\n[ \t]{1,24}"
    r"|(?:process\.env\.\w{1,60}|[\w.]{1,40}\([\"'][\w.-]{1,60}[\"']\))[ \t]{0,2}"
    r"(?:\|\||\?\?|or|\?:)[ \t]{0,2}(?=[\"'])"
    r"|\$\{\w{1,60}:?[-=](?=[^}\s]{6,})"
    r"|(?:\[\])?[\w.]{1,40}\([ \t]{0,2}(?:[\"'][\w.-]{1,60}[\"'],[ \t]{0,2})?(?=[bru]?[\"'])"
    r"|\[(?=[\"'])|(?<==)\[(?=[^\]\s\"']{6,80}\](?:\s|$))"
    r"|\{\s{0,12}(?:\"sensitive\":\s{0,2}true,\s{0,12})?\"?(?:value|default|secret)\"?\s{0,2}[:=]\s{0,2}(?=[\"']))?"
    r"(?:[bru@]?(?P<quote>[\"'`]))?"
)
_PAIRED = re.compile(
    r"(?i:(?:name|key|field|variable|header|param)s?)[\"']?[ \t]{0,3}[:=][ \t]{0,3}[\"']?(?P<key>"
    r"[A-Za-z_][\w.\-]{1,63})[\"']?"
    r"[ \t]{0,3},?\s{0,40}[\"']?(?i:value|val|defaultvalue|content|data|secret)[\"']?[ \t]{0,3}"
    r"[:=][ \t]{0,3}(?P<quote>[\"'])?"
)
_ELEMENT = re.compile(
    r"<(?:[a-z]{1,12}:)?(?P<key>[A-Za-z_][\w.\-]{1,63})(?:\s[^<>]{0,200})?>(?:<!\[CDATA\[)?(?P<quote>)"
    r"(?=[^<>\s])"
)
_FLAG = Edged("-", r"\w-", r"--?(?P<key>[a-zA-Z][a-zA-Z0-9-]{2,40})[ \t]{1,4}(?P<quote>[\"'])?(?![-\s])")
_SPELLED = re.compile(
    r"(?P<key>(?:api|access|secret|private|signing|encryption|auth|client|session|bearer|bot|webhook"
    r"|license|master|app"
    r"|personal access|secret access|service account|refresh|id|deploy|admin|account|shared access|subscription)"
    r"[ -](?:key|token|secret|password|id))"
    r"[\"'*`]{0,3}[ \t]{0,2}(?:[\[(][^\[\]()\n]{1,30}[\])][ \t]{0,2})?"
    r"(?P<joint>[:=]|is|was|=|ist|est|es|é|è|to)[ \t]{0,2}[*]{0,2}(?P<quote>[\"'`])?",
    re.IGNORECASE,
)
_SCHEME = re.compile(
    r"(?i:bearer|basic|token|apikey|api-key|key|bot|ssws|digest|negotiate|oauth|jwt|splunk|genie-?key"
    r"|sso-key)[ :=]{1,3}[\"']?"
)
_LINE_END = re.compile(r"[ \t]*[,;]?[ \t]*(?:#.*|//.*)?(?:\r?\n|$)")
_LINE_START = re.compile(r"[ \t]*(?:[-+*][ \t]+|export[ \t]+|set[ \t]+|ENV[ \t]+|\$env:)*$")


def _is_line(text: str, key_start: int, value_end: int) -> bool:
    """Whether name and value are all that stands in their line, as in a configuration file."""
    line_start = text.rfind("\n", max(0, key_start - 80), key_start) + 1
    return bool(
        _LINE_START.fullmatch(text, max(line_start, key_start - 80), key_start) and _LINE_END.match(text, value_end)
    )


_PAIR_BEFORE = re.compile(r"(?:^|[\s;,\"'])[A-Za-z_][\w.-]{0,40}=[^\s=]{1,80}[ ;,]{1,2}$")
_APART = (" ", ";", ",", "\n")
_PAIR_AFTER = re.compile(r"[ ;,]{1,2}[A-Za-z_][\w.-]{0,40}=[^\s=]")
_COMMAND_AFTER = re.compile(r"[ \t]+(?:[A-Z_][A-Z0-9_]{0,40}=\S|[a-z./][\w./-]{0,60}(?:\s|$))")


def _among_pairs(text: str, key_start: int, value_end: int) -> bool:
    """Whether a name and its value stand among others, as in `user=app password=x`, or before a command."""
    apart = text[key_start - 1 : key_start] in _APART
    if (apart and _PAIR_BEFORE.search(text, max(0, key_start - 130), key_start)) or _PAIR_AFTER.match(text, value_end):
        return True
    name = text[key_start : text.find("=", key_start, key_start + 64)]
    return name.isupper() and " " not in name and bool(_COMMAND_AFTER.match(text, value_end))


def _after_scheme(text: str, start: int, end: int) -> int:
    """Skip `Bearer` and the like in front of the secret."""
    match = _SCHEME.match(text, start, end)
    return match.end() if match and match.end() < end else start


_WORD_BEFORE = re.compile(r"(?<![A-Za-z])([A-Za-z]{2,20})[ ]$")
_ARN = re.compile(r"arn:[\w:*-]{1,100}:$")
_PAIR = re.compile(r"[\w.-]{1,60}=")


def _in_arn(text: str, at: int) -> bool:
    return text[at - 1 : at] in (":", "\n") and bool(_ARN.search(text, max(0, at - 120), at))


_SESSION_IDS = frozenset({"sid", "session_token", "sessiontoken", "connect.sid"})
"""Names under which a UUID, too, is what lets somebody into a session."""
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")


def _judge(source: Source, key: str, span: tuple[int, int], start: int, end: int, quoted: bool) -> Candidate | None:
    kind, text = kind_of(key), source.text
    if key.lower() in ("key", "token") and (word := _WORD_BEFORE.search(text, max(0, span[0] - 24), span[0])):
        kind = kind if kind_of(word[1] + key) else None
    if kind is None or end - start < 3 or _in_arn(text, span[0]):
        return None
    begin = _after_scheme(text, start, end)
    value = text[begin:end]
    if kind.label == "SECRET_SESSION" and _PAIR.match(value):
        return None
    trust = kind.trust
    if quoted and text[start - 1] == "`" and " " in value:
        return None
    if begin > start:
        kind, trust = KeyKind(_scheme_label(text[start:begin], kind.label), trust), Trust.SECRET
    if key.lower() in _SESSION_IDS and _UUID.fullmatch(value):
        return Candidate(begin, end, kind.label, 0.8, f"follows `{key}`", KEYED)
    settled = _is_line(text, span[0], end) or (not quoted and _among_pairs(text, span[0], end))
    if not plausible(value, trust, quoted=quoted, settled=settled):
        return None
    if value.isalpha() and among_captions(source, start, end):
        return None
    sure = 0.95 if looks_random(value, 12) else 0.85
    name = key if len(key) <= 40 else key[:39] + "…"
    return Candidate(begin, end, kind.label, sure, f"follows `{name}`", KEYED)


def _scheme_label(scheme: str, label: str) -> str:
    low = scheme.lower()
    if low.startswith("bearer"):
        return "SECRET_BEARER"
    return "SECRET_BASIC_AUTH" if low.startswith("basic") else label


_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?[ \t]{0,2}\r?\n[ \t]{1,24}$")
_BLOCK_LINE = re.compile(r"[^\s\"'][^\r\n]{2,300}(?<=\S)(?=[ \t]*(?:\r?\n|$))")


def _value_after(source: Source, match: re.Match[str]) -> tuple[int, int, bool]:
    text, at, quote = source.text, match.end(), match["quote"] or ""
    in_query = match.start("key") > 0 and text[match.start("key") - 1] in "?&"
    if "\n" in match[0] and _BLOCK_SCALAR.search(match[0]) and (line := _BLOCK_LINE.match(text, at)):
        return at, line.end(), True
    start, end = read_value(text, at, quote, in_query)
    if not quote and (scheme := _SCHEME.match(text, start)) and scheme.end() >= end:
        start, end = start, read_value(text, scheme.end(), "", in_query)[1]
    return start, end, bool(quote)


_PAIR_WORDS = ("name", "names", "key", "keys", "field", "fields", "variable", "header", "headers", "param", "params")


def _begun(source: Source, pattern: re.Pattern[str], words: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Yield matches that begin at one of the words, or anywhere when none are given."""
    if not words:
        yield from pattern.finditer(source.text)
    end = 0
    for at in source.at(*words):
        if at >= end and (match := pattern.match(source.text, at)):
            end = match.end()
            yield match


def _named_inside(text: str, match: re.Match[str]) -> re.Match[str]:
    """Return the assignment that stands where a type might: in `msg: SECRET_KEY = …` the name is not `msg`."""
    inner = _ASSIGNED.match(text, match.start("type")) if match["type"] and not kind_of(match["key"]) else None
    return inner or match


def find_assigned(source: Source) -> Iterator[Candidate]:
    """Yield values of names that hold secrets, in all the ways in which names and values are written."""
    for pattern, words in (
        (_ASSIGNED, ()),
        (_PAIRED, _PAIR_WORDS),
        (_ELEMENT, ()),
        (_SPELLED, listed("anchors.txt", "SPELLED")),
    ):
        done = 0
        for found_match in _begun(source, pattern, words):
            match = _named_inside(source.text, found_match) if pattern is _ASSIGNED else found_match
            if match.start() >= done and kind_of(match["key"]):
                start, end, quoted = _value_after(source, match)
                found = _judge(source, match["key"], match.span("key"), start, end, quoted or pattern is _ELEMENT)
                if found:
                    done = found.end
                    yield found


_SHORT_FLAGS = re.compile(
    r"(?:(?:curl|wget|http|https|xh|httpie)\b[^\n|;]{0,400}?\s(?:-u|--user|-a|--auth"
    r"|--proxy-user|-U)[ =]?[\"']?(?P<user>[^\s:\"']{1,80}):"
    r"|(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n|;]{0,200}?\s-p"
    r"|redis-cli\b[^\n|;]{0,200}?\s-a[ ]"
    r"|sshpass\s+-p[ ]?"
    r"|(?:docker|podman|nerdctl|az|helm registry|skopeo)\s+(?:acr\s+)?login\b[^\n|;]{0,200}?\s-p[ ]"
    r"|ldap(?:search|add|modify|whoami)\b[^\n|;]{0,200}?\s-w[ ]"
    r"|(?:mongo|mongosh|mongodump)\b[^\n|;]{0,200}?\s-p[ ]"
    r"|smbclient\b[^\n|;]{0,200}?\s-U[ ]?[^\s%]{1,60}%"
    r"|net\s+use\b[^\n|;]{0,200}?/user:\S{1,60}[ ]"
    r"|openssl\b[^\n|;]{0,200}?\s(?:-passin|-passout|-k|-pass)[ ](?:pass:)?"
    r"|sqlcmd\b[^\n|;]{0,200}?\s-P[ ]"
    r"|(?:7z|zip|unzip|unrar)\b[^\n|;]{0,120}?\s-[pP][ ]?"
    r"|(?:snowsql|clickhouse-client|influx|cqlsh|ipmitool)\b[^\n|;]{0,200}?\s-[pP][ ])(?P<quote>"
    r"[\"'])?(?=[^\s-])"
)


def find_flags(source: Source) -> Iterator[Candidate]:
    """Yield secrets given to commands: `--password X`, `curl -u user:X`, `mysql -pX`."""
    for match in _FLAG.finditer(source.text):
        kind = kind_of(match["key"])
        if kind and kind.trust is not Trust.HINT:
            start, end, quoted = _value_after(source, match)
            value = source.text[start:end]
            if plausible(value, kind.trust, quoted=quoted, settled=False):
                yield Candidate(start, end, kind.label, 0.9, f"follows the flag `--{match['key']}`", KEYED)
    for match in _begun(source, _SHORT_FLAGS, listed("anchors.txt", "COMMAND")):
        start, end = read_value(source.text, match.end(), match["quote"] or _open_quote(source.text, match))
        if end - start >= 4 and not is_placeholder(source.text[start:end]):
            yield Candidate(start, end, "SECRET_PASSWORD", 0.9, "given to a command as its password", KEYED)


def _open_quote(text: str, match: re.Match[str]) -> str:
    """Return the quote that stands before `user:` in `-u "user:password"`."""
    before = text[match.start("user") - 1] if match["user"] else ""
    return before if before in ("'", '"') else ""


_AUTHORIZATION = re.compile(
    r"(?P<scheme>[Bb]earer|BEARER|Basic|basic|Digest|Token|token|ApiKey|SSWS|Bot|GenieKey|AWS4-HMAC-SHA256"
    r")[ ]{1,2}"
    r"(?P<value>[A-Za-z0-9._~+/=:|-]{12,4096})"
)
_HEADER_BEFORE = re.compile(r"authorization[\"'`]?\s{0,3}[:=]\s{0,3}[\"'`]?$")
_SIGNING = re.compile(r"AWS4-HMAC-SHA256|Digest(?= username)|Hawk(?= id)|MAC(?= id)")
_SIGNED = re.compile(r"(?:Credential|Signature|response|mac)=[\"']?(?P<value>[A-Za-z0-9/+=_-]{16,200})")


def find_authorization(source: Source) -> Iterator[Candidate]:
    """Yield credentials after an authentication scheme, with or without a header's name in front."""
    for match in _begun(
        source, _AUTHORIZATION, ("bearer", "basic", "digest", "token", "apikey", "ssws", "bot", "geniekey", "aws4")
    ):
        value, scheme = match["value"].rstrip(".:"), match["scheme"].lower()
        in_header = bool(_HEADER_BEFORE.search(source.before(match.start(), 24)))
        if is_placeholder(value) or not (looks_random(value, 14) or (in_header and len(set(value)) > 4)):
            continue
        if scheme not in ("bearer", "basic", "geniekey", "ssws") and not in_header:
            continue
        label = "SECRET_BASIC_AUTH" if scheme == "basic" else "SECRET_BEARER"
        start = match.start("value")
        yield Candidate(start, start + len(value), label, 0.95, f"follows `{match['scheme']}`", HEADER)
    for match in _begun(source, _SIGNING, ("aws4", "digest", "hawk", "mac")):
        for part in _SIGNED.finditer(source.text, match.end(), match.end() + 800):
            yield Candidate(*part.span("value"), "SECRET_BEARER", 0.85, "part of a signed request", HEADER)


_COOKIES = re.compile(r"(?i:(?:set-)?cookie)s?[\"'`]?\s{0,3}[:=]\s{0,3}[\"'`]?(?P<pairs>[^\r\n\"'`]{4,4096})")
_COOKIE = re.compile(r"(?P<name>[A-Za-z0-9_.\-]{1,80})=(?P<value>[^\s;,\"'`]{6,4000})")
_ATTRIBUTES = frozenset({"path", "domain", "expires", "max-age", "samesite", "version", "comment", "priority"})
_SESSION_PAIR = re.compile(
    r"(?:sid|sess|session|sessionid|SESSID|csrftoken|auth_token|remember_token)=(?P<value>[A-Za-z0-9%._~+/=-]{16,512})"
)
_SESSION_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Za-z_.-]{3,34}$")


def find_cookies(source: Source) -> Iterator[Candidate]:
    """Yield the values of cookies that identify a session."""
    for match in _begun(source, _COOKIES, ("set", "cookie", "cookies")):
        for pair in _COOKIE.finditer(match["pairs"]):
            value = pair["value"]
            if pair["name"].lower() in _ATTRIBUTES or is_placeholder(value):
                continue
            if kind_of(pair["name"]) or looks_random(value, 16):
                start = match.start("pairs") + pair.start("value")
                yield Candidate(start, start + len(value), "SECRET_SESSION", 0.9, "a cookie", HEADER)
    for match in _SESSION_PAIR.finditer(source.text):
        value, start = match["value"].rstrip("."), match.start("value")
        name = _SESSION_NAME.search(source.text, max(0, start - 40), start - 1)
        if name and (looks_random(value, 14) or re.fullmatch(r"[0-9a-f]{24,}", value)):
            yield Candidate(start, start + len(value), "SECRET_SESSION", 0.9, f"follows `{name[0]}=`", KEYED)
