"""Samples, the eval gap, the new eval case and its proof, written and read."""

import re
from typing import Any

from afterword.record.blocks import guard, unguard
from afterword.record.document.bodies import Values, absence_leaf, prose_leaf, read_absence
from afterword.record.document.captions import (
    case_caption,
    proof_caption,
    read_case_caption,
    read_proof_caption,
    read_sample_caption,
    sample_caption,
)
from afterword.record.document.causes import text_fence
from afterword.record.document.fields import field_table, read_fields
from afterword.record.document.pieces import Key, Leaf, Table
from afterword.record.document.source import Own
from afterword.record.document.tables import GATES, SIDES
from afterword.record.model import Gap, Proof
from afterword.record.text import prose
from afterword.record.vocabulary import GapReason

_WORDS = {reason.words.casefold(): reason for reason in GapReason}
_ANY = "|".join(re.escape(reason.words) for reason in GapReason)
GAP = re.compile(rf"(?P<before>{_ANY})(?P<slashes>\\*):(?=[ \t]|$)", re.IGNORECASE)
"""A line that starts a gap; in the prose of a gap its colon is escaped."""

_CASE_LABELS = {"input": "Input", "expected": "Expected", "assertion": "Assertion"}
_CAPTION_STARTS = ("Model ", "Seen ", "Failed ")


class SampleBody:
    """One failing output: caption, text, note."""

    def write(self, part: Any, at: Key) -> tuple[Leaf | Table, ...]:
        """Return the three."""
        caption = sample_caption(part)
        return (
            *((Leaf((*at, "caption"), (caption,)),) if caption else ()),
            text_fence((*at, "text"), part.text),
            *prose_leaf((*at, "note"), part.note),
        )

    def read(self, own: Own, at: Key) -> Values:
        """Claim the three; without a fence, what follows the caption is the note."""
        text = own.fence((*at, "text"))
        values, after = self._caption(own, at, text[1].start if text else own.end)
        note = own.prose((*at, "note"), text[1].end if text else after, own.end)
        return values | {"text": text[0] if text else "", "note": unguard(note)}

    def _caption(self, own: Own, at: Key, before: int) -> tuple[Values, int]:
        for block in own.blocks:
            if block.kind != "paragraph" or block.start >= before:
                continue
            text = own.line_of(block)
            values = read_sample_caption(text, own.source, block.start)
            if values is not None:
                own.claim((*at, "caption"), block.start, block.end)
                return values, block.end
            if text.startswith(_CAPTION_STARTS):
                own.source.fail(
                    block.start,
                    "this line above the sample is not understood.",
                    "Write it as: Model NAME, TIME. Failed 4 of 10 trials. 3 redactions, reviewed.",
                )
        return {}, own.start


class EvalsBody:
    """Which gates there were, and why they did not catch the cause."""

    def write(self, part: Any, at: Key) -> tuple[Leaf | Table, ...]:
        """Return the gates and a paragraph a gap, or why there is neither."""
        gaps = (self._gap((*at, "gaps", number), gap) for number, gap in enumerate(part.gaps))
        return (*GATES.write((*at, "gates"), part.gates), *gaps) or absence_leaf(part, "evals", at)

    def _gap(self, key: Key, gap: Gap) -> Leaf:
        opening, text = f"{gap.reason.words}:", guard(gap.text, GAP)
        if not text:
            return Leaf(key, (opening,), is_prose=True)
        # Only a line that starts with a letter is sure to mean the same after other words.
        if text[0].isalpha():
            return Leaf(key, tuple(f"{opening} {text}".split("\n")), is_prose=True)
        return Leaf(key, (opening, "", *text.split("\n")), is_prose=True)

    def read(self, own: Own, at: Key) -> Values:
        """Claim gates above the first gap, and the gaps."""
        starts = [number for number in range(own.start, own.end) if self._starts_gap(own, number)]
        gates = GATES.read((*at, "gates"), own, starts[0] if starts else None)
        ends = [*starts[1:], own.end]
        gaps = tuple(
            self._read_gap(own, (*at, "gaps", number), *lines)
            for number, lines in enumerate(zip(starts, ends, strict=True) if starts else ())
        )
        return {"gates": gates, "gaps": gaps, "absences": read_absence(own, "evals", at)}

    def _starts_gap(self, own: Own, number: int) -> bool:
        if number in own.source.blocks.fenced:
            return False
        match = GAP.match(own.source.value(number))
        return match is not None and not match["slashes"]

    def _read_gap(self, own: Own, key: Key, start: int, end: int) -> Gap:
        text = own.prose(key, start, end)
        words, _, rest = text.partition(":")
        return Gap(reason=_WORDS[words.casefold()], text=unguard(_gap_text(rest), GAP))


def _gap_text(text: str) -> str:
    """Return what follows the opening words: from the same line, or below a blank one."""
    same, _, below = text.partition("\n")
    same = same.lstrip(" \t")
    return f"{same}\n{below}" if same else prose(below)


class CaseBody:
    """The new eval case: where it is, what it asks and expects."""

    def write(self, part: Any, at: Key) -> tuple[Leaf | Table, ...]:
        """Return caption, fields and note; the fields are left out where the caption says it all."""
        caption = case_caption(part)
        values = {name: (label, getattr(part, name)) for name, label in _CASE_LABELS.items()}
        first = part.note.partition("\n")[0]
        pieces: list[Leaf | Table] = [Leaf((*at, "caption"), (caption,))] if caption else []
        if not caption or "|" in first or any(text for _, text in values.values()):
            pieces.append(field_table(at, values))
        return (*pieces, *prose_leaf((*at, "note"), part.note))

    def read(self, own: Own, at: Key) -> Values:
        """Claim the three, in this order; any but the last may be missing."""
        values: Values = {}
        start = self._caption(own, at, values)
        start = own.source.trim(start, own.end)[0]
        rows, table = read_fields(at, own, _CASE_LABELS, lambda line: line == start)
        note = own.prose((*at, "note"), table.end if table else start, own.end)
        return values | {name: row.value for name, row in rows.items()} | {"note": unguard(note)}

    def _caption(self, own: Own, at: Key, values: Values) -> int:
        first = next(iter(own.blocks), None)
        if first is None or first.kind != "paragraph" or own.source.trim(own.start, own.end)[0] != first.start:
            return own.start
        read = read_case_caption(own.line_of(first))
        if read is None:
            return own.start
        own.claim((*at, "caption"), first.start, first.end)
        values.update(read)
        return first.end


class ProofBody:
    """How the new case was proved, and what it said of each revision."""

    def write(self, part: Proof, at: Key) -> tuple[Leaf | Table, ...]:
        """Return the command and the sides."""
        return (Leaf((*at, "caption"), (proof_caption(part),)), *SIDES.write((*at, "sides"), part.sides))

    def read(self, own: Own, at: Key) -> Values:
        """Claim both."""
        for block in own.blocks:
            if block.kind == "paragraph":
                values = read_proof_caption(own.line_of(block), own.source, block.start)
                if values is not None:
                    own.claim((*at, "caption"), block.start, block.end)
                    return values | {"sides": SIDES.read((*at, "sides"), own)}
        own.source.fail(
            own.heading, "the proof does not name its command.", "Write `COMMAND` · ran TIME above the table."
        )
