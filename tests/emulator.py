"""A terminal of the plain xterm kind: two screens, modes, and the answers to what programs ask."""

import codecs
import re

import pyte

_SEQUENCE = re.compile(r"\x1b\[(?P<mark>[?<=>]*)(?P<numbers>[0-9;:]*)(?P<between>[ -/]*)(?P<final>[@-~])")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[P_^\]X](?:[^\x07\x1b]|\x1b(?!\\))*)?\Z")
_STRINGS = re.compile(r"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^X](?:[^\x1b]|\x1b(?!\\))*\x1b\\)")
MOUSE = {1000, 1002, 1003, 1005, 1006, 1015, 1016}
"""Private modes that report the mouse."""
_ALTERNATE = {47, 1047, 1049}


class Emulator:
    """A main screen with scrollback, an alternate screen, and the answers to what programs ask."""

    def __init__(self, columns: int, lines: int) -> None:
        self.main = pyte.HistoryScreen(columns, lines, history=100_000, ratio=0.5)
        self.other = pyte.Screen(columns, lines)
        self.alternate = False
        self.private: set[int] = {7, 25}
        self.keyboard_level = 0
        self.answers: list[bytes] = []
        self._streams = {False: pyte.Stream(self.main), True: pyte.Stream(self.other)}
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self._lines: list[str] | None = None

    @property
    def screen(self) -> pyte.Screen:
        """The screen that is shown now."""
        return self.other if self.alternate else self.main

    def lines(self) -> list[str]:
        """The lines that are shown now, without trailing spaces."""
        if self._lines is None:  # who waits for words asks a hundred times a second
            self._lines = [line.rstrip() for line in self.screen.display]
        return list(self._lines)

    def feed(self, data: bytes) -> None:
        """Take output of the program."""
        self._lines = None
        text = self._rest + self._decode(data)
        unfinished = _UNFINISHED.search(text)
        cut = unfinished.start() if unfinished else len(text)
        text, self._rest = text[:cut], text[cut:]
        text = _STRINGS.sub("", text)
        start = 0
        for match in _SEQUENCE.finditer(text):
            if self._is_ours(match):
                self._draw(text[start : match.start()])
                self._obey(match)
                start = match.end()
        self._draw(text[start:])

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of both screens."""
        self._lines = None
        self.main.resize(lines, columns)
        self.other.resize(lines, columns)

    def _draw(self, text: str) -> None:
        if text:
            self._streams[self.alternate].feed(text)

    @staticmethod
    def _is_ours(match: re.Match[str]) -> bool:
        return bool(match["mark"] or match["between"]) or match["final"] in "cnut"

    def _obey(self, match: re.Match[str]) -> None:
        mark, numbers, between, final = match.group("mark", "numbers", "between", "final")
        codes = [int(number) for number in re.findall("[0-9]+", numbers)]
        if mark == "?" and final in "hl" and not between:
            for code in codes:
                self._set_mode(code, final == "h")
        elif final == "p" and between == "$":
            known = 2 if codes == [2026] else 0
            self.answers.append(f"\x1b[?{numbers};{known}$y".encode())
        elif final == "u" and mark == ">":
            self.keyboard_level += 1
        elif final == "u" and mark == "<":
            self.keyboard_level = max(0, self.keyboard_level - (codes[0] if codes else 1))
        elif final == "c" and not between:
            self.answers.append(b"\x1b[>41;0;0c" if mark == ">" else b"\x1b[?62;22c")
        elif final == "n" and numbers == "6":
            cursor = self.screen.cursor
            self.answers.append(f"\x1b[{cursor.y + 1};{cursor.x + 1}R".encode())
        elif final == "n" and numbers == "5":
            self.answers.append(b"\x1b[0n")

    def _set_mode(self, code: int, on: bool) -> None:
        (self.private.add if on else self.private.discard)(code)
        if code not in _ALTERNATE or on == self.alternate:
            return
        if on:
            self.other.reset()
        self.alternate = on
