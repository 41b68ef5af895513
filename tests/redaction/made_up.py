"""Values shaped like real ones, put together at run time so that no scanner of pushed files takes them for leaks."""

import random
import string

ALNUM = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
_PLACES = random.Random(20240607)


def random_text(length: int, alphabet: str = ALNUM) -> str:
    """Return text as generators of keys make it: all classes of characters mixed."""
    while True:
        text = "".join(_PLACES.choice(alphabet) for _ in range(length))
        classes = {str.isdigit: False, str.islower: False, str.isupper: False}
        wanted = [kind for kind in classes if any(map(kind, alphabet))]
        if length < 8 or all(any(map(kind, text)) for kind in wanted):
            return text


def hexadecimal(length: int) -> str:
    return random_text(length, HEX)


def uuid() -> str:
    return "-".join(hexadecimal(length) for length in (8, 4, 4, 4, 12))


def found(text: str, label: str = "") -> list[str]:
    """Return the values that the engine finds, of labels that begin with `label`."""
    from afterword.redaction import scan

    return [text[f.start : f.end] for f in scan(text).findings if f.label.startswith(label)]
