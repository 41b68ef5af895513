r"""A text as its readers meant it: escapes undone, each character mapped back to the raw text.

Undone are ANSI sequences, JSON escapes at any depth (`\\\"` and `\u00e9`), zero-width characters, percent-encoding and
quoted-printable or backslash line ends. A second view joins hard-wrapped lines.
"""

import re
from array import array
from base64 import b64decode
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_HIDDEN = "\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_ENCODED = re.compile(
    f"[\x1b\\\\%={_HIDDEN}]"
    "(?:(?P<ansi>(?<=\x1b)(?:\\[[0-9:;<=>?]{0,40}[ -/]{0,4}[@-~]|\\][^\x07\x1b\n]{0,300}(?:\x07"
    "|\x1b\\\\)?|[PX^_][^\x1b\n]{0,300}\x1b\\\\|[@-Z\\\\-_]))"
    r"|(?<=\\)\\*(?:(?P<ansi_text>(?:u001b|x1b|033|e)\[[0-9;]{0,20}m)"
    r"|(?P<pair>u[dD][89abAB][0-9a-fA-F]{2}\\+u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?P<unicode>u[0-9a-fA-F]{4})"
    r"|(?P<hex>x[0-9a-fA-F]{2})"
    r"|(?P<escape>[\"'/bfnrt])"
    r"|(?P<slashes>(?<=\\\\)))"
    r"|(?<=%)(?P<percent>[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*)"
    r"|(?<==)(?<!==)(?P<broken>\r?\n)"
    r"|(?<=[A-Za-z0-9]{12}=)(?P<soft>(?:\\+r)?\\+n)(?=[A-Za-z0-9]{4,80}(?![\w.]{0,80}[=:]))"
    r"|(?<==)\?(?P<charset>[A-Za-z][\w.:-]{1,30})(?:\*\w{1,8})?\?(?:[Bb]\?(?P<base64>[A-Za-z0-9+/]{4,400}={0,2})"
    r"|[Qq]\?(?P<quoted>[!->@-~]{1,400}))\?="
    f"|(?P<hidden>(?<=[{_HIDDEN}])))"
)
_SPACE = re.compile(r"\s")
_PAUSE = "\n\n"
"""What stands in a view for the text it lacks."""
_LETTER_ESCAPES = {"b": " ", "f": " ", "n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True)
class View:
    """A transformed text, made of pieces: copied ones and ones that stand for something else in the raw text."""

    text: str
    places: Sequence[int]
    afters: Sequence[int]
    """Where the view has something else than the raw text, from and to; between them both are the same."""
    starts: Sequence[int]
    ends: Sequence[int]
    """What it stands for in the raw text, from and to."""
    pauses: Sequence[int] = ()
    """Where the view lacks text that is the same in the raw one."""
    first: int = 0
    origin: int = 0
    """Where a part begins: in the view it is part of, and in the raw text; its offsets count from there."""

    def beside_pause(self, start: int, end: int, reach: int) -> bool:
        """Whether all of a range stands within `reach` of a place where text is lacking."""
        at = bisect_left(self.pauses, end - len(_PAUSE) - reach)
        return at < len(self.pauses) and self.pauses[at] <= start + reach

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets of a non-empty range of the view."""
        start, end = start + self.first, end + self.first
        begins, stops = bisect_right(self.places, start) - 1, bisect_right(self.places, end - 1) - 1
        beyond = start - self.afters[begins]
        low = self.ends[begins] + beyond if beyond >= 0 else self.starts[begins]
        high = self.ends[stops] + max(0, end - self.afters[stops])
        return low - self.origin, high - self.origin

    def part(self, start: int, end: int) -> "View":
        """Return the view of a range of the raw text; only of a view that lacks nothing."""
        low, high = self._at(start), self._at(end)
        return View(self.text[low:high], self.places, self.afters, self.starts, self.ends, (), low, start)

    def _at(self, raw: int) -> int:
        """Return where a raw offset stands in the view."""
        last = bisect_right(self.starts, raw) - 1
        following = self.places[last + 1] if last + 1 < len(self.places) else len(self.text)
        return min(self.afters[last] + max(0, raw - self.ends[last]), following)


class _Builder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str] = []
        self.length = self.done = 0
        self.places, self.afters, self.starts, self.ends = (array("q", [0]) for _ in range(4))
        self.pauses = array("q")

    def copy(self, start: int, end: int) -> None:
        if start >= end:
            return
        if start != self.done:
            self.put("", start, start)
        self.parts.append(self.text[start:end])
        self.length += end - start
        self.done = end

    def copy_edges(self, start: int, end: int, reach: int) -> None:
        """Copy a stretch; of a long one only what stands near its ends, cut at white space."""
        if end - start <= 2 * reach:
            self.copy(start, end)
            return
        low, high = _SPACE.search(self.text, start + reach, end), self.text.rfind(" ", start, max(start, end - reach))
        if low and low.start() + reach < high:
            self.copy(start, low.start())
            self.pauses.append(self.length)
            self.put(_PAUSE, low.start(), high)
            start = high
        self.copy(start, end)

    def put(self, letters: str, start: int, end: int) -> None:
        """Add letters that stand for a range of the raw text, or none where what stands before it is left out."""
        self.places.append(self.length)
        self.length += len(letters)
        self.afters.append(self.length)
        self.starts.append(start)
        self.ends.append(end)
        self.parts.append(letters)
        self.done = end

    def build(self) -> View:
        return View("".join(self.parts), self.places, self.afters, self.starts, self.ends, self.pauses)


_ONE_BYTE = {form % code: chr(code) for form in ("%02x", "%02X") for code in (9, 10, *range(32, 127))}
"""Most of what is percent-encoded: single characters of ASCII."""


def _percent(builder: _Builder, start: int, code: str) -> None:
    """Decode a run of percent-encoded bytes character by character; what is not UTF-8 stays as it is."""
    if code in _ONE_BYTE:
        builder.put(_ONE_BYTE[code], start, start + 3)
        return
    data = bytes.fromhex(code.replace("%", ""))
    at = 0
    while at < len(data):
        width = 1 if data[at] < 0x80 else 2 if data[at] < 0xE0 else 3 if data[at] < 0xF0 else 4
        piece = data[at : at + width]
        spot = start + 3 * at
        try:
            letter = piece.decode("utf-8")
        except UnicodeDecodeError:
            letter, width = "", 1
        if letter and (letter.isprintable() or letter in "\n\t"):
            builder.put(letter, spot, spot + 3 * width)
        else:
            builder.copy(spot, spot + 3 * width)
        at += width


_IN_WORD = re.compile(r"(?:=[0-9A-Fa-f]{2})+|_")


def _header_word(builder: _Builder, match: re.Match[str]) -> None:
    """Decode a word of a mail header (RFC 2047); what cannot be decoded stays as it is."""
    start, end, charset = match.start(), match.end(), match["charset"]
    try:
        if match["base64"]:
            builder.put(b64decode(match["base64"] + "==").decode(charset), start, end)
            return
        at = match.start("quoted")
        pieces = [
            (m.start() + at, m.end() + at, _plain_part(m[0], charset)) for m in _IN_WORD.finditer(match["quoted"])
        ]
    except (LookupError, ValueError):
        builder.copy(start, end)
        return
    for low, high, letters in pieces:
        builder.copy(at, low)
        builder.put(letters, low, high)
        at = high
    builder.copy(at, match.end("quoted"))


def _plain_part(code: str, charset: str) -> str:
    return " " if code == "_" else bytes.fromhex(code.replace("=", "")).decode(charset)


def _escape(builder: _Builder, match: re.Match[str]) -> None:
    kind = match.lastgroup
    start, end = match.span()
    if kind == "escape":
        code = match["escape"]
        builder.put(_LETTER_ESCAPES.get(code, code), start, end)
    elif kind == "percent":
        _percent(builder, start, match["percent"])
    elif kind == "unicode" or kind == "hex":
        builder.put(chr(int(match[kind][1:], 16)), start, end)
    elif kind == "pair":
        high, low = (int(part, 16) for part in re.findall("u([0-9a-fA-F]{4})", match[0]))
        builder.put(chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), start, end)
    elif kind == "slashes":
        builder.put("\\", start, end)
    elif match["charset"]:
        _header_word(builder, match)


def decoded_view(text: str, reach: int | None = None) -> View | None:
    """Return the text with its escapes undone, or None where there are none.

    With `reach`, it lacks what stands farther than that from every escape: there the raw text shows the same.
    """
    if not _ENCODED.search(text):
        return None
    builder = _Builder(text)
    reach = len(text) if reach is None else reach
    at = 0
    for match in _ENCODED.finditer(text):
        start = match.start()
        if start - at > 2 * reach:
            builder.copy_edges(at, start, reach)
        else:
            builder.copy(at, start)
        _escape(builder, match)
        at = match.end()
    builder.copy_edges(at, len(text), reach)
    return builder.build()


_TOKEN = r"[A-Za-z0-9_\-+/=.%]"
_WRAP = re.compile(rf"(?P<gap>(?:\n(?<={_TOKEN}\n)|\r\n(?<={_TOKEN}\r\n))[ \t]{{0,8}}(?:[|>│] ?)?)(?={_TOKEN})")
_CONTINUED = re.compile(r"\\\r?\n[ \t]*")
_NAMED = re.compile(r"[A-Za-z_][\w.\-]{0,60}[\"']?\s?[:=](?!=)")
_USUAL_WIDTHS = frozenset({64, 70, 72, 75, 76, 78, 79, 80, 100, 119, 120, 132, 160})


def _wrapped(text: str) -> list[tuple[int, int]]:
    """Return the gaps (offsets) at which a token seems to have been broken to fit a line width."""
    widths = Counter(len(line.rstrip("\r")) for line in text.split("\n"))
    gaps = []
    for match in _WRAP.finditer(text):
        line_start = text.rfind("\n", 0, match.start()) + 1
        width = match.start() - line_start
        usual = width in _USUAL_WIDTHS or (width >= 40 and widths[width] >= 2)
        if usual and not _NAMED.match(text, match.end()):
            gaps.append(match.span())
    return gaps


def joined_view(text: str) -> View | None:
    """Return the text with hard-wrapped tokens joined, or None where no line looks wrapped."""
    gaps = sorted(_wrapped(text) + [match.span() for match in _CONTINUED.finditer(text)])
    if not gaps:
        return None
    builder = _Builder(text)
    at = 0
    for start, end in gaps:
        if start < at:
            continue
        builder.copy(at, start)
        at = end
    builder.copy(at, len(text))
    return builder.build()
