"""Codes that whoever has them may use up: of devices that log in, of cards, of locked disks and accounts."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import KEYED, Candidate, Source
from afterword.redaction.detectors.secret_places import place, placed

_CODES = (
    place(
        "user_code|usercode",
        "GENERIC",
        "a code with which a device logs in",
        r"(?i:user_?code)[\"']?\s{0,2}[:=]\s{0,2}[\"']?(?P<value>[A-Z0-9]{3,5}-[A-Z0-9]{3,5})(?![\w-])",
        begins=True,
    ),
    place(
        "enter|type|device code|user code|with code|the code",
        "GENERIC",
        "a code with which a device logs in",
        r"(?i:(?:enter|type)[ ](?:the[ ]|this[ ]|your[ ])?(?:device[ ]|user[ ]|one-time[ ]|verification[ ])?code"
        r"|(?:device|user|with|the)[ ]code)"
        r"[:]?[ ](?i:is[ ])?[\"'`*]{0,2}(?P<value>[A-Z0-9]{4}-[A-Z0-9]{4})(?![\w-])",
        begins=True,
    ),
    place(
        "gift|voucher|redeem|prepaid|store credit",
        "GENERIC",
        "the code of a voucher or card",
        r"(?i:gift|voucher|redeem|prepaid|store credit)(?:[ _-]?(?i:card|certificate|voucher|this|the))?[ _-]?"
        r"(?i:code|key|pin|number|no\.?)?[\"'`*]{0,2}[ ]{0,2}(?:[:=#]|(?i:is|was))?[ ]{0,2}[\"'`*]{0,2}"
        r"(?P<value>[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){2,5}|(?=[A-Z]{0,20}\d)(?=\d{0,20}[A-Z])[A-Z0-9]{10,20})(?![\w-])",
        begins=True,
    ),
    place(
        "seed|entropy",
        "PRIVATE_KEY",
        "the seed of keys",
        r"(?i:seed|entropy)(?:[ _](?i:hex|bytes|key))?[\"']?[ ]{0,2}(?:[:=]|(?i:is))[ ]{0,2}[\"'`]?"
        r"(?:0x)?(?P<value>[0-9a-f]{64}(?:[0-9a-f]{64})?)(?![0-9a-f])",
        begins=True,
    ),
    place(
        "otpauth-migration",
        "TOTP",
        "one-time-password seeds to move to another device",
        r"otpauth-migration://offline\?data=(?P<value>[\w%+/=-]{16,2000})",
        begins=True,
    ),
    place(
        "hdnts|hdnea|hdntl",
        "URL_TOKEN",
        "the signature of a link",
        r"hdn(?:ts|ea|tl)=[^\s\"'<>]{0,300}?hmac=(?P<value>[0-9a-f]{40,128})",
        begins=True,
    ),
    place(
        "asp.net_sessionid",
        "SESSION",
        "a cookie",
        r"ASP\.NET_SessionId[\"']?\s{0,2}[:=]\s{0,2}[\"']?(?P<value>[a-z0-9]{24})(?![a-z0-9])",
        begins=True,
    ),
    place(
        "authenticator|authy|2fa|mfa|totp",
        "TOTP",
        "a one-time-password seed",
        r"(?<![\w])(?P<value>(?=[a-z ]{0,60}[2-7])(?:[a-z2-7]{4}[ ]){3,15}[a-z2-7]{4})"
        r"(?=[ ](?:in|into|to|as)\b[^\n]{0,60}"
        r"(?i:authenticator|authy|2fa|mfa|totp))",
    ),
    place(
        "bitlocker|recovery|wiederherstellung|récupération|recuperación|recupero|herstel|key|schlüssel",
        "TOTP",
        "the recovery key of an encrypted disk",
        r"(?<![\w-])(?P<value>\d{6}(?:-\d{6}){7})(?![\w-])",
    ),
)
_RECOVERY = re.compile(
    r"(?i:(?:recovery|backup|scratch|rescue|emergency)_?-?(?:codes?|keys?))[\"']?\s{0,2}[:=]\s{0,2}"
    r"\[(?P<codes>[^\[\]]{6,900})\]"
)
_CODE = re.compile(r"[\"'](?P<value>[A-Za-z0-9][A-Za-z0-9 -]{4,40})[\"']")
_ANY_RECOVERY = ("recovery", "backup", "scratch", "rescue", "emergency")


def find_codes(source: Source) -> Iterator[Candidate]:
    """Yield device codes, gift and recovery codes, and seeds of keys and one-time passwords."""
    yield from placed(source, _CODES)
    for match in _RECOVERY.finditer(source.text) if any(word in source.low for word in _ANY_RECOVERY) else ():
        for code in _CODE.finditer(match["codes"]):
            start = match.start("codes") + code.start("value")
            yield Candidate(start, start + len(code["value"]), "SECRET_TOTP", 0.85, "a recovery code", KEYED)
