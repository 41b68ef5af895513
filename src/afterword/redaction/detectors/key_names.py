"""Which names of settings, fields and parameters hold secrets."""

import re
from enum import Enum, auto
from functools import cache, lru_cache
from typing import NamedTuple

from afterword.redaction.data import listed


class Trust(Enum):
    """How much a name says about its value."""

    PASSWORD = auto()
    """Any value is a secret, plain words too."""
    SECRET = auto()
    """Anything but plain words and short numbers is a secret."""
    HINT = auto()
    """Only a random-looking value is a secret."""


class KeyKind(NamedTuple):
    """What a name says: the label of its value, and how far to trust it."""

    label: str
    trust: Trust


_TRAILING = re.compile(
    r"[_.\-]?(?:prod|production|dev|staging|stage|test|live|primary|secondary|old|new|prev"
    r"|current|value|plain|plaintext|raw|override|overridden|string|str|text|backup|temp|tmp|initial|encoded|rw|ro"
    r"|b64|base64|default|env|var|v?(?<!\d)\d{1,40}|eu|us)$",
    re.IGNORECASE,
)
_SQUEEZE = re.compile(r"[^a-z0-9]+")


@cache
def _names(kind: str) -> tuple[str, ...]:
    return listed("key_names.txt", kind)


def _squeezed(key: str) -> str:
    return _SQUEEZE.sub("", key.lower()) if key.isascii() else key.lower()


def _bare(key: str) -> str:
    """Return a name without what says which of several it is: `_prod`, `_2`."""
    # One by one: a repeated group could be read in exponentially many ways.
    while trailing := _TRAILING.search(key):
        key = key[: trailing.start()]
    return key


def _ends(text: str, endings: tuple[str, ...]) -> bool:
    return text.endswith(endings)


_ACCESS_TOKEN = re.compile(r"(?:[_.-](?i:pat)|[a-z]Pat|[a-z]PAT)$")
"""A personal access token by the short name that Git hosts give it, after a word: `AZURE_DEVOPS_PAT`, not `COMPAT`."""
_PRIVATE_KEY_ID = "privatekeyid"
"""The id of a service account's key: it opens nothing by itself, but names the key that leaked."""


def _is_harmless(bare: str, squeezed: str) -> bool:
    if not _ends(squeezed, _names("NEVER")):
        return False
    return not (squeezed.endswith(_PRIVATE_KEY_ID) or _ACCESS_TOKEN.search(bare))


@lru_cache(maxsize=4096)
def kind_of(key: str) -> KeyKind | None:
    """Return what the name of a field says about its value, None for names that hold no secrets."""
    bare = _bare(key) or key
    squeezed = _squeezed(bare)
    if not squeezed or _is_harmless(bare, squeezed):
        return None
    if _ends(squeezed, _names("PASSWORD")):
        return KeyKind("SECRET_PASSWORD", Trust.PASSWORD)
    if ("aws" in squeezed and _ends(squeezed, ("secretaccesskey", "secretkey", "sessiontoken"))) or squeezed.endswith(
        "secretaccesskey"
    ):
        return KeyKind("SECRET_AWS_KEY", Trust.SECRET)
    if _ends(
        squeezed,
        ("accountkey", "sharedaccesskey", "sharedaccesssignature", "connectionstring", "connstr", "primarykeyvalue"),
    ):
        return KeyKind("SECRET_CONN", Trust.SECRET)
    if squeezed in _names("SESSION") or _ends(squeezed, ("sessionid", "sessid", "sessiontoken", "sessioncookie")):
        return KeyKind("SECRET_SESSION", Trust.HINT)
    if squeezed in ("authorization", "proxyauthorization") or squeezed.endswith(("bearer", "bearertoken")):
        return KeyKind("SECRET_BEARER", Trust.SECRET)
    if _ends(squeezed, _names("SECRET")):
        return KeyKind("SECRET_GENERIC", Trust.SECRET)
    if squeezed.endswith("key") and (key[:2] in ("x-", "X-") or (key.isupper() and "_" in key)):
        return KeyKind("SECRET_GENERIC", Trust.SECRET)
    if squeezed in _names("HINT") or squeezed.endswith(("key", "auth", _PRIVATE_KEY_ID)):
        return KeyKind("SECRET_GENERIC", Trust.HINT)
    return None
