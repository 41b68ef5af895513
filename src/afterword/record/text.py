"""What the texts of a record are made of: lines, prose and fenced blocks, each in one settled form.

Every function here is idempotent and returns text that can be encoded as UTF-8.
"""

import re

_LINE_SPACE = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_BLANK_START = re.compile(r"(?:[ \t]*\n)+")
_MAY_STAY_OPEN = re.compile(r"^ {0,3}(?:`{3}|~{3}|<[!?a-z])", re.IGNORECASE | re.MULTILINE)


def _encodable(text: str) -> str:
    """Replace what UTF-8 or Markdown cannot carry (lone surrogates, NUL) by U+FFFD."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def line(text: str) -> str:
    """Settle one line: runs of white space become one space, none at the ends."""
    return _LINE_SPACE.sub(" ", _encodable(text)).strip()


def term(text: str) -> str:
    """Settle one word of a list: a line without the commas and semicolons that separate such words."""
    return line(re.sub("[,;]+", " ", text))


def block_text(text: str) -> str:
    """Settle text for a fence: lines end in LF, no newline at the end."""
    return verbatim(text.replace("\r\n", "\n").replace("\r", "\n"))


def verbatim(text: str) -> str:
    """Settle text for a fence whose every byte counts: only trailing newlines go."""
    return _encodable(text).rstrip("\n")


def prose(text: str) -> str:
    """Settle Markdown paragraphs: LF, no blank lines around; a fence or comment left open is closed."""
    settled = block_text(text).rstrip(" \t\n")
    blank = _BLANK_START.match(settled)
    settled = settled[blank.end() :] if blank else settled
    if _MAY_STAY_OPEN.search(settled):
        from afterword.record.blocks import closed

        return closed(settled)
    return settled
