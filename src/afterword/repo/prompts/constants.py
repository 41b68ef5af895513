"""Prompts that are constants in Python files: found by syntax tree, named as a reader would say it."""

from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from afterword.repo.prompts.names import hinted_lines, may_say
from afterword.repo.prompts.reader import Text, texts_in
from afterword.repo.prompts.source import parse

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Constant:
    """A prompt in a Python file; `line` is where its name stands, `end_line` where its text ends.

    What is put in at run time stays as `{expression}`. Names are distinct within a file.
    """

    name: str
    text: str
    line: int
    end_line: int


class Constants(NamedTuple):
    """The prompts of a file in its order, and the end of a sentence about why there are none to be had."""

    found: tuple[Constant, ...]
    problem: str = ""


def constants_in(source: str) -> Constants:
    """Return the prompts in the text of a Python file, whatever is wrong with it."""
    try:
        tree = parse(source)
        texts = texts_in(tree, hinted_lines(source))
    except ValueError as error:
        return Constants((), f"{error}; its text is used")
    except (RecursionError, MemoryError):
        return Constants((), "is nested too deeply to be read as Python; its text is used")
    names = _distinct(texts)
    return Constants(
        tuple(Constant(name, one.text, one.line, one.end_line) for name, one in zip(names, texts, strict=True))
    )


def may_hold(data: bytes) -> bool:
    """Whether it is worth parsing a file; False only where `constants_in` finds nothing."""
    return data.startswith(_UTF_16) or may_say(data)


def _distinct(texts: list[Text]) -> list[str]:
    """Return a name for each text; those of one name are told apart by what they are given to, then by number."""
    plain = Counter(one.name for one in texts)
    names: dict[str, None] = {}
    for one in texts:
        name = f"{one.hint} = {one.name}" if plain[one.name] > 1 and one.hint else one.name
        numbered = (f"{name} ({number})" for number in count(2))
        names[name if name not in names else next(one for one in numbered if one not in names)] = None
    return list(names)
