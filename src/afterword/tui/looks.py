"""How a cell of the terminal looks, and the shortest way from one look to another."""

from functools import lru_cache
from typing import NamedTuple

from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29", "21": "24"}
"""The code that ends an attribute."""


class Look(NamedTuple):
    """How a cell looks, as the codes that a terminal takes for it; "" stands for its own colours."""

    attributes: tuple[str, ...] = ()
    colour: str = ""
    ground: str = ""


PLAIN = Look()


def look_of(style: Style, colours: ColorSystem) -> Look:
    """Return how a style looks in a terminal that knows these colours."""
    # A style may carry where it was drawn from, so that styles which look the same are many.
    return _sorted(Strip.render_ansi(style, colours) if style._ansi is None else style._ansi)


@lru_cache(4096)
def _sorted(codes: str) -> Look:
    """Sort the codes of a style into attributes, colour and ground."""
    attributes: list[str] = []
    colour = ground = ""
    rest = codes.split(";") if codes else []
    while rest:
        code = rest.pop(0)
        if code in ("38", "48"):
            taken = 4 if rest and rest[0] == "2" else 2
            whole = ";".join([code, *rest[:taken]])
            del rest[:taken]
            colour, ground = (whole, ground) if code == "38" else (colour, whole)
        elif len(code) > 1 and code[:-1] in ("3", "9"):
            colour = code
        elif len(code) > 1 and code[:-1] in ("4", "10"):
            ground = code
        else:
            attributes.append(code)
    return _interned(tuple(attributes), "" if colour == "39" else colour, "" if ground == "49" else ground)


@lru_cache(None)
def _interned(attributes: tuple[str, ...], colour: str, ground: str) -> Look:
    found = Look(attributes, colour, ground)
    return PLAIN if found == PLAIN else found


@lru_cache(4096)
def change(before: Look, after: Look) -> str:
    """Return the shortest sequence from one look to another."""
    codes = dict.fromkeys(_OFF[code] for code in before.attributes if code not in after.attributes)
    kept = [code for code in before.attributes if _OFF[code] not in codes]
    steps = [*codes, *(code for code in after.attributes if code not in kept)]
    if before.colour != after.colour:
        steps.append(after.colour or "39")
    if before.ground != after.ground:
        steps.append(after.ground or "49")
    anew = ["0", *after.attributes, *filter(None, (after.colour, after.ground))]
    shortest = min(";".join(steps), ";".join(anew), key=len)
    return f"\x1b[{shortest}m"
