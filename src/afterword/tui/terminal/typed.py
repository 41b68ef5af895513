"""From what a terminal sends to keys and pastes, with no loss and no surprise where it sends rubbish.

Textual's parser makes the keys. It is given whole sequences only, so that a paste stays one paste with every escape in
it, an answer nobody asked for is not typed into a field, and a sequence that it cannot read does not end the program.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterator
from time import monotonic

from textual import constants, events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

_LULL = 1.0
"""Seconds without a byte after which what came of a paste is handed over, its end or not."""
_KEY_OR_MOUSE = re.compile(r"\x1b(?:\[\[[A-E]|\[M[\s\S]{3}|\[<[-0-9;]*[mM]|\[(?![\[M])[0-?]*[ -/]*[@-~]|O[ -~])")
_STRING = re.compile(r"\x1b[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)")
"""An answer of the terminal (its colours, its name): none is asked for, so that none is of use."""
_UNFINISHED = re.compile(r"\x1b(?:\[(?:\[|M[\s\S]{0,2}|<[-0-9;]*|[0-?]*[ -/]*)?|O|[]PX^_][^\x07\x1b]*\x1b?)?\Z")
_LONGEST_KEY = 32
_LONGEST = 4_096
"""Characters of a sequence without an end after which no end is waited for."""


class TypedStream:
    """Makes events of bytes; `tick` is called while nothing comes."""

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser()
        self._held = ""
        """The beginning of a sequence, or of the end of a paste."""
        self._pasted: list[str] | None = None
        self._lulled = False
        self._last = 0.0

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield what these bytes complete."""
        text = self._decode(data)
        if not text:
            return
        if self._pasted is not None and self._lulled and _is_a_key(text):
            # The end of the paste was lost: more of a paste does not come as one key.
            self._pasted = None
            self._held = ""
        self._last, self._lulled = monotonic(), False
        text, self._held = self._held + text, ""
        while text:
            if self._pasted is None:
                before, start, text = text.partition(BRACKETED_PASTE_START)
                yield from self._keys(before, more=bool(start))
                self._pasted = [] if start else None
            else:
                text = yield from self._paste(text)

    @property
    def is_holding(self) -> bool:
        """Whether what comes next decides what came last."""
        return bool(self._held) and self._pasted is None

    def tick(self) -> Iterator[Message]:
        """Yield what is complete because nothing more has come."""
        silence = monotonic() - self._last
        if self._pasted is not None:
            if silence > _LULL and not self._lulled:
                self._lulled = True
                yield from self._hand_over()
        elif self._held and silence >= constants.ESCAPE_DELAY:
            held, self._held = self._held, ""
            yield from self._read(held)

    def _paste(self, text: str) -> Generator[Message, None, str]:
        """Take what belongs to the paste; return what comes after it."""
        assert self._pasted is not None
        inside, end, after = text.partition(BRACKETED_PASTE_END)
        if end:
            self._pasted.append(inside)
            yield from self._hand_over()
            self._pasted = None
            return after
        kept = next(
            (n for n in range(len(BRACKETED_PASTE_END) - 1, 0, -1) if text.endswith(BRACKETED_PASTE_END[:n])), 0
        )
        self._pasted.append(text[: len(text) - kept])
        self._held = text[len(text) - kept :]
        return ""

    def _hand_over(self) -> Iterator[Message]:
        assert self._pasted is not None
        text = "".join(self._pasted).replace("\0", "")
        self._pasted.clear()
        if text:
            yield events.Paste(text)

    def _keys(self, text: str, more: bool) -> Iterator[Message]:
        unfinished = None if more else _UNFINISHED.search(text)
        if unfinished and len(unfinished.group()) < _LONGEST:
            text, self._held = text[: unfinished.start()], unfinished.group()
        text = _STRING.sub("", text)
        at = 0
        for match in _KEY_OR_MOUSE.finditer(text):
            yield from self._read(text[at : match.start()])
            yield from self._read(match.group(), sequence=True)
            at = match.end()
        yield from self._read(text[at:])

    def _read(self, text: str, sequence: bool = False) -> Iterator[Message]:
        if not text or (sequence and len(text) > _LONGEST_KEY):
            return
        parser = self._parser
        try:
            yield from list(parser.feed(text))
            if parser._awaiting.timeout is None:
                return
            if sequence:  # whole, and yet the parser waits for more: it does not know this one
                self._parser = _like(parser)
            else:  # an escape, alone or before something that is no sequence
                parser._timeout_time = 0.0
                yield from list(parser.tick())
        except Exception:  # numbers beyond all bounds: Textual's parser would end the program
            self._parser = _like(parser)


def _is_a_key(text: str) -> bool:
    if len(text) == 1:
        return True
    return text[0] == "\x1b" and len(text) <= _LONGEST_KEY and not text.startswith(BRACKETED_PASTE_END)


def _like(parser: XTermParser) -> XTermParser:
    """Return a new parser that knows what this one knew of the terminal."""
    fresh = XTermParser()
    for name in ("last_x", "last_y", "mouse_pixels", "terminal_size", "terminal_pixel_size"):
        setattr(fresh, name, getattr(parser, name))
    return fresh
