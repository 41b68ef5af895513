"""Passwords that command-line tools and libraries take in a place of their own, without a name that says so."""

from collections.abc import Iterator

from afterword.redaction.candidate import Candidate, Source
from afterword.redaction.detectors.secret_places import Place, place, placed

_GIVEN = "given to a command as its password"
_VALUE = r"[\"']?(?P<value>(?![-$(<{])[^\s\"'|;]{4,200})"
_WORDS = r"(?:(?P<quote>[\"'])(?P<value>(?!\$)[^\"'\n]{4,200})(?P=quote))"
_REST = r"\b[^\n|;]{0,200}?\s"


def _tool(words: str, before: str, value: str = _VALUE) -> Place:
    """Return the place of a password among the arguments of some programs."""
    return place(words, "PASSWORD", _GIVEN, rf"(?:{words}){_REST}{before}{value}", begins=True)


_TOOLS = (
    place(
        "convertto-securestring",
        "PASSWORD",
        "made a secure string",
        r"(?i:convertto-securestring)\s{1,4}(?:-(?i:asplaintext|force|string)\s{1,4}){0,3}" + _VALUE,
        begins=True,
    ),
    _tool("lftp", r"-u[ ]?[\w.@-]{1,60},"),
    _tool("isql|bcp|osql|mosquitto_pub|mosquitto_sub", r"-P[ ]?"),
    _tool("plink|pscp|psftp", r"-pw[ ]"),
    _tool("signtool", r"/p[ ]"),
    _tool("snmpwalk|snmpget|snmpset|snmpbulkwalk|snmpbulkget|snmptable|snmpgetnext|snmptrap", r"-[cA][ ]?"),
    _tool("snmpwalk|snmpget|snmpset|snmpbulkwalk|snmpbulkget|snmptable|snmpgetnext|snmptrap", r"-X[ ]?"),
    _tool("ssh-keygen", r"-N[ ]?", _WORDS),
    _tool("ssh-keygen", r"-P[ ]?", _WORDS),
    place(
        "wpa_passphrase",
        "PASSWORD",
        _GIVEN,
        r"wpa_passphrase\s{1,4}(?:\"[^\"\n]{1,40}\"|[\w.-]{1,40})\s{1,4}[\"']?(?P<value>(?!\$)[^\s\"']{8,63})",
        begins=True,
    ),
    place(
        "oathtool",
        "TOTP",
        "a one-time-password seed",
        r"oathtool\b[^\n|;]{0,80}?\s[\"']?(?P<value>[A-Z2-7]{16,64}={0,6}|[0-9a-f]{20,64})(?![\w-])",
        begins=True,
    ),
    place(
        "::add-mask::", "GENERIC", "to be masked in a log", r"::add-mask::(?P<value>(?!\$)[^\s\"']{4,200})", begins=True
    ),
    place(
        "secret.fromstring|secret.create",
        "PASSWORD",
        "made a secret",
        r"Secret\.(?:fromString|create)\([\"'](?P<value>[^\"'\n]{4,200})[\"']",
        begins=True,
    ),
    place(
        "echo|printf",
        "GENERIC",
        "written to a file for secrets",
        r"(?:echo|printf)\s(?:-\w{1,3}\s)?[\"']?(?P<value>(?=[^\s\"']{0,80}\d)[^\s\"'$|;]{8,200})[\"']?\s{0,2}>{1,2}\s{0,2}"
        r"[\w./~-]{0,80}(?:master\.key|secret|token|passw|vault[_.-]pass|api[_.-]?key|credential)[\w.]{0,20}",
        begins=True,
    ),
    place(
        "mysqli|pdo|getconnection|ftp_login|imap_open|connect|ldap_bind|ssh2_auth_password",
        "PASSWORD",
        "the third argument of a login",
        r"(?:mysqli(?:_connect)?|PDO|getConnection|ftp_login|imap_open|(?<=[.>])connect|ldap_bind|ssh2_auth_password)"
        r"\(\s{0,4}(?:[$\w.\[\]>-]{1,40}|\"[^\"\n]{0,160}\"|'[^'\n]{0,160}')\s{0,2},\s{0,4}[\"'][^\"'\n]{1,80}[\"']\s{0,2},"
        r"\s{0,4}[\"'](?P<value>[^\"'\n]{3,120})[\"']",
        begins=True,
    ),
)


def find_given(source: Source) -> Iterator[Candidate]:
    """Yield passwords that tools and libraries take by their position or by a letter: `lftp -u user,X`."""
    yield from placed(source, _TOOLS)
