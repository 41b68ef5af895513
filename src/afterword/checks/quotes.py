"""Which passages of a text are somebody else's words: quotes, code and comments."""

import re

FILLER = "\ufffc"
"""Stands for each exempt character: neither a letter nor white space, so that no rule matches across it."""

_SPEECH = re.compile(
    r"“[^”\n]{0,600}(?:\n[^”\n]+){0,4}”|\"[^\"\n]{1,600}(?:\n[^\"\n]+){0,4}\"|«[^»]{0,600}»|„[^“”]{0,600}[“”]"
    r"|(?<![\w‘])‘[^‘’\n]{2,600}’(?!\w)"
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TARGET = re.compile(
    r"\]\([^()\s]{0,500}\)|\[(?=[^\]\n]{1,200}\]\()|<https?://[^>\s]{1,500}>|https?://[^\s)>\]]{1,500}"
)


def without_quotes(text: str) -> str:
    """Return `text`, equally long, with everything that its author did not say replaced by `FILLER`.

    Block quotes, fences, code spans, speech and comments go; link targets become spaces; newlines stay.
    """
    # Most texts hold few of these, and to find a sign is faster by far than to look for what it may begin.
    plain = _COMMENT.sub(_filled, text) if "<!--" in text else text
    if any(mark in plain for mark in (">", "```", "~~~", "    ", "\t")):
        plain = _without_blocks(plain)
    if "`" in plain:
        plain = _CODE.sub(_filled, plain)
    if any(mark in plain for mark in '“"«„‘'):
        plain = _SPEECH.sub(_filled, plain)
    return _TARGET.sub(_blanked, plain) if "](" in plain or "://" in plain else plain


def _filled(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", FILLER, match[0])


def _blanked(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _without_blocks(text: str) -> str:
    """Fill the lines of block quotes, fences and indented code."""
    from markdown_it import MarkdownIt

    lines = text.split("\n")
    for token in MarkdownIt("commonmark").disable(["inline", "linkify"], ignoreInvalid=True).parse(text):
        if token.map and token.type in ("fence", "code_block", "blockquote_open"):
            for number in range(token.map[0], min(token.map[1], len(lines))):
                lines[number] = FILLER * len(lines[number])
    return "\n".join(lines)
