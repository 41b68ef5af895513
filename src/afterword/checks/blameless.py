"""Blameless wording: a failure belongs to a system and its conditions, never to a person."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from afterword.checks.fault_rules import BY_WHOM, FAULT, GIT_BLAME, HIS_CHANGE
from afterword.checks.given_names import given_names
from afterword.checks.parts import Written, prose
from afterword.checks.people import People, Subject
from afterword.checks.person_rules import PERSON_RULES
from afterword.checks.phrase_rules import PHRASE_RULES
from afterword.checks.problem import Problem, Severity
from afterword.checks.quotes import without_quotes
from afterword.record.model import Record
from afterword.record.text import line
from afterword.visible import visible_line


def blameless(record: Record, names: Iterable[str] = ()) -> list[Problem]:
    """Report wording that puts a failure on a person, with a better way to say it.

    `names` are people of the repository: `Ana Lima <ana@example.org>`, names, handles, mail
    addresses. Prose, titles, timeline, actions and lessons are read; quotes, code, sample outputs, diffs and
    settings are exempt.
    """
    people = _people(tuple(names), _services(record))
    problems: list[Problem] = []
    for text in prose(record):
        problems += _in_text(text, people)
    return [*problems, *_actors(record, people)]


def wording(text: str, names: Iterable[str] = ()) -> list[Problem]:
    """Report blaming wording in one text; parts and sections are left empty."""
    return _in_text(Written("", "", text), _people(tuple(names)))


@lru_cache(maxsize=4)
def _people(names: tuple[str, ...], services: frozenset[str] = frozenset()) -> People:
    return People(names, services)


def _services(record: Record) -> frozenset[str]:
    """Return the words in the record's names of services that would else be taken for given names."""
    named = (*record.services, *(each for cause in record.causes for each in cause.affects))
    return frozenset(re.findall(r"[^\W\d_]+", " ".join(named).casefold())) & given_names()


class _Hit(NamedTuple):
    code: str
    start: int
    end: int
    message: str
    hint: str
    severity: Severity


_LONGEST = 100_000
"""Characters of one text that are read for its wording: the walk reads it anew after each pause in typing."""


def _in_text(source: Written, people: People) -> list[Problem]:
    # Whole lines, so that a letter typed at the beginning does not push another one out at the end.
    end = len(source.text) if len(source.text) <= _LONGEST else source.text.rfind("\n", 0, _LONGEST) + 1 or _LONGEST
    problems = [_problem(source, hit) for hit in _hits(source.text[:end], people)]
    if len(source.text) > _LONGEST:
        problems.append(
            Problem(
                "blame-unread",
                source.part,
                source.section,
                "warning",
                f"Only the first {_LONGEST:,} characters were read for blaming wording.",
                "A text as long as this is better linked, or a sample.",
            )
        )
    return problems


@lru_cache(maxsize=64)
def _hits(text: str, people: People) -> tuple[_Hit, ...]:
    """Find the passages of one text; the walk asks at each key, mostly for texts that are as they were."""
    plain = without_quotes(text)
    return tuple(
        hit._replace(start=start + hit.start, end=start + hit.end)
        for start, end in _pieces(plain)
        for hit in _hits_in(plain[start:end], people)
    )


_LEAST, _MEAN, _MOST = 500, 1_000, 8_000
"""Characters of a piece: fewer are not cut off, more are at the next chance."""
_BREAK = re.compile(r"(?<=[.!?])[ \t]*\n|\n[ \t]*\n")


def _pieces(plain: str) -> Iterator[tuple[int, int]]:
    """Yield where a long text falls apart, at ends of sentences and paragraphs: of it, few pieces change at a key.

    Whether it is cut at a chance depends on the words before that alone, so that what is typed moves no other cut.
    """
    start = last = 0
    for match in _BREAK.finditer(plain):
        end = match.end()
        if end - start >= _LEAST and (_is_cut(plain[last:end]) or end - start >= _MOST):
            yield start, end
            start = end
        last = end
    yield start, len(plain)


def _is_cut(words: str) -> bool:
    """Whether to cut behind these words, of which a longer passage is likelier to be the end."""
    return crc32(words.encode("utf-8", "surrogatepass")) * _MEAN < len(words) << 32


@lru_cache(maxsize=512)
def _hits_in(plain: str, people: People) -> tuple[_Hit, ...]:
    subjects = [*people.subjects(plain)]
    hits = [*_persons(plain, subjects), *_possessives(plain, subjects), *_phrases(plain)]
    taken: list[_Hit] = []
    # One problem a passage: errors first, rules that know the subject before the others.
    for hit in sorted(hits, key=lambda hit: hit.severity != "error"):
        if all(hit.end <= other.start or other.end <= hit.start for other in taken):
            taken.append(hit)
    return tuple(sorted(taken, key=lambda hit: hit.start))


def _problem(source: Written, hit: _Hit) -> Problem:
    words = line(source.text[hit.start : hit.end])
    shown = words if len(words) <= 90 else words[:88] + "…"
    return Problem(
        f"blame-{hit.code}",
        source.part,
        source.section,
        hit.severity,
        f"“{visible_line(shown)}” {hit.message}.",
        hit.hint,
        excerpt=words,
        offset=source.text.count("\n", 0, hit.start),
    )


def _persons(plain: str, subjects: Iterable[Subject]) -> Iterator[_Hit]:
    for subject in subjects:
        for rule in PERSON_RULES:
            match = rule.pattern.match(plain, subject.end) if subject.kind in rule.kinds else None
            if match:
                yield _Hit(
                    rule.code,
                    subject.start,
                    match.end(),
                    rule.message,
                    rule.hint.replace("{to_rest}", _to(match)),
                    rule.severity,
                )
                break


def _to(match: re.Match[str]) -> str:
    rest = line(match.groupdict().get("rest") or "")
    if not rest or "\ufffc" in rest:
        return "it"
    return f"to {rest}" if re.search(r"\bto\b", line(match[0][: -len(rest)])[-3:]) else rest


def _possessives(plain: str, subjects: Iterable[Subject]) -> Iterator[_Hit]:
    """Find "Ana's mistake", "caused by @ana", "the fault of the on-call"."""
    hint = "Name the change or the missing safeguard: “the change …”, “the deploy pipeline let it through”."
    for subject in subjects:
        if subject.kind not in ("named", "role"):
            continue
        after = FAULT.match(plain, subject.end)
        if not after and subject.kind == "named":
            after = HIS_CHANGE.match(plain, subject.end)
        if after:
            yield _Hit("fault", subject.start, after.end(), "puts the failure on a person", hint, "error")
        before = BY_WHOM.search(plain, max(0, subject.start - 80), subject.start)
        if before and not _is_git_blame(plain, subject):
            yield _Hit("fault", before.start(), subject.end, "puts the failure on a person", hint, "error")


def _is_git_blame(plain: str, subject: Subject) -> bool:
    return bool(GIT_BLAME.search(plain, max(0, subject.start - 60), subject.start))


_SENTENCE_END = re.compile(r"[.!?;]\s|\n\s*\n")


def _phrases(plain: str) -> Iterator[_Hit]:
    for rule in PHRASE_RULES:
        for match in rule.pattern.finditer(plain):
            if rule.unless and rule.unless.search(plain, _sentence_start(plain, match.start()), match.start()):
                continue
            yield _Hit(rule.code, match.start(), match.end(), rule.message, rule.hint, rule.severity)


def _sentence_start(plain: str, at: int) -> int:
    low = max(0, at - 200)
    ends = [match.end() for match in _SENTENCE_END.finditer(plain, low, at)]
    return ends[-1] if ends else low


def _actors(record: Record, people: People) -> Iterator[Problem]:
    for index, event in enumerate(record.timeline):
        name = people.named_in(event.actor)
        if name:
            yield Problem(
                "actor-name",
                f"timeline[{index}]",
                "timeline",
                "warning",
                f"The actor “{visible_line(event.actor)}” is a name.",
                "Name the role: `person (support lead)`, `tool`, `customer`.",
                excerpt=name,
            )
