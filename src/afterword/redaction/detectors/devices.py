"""Secrets in the configuration of routers, switches and wireless networks, and in cloud-init."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import KEYED, Candidate, Source
from afterword.redaction.detectors.key_names import Trust
from afterword.redaction.detectors.secret_places import place, placed
from afterword.redaction.detectors.secret_values import plausible

_CONFIGURED = "a secret in the configuration of a device"
_VALUE = r"[\"']?(?P<value>[^\s\"']{4,160})"
_DEVICES = tuple(
    place(words, "PASSWORD", _CONFIGURED, pattern + _VALUE, begins=True)
    for words, pattern in (
        ("pre-shared-key", r"pre-shared-key[ ](?:(?:ascii-text|hexadecimal|local|remote|0|6)[ ]){1,2}"),
        ("crypto isakmp key", r"crypto isakmp key[ ](?:[06][ ])?(?=\S{4,160}[ ](?:address|hostname))"),
        ("message-digest-key", r"message-digest-key[ ]\d{1,3}[ ]md5[ ](?:[07][ ])?"),
        ("neighbor", r"neighbor[ ][\w.:-]{2,60}[ ]password[ ](?:[0-7][ ])?"),
        ("ppp", r"ppp[ ](?:chap|pap sent-username[ ]\S{1,60})[ ]password[ ](?:[07][ ])?"),
        (
            "tacacs|radius",
            r"(?:tacacs|radius)(?:-server)?(?:[ ]host[ ][\w.:-]{2,80})?[ \w-]{0,60}?[ ]key[ ](?:[067][ ])?",
        ),
        ("key-string", r"key-string[ ](?:[07][ ])?(?=[^\s\d]{0,80}\d|\S{4,80}[ \t]{0,4}(?:\r?\n|$))"),
        ("snmp community", r"snmp community[ ]"),
        ("snmp-server user", r"snmp-server user[ ][^\n]{1,80}?[ ]auth[ ](?:md5|sha\d{0,3})[ ]"),
        ("psk|xauth|eap", r"(?:PSK|XAUTH|EAP)[ \t]{1,4}(?=[\"'][^\"'\n]{4,120}[\"'])"),
        ("authentication-key", r"authentication-key[ ](?=[\"'$])"),
    )
)


def find_configured(source: Source) -> Iterator[Candidate]:
    """Yield keys and passwords in the lines of network devices: `tacacs-server key X`, `neighbor … password X`."""
    yield from placed(source, _DEVICES)


_ACCOUNTS = re.compile(r"chpasswd:\s{1,8}(?:expire:[ ]\w{1,6}\s{1,8})?(?:list|users):[ ]{0,2}[|>]?[+-]?[ ]{0,2}\r?\n")
_ACCOUNT = re.compile(
    r"[ \t]{1,12}(?:-[ ])?[\"']?[A-Za-z_][\w.-]{0,30}:(?P<value>[^\s\"':]{4,120})[\"']?[ \t]*(?:\r?\n|$)"
)


def find_accounts(source: Source) -> Iterator[Candidate]:
    """Yield the passwords of the accounts that cloud-init sets up."""
    for head in _ACCOUNTS.finditer(source.text) if "chpasswd:" in source.text else ():
        at = head.end()
        while account := _ACCOUNT.match(source.text, at):
            at = account.end()
            value = account["value"]
            if value not in ("R", "RANDOM") and plausible(value, Trust.PASSWORD, quoted=True, settled=True):
                reason = "the password of an account to set up"
                yield Candidate(*account.span("value"), "SECRET_PASSWORD", 0.9, reason, KEYED + 1)
