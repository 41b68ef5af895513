"""The new eval case: what is asked, what is expected, and the assertion that would have failed."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from afterword.errors import AfterwordError, Exit
from afterword.record.model import Record
from afterword.record.text import line

if TYPE_CHECKING:
    from afterword.redaction import Finding, Rules

_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


class Kind(StrEnum):
    """What an assertion compares; in `contains` and `not_contains` capitals do not count."""

    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    REGEX = "regex"
    JSON_SCHEMA = "json_schema"
    EQUALS = "equals"
    RUBRIC = "rubric"


_WRITTEN = {
    Kind.CONTAINS: "contains",
    Kind.NOT_CONTAINS: "does not contain",
    Kind.REGEX: "matches",
    Kind.JSON_SCHEMA: "fits the JSON schema",
    Kind.EQUALS: "equals",
    Kind.RUBRIC: "rubric",
}
_READ = {
    **{words.casefold(): kind for kind, words in _WRITTEN.items()},
    **{kind.replace("_", " "): kind for kind in Kind},
    **dict.fromkeys(("icontains", "includes", "must contain"), Kind.CONTAINS),
    **dict.fromkeys(("not icontains", "must not contain", "doesn't contain", "excludes"), Kind.NOT_CONTAINS),
    **dict.fromkeys(("matches regex", "pattern"), Kind.REGEX),
    **dict.fromkeys(("schema", "is json", "matches json schema", "fits json schema"), Kind.JSON_SCHEMA),
    **dict.fromkeys(("is", "exact"), Kind.EQUALS),
    **dict.fromkeys(("llm rubric", "model graded", "graded"), Kind.RUBRIC),
}
_FORMS = "Write it as one of: " + "; ".join(f"{words}: …" for words in _WRITTEN.values()) + "."


@dataclass(frozen=True, slots=True)
class Assertion:
    """What must hold of the model's answer; what UTF-8 cannot carry in the value becomes U+FFFD."""

    kind: Kind
    value: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", _NOT_TEXT.sub("\ufffd", self.value))


@dataclass(frozen=True, slots=True)
class Case:
    """A regression test, in no runner's format yet; `id` is the record's, and metadata carries it as well."""

    id: str
    title: str
    input: str
    expected: str
    assertion: Assertion
    metadata: Mapping[str, str] = field(default_factory=dict)


def assertion_line(assertion: Assertion) -> str:
    """Return an assertion as the record has it, in one line; a value that a line cannot hold is quoted as in JSON."""
    value = assertion.value
    plain = value and line(value) == value and not value.startswith('"')
    return f"{_WRITTEN[assertion.kind]}: {value if plain else json.dumps(value)}"


def parse_assertion(text: str) -> Assertion:
    """Read what `assertion_line` writes, and what people write for it; AfterwordError names the forms."""
    label, colon, rest = text.partition(":")
    kind = _READ.get(" ".join(re.sub("[-_]", " ", label).casefold().split()))
    if kind is None or not colon:
        raise AfterwordError(f"The assertion {line(text)[:80]!r} does not say what to compare.", _FORMS)
    assertion = Assertion(kind, _unquoted(rest.strip()))
    if not assertion.value.strip() and kind is not Kind.EQUALS:
        raise AfterwordError(f"The assertion “{_WRITTEN[kind]}” has no value: it would assert nothing.", _FORMS)
    if kind is Kind.JSON_SCHEMA:
        _check_schema(assertion.value)
    return assertion


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, str) else text


def _check_schema(text: str) -> None:
    try:
        schema = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AfterwordError(
            f"The assertion's JSON schema is not JSON: {error}.", 'For example {"type": "object", "required": ["id"]}.'
        ) from error
    if not isinstance(schema, dict):
        raise AfterwordError(
            "The assertion's JSON schema is not an object.", 'For example {"type": "object", "required": ["id"]}.'
        )


def case_of(record_id: str, record: Record) -> Case:
    """Return the case that a record describes; AfterwordError says which field is still missing."""
    case = record.eval_case
    edit = f"Fill it in under “New eval case”: afterword edit {record_id}"
    if case is None or not case.input:
        raise AfterwordError(f"The record {record_id} names no input for its eval case.", edit)
    if not case.assertion:
        raise AfterwordError(f"The record {record_id} names no assertion for its eval case.", f"{edit}\n  {_FORMS}")
    assertion = parse_assertion(case.assertion)
    asked = _as_sampled(case.input, record)
    return Case(record_id, record.title, asked, case.expected, assertion, {"incident": record_id})


def _as_sampled(asked: str, record: Record) -> str:
    """Return an input with the line breaks that it has in a sample; the record keeps it in one line."""
    words = re.compile(r"\s+".join(re.escape(word) for word in asked.split()))
    found = (words.search(sample.text) for sample in record.samples)
    return next((match[0] for match in found if match), asked)


class Exposed(NamedTuple):
    """A value in a case that nobody has decided upon: in which text, and the finding."""

    where: str
    finding: "Finding"


def decided(record: Record) -> tuple[str, ...]:
    """Return the texts of a record in which a person decided upon every finding."""
    return tuple(one.text for one in record.samples if one.redactions and one.redactions.reviewed)


def exposed(case: Case, rules: "Rules | None" = None, decided: Iterable[str] = ()) -> tuple[Exposed, ...]:
    """Return what the redaction engine finds in the texts of a case.

    Left out are documented dummies, and values that `decided` texts hold: there a person has kept them. AfterwordError
    where a text could not be read to its end.
    """
    from afterword.redaction import scan

    known = tuple(decided)
    found: list[Exposed] = []
    for where, text in _texts(case):
        done = scan(text, rules)
        if not done.complete:
            raise AfterwordError(
                f"The {where} of the eval case could not be scanned to its end.", "Make it shorter.", Exit.REFUSED
            )
        found += [
            Exposed(where, one)
            for one in done.findings
            if not one.suggest_keep and not any(text[one.start : one.end] in each for each in known)
        ]
    return tuple(found)


def _texts(case: Case) -> Iterator[tuple[str, str]]:
    yield "title", case.title
    yield "input", case.input
    yield "expected behaviour", case.expected
    yield "assertion", case.assertion.value
    for name, value in case.metadata.items():
        if value != case.id:
            yield f"metadata {name}", value


def refuse_exposed(case: Case, rules: "Rules | None" = None, decided: Iterable[str] = ()) -> None:
    """Raise AfterwordError (Exit.REFUSED) where something in a case was not decided upon; no value is in it."""
    found = exposed(case, rules, decided)
    if not found:
        return
    first = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    label = first.finding.label
    raise AfterwordError(
        f"The {first.where} of the eval case holds what looks like {label} ({first.finding.reason}){more}.",
        f"Write a placeholder such as [{label}_1] into the record, or allow it: [tool.afterword.redaction] allow.",
        Exit.REFUSED,
    )
