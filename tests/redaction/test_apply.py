import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.redaction import (
    Decision,
    Finding,
    LeakError,
    Placeholders,
    Redaction,
    Verdict,
    apply,
    counts,
    scan,
)

from .made_up import random_text

PIECES = st.sampled_from(
    [
        "Ada Lovelace",
        "ada@lovelace.org",
        "ADA@lovelace.org",
        "+49 30 901820",
        "Falcon18!x",
        "my password is ",
        "Hi, I'm ",
        "10.44.32.150",
        "DE89370400440532013000",
        "order 704452",
        "[EMAIL_1]",
        "[PERSON_1]",
        "\\u0041da",
        "\n",
        " ",
        ", ",
        '"',
        "{",
        "}",
        ": ",
        "name",
        "é",
        "字",
        "\U0001f600",
        "=",
        "API_KEY=",
        "gh" + "p_" + random_text(36),
        "ada",
        "Lovelace",
        "\x1b[1m",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=14).map("".join)


@settings(deadline=None)
@given(TEXTS, st.data())
def test_an_accepted_value_is_nowhere_in_the_output(text: str, data: st.DataObject) -> None:
    state = Redaction.of(text)
    for _ in range(data.draw(st.integers(0, 2)) if state.text else 0):
        start = data.draw(st.integers(0, len(state.text) - 1))
        end = data.draw(st.integers(start + 1, len(state.text)))
        state = state.mark(start, end, data.draw(st.sampled_from(["SLUR", "PERSON", "SECRET"])))
    while state.undecided:
        state = state.accept(state.findings.index(state.undecided[0]))
    output = apply(state, Placeholders(numbers=dict.fromkeys(["EMAIL", "PERSON", "SECRET"], 70)))
    for finding in state.redacted:
        value = state.text[finding.start : finding.end]
        if len(value) >= 8 and not value.startswith("["):
            assert value not in output
    assert sum(counts(state).values()) == len(state.redacted)


@settings(deadline=None)
@given(TEXTS, st.data())
def test_text_outside_findings_and_kept_findings_stay_as_they_are(text: str, data: st.DataObject) -> None:
    state = Redaction.of(text)
    for index in range(len(state.findings)):
        state = state.keep(index, "public")
    assert apply(state, Placeholders()) == state.text


@settings(deadline=None)
@given(TEXTS)
def test_findings_are_sorted_disjoint_and_inside_the_text(text: str) -> None:
    last = 0
    for finding in scan(text).findings:
        assert last <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end].strip() == text[finding.start : finding.end]
        last = finding.end


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_the_scan_fail(text: str) -> None:
    assert scan(text).complete


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_applying_twice_gives_the_same_text(one: str, other: str) -> None:
    placeholders = Placeholders()
    states = [Redaction.of(text) for text in (one, other)]
    for index, state in enumerate(states):
        while state.undecided:
            state = state.accept(state.findings.index(state.undecided[0]))
        states[index] = state
    first = [apply(state, placeholders) for state in states]
    if "[" not in one + other:
        assert [apply(state, placeholders) for state in states] == first


def test_longer_findings_win_and_the_parts_around_them_stay() -> None:
    state = Redaction.of("amqp://app:hun77ter@10.2.0.15:5672/x")
    while state.undecided:
        state = state.accept(0 if not state.decision(0) else state.findings.index(state.undecided[0]))
    assert apply(state, Placeholders()) == "amqp://app:[SECRET_CONN_1]@[IP_1]:5672/x"


def test_a_state_that_lost_a_finding_is_caught_before_anything_leaks() -> None:
    finding = Finding(0, 8, "SECRET")
    whole = Redaction("hunter22 and xhunter22", (finding,), (), (Decision(0, 8, "SECRET", Verdict.REDACT),))
    assert [whole.text[f.start : f.end] for f in whole.undecided] == ["hunter22"]
    blind = Redaction("hunter22 and xhunter22", (finding,), (), whole.decided)
    blind.__dict__["findings"] = (finding,)
    with pytest.raises(LeakError, match="A redacted SECRET would still stand in line 1"):
        apply(blind, Placeholders())
