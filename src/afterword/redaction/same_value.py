"""When two pieces of text are the same value, and where else a value stands in a text."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from afterword.redaction.data import listed
from afterword.redaction.view import View, decoded_view

_SEPARATED = {"PHONE", "CREDIT_CARD", "IBAN", "NATIONAL_ID", "MAC"}
_CASELESS = {"EMAIL", "HOSTNAME", "IBAN", "MAC", "NATIONAL_ID", "PERSON", "ADDRESS", "IP"}
_NAME_SEPARATOR = re.compile(r"[\s.,_\-+·・]+")


@cache
def _not_in_names() -> frozenset[str]:
    kinds = ("particle", "particle_written", "untelling", "title", "suffix")
    return frozenset(word for kind in kinds for word in listed("name_words.txt", kind))


@lru_cache(maxsize=4)
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
    not_telling = _not_in_names()
    telling = tuple(
        word for word in words if word and word not in not_telling and (len(word) > 1 or not word.isascii())
    )
    return telling or tuple(word for word in words if word)


_LONG_SECRET, _LONG_VALUE = 6, 8


def _is_word(letter: str) -> bool:
    """Whether a character joins with its neighbours to words that are separated by spaces."""
    return letter == "_" or (letter.isalnum() and ord(letter) < 0x0E00)


class Place(NamedTuple):
    """Where a value stands in a text, and whether a word ends at either side of it."""

    start: int
    end: int
    free_before: bool
    free_after: bool


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """Lower the case without changing any offset."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _spots(text: str, needle: str, label: str) -> Iterator[Place]:
    loose = len(needle) >= (_LONG_SECRET if label.startswith("SECRET") else _LONG_VALUE)
    if label in _CASELESS and label != "PERSON":
        text, needle = fold(text), fold(needle)
    opens, closes = not _is_word(needle[0]), not _is_word(needle[-1])
    at = text.find(needle)
    while at >= 0:
        end = at + len(needle)
        before = loose or opens or at == 0 or not _is_word(text[at - 1])
        after = loose or closes or end == len(text) or not _is_word(text[end])
        yield Place(at, end, before, after)
        at = text.find(needle, end)


def is_telling(text: str) -> bool:
    """Whether a text says anything: letters, digits or symbols, not only ASCII punctuation and space."""
    return any(letter.isalnum() or (letter > "\x7f" and not letter.isspace()) for letter in text)


@lru_cache(maxsize=8192)
def places(text: str, value: str, label: str) -> tuple[Place, ...]:
    """Return where a value stands in a text, as written and with escapes undone, inside longer words too."""
    needles = {needle for needle in (value, plain(value)) if is_telling(needle)}
    found = {spot for needle in needles for spot in _spots(text, needle, label)}
    if view := _view_of(text):
        for needle in needles:
            for spot in _spots(view.text, needle, label):
                start, end = view.raw(spot.start, spot.end)
                found.add(Place(start, end, spot.free_before, spot.free_after))
    return tuple(sorted(found))


def occurrences(text: str, value: str, label: str) -> list[tuple[int, int]]:
    """Return the offsets at which a value stands in a text.

    Short values count where they are not part of a longer word; values of eight characters and more (secrets: of six)
    count anywhere.
    """
    return [(spot.start, spot.end) for spot in places(text, value, label) if spot.free_before and spot.free_after]
