"""Secrets in places of files and dialogues that have a shape of their own: state files, forms, keys as numbers."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from afterword.redaction.candidate import KEYED, SAID, Candidate, Source
from afterword.redaction.detectors.key_names import Trust
from afterword.redaction.detectors.secret_values import plausible
from afterword.redaction.edged import Begun, Hinted
from afterword.redaction.harmless import is_placeholder


class Place(NamedTuple):
    """Where a secret stands: the way in which it is written, the label, the reason."""

    way: Begun | Hinted
    label: str
    reason: str


def place(words: str, label: str, reason: str, pattern: str, *, begins: bool = False) -> Place:
    """Return a place whose pattern begins with one of some words (lower case), or is looked for where one occurs."""
    way = Begun(words, pattern) if begins else Hinted(tuple(words.split("|")), re.compile(pattern))
    return Place(way, f"SECRET_{label}", reason)


_PLACES = (
    place(
        "random_password",
        "PASSWORD",
        "the result of a generator of passwords",
        r"\"random_password\"[^\x00]{0,900}?\"result\":\s{0,2}\"(?P<value>[^\"\n]{3,200})\"",
    ),
    place(
        "password",
        "PASSWORD",
        "the value of a password field",
        r"(?i)<input\b[^<>]{0,200}?\btype=[\"']?password\b[^<>]{0,200}?\bvalue=[\"'](?P<value>[^\"'<>\n]{3,120})[\"']",
    ),
    place(
        "expect",
        "PASSWORD",
        "sent to a prompt for a password",
        r"expect\s[^\n]{0,40}(?i:assword|passphrase)[^\n]{0,30}\n\s{0,8}send\s(?:--\s)?[\"{](?P<value>[^\"\r\n\\}]{3,120})",
    ),
    place(
        "net use",
        "PASSWORD",
        "given to a command as its password",
        r"(?i:net\s+use)\s(?:\S{1,3}:\s)?\\\\[^\s]{2,100}\s(?P<value>[^\s/][^\s]{3,100})",
    ),
    place(
        "secrets",
        "PASSWORD",
        "the secret in a line of chap-secrets",
        r"(?m)^[\w.@\"\\-]{1,60}[ \t]{1,8}[\w.*\"-]{1,40}[ \t]{1,8}\"?"
        r"(?P<value>[^\s\"#]{4,100})\"?[ \t]{1,8}(?:\*|\d[\d.]{6,14})[ \t]*$",
    ),
    place(
        "password-command",
        "PASSWORD",
        "given to a command as its password",
        r"--password-command[ =][\"']?(?:echo|printf)\s[\"']?(?P<value>[^\s\"'$]{4,100})",
    ),
    place(
        "@tcp|@unix(|@udp(",
        "CONN",
        "the password in a connection string",
        r"(?<![\w/:])[\w.-]{1,60}:(?P<value>[^\s:@\"'`/]{3,120})@(?:tcp|tcp6|unix|udp)\(",
    ),
    place(
        "accounts",
        "PRIVATE_KEY",
        "the key of an account of a payment chain",
        r"\baccounts\b[\"']?\s{0,2}:\s{0,2}\[\s{0,4}[\"'](?P<value>(?:0x)?[0-9a-fA-F]{64})[\"']",
    ),
    place(
        "/with/key/",
        "URL_TOKEN",
        "the key in a link",
        r"/with/key/(?P<value>[\w-]{16,64})",
    ),
    place(
        "aes|des|arc4|blowfish|chacha20|hmac|cmac|fernet|secret|signing|create|algorithms|urlsafe",
        "GENERIC",
        "the key of a cipher",
        r"(?:\b(?:AES|DES3?|ARC4|Blowfish|ChaCha20(?:_Poly1305)?|hmac|HMAC|CMAC)\.new|\b(?:AESGCM|AESCCM|ChaCha20Poly1305|Fernet"
        r"|SecretBox|SecretKeySpec|SigningKey|createHmac|createCipheriv|algorithms\.AES|HMACSHA256|URLSafeTimedSerializer))"
        r"\(\s{0,2}(?:[\"'][\w-]{2,20}[\"'],\s{0,2})?(?:[\w.]{1,40}\(\s{0,2})?[bru]?[\"'](?P<value>[A-Za-z0-9+/=_-]{16,128})[\"']",
        begins=True,
    ),
    place(
        "new|credential",
        "PASSWORD",
        "the second argument of a login",
        r"(?i:\bnew\s{0,2}(?:network)?credential|credential\s\w{1,30}\s{0,2}=\s{0,2}new)\s{0,2}"
        r"\([\"'][^\"'\n]{1,60}[\"'],\s{0,2}[\"'](?P<value>[^\"'\n]{3,120})[\"']",
        begins=True,
    ),
    place(
        "ac|sk",
        "GENERIC",
        "the second argument of a login",
        r"[\"'](?:AC|SK)[0-9a-f]{32}[\"']\s{0,3},\s{0,8}[\"'](?P<value>[A-Za-z0-9]{32})[\"']",
    ),
    place(
        "private|secret|signing|deployer|wallet|owner",
        "PRIVATE_KEY",
        "the key of an account of a payment chain",
        r"(?i:private|secret|signing|deployer|wallet|owner)[ _-]?(?i:private[ _-]?)?(?i:key|pk)[ :=\"'`]{1,5}"
        r"(?:(?i:is|was)[ :\"'`]{1,3})?0x(?P<value>[0-9a-fA-F]{64})(?![0-9a-fA-F])",
        begins=True,
    ),
    place(
        "puk",
        "PASSWORD",
        "a PIN or the code of a lock",
        r"\b(?:PUK|puk|Puk)\d?[ \t]{0,2}[:=]?[ \t]{1,2}(?P<value>\d{8})(?!\d)",
    ),
    place(
        "combination",
        "PASSWORD",
        "a PIN or the code of a lock",
        r"(?i:safe|locker|vault|lock|padlock)\s(?i:combination|combo)[^\n\d]{0,12}"
        r"(?P<value>\d{1,2}(?:[- ]\d{1,2}){2,5})(?!\d)",
    ),
)


def placed(source: Source, places: tuple[Place, ...]) -> Iterator[Candidate]:
    """Yield the values that stand in some places, where they are no stand-ins."""
    for where in places:
        for match in where.way.finditer(source):
            value = match["value"]
            number = value.replace("-", "").replace(" ", "").isdigit()
            if number or (not is_placeholder(value) and plausible(value, Trust.PASSWORD, quoted=True, settled=True)):
                yield Candidate(*match.span("value"), where.label, 0.85, where.reason, KEYED + 1)


def find_placed(source: Source) -> Iterator[Candidate]:
    """Yield secrets in state files, forms, dialogues and connection strings of a shape of their own."""
    yield from placed(source, _PLACES)


_BYTES = re.compile(r"\[\s{0,4}\d{1,3}(?:,\s{0,4}\d{1,3}){31,63}\s{0,4}\]")
_KEYPAIR = re.compile(r"key ?pair|secret|private|wallet|solana|seed|id\.json", re.IGNORECASE)


def find_byte_keys(source: Source) -> Iterator[Candidate]:
    """Yield keys written as lists of 32 or 64 bytes."""
    for match in _BYTES.finditer(source.text) if "," in source.text else ():
        numbers = [int(number) for number in re.findall(r"\d+", match[0])]
        alone = match[0] == source.text.strip()
        if len(numbers) not in (32, 64) or max(numbers) > 255 or len(set(numbers)) < 20:
            continue
        if alone or _KEYPAIR.search(source.text, max(0, match.start() - 80), match.start()):
            yield Candidate(*match.span(), "SECRET_PRIVATE_KEY", 0.9, "the bytes of a key", KEYED + 1)


_SPEAKER = (
    r"(?:(?:<[\w.@ -]{1,30}>|[-–—>*•]|[(\[]?\d{1,2}:\d{2}(?::\d{2})?[)\]]?|\[[^\]\n]{1,30}\]"
    r"|\*{0,2}[A-Za-z0-9.@-]{1,24}:?\*{0,2}:"
    r"|[^\W_][\w.@-]{0,24}[:：>])[ \t]{0,3}){0,3}"
)
_LEAD = r"(?:(?i:it'?s|its|sure|here|yes|ok|try|ja|oui|sí|si|da|да|это|use|there)[,:!]?[ \t]){0,3}"
_ANSWER = re.compile(
    r"[^\n\"]{0,60}?(?:\r?\n){1,2}"
    + _SPEAKER
    + _LEAD
    + r"[`'\"*]{0,3}(?P<line>[^\s`'\"*]{4,80})[`'\"*]{0,3}[.,]?[ \t]*(?:\r?\n|$)"
    r"|[^\n\"]{0,60}?\"\s{0,2}\},?\s{0,8}\{\s{0,8}\"(?:role|from|author|speaker|user)\":\s{0,2}\"[^\"\n]{1,30}\",\s{0,8}"
    r"\"(?:content|value|text|message|body)\":\s{0,2}\"" + _LEAD + r"(?P<json>[^\s\"]{4,80})\"",
)
_TYPED = re.compile(
    r"[^\n]{0,160}?\"(?:action|type)\":\s{0,2}\"(?:type|input|fill|type_text|keys)\",\s{0,2}\"(?:text|value|keys|content)\":"
    r"\s{0,2}\"(?P<typed>[^\s\"]{6,80})\""
)
_VERSION = re.compile(
    r"\d+[a-z]+|v?\d+(?:\.\d+){1,3}(?:[-+][\w.]+)?|[\d:.,/-]+|[\w./-]+\.[a-z]{1,4}|\w+:|[\w.+-]+@[\w.-]+"
)


def generated(value: str) -> bool:
    """Whether a value that stands alone has what passwords have: letters and digits, mixed."""
    digits, letters = sum(map(str.isdigit, value)), sum(map(str.isalpha, value))
    mixed = digits >= 2 or value != value.lower() or any(not letter.isalnum() for letter in value)
    plain = _VERSION.fullmatch(value) or is_placeholder(value) or value.count("/") > 1 or "=" in value[:-2]
    return len(value) >= 6 and digits > 0 and letters > 1 and mixed and not plain


_SPOKEN = re.compile(r"[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]{3}")
_NUMBER_SENT = re.compile(r"\d{4,8}|\d{3}[ -]\d{3}")


def answers(text: str, at: int, *, for_number: bool = False) -> Iterator[Candidate]:
    """Yield what is answered, or typed, after a question that ends with the word for "password" or a code at `at`."""
    if text.find("\n", at, at + 70) < 0 and text.find('"', at, at + 200) < 0:
        return
    for pattern in (_ANSWER, _TYPED):
        match = pattern.match(text, at, at + 400)
        if not match or not match.lastgroup:
            continue
        value = match[match.lastgroup]
        number = for_number and _NUMBER_SENT.fullmatch(value)
        if number or (generated(value) and not _SPOKEN.search(value)):
            reason = "answers a question for a password"
            yield Candidate(*match.span(match.lastgroup), "SECRET_PASSWORD", 0.75, reason, SAID - 4)
