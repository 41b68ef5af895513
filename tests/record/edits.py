"""What people do to a file by hand, and what a walk does to a record, as hypothesis strategies."""

from typing import Any

from hypothesis import strategies as st

from afterword.record.model import Record
from afterword.record.part import Part

SNIPPETS = (
    *(
        "# Appendix",
        "## Notes",
        "## Root causes",
        "### Background",
        "#### Detail",
        "##### Deep",
        "###### Deepest",
        "## Timeline ##",
    ),
    *(
        "A loose paragraph.",
        "*Emphasis* and _more_.",
        "<!-- a comment -->",
        "<!--\n\n## Timeline\n\n-->",
        "***",
        "Setext\n======",
    ),
    *(
        "- a\n- b",
        "- a\n\n  # inside",
        "1. one",
        "> quoted\n> # heading",
        "[ref]: https://example.com",
        "    code",
        "```sh\n# no heading\n```",
    ),
    *(
        "| Team | Note |\n|---|---|\n| a | b |",
        "| Field | Value |\n|---|---|\n| Team | b |",
        "a | b\n--- | ---\nc | d",
        "<div>\nx\n</div>",
    ),
    *(
        "Unknown",
        "Not applicable (by hand)",
        "Not covered: by hand",
        "- 2026-05-01: by hand",
        "- a note without a date",
        "\t",
        "  ",
    ),
    *(
        "#### Prompt diff",
        "### Cause 9: by hand",
        "### Sample: by hand",
        "### Not affected",
        "### Mitigations tried",
        "#### Effective prompt",
    ),
)
_KEYS = ("# a comment", "ticket: 8841", "links:\n  - one\n  - two", "x: {a: [1, 2]}", "", "note: |\n  text\n  more")


@st.composite
def by_hand(draw: st.DrawFn, text: str) -> str:
    """The text of a file after a few edits by hand; it may be no record any more."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 6))):
        lines = draw(st.sampled_from(_EDITS))(draw, lines)
    edited = "\n".join(lines)
    if draw(st.integers(0, 3)) == 0:
        edited = edited.replace("\r\n", "\n").replace("\n", "\r\n")
    return edited.rstrip("\n") if draw(st.integers(0, 3)) == 0 else edited


def _front_end(lines: list[str]) -> int:
    return next((i for i in range(1, len(lines)) if lines[i].rstrip() == "---"), len(lines) - 1)


def _anywhere(draw: st.DrawFn, lines: list[str], start: int = 0) -> int:
    return draw(st.integers(min(start, len(lines) - 1), len(lines) - 1))


def _insert(draw: st.DrawFn, lines: list[str]) -> list[str]:
    at = _anywhere(draw, lines, _front_end(lines) + 1)
    blank = [""] * draw(st.integers(0, 2))
    return [*lines[:at], *blank, *draw(st.sampled_from(SNIPPETS)).split("\n"), *blank, *lines[at:]]


def _insert_key(draw: st.DrawFn, lines: list[str]) -> list[str]:
    at = draw(st.integers(1, max(1, _front_end(lines))))
    return [*lines[:at], *draw(st.sampled_from(_KEYS)).split("\n"), *lines[at:]]


def _move_key(draw: st.DrawFn, lines: list[str]) -> list[str]:
    end = _front_end(lines)
    keys = draw(st.permutations(lines[1:end]))
    return [*lines[:1], *keys, *lines[end:]]


def _comment_key(draw: st.DrawFn, lines: list[str]) -> list[str]:
    at = draw(st.integers(1, max(1, _front_end(lines) - 1)))
    return [*lines[:at], f"{lines[at]}   # by hand", *lines[at + 1 :]]


def _open_list(draw: st.DrawFn, lines: list[str]) -> list[str]:
    for at in range(1, _front_end(lines)):
        key, _, value = lines[at].partition(": [")
        if value and value != "]" and "'" not in value and '"' not in value:
            items = [f"  - {item}  # by hand" for item in value.removesuffix("]").split(", ")]
            return [*lines[:at], f"{key}:", *items, *lines[at + 1 :]]
    return lines


def _delete(draw: st.DrawFn, lines: list[str]) -> list[str]:
    at = _anywhere(draw, lines, 1)
    return [*lines[:at], *lines[at + 1 :]] if len(lines) > 3 else lines


def _copy(draw: st.DrawFn, lines: list[str]) -> list[str]:
    at = _anywhere(draw, lines, _front_end(lines) + 1)
    return [*lines[:at], lines[at], *lines[at:]]


def _blank(draw: st.DrawFn, lines: list[str]) -> list[str]:
    at = _anywhere(draw, lines, _front_end(lines) + 1)
    return [*lines[:at], *draw(st.sampled_from(([""], ["", ""], ["  "]))), *lines[at:]]


def _space_cells(draw: st.DrawFn, lines: list[str]) -> list[str]:
    return [line.replace(" | ", "   | ") if line.startswith("|") else line for line in lines]


def _tight_cells(draw: st.DrawFn, lines: list[str]) -> list[str]:
    at = _anywhere(draw, lines)
    line = lines[at]
    return [*lines[:at], line.replace(" | ", "|").strip("|") if line.startswith("| ") else line, *lines[at + 1 :]]


def _add_column(draw: st.DrawFn, lines: list[str]) -> list[str]:
    rules = [i for i, line in enumerate(lines) if line.startswith("|---|") and lines[i - 1].startswith("|")]
    if not rules:
        return lines
    at = draw(st.sampled_from(rules)) - 1
    front = draw(st.booleans())
    cells = ["Ticket", "---", *("T-1" for _ in lines)]
    edited = list(lines)
    for number, cell in zip(range(at, len(lines)), cells, strict=False):
        if not lines[number].startswith("|"):
            break
        edited[number] = f"| {cell} {lines[number]}" if front else f"{lines[number]} {cell} |"
    return edited


def _swap_sections(draw: st.DrawFn, lines: list[str]) -> list[str]:
    starts = [i for i, line in enumerate(lines) if line.startswith("## ")]
    if len(starts) < 2:
        return lines
    parts = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return [*lines[: starts[0]], *(line for part in draw(st.permutations(parts)) for line in part)]


_EDITS = (
    *(_insert, _insert, _insert, _insert_key, _move_key, _comment_key, _open_list, _delete, _copy, _blank),
    *(_space_cells, _tight_cells, _add_column, _add_column, _swap_sections),
)


@st.composite
def walked(draw: st.DrawFn, record: Record, other: Record) -> Record:
    """A record after a few changes, with values taken from another one."""
    for _ in range(draw(st.integers(1, 4))):
        record = _changed(draw, record, other)
    return record


def _changed(draw: st.DrawFn, part: Any, other: Any) -> Any:
    names = [name for name in type(part).model_fields if getattr(part, name) != getattr(other, name)]
    if not names:
        return part
    name = draw(st.sampled_from(names))
    old, new = getattr(part, name), getattr(other, name)
    if isinstance(old, tuple) and any(isinstance(each, Part) for each in (*old, *new)):
        new = _changed_list(draw, old, new)
    elif isinstance(old, Part) and isinstance(new, Part) and draw(st.booleans()):
        new = _changed(draw, old, new)
    return _with(part, name, new)


def _with(part: Any, name: str, value: Any) -> Any:
    more = {"failed": ("trials",), "trials": ("failed",)}.get(name, ())
    if more and (value is None or getattr(part, more[0]) is None):
        return part
    return part.changed(**{name: value})


def _changed_list(draw: st.DrawFn, old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    how = draw(st.sampled_from(("insert", "delete", "edit", "edit", "shuffle", "replace")))
    at = draw(st.integers(0, max(0, len(old) - 1)))
    if how == "insert" and new:
        return (*old[:at], draw(st.sampled_from(new)), *old[at:])
    if how == "delete" and old:
        return (*old[:at], *old[at + 1 :])
    if how == "edit" and old and new:
        return (*old[:at], _changed(draw, old[at], draw(st.sampled_from(new))), *old[at + 1 :])
    if how == "shuffle":
        return tuple(draw(st.permutations(old)))
    return new
