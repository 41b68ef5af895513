"""Blaming sentences are found with a better way to say it; neutral ones are left alone."""

import pytest

from afterword.checks import blameless, wording
from afterword.checks.given_names import given_names
from afterword.record.model import (
    ActionItem,
    Cause,
    Gap,
    PromptChange,
    Record,
    Sample,
    SettingRow,
    TimelineRow,
)
from afterword.record.when import When
from afterword.redaction.detectors import name_shapes as redaction_names

NAMES = ("Ana Lima <ana.lima@example.org>", "Jonas Weber <jweber@example.org>", "CI Runner <ci@example.org>")

BLAMING = [
    ("@alice broke the refund flow.", "person-broke"),
    ("Ana forgot to run the suite.", "forgot"),
    ("Ana Lima failed to notice the drop in refusals.", "failed-to"),
    ("jweber missed the alert.", "person-broke"),
    ("ana.lima@example.org caused the outage by editing the prompt.", "person-broke"),
    ("The on-call engineer missed the first page.", "person-broke"),
    ("The reviewer overlooked the removed clause.", "person-broke"),
    ("The author of the change forgot to ask support.", "forgot"),
    ("A developer accidentally deleted the policy clause.", "person-broke"),
    ("The engineer, careless as ever, merged it.", "character"),
    ("The intern was careless with the template.", "character"),
    ("The root cause was human error.", "human-error"),
    ("Operator error during the rollout led to the leak.", "human-error"),
    ("It was a fat-finger in the console.", "human-error"),
    ("The engineer should have tested the prompt.", "should-have"),
    ("We should have seen this coming.", "should-have"),
    ("They should've rolled back at once.", "should-have"),
    ("The team could have caught this in review.", "should-have"),
    ("She could have asked support first.", "should-have"),
    ("Jonas should not have merged on a Friday.", "should-have"),
    ("Somebody forgot to bump the version.", "forgot"),
    ("We forgot to include a refund case.", "forgot"),
    ("Forgot to update the eval suite.", "forgot"),
    ("We failed to act on the early warning.", "failed-to"),
    ("The support team failed to escalate the tickets.", "failed-to"),
    ("@prompt-owner didn't check the diff.", "did-not"),
    ("Jonas never ran the evals.", "did-not"),
    ("The reviewer did not bother to read the diff.", "did-not"),
    ("The on-call ignored the alert for an hour.", "person-broke"),
    ("The engineers skipped the review.", "person-broke"),
    ("@alice merged the change without testing it.", "person-broke"),
    ("Jonas deployed the new prompt without asking anyone.", "person-broke"),
    ("Ana saw the alert but ignored it.", "person-broke"),
    ("Ana Lima is to blame for the wrong promises.", "character"),
    ("The wrong clause was the fault of the on-call engineer.", "fault"),
    ("It was Ana's mistake.", "fault"),
    ("The leak was caused by @bob.", "fault"),
    ("The regression was missed by the reviewer.", "fault"),
    ("The developer's negligence led to the leak.", "fault"),
    ("Ana's edit broke the refund policy.", "fault"),
    ("The engineer made a mistake in the template.", "person-broke"),
    ("The developer introduced a regression.", "person-broke"),
    ("**Jonas** misconfigured the temperature.", "person-broke"),
    ("The prompt was edited on Monday.\nThen Ana\nforgot to run the suite.", "forgot"),
    ("Obviously the temperature was too high.", "hindsight"),
    ("They only had to simply run the suite.", "hindsight"),
    ("This should have been caught in review.", "should-have"),
    ("Nobody noticed the drop for a day.", "nobody"),
    ("Engineers must be more careful with prompts.", "careful"),
    ("Be more careful with prompt edits.", "careful"),
    ("Remind everyone to run the suite.", "careful"),
    ("Sheer negligence let the clause go.", "character"),
    ("A lack of attention during the review.", "character"),
    ("[@alice](https://example.org/alice) broke the build.", "person-broke"),
    ("We neglected the flaky suite.", "forgot"),
    ("An engineer pushed a bad prompt.", "person-broke"),
    ("The reviewer rubber-stamped the diff.", "person-broke"),
    ("The on-call slept through the alert.", "person-broke"),
    ("The fault lies squarely with the platform team.", "fault"),
    ("It was an oversight by the reviewer.", "fault"),
    ("The author had not tested the template.", "did-not"),
    ("The team was not paying attention.", "did-not"),
    ("@acme/on-call missed the page.", "person-broke"),
    ("Should have tested it on a copy.", "should-have"),
    ("Jonas blindly trusted the default.", "person-broke"),
    ("Anyone would have noticed that.", "hindsight"),
    ("- Developer error in the template", "human-error"),
    ("It was an obvious mistake.", "hindsight"),
    ("How could they miss that?", "hindsight"),
    ("Priya should have run the evals.", "should-have"),
    ("Then Mateo Silva should've asked support.", "should-have"),
    ("Marie-Claire ought to have looked.", "should-have"),
    ("A senior engineer deployed a config change that took down the payments.", "person-broke"),
]

NEUTRAL = [
    "The model should have refused.",
    "The agent failed to ask for approval.",
    "The guardrail failed to block the promise.",
    "The deploy pipeline let an unreviewed prompt through.",
    "@alice merged the change at 14:05.",
    "Ana Lima restored the previous prompt.",
    "The on-call engineer acknowledged the page after seven minutes.",
    "The support team raised a ticket.",
    "The agent forgot the instruction after forty turns.",
    "The model forgot to link the policy.",
    "The retriever missed the second page of results.",
    "The eval suite missed refunds outside the window.",
    "The edit broke the refund flow.",
    "The tone edit is to blame, not the model.",
    "A segmentation fault in the tokenizer ended the job.",
    "The system is fault tolerant.",
    "git blame shows the clause came in two years ago.",
    "We keep a blameless culture.",
    "Just after 14:05 the first ticket came in.",
    "The alert had just fired when the rollback began.",
    "The fallback simply returns the last answer.",
    "Redis should have expired the keys.",
    "Kubernetes should have restarted the pod.",
    "The Martin gateway should have retried.",
    "Claude should have refused.",
    "Travis should have caught it.",
    "Sentry should have alerted.",
    "Priya should have the dashboard by Friday.",
    "Customers should have received a voucher by Friday.",
    "The user failed to log in three times.",
    "Users ignored the banner.",
    "The classifier ignored the second sentence.",
    "We were lucky that it was a quiet weekend.",
    "We could have lost the audit log as well.",
    "The reviewers approved the change with the data they had.",
    "The team restored the clause and replayed twenty conversations.",
    "The LLM reviewer missed the contradiction.",
    "The AI reviewer failed to flag it.",
    "The Kubernetes operator failed to reconcile.",
    "CI Runner failed to start.",
    "No alert fired for 18 hours.",
    "The temperature was negligible compared with the prompt.",
    "The assistant should have asked for the order number.",
    "The prompt should have been versioned with the code.",
    "The job failed to start twice.",
    "> Ana forgot to run the suite.",
    "Support wrote: “the engineer forgot to tell us”.",
    'The ticket says "you guys broke it" and asks for a refund.',
    "The constant `engineer failed to respond` is a log message.",
    "```\nthe operator failed to sync\n```",
    "~~~text\nuser: you should have refunded me\n~~~",
    "The reviewer asked for a second run.",
    "An engineer read the trace and found the missing clause.",
    "@ml-platform runs the evals on every prompt change.",
    "The engineer broke down the numbers by region.",
    "The cause was not human error but a missing gate.",
    "Lazy loading delayed the first answer.",
    "Tell the model to be more careful with amounts.",
    "The on-call had no dashboard that shows refusals.",
    "The edit was reviewed by two people and passed the gates.",
    "It should have taken two minutes; it took forty.",
    "People in the EU saw wrong promises.",
    "The customer asked why nobody answered.",
    "The release notes are clear about the default.",
    "<!-- Ana forgot to run the suite. -->",
    "A person (support lead) paused the agent.",
    "The cache failed to expire.",
    "The scheduler skipped the job.",
    "Which team owns the clause?",
    "@types/node broke the build.",
    "The decorator @app.route failed to register.",
    "We failed to reproduce it on the old version.",
    "We omitted the voice agent from the count.",
    "The on-call did not see the alert: it went to a muted channel.",
    "The team did not know the cause until 10:00.",
    "Anyone could have edited the prompt without a review.",
    "It was not obvious which prompt was live.",
    "The diff could easily hide a removed line.",
    "Tests should have caught it; none covers refunds.",
    "Monitoring should have warned at 14:10.",
    "The manual failover took nine minutes.",
    "Copilot forgot the second argument.",
    "The customer's error message was unclear.",
    "A person reviewed 200 answers by hand.",
    "The temperature should have been 0.2.",
    "The author of the prompt explained what the clause was for.",
    "Support people answered 31 tickets.",
    "Nobody was harmed.",
    "The alert fired twice; the on-call rolled back at 10:20.",
]


@pytest.mark.parametrize(("sentence", "code"), BLAMING)
def test_blaming_sentence_is_reported_with_a_better_way_to_say_it(sentence: str, code: str) -> None:
    problems = wording(sentence, NAMES)
    assert [problem.code for problem in problems][:1] == [f"blame-{code}"]
    assert problems[0].excerpt and problems[0].hint
    assert problems[0].excerpt in " ".join(sentence.split())


@pytest.mark.parametrize("sentence", NEUTRAL)
def test_neutral_sentence_is_left_alone(sentence: str) -> None:
    assert wording(sentence, NAMES) == []


def test_somebody_who_is_no_author_is_a_person_and_a_service_of_that_name_is_none() -> None:
    said = "Jonas should have run the evals."
    assert [problem.code for problem in blameless(Record(summary=said))] == ["blame-should-have"]
    for record in (
        Record(summary=said, services=("jonas-gateway",)),
        Record(causes=(Cause(affects=("Jonas",), story=said),)),
    ):
        assert blameless(record) == []


def test_given_names_are_some_of_those_that_the_redaction_knows() -> None:
    # The lower case of a dotted capital I is two characters, which the redaction's offsets cannot bear: it stays there.
    assert {name.replace("i\u0307", "\u0130") for name in given_names()} <= redaction_names.given_names()
    assert not given_names() & {"redis", "kubernetes", "claude", "travis", "julia", "cassandra"}


def test_issue_words_are_errors_and_softer_ones_are_advice() -> None:
    for sentence in (
        "Human error.",
        "Ana should have asked.",
        "The intern was careless.",
        "We forgot to test.",
    ):
        assert [problem.severity for problem in wording(sentence, NAMES)] == ["error"]
    assert [problem.severity for problem in wording("Obviously wrong.")] == ["warning"]


def test_every_written_part_is_read_with_its_section() -> None:
    bad = "The engineer forgot to test."
    record = Record(
        title=bad,
        summary=bad,
        not_affected=bad,
        timeline=(TimelineRow(time=When.parse("2026-03-02"), what="fine"),) * 3
        + (TimelineRow(time=When.parse("2026-03-02"), what=bad),),
        causes=(Cause(title=bad, story=bad, gaps=(Gap(reason="not_covered", text=bad),)),),
        immediate_fix=bad,
        actions=(ActionItem(id="A1", action=bad),),
        went_wrong=bad,
        lucky=bad,
    )
    found = {(problem.part, problem.section) for problem in blameless(record)}
    assert found == {
        ("title", "incident"),
        ("summary", "summary"),
        ("not_affected", "impact"),
        ("timeline[3]", "timeline"),
        ("causes[0]", "causes"),
        ("causes[0].story", "causes"),
        ("causes[0].gaps[0]", "evals"),
        ("immediate_fix", "mitigation"),
        ("actions[0]", "actions"),
        ("went_wrong", "lessons"),
        ("lucky", "lessons"),
    }


def test_samples_diffs_and_settings_are_exempt() -> None:
    bad = "The engineer forgot to test."
    record = Record(
        causes=(
            Cause(
                prompts=(PromptChange(path="p.md", diff=f"-{bad}"),),
                settings=(SettingRow(setting="x", before=bad, after=bad),),
            ),
        ),
        samples=(Sample(text=bad),),
    )
    assert blameless(record) == []


def test_line_within_the_prose_is_told() -> None:
    (problem,) = blameless(Record(summary="All went well.\n\nUntil it did not:\nAna forgot to look."), ["Ana"])
    assert problem.offset == 3
    assert problem.excerpt == "Ana forgot to look"


def test_a_named_actor_is_asked_to_become_a_role() -> None:
    row = TimelineRow(time=When.parse("2026-03-02"), kind="change", actor="Ana Lima", what="Restored the clause")
    (problem,) = blameless(Record(timeline=(row,)), NAMES)
    assert (problem.code, problem.severity, problem.part) == ("actor-name", "warning", "timeline[0]")
    assert blameless(Record(timeline=(row.changed(actor="person (support lead)"),)), NAMES) == []


def test_rewordings_fit_the_sentence() -> None:
    (problem,) = wording("Ana forgot to run the suite before the deploy.", NAMES)
    assert "no step of the process required to run the suite" in problem.hint


def test_hostile_text_is_read_quickly_and_once() -> None:
    for text in (
        "Ana " * 20_000,
        "the engineer " * 10_000,
        '"' * 50_000,
        "`" * 50_000,
        "should have " * 10_000,
    ):
        wording(text, NAMES)


def test_in_a_long_text_each_sentence_is_found_on_its_line() -> None:
    lines = [f"The gateway answered request {number} with the old policy." for number in range(600)]
    at = range(7, 600, 41)
    for number in at:
        lines[number] = BLAMING[number % 6][0]
    found = wording("\n".join(lines), NAMES)
    assert sorted(problem.offset for problem in found) == [*at]
