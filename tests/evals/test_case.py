"""The case that a record describes: its assertion in one line, and nothing in it that nobody decided upon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.errors import AfterwordError, Exit
from afterword.evals.case import (
    Assertion,
    Kind,
    assertion_line,
    case_of,
    decided,
    exposed,
    parse_assertion,
    refuse_exposed,
)
from afterword.record.document import parse, render
from afterword.record.model import EvalCase, Redactions, Sample
from afterword.redaction import Rules
from tests.evals.cases import HOSTILE, ID, case, record

SCHEMA = '{"type": "object", "required": ["id"]}'
texts = st.text(min_size=1).filter(lambda text: text.strip() != "")
assertions = st.builds(
    Assertion,
    st.sampled_from([kind for kind in Kind if kind is not Kind.JSON_SCHEMA]),
    texts | st.sampled_from(HOSTILE),
)


@given(assertions)
def test_an_assertion_survives_its_line(assertion: Assertion) -> None:
    assert parse_assertion(assertion_line(assertion)) == assertion


@given(assertions)
def test_an_assertion_survives_the_record(assertion: Assertion) -> None:
    whole = record(eval_case=EvalCase(input="a", assertion=assertion_line(assertion)))
    read = parse(render(whole), "x.md").eval_case
    assert read is not None and parse_assertion(read.assertion) == assertion


@given(st.dictionaries(st.text(max_size=9), st.text(max_size=9) | st.integers() | st.booleans(), max_size=4))
def test_a_schema_survives_its_line(schema: dict[str, object]) -> None:
    import json

    assertion = Assertion(Kind.JSON_SCHEMA, json.dumps(schema))
    assert parse_assertion(assertion_line(assertion)) == assertion


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("does not contain: refund is on its way", "not_contains", "refund is on its way"),
        ("Must not contain:refund", "not_contains", "refund"),
        ("not-contains: a: b", "not_contains", "a: b"),
        ('contains: "refund policy"', "contains", "refund policy"),
        ('contains: "a" and "b"', "contains", '"a" and "b"'),
        ("matches: ^\\d{2}$", "regex", "^\\d{2}$"),
        ("regex: a|b", "regex", "a|b"),
        (f"json schema: {SCHEMA}", "json_schema", SCHEMA),
        ("llm-rubric: is polite", "rubric", "is polite"),
        ('equals: ""', "equals", ""),
    ],
)
def test_what_people_write_is_read(text: str, kind: str, value: str) -> None:
    assert parse_assertion(text) == Assertion(Kind(kind), value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("refund is on its way", "does not say what to compare"),
        ("should be: polite", "does not say what to compare"),
        ("contains:", "would assert nothing"),
        ('does not contain: " "', "would assert nothing"),
        ("schema: {type: object}", "is not JSON"),
        ("schema: []", "not an object"),
    ],
)
def test_an_assertion_that_asserts_nothing_is_refused(text: str, why: str) -> None:
    with pytest.raises(AfterwordError, match=why):
        parse_assertion(text)


def test_the_case_is_what_the_record_says() -> None:
    assert case_of(ID, record()) == case()
    for described, why in (
        (None, "no input"),
        (EvalCase(expected="x"), "no input"),
        (EvalCase(input="x"), "no assertion"),
    ):
        with pytest.raises(AfterwordError, match=why):
            case_of(ID, record(eval_case=described))


def test_an_input_has_the_line_breaks_of_its_sample() -> None:
    sample = Sample(text="user: Hi,\n  where is\n\nmy order?\nassistant: On its way.")
    described = EvalCase(input="Hi, where is my order?", assertion="contains: order")
    assert case_of(ID, record(samples=(sample,), eval_case=described)).input == "Hi,\n  where is\n\nmy order?"


def test_what_nobody_decided_upon_is_refused_without_the_value() -> None:
    mail = "mira.hollis@" + "fernwood-labs.com"
    for field in ("title", "input", "expected"):
        with pytest.raises(AfterwordError) as refused:
            refuse_exposed(case(**{field: f"write to {mail} please"}))
        assert refused.value.code is Exit.REFUSED
        assert "EMAIL" in str(refused.value) and mail not in str(refused.value)
    (found,) = exposed(case(value=f"write to {mail}"))
    assert found.where == "assertion"
    assert exposed(case(metadata={"incident": ID, "by": mail}))


def test_what_somebody_kept_in_a_reviewed_sample_may_stand_in_the_case() -> None:
    mail = "mira.hollis@" + "fernwood-labs.com"
    hers = case(input=f"Is {mail} right?")
    kept = record(samples=(Sample(text=f"user: Is {mail} right?", redactions=Redactions(reviewed=True)),))
    refuse_exposed(hers, None, decided(kept))
    unseen = record(samples=(Sample(text=f"user: Is {mail} right?"),))
    with pytest.raises(AfterwordError):
        refuse_exposed(hers, None, decided(unseen))
    refuse_exposed(hers, Rules(allow=(mail,)))
    refuse_exposed(case(input="I am [PERSON_1], write to ada@example.com."))
