"""IP and MAC addresses and the names of internal hosts."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv6Address

from afterword.redaction.candidate import CHECKED, SHAPED, Candidate, Source
from afterword.redaction.edged import Begun, Edged

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_V4 = Edged("0-9", "0-9A-Za-z_.+-", rf"(?:{_OCTET}\.){{3}}{_OCTET}(?![0-9A-Za-z_]|\.[0-9]|-[0-9A-Za-z.]*\.[0-9])")
_V4_IN_WORD = Edged("0-9", "^_=@/-", rf"(?:{_OCTET}\.){{3}}{_OCTET}(?![0-9A-Za-z_]|\.[0-9])")
_VERSION_BEFORE = re.compile(
    r"(?:version|ver|release|build|firmware|chrome|chromium|firefox|safari|edge?|opr|opera|webkit"
    r"|gecko|version=|v|oid|section|sec|rev|driver|sdk|net|cuda)"
    r"[\"' ]{0,2}[ /:=-]{0,2}[\"']?$|[=~><^]=?\s?$"
)
_ADDRESS_BEFORE = re.compile(
    r"(?:ip|ipv4|addr|address|host|from|client|peer|server|src|dst|source|dest|destination|remote|x-forwarded-for|listen"
    r"|bind|dns|dns\d|endpoint|gateway|gw|router|nameserver|nameservers|resolver|route|via|network|subnet|cidr|netmask|nexthop"
    r"|next-hop|allowedips|allowed_ips|to|node|master|slave|replica|primary|upstream|proxy|ntp|target|broker|bootstrap|backend"
    r"|origin|viewer|caller|user|login|visitor|forwarded|realip|real_ip)[\"']?\s?=\s?[\"']?$"
)
_ADDRESS_BEHIND = re.compile(r"/(?:[12]?\d|3[0-2])(?![\d.])|:\d{2,5}(?![\d.])")
"""A prefix length or a port, which no version has."""
_V6 = Edged(
    "0-9A-Fa-f:",
    "0-9A-Za-z_:.",
    r"(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?=:\d{1,5}(?![0-9A-Za-z_:]))"
    r"|(?:[0-9A-Fa-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{1,4})?)(?:%[A-Za-z0-9]{1,12})?"
    r"(?![0-9A-Za-z_]|:(?!\d{1,5}(?![0-9A-Za-z_:])|\s|$))",
)
_LINK_LOCAL = Edged(
    "fF", "0-9A-Za-z_:.", r"[fF][eE]80:(?::[0-9A-Fa-f]{1,6}){2,6}(?:%[A-Za-z0-9]{1,12})?(?![0-9A-Za-z_])"
)
_NOBODYS = frozenset({"0.0.0.0", "::", "::1", "255.255.255.255"})
"""Addresses that stand for “any”, “all” or “this machine” in every network."""
_VERSION_OF = re.compile(
    r"(?:schema|library|lib|plugin|package|module|api|app|update|upgraded?|bumped|patch|chart|image|tag|jdk|java|node|python"
    r"|versión|versão|versione|versie|verzió|verze|wersja|wersji|versjon|versio|sürüm|версия|версии|версію"
    r"|версія|έκδοση|phiên bản|versi"
    r"|バージョン|版本|버전|إصدار|גרסה)(?:\s(?:to|from|auf|is|=))?[\s:]{0,2}[v\"']?$"
)
_MAC = Edged(
    "0-9A-Fa-f",
    "0-9A-Za-z_:.-",
    r"(?:(?:[0-9A-Fa-f]{2}:){5}|(?:[0-9A-Fa-f]{2}-){5})[0-9A-Fa-f]{2}(?![0-9A-Za-z_:-])",
)
_CISCO = Edged("0-9a-fA-F", "0-9A-Za-z_.", r"(?:[0-9a-fA-F]{4}\.){2}[0-9a-fA-F]{4}(?![0-9A-Za-z_.])")


def find_addresses(source: Source) -> Iterator[Candidate]:
    """Yield IP addresses that are no version numbers."""
    for match in _V4.finditer(source.text):
        if _is_v4(source, match):
            yield Candidate(*match.span(), "IP", 0.9, "four octets", SHAPED + 6)
    for match in _V4_IN_WORD.finditer(source.text):
        if _is_v4(source, match):
            yield Candidate(*match.span(), "IP", 0.75, "four octets", SHAPED + 6)
    for match in _V6.finditer(source.text):
        if match[0] not in _NOBODYS and _is_v6(match[0]):
            yield Candidate(*match.span(), "IP", 0.92, "a valid IPv6 address", SHAPED + 7)
    for match in _LINK_LOCAL.finditer(source.text):
        yield Candidate(*match.span(), "IP", 0.85, "begins like a link-local address", SHAPED + 6)


def find_macs(source: Source) -> Iterator[Candidate]:
    """Yield MAC addresses, written with colons, with hyphens, in three groups, or bare after a word for them."""
    for match in _MAC.finditer(source.text):
        yield Candidate(*match.span(), "MAC", 0.93, "six octets of a MAC address", CHECKED)
    for match in _CISCO.finditer(source.text):
        cued = "mac" in source.before(match.start(), 40) or "arp" in source.before(match.start(), 40)
        if cued or (re.search("[a-fA-F]", match[0]) and re.search(r"\d", match[0])):
            yield Candidate(*match.span(), "MAC", 0.85, "three groups of a MAC address", CHECKED)
    for match in _BARE_MAC.finditer(source):
        yield Candidate(*match.span("value"), "MAC", 0.85, "follows a word for MAC address", CHECKED)


_BARE_MAC = Begun(
    "mac|hwaddr|bssid|lladdr|chaddr",
    r"(?i:(?<![a-z])(?:mac|mac[_ -]?addr(?:ess)?|hwaddr|bssid|lladdr|chaddr)[\"']?\s?[:=]?\s?[\"']?)"
    r"(?P<value>(?=[0-9A-Fa-f]*\d)[0-9A-Fa-f]{12})(?![0-9A-Za-z_])",
)


def _is_v4(source: Source, match: re.Match[str]) -> bool:
    """Whether four octets are an address, and neither a version nor a stand-in for all addresses."""
    before = source.before(match.start(), 24)
    versioned = _VERSION_BEFORE.search(before) or _VERSION_OF.search(before)
    mask = match[0].startswith("255.255.") and match[0].endswith(".0")
    addressed = _ADDRESS_BEFORE.search(before) or (
        before.endswith(("=", "= ", '="')) and _ADDRESS_BEHIND.match(source.text, match.end())
    )
    return match[0] not in _NOBODYS and not mask and (not versioned or bool(addressed))


def _is_v6(value: str) -> bool:
    groups = [group for group in value.split("%")[0].split(":") if group]
    if len(groups) < 3 and not (value.startswith("::1") or (re.search(r"\d", value) and len("".join(groups)) >= 4)):
        return False
    if not re.search(r"\d", value) and len(groups) < 5:
        return False
    try:
        IPv6Address(value.split("%")[0])
    except AddressValueError:
        return False
    return True


_SUFFIXES = (
    r"internal|local|corp|lan|intra|intranet|localdomain|priv|private|home\.arpa|svc|consul|localnet"
    r"|home|domain|ad|test\.local"
)
_NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_BEFORE = re.compile(rf"(?:{_NAME}\.){{0,7}}{_NAME}$")
_SUFFIX = re.compile(rf"\.(?:{_SUFFIXES})(?![A-Za-z0-9_-]|\.[A-Za-z0-9])", re.IGNORECASE)
_MIDDLE = re.compile(
    rf"\.(?:internal|corp|intra|intranet|lan|priv|int|svc|in|mgmt|vpn|dc\d?)\.(?:{_NAME}\.){{1,4}}"
    r"(?:com|net|org|io|dev|cloud|de|fr|eu|co|tech|ai|app|corp|local|lan|internal)(?![A-Za-z0-9_-]"
    r"|\.[A-Za-z0-9])",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"ip-(?<![A-Za-z0-9_.-]...)\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}(?:\.[a-z0-9-]{2,30}){0,4}(?![A-Za-z0-9_-]"
    r"|\.[A-Za-z0-9])"
)
_CLOUD = re.compile(
    r"\.(?:compute|ec2|c|rds|cache|elb|privatelink|vpce|internal\.cloudapp)\.(?:[a-z0-9-]{1,30}\.){0,2}"
    r"(?:internal|amazonaws\.com|azure\.com|net)(?![A-Za-z0-9_-]|\.[A-Za-z0-9])"
)
_PUBLIC = frozenset(
    [
        "host.docker.internal",
        "gateway.docker.internal",
        "metadata.google.internal",
        "kubernetes.default.svc",
        "kubernetes.default.svc.cluster.local",
        "localhost.localdomain",
        "kubernetes.docker.internal",
        "env.local",
        "settings.local",
        "config.local",
        "package.internal",
    ]
)
_CODE_NAMES = re.compile(
    r"(?:self|this|cls|module|window|super|std|com|org|java|net|pkg|package|config|settings|app"
    r"|env|utils|lib|src)\.",
    re.IGNORECASE,
)


def _is_host(source: Source, name: str, start: int) -> bool:
    low = name.lower()
    if low in _PUBLIC or _CODE_NAMES.match(low):
        return False
    labels = low.split(".")
    introduced = source.text[max(0, start - 1) : start] in ("@", "/") or re.search(
        r"host\w*[\"':= ]{1,4}$", source.before(start, 14)
    )
    if labels[-1] in ("home", "domain", "ad", "private", "svc", "test.local"):
        return len(labels) >= 3 and ("-" in low or bool(re.search(r"\d", low)) or bool(introduced))
    return len(labels) >= 3 or bool(introduced) or "-" in low or bool(re.search(r"\d", low))


def _name_start(text: str, end: int) -> int:
    """Return where the labels in front of a suffix begin; `end` where a path or a file stands there instead."""
    start = end
    while start > max(0, end - 250) and (
        (text[start - 1].isascii() and text[start - 1].isalnum()) or text[start - 1] in "_.-"
    ):
        start -= 1
    before = text[max(0, start - 2) : start]
    if text[start : start + 1] in (".", "-") or before.endswith("\\") or (before.endswith("/") and before != "//"):
        return end
    return start if _BEFORE.match(text, start, end) else end


def find_hosts(source: Source) -> Iterator[Candidate]:
    """Yield names of hosts under private suffixes (`.internal`, `.corp`) and of cloud machines."""
    text = source.text
    for pattern in (_SUFFIX, _MIDDLE):
        for match in pattern.finditer(text):
            start = _name_start(text, match.start())
            if start < match.start() and _is_host(source, text[start : match.end()], start):
                yield Candidate(start, match.end(), "HOSTNAME", 0.88, "a name under a private suffix", SHAPED + 2)
    for match in _MACHINE.finditer(text):
        yield Candidate(*match.span(), "HOSTNAME", 0.85, "the internal name of a cloud machine", SHAPED + 3)
    for match in _CLOUD.finditer(text):
        start = _name_start(text, match.start())
        if start < match.start():
            yield Candidate(start, match.end(), "HOSTNAME", 0.85, "the internal name of a cloud machine", SHAPED + 3)
