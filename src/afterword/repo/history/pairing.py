"""Prompts that went away beside prompts that appeared: moved, moved and edited, or replaced by another."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar

_T = TypeVar("_T")
_EDITED = 0.5
"""What two texts share from which one counts as the other, edited."""
_MOST_PAIRS = 400
_MOST_WORDS = 20_000
_COMMON = frozenset(
    {"prompt", "prompts", "system", "template", "templates", "instructions", "instruction", "md", "txt"}
)


class Piece(NamedTuple):
    """A prompt on one side of a commit: a file, or a constant in one; `text` is None where it could not be read."""

    path: str
    constant: str
    text: str | None


class Mates(NamedTuple):
    """What went and what came in its place; `likeness` is the shared share of the text, `why` a reason in words."""

    gone: Piece
    new: Piece
    likeness: float
    why: str

    @property
    def is_same(self) -> bool:
        """Whether the text is the very same."""
        return self.gone.text is not None and self.gone.text == self.new.text

    @property
    def is_edited(self) -> bool:
        """Whether the new text is the old one, edited."""
        return self.likeness >= _EDITED


def mates(gone: Sequence[Piece], new: Sequence[Piece]) -> list[Mates]:
    """Pair what went with what came, each at most once: the same text, then alike texts, then alike names."""
    gone, new = list(gone), list(new)
    found = []
    for pair in _candidates(gone, new):
        if pair.gone in gone and pair.new in new:
            gone.remove(pair.gone)
            new.remove(pair.new)
            found.append(pair)
    return found


def likeness(one: str | None, other: str | None) -> float:
    """Return how much of two texts is shared, from 0 to 1: by whole lines, or by runs of three words."""
    if one is None or other is None:
        return 0.0
    if one == other:
        return 1.0
    lines = _share(Counter(_lines(one)), Counter(_lines(other)), len)
    return max(lines, _share(Counter(_triples(one)), Counter(_triples(other)), lambda _: 1))


def _share(one: Counter[_T], other: Counter[_T], weigh: Callable[[_T], int]) -> float:
    both = sum(weigh(item) * count for item, count in (one & other).items())
    whole = sum(weigh(item) * count for side in (one, other) for item, count in side.items())
    return 2 * both / whole if whole else 0.0


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def _candidates(gone: list[Piece], new: list[Piece]) -> Iterator[Mates]:
    """Yield pairs, the most certain first."""
    by_text = {piece.text: piece for piece in reversed(new) if piece.text is not None}
    same = [Mates(piece, by_text[piece.text], 1.0, "") for piece in gone if piece.text in by_text]
    yield from same
    taken = {pair.gone for pair in same}, {pair.new for pair in same}
    left = [piece for piece in gone if piece not in taken[0]], [piece for piece in new if piece not in taken[1]]
    if len(left[0]) * len(left[1]) > _MOST_PAIRS:
        return
    only = len(left[0]) == len(left[1]) == 1
    pairs = [_mates(one, other, only) for one in left[0] for other in left[1]]
    certain = sorted((pair for pair in pairs if pair is not None), key=lambda pair: -_certainty(pair))
    yield from certain


def _mates(gone: Piece, new: Piece, only: bool) -> Mates | None:
    shared = likeness(gone.text, new.text)
    if shared >= _EDITED:
        return Mates(gone, new, shared, f"{shared:.0%} of the text is the same")
    names = sorted(_words(gone) & _words(new))
    if gone.constant and gone.constant == new.constant:
        why = "it has the same name"
    elif names:
        why = f"both are called {' '.join(names)}"
    elif only and _folder(gone) == _folder(new):
        why = "both stand in the same folder" if gone.path != new.path else "both stand in the same file"
    elif only:
        why = "nothing else came or went"
    else:
        return None
    return Mates(gone, new, shared, f"{why}; {shared:.0%} of the text is the same")


def _certainty(pair: Mates) -> float:
    same_folder = _folder(pair.gone) == _folder(pair.new)
    return pair.likeness + 0.1 * len(_words(pair.gone) & _words(pair.new)) + 0.05 * same_folder


def _folder(piece: Piece) -> str:
    return str(PurePosixPath(piece.path).parent)


def _words(piece: Piece) -> frozenset[str]:
    """Return the telling words of a prompt's name."""
    name = piece.constant or PurePosixPath(piece.path).name
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    return frozenset(re.findall(r"[^\W\d_]{3,}", apart)) - _COMMON


def _triples(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())[:_MOST_WORDS]
    return list(zip(words, words[1:], words[2:], strict=False)) or [(word,) for word in words]
