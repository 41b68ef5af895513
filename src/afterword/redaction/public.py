"""Random-looking tokens that are meant to be public: addresses, public keys, fingerprints, identifiers of services."""

import re
from functools import cache
from hashlib import sha256

from afterword.redaction.data import listed

_B58 = "[1-9A-HJ-NP-Za-km-z]"
_BECH32 = "[02-9ac-hj-np-z]"
_BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_CHECKED = re.compile(rf"[13mn2]{_B58}{{25,34}}|[LMDT]{_B58}{{33}}|r{_B58}{{24,34}}")
"""Addresses of a form that two random tokens in a hundred have: they count where their check digits fit."""
_ADDRESS_BYTES = 25
_CHAINS = (
    rf"[48]{_B58}{{94,105}}|[xyztuvYZTUV]pub{_B58}{{70,120}}",
    rf"(?:bc|tb|ltc|addr|stake|cosmos|osmo|terra|inj|celestia|age|npub|note|nevent|nprofile|lnbc|nano_|bnb|erd|kava|juno"
    rf"|zil|one|zs)1?{_BECH32}{{25,400}}",
    rf"G[A-Z2-7]{{55}}|[EU]Q[\w-]{{46}}|5{_B58}{{46,47}}|[FJ]{_B58}{{46}}|EOS{_B58}{{50}}|tz[123]{_B58}{{33}}|edpk{_B58}{{50}}",
)
"""Addresses and extended public keys of payment chains."""
_NETWORKS = (
    r"Qm[A-Za-z0-9]{44}|" rf"b(?:afy|afk)[a-z2-7]{{40,80}}|12D3Koo{_B58}{{40,50}}|k51[a-z0-9]{{50,70}}|[a-z2-7]{{56}}",
    rf"did:[a-z]{{1,20}}:[\w.:-]+|z6Mk{_B58}{{40,50}}|00-[0-9a-f]{{32}}-[0-9a-f]{{16}}-\d\d",
    r"[0-9a-df-np-sv-z]{32}(?:-[\w.+-]+)?|[0-9a-df-np-sv-z]{52}",
    r"(?:CA|AG|AO|AA|AF|AN|AK)[A-Za-z0-9+=_.-]{20,80}@mail\.gmail\.com",
)
"""IPFS and peer ids, onion names, decentralised ids, trace contexts, paths of the Nix store, message ids."""
_KEYS = (
    r"AAAA[BCE][A-Za-z0-9+/]{20,1000}={0,2}|B[A-P][\w-]{85}|6L[a-z][\w-]{36,38}|0x4[\w-]{20}",
    r"MI(?!GHAgEA|.{2,5}[AgwQ]IBA)[A-Za-z0-9+/]{40,4000}={0,2}|MF[kow][A-Za-z0-9+/=]{60,200}|MCow[A-Za-z0-9+/=]{50,70}",
    r"(?:mQ|iQ|iH)[A-Z][A-Za-z0-9+/=]{50,4000}",
    r"h1:[A-Za-z0-9+/]{43}=|zh:[0-9a-f]{64}|sha(?:1|224|256|384|512)-[\w+/=-]{20,100}|vault:v\d:[A-Za-z0-9+/=]+",
)
"""SSH and DER public keys and certificates, VAPID and captcha keys, PGP packets, checksums, ciphertexts."""
_FILES = (
    r"(?:iVBORw0KGgo|R0lGOD|/9j/|UklGR|PHN2Zy|JVBERi0|UEsDB|H4sI|AAABAA|d09G|T1RUTw|AAEAAA|SUkq|PD94bWw|SUQz"
    r"|AAAA(?:GG|HG|IG))[\w+/=-]*",
)
"""Beginnings of images, documents, archives and fonts in base64."""
_PUBLIC = re.compile("|".join((*_CHAINS, *_NETWORKS, *_KEYS, *_FILES)))

_JOINT = (
    r"[\"'`*\])]{0,2}[ \t]{0,3}(?:[:=#(<>-]{1,2}|\b(?:is|of|for|was|ids?|keys?|value)\b[ \t]{0,2}[:=]?)?"
    r"[ \t]{0,3}(?:w/)?[\"'`<(\[]{0,2}$"
)
_ANNOUNCED = re.compile(r"(?P<words>(?:[a-z0-9.]{1,20}+[ _-]){0,2}[a-z0-9.]{1,20})" + _JOINT)
"""The last words before a token, and what stands between them and it."""


@cache
def _public_words() -> frozenset[str]:
    return frozenset(listed("public_words.txt", "WORD"))


@cache
def _any_public_word() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_public_words()))))


def is_public(token: str) -> bool:
    """Whether the form of a token is that of something public."""
    return bool(_PUBLIC.fullmatch(token)) or (bool(_CHECKED.fullmatch(token)) and _checks_out(token))


def _checks_out(token: str) -> bool:
    """Whether the last four bytes of an address are the checksum of the others (Base58Check)."""
    alphabet = _RIPPLE if token.startswith("r") else _BITCOIN
    number = 0
    for char in token:
        number = number * 58 + alphabet.index(char)
    if number.bit_length() > 8 * _ADDRESS_BYTES:
        return False
    raw = number.to_bytes(_ADDRESS_BYTES, "big")
    return sha256(sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]


def announced_as_public(before: str) -> bool:
    """Whether the words before a token (lower case) say that it is public or an identifier."""
    # Most texts hold no such word at all, which shows faster than what exactly stands before the token.
    if not _any_public_word().search(re.sub(r"[ _.-]", "", before)) or not (match := _ANNOUNCED.search(before)):
        return False
    words = re.split(r"[ _.-]", match["words"])
    known = _public_words()
    return any("".join(words[at:]) in known for at in range(len(words)))
