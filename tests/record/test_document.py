"""Records become files and files become records, without loss either way."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterword.record import model
from afterword.record.absence import Absence
from afterword.record.blocks import guard, read_blocks, unguard
from afterword.record.document import locate, parse, parse_bytes, render
from afterword.record.document.inline import code, heading, heading_title, uncode, word
from afterword.record.document.yaml_text import flow_list, scalar
from afterword.record.model import Record
from afterword.record.text import line, prose, verbatim
from afterword.record.vocabulary import AbsenceKind, Answer, GapReason
from afterword.record.when import When
from tests.examples import examples
from tests.record.strategies import proses, records

thorough = settings(max_examples=examples(40, 100), deadline=None, suppress_health_check=list(HealthCheck))

EXAMPLE = """\
---
schema: afterword/1
title: Support agent promised refunds that policy forbids
status: draft
severity: SEV2
owner: '@support-platform'
authors: ['@support-oncall']
services: [support-agent]
impact_started: 2026-03-02T14:05Z
detected: 2026-03-03T08:40Z
acknowledged: 2026-03-03T08:47Z
diagnosed: 2026-03-03~
mitigated: 2026-03-03T10:20Z
resolved: 2026-03-03T10:55Z
customers_noticed: yes
external: pending
tags: [refunds]
related: [2026-01-14-agent-quotes-old-prices]
---

# Support agent promised refunds that policy forbids

## Summary

One paragraph: what happened, scope, customer impact, resolution.

### Impact

| Measure | Value | Of | Scope | When | Source |
|---|---|---|---|---|---|
| wrong promises | ~ 0.8 % | conversations | EU | 2026-03-02/2026-03-03 | support dashboard |

## Timeline

| Time | Kind | Actor | What happened | Evidence |
|---|---|---|---|---|
| 2026-03-02T14:05Z | trigger | tool | `prompts/support/system.md` changed | commit 4f1c2d9 |
| 2026-03-03T08:40Z | detection | customer | First ticket about a refused refund | ticket 8841 |

## Root cause

### Cause 1: A tone edit removed the policy clause

| Field | Value |
|---|---|
| Role | root cause |
| Kind | prompt |
| Active | 2026-03-02T14:05Z/2026-03-03T10:20Z |
| Affects | support-agent, gpt-4o |
| Upstream provider | no |

What changed and how it led to the failure, in prose.

#### Prompt diff

`prompts/support/system.md` · 9ab03e1 → 4f1c2d9 · committed 2026-03-02T13:58Z · deployed 2026-03-02T14:05Z

~~~diff
@@ -12,4 +12,3 @@
 You may offer a voucher.
-Never promise a refund; link the policy instead.
~~~

#### Model and configuration

| Setting | Before | After | Read from |
|---|---|---|---|
| gen_ai.request.model | gpt-4o-2024-08-06 | gpt-4o-2024-08-06 | config/models.yaml:4 at 4f1c2d9 |
| gen_ai.request.temperature | 0.2 | 0.7 | config/models.yaml:5 at 4f1c2d9 |

#### Why evals did not catch it

| Gate | Result | Blocking |
|---|---|---|
| promptfoo regression suite | not run | yes |

Not covered: no case asks for a refund outside the window.

## Sample failing outputs

### Sample 1: promises a refund

Model gpt-4o-2024-08-06, 2026-03-03T07:12Z. Failed 4 of 10 trials. 3 redactions, reviewed.

~~~text
user: Hi, I'm [PERSON_1], order [ORDER_1].
assistant: Of course! Your refund of 240 EUR is on its way.
~~~

## Mitigation and action items

### Immediate fix

### New eval case

`evals/incidents/2026-03-02-refunds.yaml`, in the format of the team's runner.

### Action items

| Id | Type | Action | Owner | Due | State | Evidence |
|---|---|---|---|---|---|---|
| A1 | prevent | Run the eval suite on every prompt change | @ml-platform | 2026-03-20 | open | |

## Lessons

### What went well
### What went wrong
### Where we got lucky
### Open questions

## Revisions
"""


@given(records)
@thorough
def test_every_record_comes_back_from_its_file(record: Record) -> None:
    text = render(record)
    assert parse(text) == record
    assert render(parse(text)) == text
    assert parse(parse_bytes(text.encode("utf-8"))) == record


def test_the_documented_example_is_canonical() -> None:
    assert render(parse(EXAMPLE)) == EXAMPLE


def test_comments_in_the_front_matter_mean_nothing() -> None:
    commented = EXAMPLE.replace("status: draft\n", "status: draft   # draft | in_review\n")
    assert parse(commented) == parse(EXAMPLE)


def test_the_example_says_what_it_seems_to_say() -> None:
    record = parse(EXAMPLE)
    (cause,), (sample,) = record.causes, record.samples
    assert record.diagnosed == When.parse("2026-03-03~")
    assert record.customers_noticed is Answer.YES
    assert cause.affects == ("support-agent", "gpt-4o")
    assert cause.prompts[0].diff.endswith("-Never promise a refund; link the policy instead.")
    assert (cause.prompts[0].before, cause.prompts[0].after) == ("9ab03e1", "4f1c2d9")
    assert cause.gaps == (
        model.Gap(reason=GapReason.NOT_COVERED, text="no case asks for a refund outside the window."),
    )
    assert (sample.failed, sample.trials) == (4, 10)
    assert sample.redactions == model.Redactions(total=3, reviewed=True)
    assert record.eval_case == model.EvalCase(
        path="evals/incidents/2026-03-02-refunds.yaml", runner="the team's runner"
    )


def test_absences_stand_where_the_answer_would() -> None:
    record = Record(
        diagnosed=Absence(AbsenceKind.NOT_APPLICABLE, "nobody was paged"),
        acknowledged=Absence(AbsenceKind.UNKNOWN),
        causes=(model.Cause(absences={"prompt": Absence(AbsenceKind.NOT_APPLICABLE, "no prompt took part")}),),
        absences={"timeline": Absence(AbsenceKind.STILL_PENDING), "eval_case": Absence(AbsenceKind.NOT_PUBLISHED)},
    )
    text = render(record)
    assert "\ndiagnosed: not applicable (nobody was paged)\n" in text
    assert "\nacknowledged: unknown\n" in text
    assert "\n## Timeline\n\nStill pending\n" in text
    assert "\n#### Prompt diff\n\nNot applicable (no prompt took part)\n" in text
    assert "\n### New eval case\n\nNot published\n" in text
    assert parse(text) == record


def test_an_absence_of_what_is_there_is_none() -> None:
    event = model.TimelineRow(time=When.parse("2026"))
    record = Record(timeline=(event,), absences={"timeline": Absence(AbsenceKind.UNKNOWN)})
    assert record.absences == {}


@pytest.mark.parametrize(
    "title", ["on", "1e3", "2026-03-02", "a: b", "x #y", "@x", "- x", "~", "'s", "a\u00a0b", "\x1b[31m", ""]
)
def test_a_title_that_yaml_would_misread_is_quoted(title: str) -> None:
    text = render(Record(title=title, tags=(title,)))
    assert re.search(r"^title: ['\"]", text, re.MULTILINE)
    assert parse(text).title == title
    assert parse(text).tags == (title,)


@given(st.text().map(line))
@thorough
def test_scalars_are_read_as_the_same_text_by_another_reader(text: str) -> None:
    import yaml

    assert yaml.safe_load(f"key: {scalar(text)}\nlist: {flow_list([text, text])}") == {
        "key": text,
        "list": [text, text],
    }


@given(proses.map(prose))
@thorough
def test_prose_never_becomes_structure(text: str) -> None:
    guarded = guard(text)
    blocks = read_blocks(guarded.split("\n"))
    assert blocks.unclosed is None
    assert not any(block.level for block in blocks.top)
    assert unguard(guarded) == text
    assert prose(text) == text


@pytest.mark.parametrize(
    ("typed", "settled"),
    [
        ("```\ncode", "```\ncode\n```"),
        ("~~~~ py\ncode\n~~~", "~~~~ py\ncode\n~~~\n~~~~"),
        ("a\n<!-- note", "a\n<!-- note\n-->"),
        ("<pre>\n# x", "<pre>\n# x\n</pre>"),
        ("- ```\n  in a list", "- ```\n  in a list"),
        (" \n\n  a\r\nb \n", "  a\nb"),
    ],
)
def test_prose_closes_what_it_opens(typed: str, settled: str) -> None:
    assert prose(typed) == settled


def test_headings_in_prose_are_escaped_but_not_in_code() -> None:
    story = "# Not a heading\n\n```sh\n# a comment\n```\n\n\\# typed with a backslash"
    text = render(Record(summary=story))
    assert "\n\\# Not a heading\n\n```sh\n# a comment\n```\n\n\\\\# typed with a backslash\n" in text
    assert parse(text).summary == story


def test_a_story_may_look_like_the_table_above_it() -> None:
    story = "| Field | Value |\n|---|---|\n| Role | trigger |\n\nUnknown"
    record = Record(causes=(model.Cause(role="root cause", story=story),))
    assert parse(render(record)) == record


def test_a_gap_may_hold_the_words_of_another() -> None:
    gaps = (
        model.Gap(reason=GapReason.MASKED, text="two reasons:\n\nNot covered: this is still the first gap"),
        model.Gap(reason=GapReason.NO_EVAL),
        model.Gap(reason=GapReason.NOT_RUN, text="```\nMasked: in code\n```"),
    )
    record = Record(causes=(model.Cause(gaps=gaps),))
    text = render(record)
    assert "\nMasked: two reasons:\n\nNot covered\\: this is still the first gap\n" in text
    assert parse(text) == record


def test_a_diff_keeps_every_byte() -> None:
    diff = "@@ -1 +1 @@\r\n-a\r\n+~~~~\n ```\n\\ No newline at end of file\r"
    change = model.PromptChange(path="a", diff=diff)
    text = render(Record(causes=(model.Cause(prompts=(change,)),)))
    assert f"\n~~~~~diff\n{verbatim(diff)}\n~~~~~\n" in text
    assert parse(text).causes[0].prompts[0].diff == diff


@pytest.mark.parametrize("title", ["C#", "a #", "#", "## x ##", "\\#", "a \\##", ""])
def test_titles_keep_their_hashes(title: str) -> None:
    assert heading_title(heading(3, title)) == title
    record = Record(title=title, causes=(model.Cause(title=title),))
    assert parse(render(record)) == record


@pytest.mark.parametrize(
    "text", ["a", "a b", "`", "``", "`a`", "a``b`", "(none)", "", " · ", "9ab03e1", "v1.2.", "ä/ö"]
)
def test_words_and_code_spans_come_back(text: str) -> None:
    assert uncode(code(text)) == text.strip()
    assert uncode(word(text)) == text.strip()


def test_every_part_can_be_located() -> None:
    places, lines = locate(EXAMPLE), EXAMPLE.split("\n")
    for part, start in {
        "front.severity": "severity: SEV2",
        "severity": "severity: SEV2",
        "summary": "One paragraph",
        "impact[0]": "| wrong promises",
        "timeline": "## Timeline",
        "timeline[1]": "| 2026-03-03T08:40Z",
        "causes": "## Root cause",
        "causes[0]": "### Cause 1",
        "causes[0].kind": "| Kind",
        "causes[0].story": "What changed",
        "causes[0].prompts[0].diff": "~~~diff",
        "causes[0].settings": "#### Model",
        "causes[0].settings[1]": "| gen_ai.request.temperature",
        "causes[0].evals": "#### Why evals",
        "causes[0].gaps[0]": "Not covered",
        "samples[0].text": "~~~text",
        "eval_case": "### New eval case",
        "actions[0]": "| A1",
        "lucky": "### Where we got lucky",
        "revisions": "## Revisions",
    }.items():
        assert lines[places[part] - 1].startswith(start), part


def test_reading_a_record_loads_no_interface() -> None:
    loaded = "import sys, afterword.record.document; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    out = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True, env={"PYTHONPATH": _SRC}
    )
    assert not {"textual", "rich", "git", "linkify_it", "markdown_it"} & set(out.stdout.split())


_SRC = str(Path(__file__).parents[2] / "src")
