"""Values inside a line of Markdown: code spans, words of a caption, titles of headings, table cells."""

import re

NOTHING = "(none)"
"""Stands for a side of a change that does not exist."""

_CODE = re.compile(r"(?P<ticks>`++)(?P<text>.*?)(?<!`)(?P=ticks)(?!`)")
_PLAIN = re.compile(r"[\w@](?:[\w@/+:^{}~-]|\.(?=[\w@/+:^{}~-]))*")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(?P<title>.*))?")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")


def code_group(name: str) -> str:
    """Return a pattern for a code span, captured as group `name`."""
    return rf"(?P<{name}>(?>(?P<{name}_ticks>`++).*?(?<!`)(?P={name}_ticks)(?!`)))"


def word_group(name: str) -> str:
    """Return a pattern for what `word` writes, captured as group `name`."""
    return rf"(?P<{name}>(?>(?P<{name}_ticks>`++).*?(?<!`)(?P={name}_ticks)(?!`))|{_PLAIN.pattern}|\(none\))"


def code(text: str) -> str:
    """Return `text` as a code span, whatever backticks it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    space = " " if not text or text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{space}{text}{space}{ticks}" if text else f"{ticks} {ticks}"


def word(text: str) -> str:
    """Return `text` plainly where it is one simple word, else as a code span; nothing is `(none)`."""
    if not text:
        return NOTHING
    return text if _PLAIN.fullmatch(text) else code(text)


def uncode(text: str) -> str:
    """Undo `code` and `word`."""
    if text == NOTHING:
        return ""
    match = _CODE.fullmatch(text)
    return match["text"].strip() if match else text


def heading(level: int, title: str) -> str:
    """Return a heading line; a `#` at the end of a title is escaped, since Markdown would take it away."""
    if title.endswith("#"):
        title = f"{title[:-1]}\\#"
    return f"{'#' * level} {title}".rstrip(" ")


def heading_title(line: str) -> str:
    """Return the title that a heading line holds."""
    match = _HEADING.match(line)
    title = _CLOSING.sub("", (match["title"] or "") if match else "").strip()
    return f"{title[:-2]}#" if title.endswith("\\#") else title


def split_cells(row: str) -> list[str]:
    """Return the raw cells of a table row, spaces and escapes as they stand, without the outer pipes."""
    cells = re.split(r"(?<!\\)\|", row.strip(" \t\r"))
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return cells


def cell_text(raw: str) -> str:
    """Return what a raw cell says."""
    return raw.replace(r"\|", "|").strip()
