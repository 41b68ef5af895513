"""Which of a model's guesses are likely names of people, by how the words are written and what stands around them.

The model is small: it takes unfamiliar names for companies and products for people. So its word alone is enough only
for words that no dictionary has; everything else needs a sign in the sentence that a person is meant.
"""

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from afterword.redaction.data import listed, rows
from afterword.redaction.detectors.name_shapes import is_given_name, is_name_word, name_at, not_names
from afterword.redaction.guessing.prose import Language, language

PERSON = "PERSON"
_OTHERS = frozenset(["ORG", "GPE", "NORP", "PRODUCT", "FAC", "LOC", "WORK_OF_ART"])
_TOKEN = re.compile(r"(?:(?:al|el|ul|ad|an|ar|as|at)-)?[^\W\d_]+(?:['’‐-][^\W\d_]+)*")
_GLUE = frozenset("@/\\_#$%&=+~^<>{}[]0123456789`")
_INNER_CAPITAL = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]")
_PREFIXED = re.compile(r"^(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz)(?=[A-ZÀ-Þ])")
_ARTICLE = re.compile(r"^(?:al|el|ul|ad|an|ar|as|at)-(?=[A-ZÀ-Þ])")
_SENTENCE_END = re.compile(r"[.!?:;\"“”(–—•>][\s\"'“‘(]*$|^\s*$")
_BOUNDARY = re.compile(r"[.!?]\s")
_AFTER = re.compile(r"(?P<own>['’]s)?(?:,?\s+(?P<first>[^\W\d_][\w-]*))?(?:\s+(?P<second>[^\W\d_]+))?")
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers|herself|himself)\b", re.IGNORECASE)
_AND = re.compile(r"(?: \([^()\n]{1,30}\))?,? (?:and|or|with|und|et|y|e|i|en|och|og) ")


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(listed("human_context.txt", kind))


@cache
def _particles() -> frozenset[str]:
    return frozenset(listed("name_words.txt", "particle"))


@cache
def _words_of(file: str) -> frozenset[str]:
    return frozenset(word for row in rows(file) for word in row.split())


@dataclass
class Use:
    """How a text uses its words: what is written small somewhere, and what the model takes each word for."""

    small: Collection[str]
    kinds: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, text: str, guesses: Iterable[tuple[int, int, str]]) -> None:
        """Take in the model's guesses of one passage."""
        for start, end, kind in guesses:
            for word in _TOKEN.findall(text[start:end]):
                self.kinds.setdefault(word, Counter())[kind] += 1

    def is_mostly_person(self, word: str) -> bool:
        """Whether the model takes a word for a person's name at least as often as for anything else."""
        kinds = self.kinds.get(word, Counter())
        return kinds[PERSON] * 2 >= sum(kinds.values())


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether a guess is part of an address, a path, an identifier or a number."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    if any(letter in _GLUE for letter in around):
        return True
    return text[end : end + 1] in (".", "-", ":") and text[end + 1 : end + 2].isalnum()


def _is_written_like_a_name(word: str) -> bool:
    word = _ARTICLE.sub("", word)
    if word.isupper() or _INNER_CAPITAL.search(_PREFIXED.sub("", word)):
        return False
    return is_name_word(word)


def _runs(text: str, start: int, end: int) -> Iterator[list[re.Match[str]]]:
    """Yield the runs of name words in a guess; particles and initials may stand inside a run."""
    run: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text, start, end):
        gap = text[run[-1].end() : match.start()] if run else ""
        inside = bool(run) and (match[0] in _particles() or (len(match[0]) == 1 and match[0].isupper()))
        if (not run or gap in (" ", "  ", ". ")) and (inside or _is_written_like_a_name(match[0])):
            run.append(match)
            continue
        yield run
        run = [match] if _is_written_like_a_name(match[0]) else []
    yield run


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a place."""
    low = max((match.end() for match in _BOUNDARY.finditer(text, max(0, start - 400), start)), default=0)
    high = _BOUNDARY.search(text, end)
    return text[low : high.end() if high else len(text)]


def is_addressed(text: str, start: int, end: int) -> bool:
    """Whether the words directly beside a place are such as stand beside people: “told …”, “… complained”."""
    before = [word.casefold() for word in re.findall(r"[\w-]+", text[max(0, start - 60) : start])[-3:]]
    if before and (before[-1] in _listed("before") or before[-1] in _listed("role")):
        return True
    if any("_".join(before[-count:]) in _listed("two") for count in (2, 3)):
        return True
    after = _AFTER.match(text, end)
    first, second = ((after[part] or "").casefold() for part in ("first", "second")) if after else ("", "")
    if after and after["own"]:
        return first in _listed("owned")
    return first in _listed("after") or (first in _listed("adverb") and second in _listed("after"))


def _without_ending(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return a run without particles and initials at its end."""
    while run and (run[-1][0] in _particles() or len(run[-1][0]) == 1):
        run = run[:-1]
    return run


def _whole(text: str, run: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return a run with the name words that the model left out behind it."""
    if not run:
        return run
    end = name_at(text, run[0].start())[1]
    longer = _without_ending(next(_runs(text, run[0].start(), max(end, run[-1].end())), run))
    return longer if len(longer) > len(run) else run


def _span(text: str, run: list[re.Match[str]]) -> tuple[int, int]:
    start, end = run[0].start(), run[-1].end()
    return start, end - 2 if text[end - 2 : end] in ("'s", "’s") else end


class Judge:
    """Decides on guesses of one text; `common` holds words that a dictionary has, in lower case."""

    def __init__(self, use: Use, common: Container[str]) -> None:
        self.use, self.common = use, common

    def _is_everyday(self, word: str) -> bool:
        small = word.casefold()
        if small in self.use.small or small in self.common:
            return True
        return small.endswith("s") and small[:-1] in self.common

    def _is_no_surname(self, word: str) -> bool:
        return self._is_everyday(word) and word.casefold() not in _words_of("surnames.txt")

    def _is_one_name(self, text: str, match: re.Match[str], kind: str) -> bool:
        word, addressed = match[0], is_addressed(text, *match.span())
        if len(word) < 3 or word.casefold() in self.use.small or (kind != PERSON and not addressed):
            return False
        if is_given_name(word):
            return True
        if kind != PERSON and any(before in _listed("place") for before in text[: match.start()].split()[-1:]):
            return False
        if self._is_everyday(word) or (kind == PERSON and not self.use.is_mostly_person(word)):
            return False
        return addressed or not _SENTENCE_END.search(text[: match.start()])

    def _is_full_name(self, text: str, run: list[re.Match[str]], kind: str) -> bool:
        words = [match[0] for match in run if len(match[0]) > 1 and match[0] not in _particles()]
        if len(words) > 4:
            return False
        start, end = run[0].start(), run[-1].end()
        everyday = sum(map(self._is_everyday, words[:-1])) + self._is_no_surname(words[-1])
        if is_given_name(words[0]):
            return everyday < len(words) or kind == PERSON
        if kind == PERSON and not everyday:
            return True
        human = is_addressed(text, start, end) or bool(_PRONOUN.search(_sentence(text, start, end)))
        return human and (not everyday or (kind == PERSON and everyday < len(words)))

    def _is_ruled_out(self, text: str, run: list[re.Match[str]]) -> bool:
        words = {match[0].casefold() for match in run}
        return bool(words & (_words_of("products.txt") | not_names())) or _is_glued(text, run[0].start(), run[-1].end())

    def _is_name(self, text: str, run: list[re.Match[str]], kind: str) -> bool:
        start, end = run[0].start(), run[-1].end()
        full = sum(len(match[0]) > 1 for match in run) > 1
        tongue = language(_sentence(text, start, end))
        if tongue is not Language.ENGLISH:
            # German writes every noun with a capital; elsewhere a single one begins a sentence more often than a name.
            return full and kind == PERSON and tongue is Language.OTHER and self._is_full_name(text, run, kind)
        return self._is_full_name(text, run, kind) if full else self._is_one_name(text, run[0], kind)

    def names(
        self, text: str, guesses: Iterable[tuple[int, int, str]], known: Sequence[tuple[int, int]] = ()
    ) -> list[tuple[int, int]]:
        """Return the offsets of the guesses that are likely names; `known` are those of names found otherwise."""
        found = list(known)
        unsure: list[tuple[int, int]] = []
        for start, end, kind in guesses:
            for run in _runs(text, start, end) if kind == PERSON or kind in _OTHERS else ():
                if not (run := _whole(text, _without_ending(run))) or self._is_ruled_out(text, run):
                    continue
                (found if self._is_name(text, run, kind) else unsure).append(_span(text, run))
        beside = [span for span in unsure if self._is_beside(text, span, found)]
        return [*found[len(known) :], *beside]

    def _is_beside(self, text: str, span: tuple[int, int], found: Iterable[tuple[int, int]]) -> bool:
        """Whether unusual words of two parts stand in one row with a name: “Ada Lovelace and …”."""
        words = _TOKEN.findall(text[slice(*span)])
        if len(words) < 2 or any(map(self._is_everyday, words[:-1])) or self._is_no_surname(words[-1]):
            return False
        gaps = (text[min(end, span[1]) : max(start, span[0])] for start, end in found)
        return any(_AND.fullmatch(gap) for gap in gaps if gap)

    def mentions(self, text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Yield where else names stand that were guessed once, in full or by an unusual word of theirs."""
        words = set(names)
        for name in list(words):
            parts = [part for part in _TOKEN.findall(name) if len(part) > 2 and part not in _particles()]
            words.update(part for part in parts if not self._is_everyday(part) or is_given_name(part))
        by_first: dict[str, list[str]] = {}
        for name in sorted(words, key=len, reverse=True):
            by_first.setdefault(_TOKEN.findall(name)[0], []).append(name)
        done = 0
        for match in _TOKEN.finditer(text) if words else ():
            for name in by_first.get(match[0], ()) if match.start() >= done else ():
                end = match.start() + len(name)
                if text.startswith(name, match.start()) and not text[end : end + 1].isalpha():
                    done = end
                    if not _is_glued(text, match.start(), end):
                        yield match.start(), end
                    break
