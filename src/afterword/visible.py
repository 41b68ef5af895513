"""Make foreign text safe to show: control and direction characters become visible stand-ins."""

import re

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
_PICTURES[0x7F] = "\u2421"
# C1 controls, zero-width and bidirectional controls, lone surrogates, line separators, tag characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _PICTURES.get(code, f"<U+{code:04X}>")


def visible(text: str) -> str:
    r"""Return `text` with every character that a terminal would obey or hide replaced by one that shows.

    Newlines and tabs stay. Printable text, combining marks and emoji stay as they are, except zero-width
    joiners: `\x1b` becomes `␛`, U+202E becomes `<U+202E>`.
    """
    return _UNSEEN.sub(_stand_in, text)


def visible_line(text: str) -> str:
    """Like `visible`, for a single line: newlines and tabs are shown as well."""
    return visible(text).replace("\n", "\u240a").replace("\t", "    ")
