"""Make foreign text safe to show: control and direction characters become visible stand-ins."""

import re
from functools import cache

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
_PICTURES[0x7F] = "\u2421"
# C1 controls, zero-width and bidirectional controls, fillers that look like nothing, lone surrogates, line
# separators, non-characters, tag characters.
_CONTROLS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# One selector chooses the form of a character; more of them show nothing and carry what nobody sees.
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_MARKS = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff"
)
_MOST_MARKS = 8
SHOWN = f"[^{_CONTROLS}]*"
"""A pattern that matches texts of which every character shows."""
_NOT_PLAIN = re.compile(f"[{_CONTROLS}{_SELECTORS}{_MARKS}]")


# Almost no text needs these, so that no first frame waits for them to be compiled.
@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(f"[{_CONTROLS}]|(?<=[{_SELECTORS}])[{_SELECTORS}]")


@cache
def _storm() -> re.Pattern[str]:
    return re.compile(f"(?<=[{_MARKS}]{{{_MOST_MARKS}}})[{_MARKS}]+")


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _PICTURES.get(code, f"<U+{code:04X}>")


def _calmed(match: re.Match[str]) -> str:
    return f"<+{len(match[0])} marks>"


def visible(text: str) -> str:
    r"""Return `text` with every character that a terminal would obey or hide replaced by one that shows.

    Newlines and tabs stay. Printable text, combining marks (as many as a language may need) and emoji stay as they
    are, except zero-width joiners: `\x1b` becomes `␛`, U+202E becomes `<U+202E>`.
    """
    if not _NOT_PLAIN.search(text):
        return text
    return _storm().sub(_calmed, _unseen().sub(_stand_in, text))


def visible_line(text: str) -> str:
    """Like `visible`, for a single line: newlines and tabs are shown as well."""
    return visible(text).replace("\n", "\u240a").replace("\t", "    ")


def escaped(json: str) -> str:
    """Return a JSON text that says the same in escapes where `visible` would show something else."""
    return _unseen().sub(lambda match: _escape(ord(match[0])), json)


def _escape(code: int) -> str:
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
