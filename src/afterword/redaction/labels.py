"""The kinds of things that are redacted, and how they are written."""

import re
from typing import Final

from afterword.errors import AfterwordError

LABELS: Final = {
    "EMAIL": "e-mail address",
    "PHONE": "phone number",
    "PERSON": "name of a person",
    "ADDRESS": "postal address",
    "CUSTOMER_ID": "account, order or customer number",
    "IP": "IP address",
    "MAC": "MAC address",
    "HOSTNAME": "internal host name",
    "DOB": "date of birth",
    "IBAN": "bank account",
    "CREDIT_CARD": "payment card",
    "CARD_CODE": "security code of a card",
    "NATIONAL_ID": "identity, tax or insurance number",
    "SECRET": "secret",
    "SECRET_PASSWORD": "password",
    "SECRET_PRIVATE_KEY": "private key",
    "SECRET_CONN": "password of a connection string",
    "SECRET_BASIC_AUTH": "user and password of a request",
    "SECRET_BEARER": "bearer token",
    "SECRET_SESSION": "session cookie",
    "SECRET_URL_TOKEN": "secret part of a URL",
    "SECRET_JWT": "JSON web token",
    "SECRET_TOTP": "one-time-password seed",
    "SECRET_WALLET": "wallet recovery phrase",
    "SECRET_GENERIC": "value of a secret setting",
    "SECRET_BARE": "random-looking token",
}
"""Labels of values, which get numbered placeholders, in words; providers add `SECRET_OPENAI` and so on."""

PASSAGES: Final = {
    "SLUR": "abusive words",
    "THREAT": "a threat",
    "GRAPHIC": "graphic violence or sex",
    "SELF_HARM": "self-harm",
    "ILLEGAL": "instructions for a crime",
}
"""Labels of passages that must not be reproduced; the author may use a word of their own."""

_LABEL = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
_NUMBERED_LABEL = re.compile(r".*_\d+")


def is_value_label(label: str) -> bool:
    """Whether a label names a kind of value, which gets a numbered placeholder."""
    return label in LABELS or label.startswith("SECRET_")


def in_words(label: str) -> str:
    """Return what a label means, for a list or a message."""
    if label.startswith("SECRET_") and label not in LABELS:
        return f"secret of {label.removeprefix('SECRET_').replace('_', ' ').title()}"
    return LABELS.get(label) or PASSAGES.get(label) or label.replace("_", " ").lower()


def settle_label(text: str) -> str:
    """Return a label as typed in its settled form (`self harm` becomes `SELF_HARM`), or raise AfterwordError."""
    label = re.sub(r"[\s-]+", "_", text.strip()).upper()
    if not _LABEL.fullmatch(label) or _NUMBERED_LABEL.fullmatch(label):
        raise AfterwordError(
            f"{text!r} is not a label.",
            "Use up to 40 letters, digits and underscores, a letter first and no number at the end: THREAT.",
        )
    return label
