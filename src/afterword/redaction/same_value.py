"""When two pieces of text are the same value, and where else a value stands in a text."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from afterword.redaction.view import View, decoded_view

_SEPARATED = {"PHONE", "CREDIT_CARD", "IBAN", "NATIONAL_ID", "MAC"}
_CASELESS = {"EMAIL", "HOSTNAME", "IBAN", "MAC", "NATIONAL_ID", "PERSON", "ADDRESS", "IP"}
_NAME_SEPARATOR = re.compile(r"[\s.,_\-+·・]+")
_NOT_IN_NAMES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "sir",
        "madam",
        "dame",
        "lord",
        "lady",
        "rev",
        "herr",
        "frau",
        "fräulein",
        "dipl",
        "ing",
        "mag",
        "monsieur",
        "madame",
        "mademoiselle",
        "mme",
        "m",
        "mlle",
        "señor",
        "señora",
        "señorita",
        "sr",
        "sra",
        "srta",
        "don",
        "doña",
        "dom",
        "dona",
        "senhor",
        "senhora",
        "signor",
        "signora",
        "signorina",
        "sig",
        "dott",
        "dhr",
        "mevr",
        "mevrouw",
        "meneer",
        "pan",
        "pani",
        "pán",
        "paní",
        "bay",
        "bayan",
        "hr",
        "fru",
        "herra",
        "rouva",
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "le",
        "la",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "bint",
        "ter",
        "ten",
        "te",
        "zu",
        "zum",
        "zur",
        "af",
        "av",
        "y",
        "e",
        "i",
        "jr",
        "junior",
        "senior",
        "ii",
        "iii",
        "phd",
        "md",
        "esq",
        "b.sc",
        "m.sc",
    ]
)


@lru_cache(maxsize=1)
def _view_of(text: str) -> View | None:
    return decoded_view(text)


def plain(value: str) -> str:
    """Return a value without escapes, control characters and odd spaces."""
    view = decoded_view(value)
    return " ".join(unicodedata.normalize("NFKC", view.text if view else value).split())


def normal_form(value: str, label: str) -> str:
    """Return what is the same for all spellings of one value: case, separators and escapes do not count."""
    text = plain(value)
    if label in _SEPARATED:
        text = "".join(letter for letter in text if letter.isalnum())
        if label == "PHONE":
            text = text.removeprefix("00") if value.strip().startswith("00") else text
    if label in _CASELESS:
        text = text.casefold()
    return text


def name_tokens(value: str) -> tuple[str, ...]:
    """Return the parts of a person's name that identify them, folded; titles and particles are left out."""
    words = [word.casefold() for word in _NAME_SEPARATOR.split(plain(value))]
    telling = tuple(
        word for word in words if word and word not in _NOT_IN_NAMES and (len(word) > 1 or not word.isascii())
    )
    return telling or tuple(word for word in words if word)


def _is_word(letter: str) -> bool:
    """Whether a character joins with its neighbours to words that are separated by spaces."""
    return letter == "_" or (letter.isalnum() and ord(letter) < 0x0E00)


def _stands_alone(text: str, start: int, end: int, loose: bool) -> bool:
    if loose:
        return True
    if start > 0 and _is_word(text[start]) and _is_word(text[start - 1]):
        return False
    return not (end < len(text) and _is_word(text[end - 1]) and _is_word(text[end]))


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """Lower the case without changing any offset."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _spots(text: str, needle: str, label: str) -> Iterator[tuple[int, int]]:
    loose = label.startswith("SECRET") and len(needle) >= 6
    if label in _CASELESS and label != "PERSON":
        text, needle = fold(text), fold(needle)
    at = text.find(needle)
    while at >= 0 and needle:
        if _stands_alone(text, at, at + len(needle), loose):
            yield at, at + len(needle)
        at = text.find(needle, at + len(needle))


def is_telling(text: str) -> bool:
    """Whether a text says anything: letters, digits or symbols, not only ASCII punctuation and space."""
    return any(letter.isalnum() or (letter > "\x7f" and not letter.isspace()) for letter in text)


def occurrences(text: str, value: str, label: str) -> list[tuple[int, int]]:
    """Return where a value stands in a text, as written and with escapes undone, as sorted offsets.

    A value counts where it is not part of a longer word; secrets of six characters and more count anywhere.
    """
    needles = {needle for needle in (value, plain(value)) if is_telling(needle)}
    found = {spot for needle in needles for spot in _spots(text, needle, label)}
    view = _view_of(text)
    if view:
        found |= {view.raw(*spot) for needle in needles for spot in _spots(view.text, needle, label)}
    return sorted(found)
