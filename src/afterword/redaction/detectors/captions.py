"""What interfaces, forms and sentences say about secrets in the place where a secret would stand."""

import re
from functools import cache

from afterword.redaction.candidate import Source
from afterword.redaction.data import listed, rows

_SYMBOLS = re.compile(r"[@#$%^&+=<>{}\[\]|\\~_`;]")
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = "\u0e00"
_LEAST_STEM = 5
_LONGEST = 160


@cache
def _password_words() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Return words for passwords: whole short ones, stems of written languages, and those of unspaced scripts."""
    words = {word for row in rows("password_words.txt") for word in row.split(" ", 1)[1].split("|")}
    words |= set(listed("key_names.txt", "PASSWORD"))
    stems = tuple(word for word in words if len(word) >= _LEAST_STEM and word[0] < _UNSPACED)
    return frozenset(words), stems, tuple(word for word in words if word[0] >= _UNSPACED)


def speaks_of_passwords(value: str) -> bool:
    """Whether a value without digits holds a word for passwords: `Passwort vergessen?`, `db_password`."""
    low = value.lower()
    whole, stems, unspaced = _password_words()
    if any(map(str.isdigit, value)) or len(value) > _LONGEST:
        return False
    words = _WORD.findall(low)
    return (
        any(word in whole or word.startswith(stems) or word.endswith(stems) for word in words)
        or any(word in low for word in unspaced)
        or (" " in low and any(stem in low for stem in stems if " " in stem))
    )


def is_sentence(value: str) -> bool:
    """Whether a value of several words reads like prose, not like a passphrase of unrelated words."""
    words = value.split()
    if len(words) < 2 or _SYMBOLS.search(value) or any(_mixed(word) for word in words):
        return False
    lower = sum(word[0].islower() for word in words[1:])
    capital = words[0][0].isupper() and lower * 2 >= len(words) - 1
    return capital or (
        len(words) >= 3 and any(word.lower().strip(".,!?:") in listed("not_secrets.txt", "GRAMMAR") for word in words)
    )


def _mixed(word: str) -> bool:
    return any(map(str.isdigit, word)) and not word.strip(".,()").isdigit()


def is_caption(value: str) -> bool:
    """Whether a value is what an interface shows: a word for passwords, a sentence, letters of another script."""
    if _SYMBOLS.search(value):
        return False
    if speaks_of_passwords(value) or is_sentence(value):
        return True
    if value.isascii():
        return False
    letters = [letter for letter in value if not letter.isspace() and letter not in ".,:;!?…-'’()。、？！：*"]
    return not any(letter.isdigit() or (letter.isascii() and not letter.isalpha()) for letter in letters)


_NEIGHBOUR = re.compile(r"[:=]\s{0,3}(?P<quote>[\"'])(?P<value>[^\"'\n]{2,100})(?P=quote)")
_REACH = 320


def among_captions(source: Source, start: int, end: int) -> bool:
    """Whether the fields around a place hold sentences, as in a file of interface texts."""
    around = source.text[max(0, start - _REACH) : start] + "\n" + source.text[end : end + _REACH]
    values = [match["value"] for match in _NEIGHBOUR.finditer(around)]
    spoken = sum(is_caption(value) for value in values)
    return spoken >= 2 and 2 * spoken >= len(values)
