"""A cause and what stands under it, written and read."""

import re
from typing import Any

from afterword.record.blocks import Block, unguard
from afterword.record.document.bodies import Values, prose_leaf
from afterword.record.document.captions import (
    effective_caption,
    offending_caption,
    prompt_caption,
    read_effective_caption,
    read_offending_caption,
    read_prompt_caption,
)
from afterword.record.document.fields import FieldRow, field_table, read_fields
from afterword.record.document.parts import read_time, shortened
from afterword.record.document.pieces import Key, Leaf, Table
from afterword.record.document.source import HeldTable, Own, Source
from afterword.record.document.tables import ORIGINS
from afterword.record.model import Cause, EffectivePrompt, OffendingLines, Upstream
from afterword.record.vocabulary import Answer

_LABELS = {
    "role": "Role",
    "kind": "Kind",
    "certainty": "Certainty",
    "active": "Active",
    "affects": "Affects",
    "upstream": "Upstream provider",
    "leads_to": "Leads to",
    "only_with": "Only together with",
    "evidence": "Evidence",
}
_OPTIONAL = {"certainty", "leads_to", "only_with", "evidence"}
_ANSWER = re.compile(r"(?P<answer>yes|no|unknown)(?:[:;,.]|(?=\s)|$)\s*(?P<detail>.*)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:cause\s+)?(?P<number>[0-9]{1,4000})", re.IGNORECASE)


class CauseBody:
    """The field table of a cause and its story."""

    def write(self, part: Any, at: Key) -> tuple[Leaf | Table, ...]:
        """Return table and story."""
        values = _values(part)
        shown = {name: (_LABELS[name], text) for name, text in values.items() if text or name not in _OPTIONAL}
        return (field_table(at, shown), *prose_leaf((*at, "story"), part.story))

    def read(self, own: Own, at: Key) -> Values:
        """Claim table and story: what follows the table, or all of it where nothing does."""
        rows, table = read_fields(at, own, _LABELS)
        return {name: _read(own.source, name, row) for name, row in rows.items()} | {
            "story": unguard(self._story(own, at, table))
        }

    def _story(self, own: Own, at: Key, table: HeldTable | None) -> str:
        start, end = own.source.trim(table.end if table else own.start, own.end)
        if start == end and table:
            start, end = own.start, table.start
        return own.prose((*at, "story"), start, end)


def _values(cause: Cause) -> dict[str, str]:
    upstream = cause.upstream
    said = str(upstream.answer) if upstream else ""
    return {
        "role": cause.role,
        "kind": cause.kind,
        "certainty": cause.certainty,
        "active": "; ".join(str(time) for time in cause.active),
        "affects": ", ".join(cause.affects),
        "upstream": f"{said}: {upstream.detail}" if upstream and upstream.detail else said,
        "leads_to": ", ".join(f"Cause {number}" for number in cause.leads_to),
        "only_with": ", ".join(f"Cause {number}" for number in cause.only_with),
        "evidence": cause.evidence,
    }


def _read(source: Source, name: str, row: FieldRow) -> Any:
    if name == "active":
        parts = filter(None, (part.strip() for part in row.value.split(";")))
        return tuple(read_time(source, row.number, "Active", part) for part in parts)
    if name == "affects":
        return tuple(row.value.split(","))
    if name == "upstream":
        return _upstream(source, row)
    if name in {"leads_to", "only_with"}:
        return tuple(_cause_number(source, row, part.strip()) for part in row.value.split(",") if part.strip())
    return row.value


def _upstream(source: Source, row: FieldRow) -> Upstream | None:
    if not row.value:
        return None
    match = _ANSWER.fullmatch(row.value)
    if match is None:
        source.fail(
            row.number,
            f'Upstream provider is not an answer: "{shortened(row.value)}".',
            "Write no, unknown, or yes: and which provider and incident.",
        )
    return Upstream(answer=Answer(match["answer"].lower()), detail=match["detail"])


def _cause_number(source: Source, row: FieldRow, text: str) -> int:
    match = _NUMBER.fullmatch(text)
    if match is None or int(match["number"]) < 1:
        source.fail(row.number, f'not a cause: "{shortened(text)}".', "Write Cause 2, or Cause 2, Cause 3.")
    return int(match["number"])


def _fence(key: Key, info: str, text: str) -> Leaf:
    """Return a fence that no line of `text` can close."""
    longest = max((len(run) for run in re.findall("~{3,}", text)), default=2)
    marker = "~" * (longest + 1)
    return Leaf(key, (f"{marker}{info}", *(text.split("\n") if text else ()), marker))


def text_fence(key: Key, text: str) -> Leaf:
    """Return text in a fence."""
    return _fence(key, "text", text)


class PromptBody:
    """One prompt change: caption, diff, note."""

    def write(self, part: Any, at: Key) -> tuple[Leaf | Table, ...]:
        """Return the three."""
        caption = Leaf((*at, "caption"), (prompt_caption(part),))
        return (caption, _fence((*at, "diff"), "diff", part.diff), *prose_leaf((*at, "note"), part.note))

    def read(self, own: Own, at: Key) -> Values:
        """Claim the three; the caption is the first paragraph that starts with a path."""
        diff = own.fence((*at, "diff"))
        end = diff[1].start if diff else own.end
        caption = next((block for block in _paragraphs(own, end) if _starts_with_path(own, block)), None)
        if caption is None:
            own.source.fail(
                own.heading,
                "the prompt that changed is not named under this heading.",
                "Write `path` · BEFORE → AFTER · committed TIME · deployed TIME above the diff.",
            )
        own.claim((*at, "caption"), caption.start, caption.end)
        values = read_prompt_caption(own.line_of(caption), own.source, caption.start)
        note = own.prose((*at, "note"), diff[1].end if diff else caption.end, own.end)
        return values | {"diff": diff[0] if diff else "", "note": unguard(note)}


def _paragraphs(own: Own, end: int) -> list[Block]:
    return [block for block in own.blocks if block.kind == "paragraph" and block.start < end]


def _starts_with_path(own: Own, block: Block) -> bool:
    return own.line_of(block).startswith(("`", "(none)"))


class EffectiveBody:
    """What the model really received: caption, text, where its lines came from."""

    def write(self, part: EffectivePrompt, at: Key) -> tuple[Leaf | Table, ...]:
        """Return the three."""
        caption = Leaf((*at, "caption"), (effective_caption(part),))
        return (caption, text_fence((*at, "text"), part.text), *ORIGINS.write((*at, "origins"), part.origins))

    def read(self, own: Own, at: Key) -> Values:
        """Claim the three."""
        text = own.fence((*at, "text"))
        values = _caption(own, at, text[1] if text else None, read_effective_caption)
        return values | {"text": text[0] if text else "", "origins": ORIGINS.read((*at, "origins"), own)}


class OffendingBody:
    """Lines that must not come back: where they stood, and the lines."""

    def write(self, part: OffendingLines, at: Key) -> tuple[Leaf | Table, ...]:
        """Return both."""
        caption = Leaf((*at, "caption"), (offending_caption(part),))
        return (caption, text_fence((*at, "text"), part.text))

    def read(self, own: Own, at: Key) -> Values:
        """Claim both."""
        text = own.fence((*at, "text"))
        values = {"path": ""} | _caption(own, at, text[1] if text else None, read_offending_caption)
        return values | {"text": text[0] if text else ""}


def _caption(own: Own, at: Key, before: Block | None, read: Any) -> Values:
    """Claim the first paragraph above the fence that reads as a caption."""
    for block in _paragraphs(own, before.start if before else own.end):
        values: Values | None = read(own.line_of(block))
        if values is not None:
            own.claim((*at, "caption"), block.start, block.end)
            return values
    return {}
