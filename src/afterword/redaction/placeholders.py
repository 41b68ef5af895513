"""Which placeholder stands for which value, the same throughout a record."""

import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Self

from afterword.redaction.restoring import restored
from afterword.redaction.same_value import name_tokens, normal_form

PLACEHOLDER = re.compile(r"\[([A-Z][A-Z0-9_]{0,39})_([1-9][0-9]{0,8})\]")
"""A numbered placeholder: label and number."""


@dataclass
class Person:
    """Someone with a placeholder; `tokens` are the keyed hashes of the parts of the name."""

    placeholder: str
    tokens: list[str]


@dataclass
class Placeholders:
    """Hands out `[EMAIL_1]`, `[EMAIL_2]` … in order of first appearance.

    A value in any spelling (case, separators, escapes) keeps its placeholder. A person's full, given and family name
    share one, as long as no other known name fits as well: "Maria" stands alone where both Maria Lopez and Maria Gomez
    are known.
    Values are held only as HMAC-SHA256 under a random key that belongs to one draft. Changes in place.
    """

    key: str = field(default_factory=lambda: secrets.token_hex(32))
    numbers: dict[str, int] = field(default_factory=dict)
    assigned: dict[str, str] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)

    @classmethod
    def after(cls, texts: Iterable[str]) -> Self:
        """Start above the numbers that a record's texts use already."""
        new = cls()
        for text in texts:
            new.avoid(text)
        return new

    @classmethod
    def load(cls, state: dict[str, Any]) -> Self:
        """Return the state that `dump` gave; an empty one starts anew."""
        return restored(cls, state, "placeholders", "Redact the samples again.")

    def dump(self) -> dict[str, Any]:
        """Return a state for JSON, without any raw value."""
        people = [{"placeholder": each.placeholder, "tokens": list(each.tokens)} for each in self.people]
        return {
            "key": self.key,
            "numbers": dict(self.numbers),
            "assigned": dict(self.assigned),
            "people": people,
        }

    def copy(self) -> Self:
        """Return an independent copy, for a preview that must not use up numbers."""
        return self.load(self.dump())

    def avoid(self, text: str) -> None:
        """Never hand out a placeholder that stands in this text; to call for all raw texts before any is applied."""
        for label, number in PLACEHOLDER.findall(text):
            self.numbers[label] = max(self.numbers.get(label, 0), int(number))

    @property
    def used(self) -> frozenset[str]:
        """All placeholders handed out so far."""
        return frozenset(self.assigned.values())

    def placeholder(self, label: str, value: str, others: Iterable[str] = ()) -> str:
        """Return the placeholder of a value, the same one each time.

        `others` are the names that stand in the same text: they tell whether a bare "Maria" can mean two people.
        """
        mark = self._hash(label, normal_form(value, label))
        if mark not in self.assigned:
            self.assigned[mark] = self._person(value, others) if label == "PERSON" else self._next(label)
        return self.assigned[mark]

    def _hash(self, *parts: str) -> str:
        data = "\0".join(parts).encode("utf-8", "surrogatepass")
        return hmac.new(bytes.fromhex(self.key), data, sha256).hexdigest()

    def _next(self, label: str) -> str:
        self.numbers[label] = self.numbers.get(label, 0) + 1
        return f"[{label}_{self.numbers[label]}]"

    def _tokens(self, value: str) -> frozenset[str]:
        return frozenset(self._hash("name", token) for token in name_tokens(value))

    def _person(self, value: str, others: Iterable[str]) -> str:
        tokens = self._tokens(value)
        known = {each.placeholder: frozenset(each.tokens) for each in self.people}
        same = [place for place, theirs in known.items() if tokens == theirs]
        fits = same or [place for place, theirs in known.items() if tokens < theirs or theirs < tokens]
        rivals = {each for each in map(self._tokens, others) if self._rival(tokens, each, fits, known)}
        if len(fits) != 1 or rivals:
            self.people.append(Person(self._next("PERSON"), sorted(tokens)))
            return self.people[-1].placeholder
        person = next(each for each in self.people if each.placeholder == fits[0])
        person.tokens = sorted(tokens.union(person.tokens))
        return person.placeholder

    @staticmethod
    def _rival(
        tokens: frozenset[str], other: frozenset[str], fits: list[str], known: dict[str, frozenset[str]]
    ) -> bool:
        """Whether another name of the text could be meant as well as the one known person that fits."""
        if len(fits) != 1:
            return False
        theirs = known[fits[0]]
        shorter = tokens if len(tokens) <= len(theirs) else theirs
        longer = tokens | theirs
        return shorter < other and not (other <= longer or longer <= other)
