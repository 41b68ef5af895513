"""Offending lines compared with the prompts as they stand, and prompts that go back towards the incident's version."""

import random
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.checks import Problem, Standing, Versions, nearer, returned
from afterword.checks.likeness import alike
from afterword.record.model import Cause, OffendingLines, PromptChange, Record
from tests.examples import examples

LINE = "Say yes first; find a way to help even if policy says no."
PROMPT = "You are the support agent.\n\n- Greet the customer by name.\n- {}\n- Link the policy.\n"


def marked(*lines: str, path: str = "prompts/support.md", **cause: object) -> Record:
    offending = OffendingLines(path=path, revision="4f1c2d9", text="\n".join(lines))
    return Record(causes=(Cause(offending=(offending,), **cause),))


def standing(text: str, path: str = "prompts/support.md", **rest: object) -> list[Standing]:
    return [Standing(path, str(rest.get("constant", "")), int(str(rest.get("line", 1))), text)]


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


# Letter by letter


def test_a_line_that_is_back_is_an_error_at_its_file_and_line() -> None:
    prompts = [*standing("Be kind.\n", "a.md"), *standing(PROMPT.format(LINE), "prompts/other.md")]
    (problem,) = returned(marked(LINE), prompts, name="2026-03-02-refunds")
    assert (problem.code, problem.severity, problem.path, problem.line) == ("line-back", "error", "prompts/other.md", 4)
    for words in ("Say yes first", "record 2026-03-02-refunds", "marked in prompts/support.md at 4f1c2d9"):
        assert words in problem.message


@pytest.mark.parametrize(
    "typed",
    [
        "SAY YES FIRST; FIND A WAY TO HELP EVEN IF POLICY SAYS NO.",
        "  12) Say  yes first; find a way to\thelp even if policy says no.",
        "> * **Say yes first**; find a way to help even if policy says “no”.\r",
        "Say yes first; find a way\n  to help even if\n  policy says no. Then ask whether all is well.",
        "Greet them. Say yes first; find a way to help even if policy says no. Say goodbye.",
        "It is our habit to say yes first; find a way to help even if policy says no whenever we can.",
        "## Say yes first; find a way to help even if policy says no.",
        "Sa\u200by yes first; find a way to help even if policy says no.",
    ],
)
def test_what_differs_only_in_typing_is_the_same_line(typed: str) -> None:
    assert codes(returned(marked(f"- {LINE}"), standing(PROMPT.format(typed)))) == ["line-back"]


def test_a_paragraph_that_was_wrapped_is_found_wrapped_elsewhere_and_told_once() -> None:
    wrapped = ("You may promise a refund to", "anyone who asks for one, before", "you have read the policy.")
    again = "Hello.\n\nYou may promise a\nrefund to anyone who asks for one,\nbefore you have read the policy."
    (problem,) = returned(marked(*wrapped), standing(again))
    assert (problem.code, problem.line) == ("line-back", 3)


def test_a_constant_is_told_by_name_and_line_of_its_file() -> None:
    (problem,) = returned(marked(LINE), standing(f"Hi.\n{LINE}\n", "app/prompts.py", constant="SYSTEM", line=40))
    assert (problem.path, problem.line) == ("app/prompts.py", 41) and "in SYSTEM" in problem.message


def test_short_lines_are_looked_for_in_their_own_prompt_only_and_lines_without_words_never() -> None:
    record = marked("Say yes.", "---", "", "```", "{{ }}")
    assert codes(returned(record, standing("Say yes.\n---\n```\n{{ }}\n"))) == ["line-back"]
    assert returned(record, standing("Say yes.\n---\n", "prompts/other.md")) == []


def test_a_rejected_cause_forbids_no_line() -> None:
    assert returned(marked(LINE, certainty="rejected"), standing(PROMPT.format(LINE))) == []


# Reworded


@pytest.mark.parametrize(
    ("then", "now"),
    [
        (LINE, "Always say yes first and find a way to help, even where the policy says no."),
        ("Offer a full refund to any customer who asks.", "If a customer asks, offer them the full refund."),
        ("Do not repeat ideas, quotes, facts, or resources.", "Never repeat ideas, quotes, facts or references."),
        ("Use the tone of a friend who breaks rules.", "Use the tone of a good friend who is breaking the rules."),
        ("Promise a refund at once.", "Do not hesitate to promise a refund at once."),
    ],
)
def test_a_reworded_line_is_a_warning_that_says_how_alike_and_shows_both(then: str, now: str) -> None:
    (problem,) = returned(marked(then), standing(PROMPT.format(now)))
    assert (problem.code, problem.severity, problem.line) == ("line-reworded", "warning", 4)
    assert f"{min(alike(then, now), 0.99) * 100:.0f} %" in problem.message
    assert then[:40] in problem.message and now[:40] in problem.message


def test_a_reworded_sentence_is_found_within_a_wrapped_paragraph() -> None:
    text = (
        "Greet the customer.\nAlways say yes first, and find\nways to help even if policy says no. Link the policy.\n"
    )
    (problem,) = returned(marked(LINE), standing(text))
    assert (problem.code, problem.line) == ("line-reworded", 2)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("Promise a refund to customers who ask.", "Never promise a refund to customers who ask."),
        ("Never promise a refund to customers who ask.", "Promise a refund to customers who ask."),
        ("Promise a refund to customers who ask.", "You must never\npromise a refund to customers who ask."),
        ("Promise a refund to customers who ask.", "Avoid all of this:\n\n- Promise a refund to customers who ask."),
        ("Write the HABITS bullets as exactly 16 words.", "Put the names of all speakers into a list of 16 words."),
        ("You only output human readable Markdown.", "Use human language for all speakers you quote."),
        ("Greet the customer by name.", "Ask the customer for the order number."),
    ],
)
def test_the_opposite_and_a_neighbouring_rule_are_no_return(then: str, now: str) -> None:
    assert returned(marked(then), standing(f"You are the support agent.\n\n{now}\n")) == []


def test_a_line_that_stood_in_a_recorded_version_is_no_rewording() -> None:
    then, beside = "Write the HABITS bullets as exactly 16 words.", "Write the FACTS bullets as exactly 16 words."
    record = marked(then)
    assert codes(returned(record, standing(beside))) == ["line-reworded"]
    assert returned(record, standing(beside), known=[f"{then}\n- {beside}\n"]) == []
    change = PromptChange(path="prompts/support.md", diff=f"@@ -1,2 +1,2 @@\n {beside}\n-x\n+{then}")
    assert returned(marked(then, prompts=(change,)), standing(beside)) == []
    assert codes(returned(record, standing(then), known=[then])) == ["line-back"]


# Bounds


@settings(max_examples=examples(50, 150), deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=300))
def test_any_text_is_compared_without_a_fault(lines: list[str], text: str) -> None:
    problems = returned(marked(*lines), standing(text))
    assert all(0 < (problem.line or 0) <= text.count("\n") + 1 for problem in problems)


@given(
    st.lists(
        st.sampled_from(["promise", "refund", "customers", "never", "the", "to", "a", "ask.", "help!"]), min_size=3
    )
)
def test_a_line_that_stands_there_whole_is_always_found(words: list[str]) -> None:
    line = " ".join(words)
    assert "line-back" in codes(returned(marked(line), standing(f"Hello there.\n\n- {line}\n")))


@pytest.mark.parametrize(
    "text",
    [
        "say " * 250_000,
        "say yes first. " * 60_000,
        "say yes first\n" * 70_000,
        "- policy help even\n" * 50_000,
        "é’“" * 300_000,
    ],
    ids=["one line", "sentences", "lines", "items", "marks"],
)
def test_hostile_prompts_are_compared_to_their_end(text: str) -> None:
    record = marked(*(f"{LINE} {number}" for number in range(50)), "say " * 3000)
    found = returned(record, [*standing(text), Standing("prompts/last.md", "", 1, f"{LINE} 7\n")])
    assert ("line-back", "prompts/last.md") in {(problem.code, problem.path) for problem in found}


# Nearer to the incident


BEFORE = "You are the support agent.\nYou may offer a voucher.\nNever promise a refund; link the policy instead.\n"
AFTER = "You are the friendly support agent.\nYou may offer a voucher.\nSay yes first, then look for a way.\n"
CHANGE = PromptChange(path="prompts/support.md", before="1111111", after="2222222")
FIX = PromptChange(path="prompts/support.md", before="2222222", after="3333333", kind="fix")


def test_a_prompt_nearer_to_the_incident_than_to_the_version_before_is_remarked_upon() -> None:
    record, versions = Record(causes=(Cause(prompts=(CHANGE,)),)), {CHANGE: Versions(BEFORE, AFTER)}
    now = AFTER.replace("voucher", "voucher or a coupon")
    (problem,) = nearer(record, standing(now), versions, name="2026-03-02-refunds")
    assert (problem.code, problem.severity, problem.path, problem.line) == (
        "prompt-nearer",
        "warning",
        "prompts/support.md",
        1,
    )
    assert "like the incident's version" in problem.message and "like the version before it" in problem.message
    for fine in (BEFORE, AFTER, BEFORE.replace("voucher", "coupon"), "Something else altogether.\n"):
        assert nearer(record, standing(fine), versions) == []


def test_the_fix_counts_where_there_is_one() -> None:
    fixed = AFTER + "Never promise a refund; link the policy instead. Ask a colleague when in doubt about it.\n"
    record = Record(causes=(Cause(prompts=(CHANGE, FIX)),))
    versions = {CHANGE: Versions(BEFORE, AFTER), FIX: Versions(AFTER, fixed)}
    assert nearer(record, standing(fixed.replace("Ask", "Always ask")), versions) == []
    (problem,) = nearer(record, standing(AFTER.replace("then", "and then")), versions)
    assert "% like the fix" in problem.message


def test_texts_that_are_missing_are_not_compared() -> None:
    record = Record(causes=(Cause(prompts=(CHANGE,)),))
    assert nearer(record, standing(AFTER + "x\n"), {CHANGE: Versions(None, AFTER)}) == []
    assert nearer(record, standing(AFTER + "x\n"), {}) == []
    assert nearer(record, [], {CHANGE: Versions(BEFORE, AFTER)}) == []


def test_a_line_is_found_among_many_prompts() -> None:
    rng = random.Random(7)
    syllables = (
        "ra",
        "ti",
        "mo",
        "vel",
        "kun",
        "dor",
        "pes",
        "li",
        "gar",
        "shu",
        "bra",
        "on",
        "fen",
        "ziq",
        "wot",
        "hal",
    )
    words = ["".join(rng.choices(syllables, k=rng.randint(2, 5))) for _ in range(20_000)]
    often = list(accumulate(1 / (rank + 30) for rank in range(len(words))))

    def line() -> str:
        return f"- You {' '.join(rng.choices(words, cum_weights=often, k=8))} the customer."

    prompts = [Standing(f"prompts/{at}.md", "", 1, "\n".join(line() for _ in range(200))) for at in range(200)]
    lines = [line() for _ in range(49)] + [prompts[123].text.split("\n")[77]]
    problems = returned(marked(*lines), prompts)
    back = [(one.path, one.line) for one in problems if one.code == "line-back"]
    assert back == [("prompts/123.md", 78)]
