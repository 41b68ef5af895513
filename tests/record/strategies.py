"""Hypothesis strategies for records: every shape that the model allows, with text that tries to break out."""

from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from afterword.record import model
from afterword.record.absence import Absence
from afterword.record.vocabulary import (
    AbsenceKind,
    Answer,
    CauseKind,
    CauseRole,
    Certainty,
    ExternalState,
    GapReason,
    PromptChangeKind,
    Status,
    Verdict,
)
from afterword.record.when import When

BITS = (
    *(
        "a",
        "word",
        "Word",
        "B c",
        "é",
        "日本",
        "🦊",
        "0",
        "42",
        "2026-03-02",
        "on",
        "no",
        "null",
        "1e3",
        "a: b",
        "x #y",
        "- x",
    ),
    *(
        "|",
        "\\|",
        "\\",
        "\\\\|",
        "`",
        "``",
        "```",
        "`a`",
        "` b",
        "(none)",
        "(a)",
        ")",
        "→",
        " → ",
        " · ",
        ", ",
        "; ",
        ". ",
        ".",
    ),
    *(
        "#",
        "# x",
        "## Timeline",
        "### Cause 2: x",
        "#### Prompt diff",
        "\\# x",
        "\\\\## y",
        "###",
        "a ##",
        "#!",
        "##\t",
    ),
    *(
        "---",
        "===",
        "***",
        "~~~",
        "~~~~",
        "~~~diff",
        "```py",
        "    code",
        "\tcode",
        "  # x",
        "   ~~~",
        "> q",
        "> # q",
        "1. x",
        "- # x",
    ),
    *(
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<pre>",
        "<div>",
        "</div>",
        "<a>",
        "<?x",
        "<!X",
        "<![CDATA[",
        "<b>x</b>",
        "&amp;",
    ),
    *(
        "| Field | Value |",
        "|---|---|",
        "| Role | x |",
        "a | b",
        "--- | ---",
        "| Gate | x |",
        "| Time | y |",
        "[x]: y",
        "[x]:",
    ),
    *(
        "Unknown",
        "Not applicable (x)",
        "Not covered: x",
        "Not covered:",
        "Masked\\: y",
        "masked: ",
        "No eval:",
        "Still pending",
    ),
    *(
        "Model x, 2026.",
        "Model x.",
        "Seen 2026.",
        "Failed 1 of 2 trials.",
        "3 redactions, reviewed.",
        "`p` · a → b",
        "`p`.",
    ),
    *(
        "In the format of x.",
        "Under version control: no.",
        "- 2026-04-02: x",
        "<<<<<<< HEAD",
        "=======",
        ">>>>>>> x",
        "\\<<<<<<< x",
    ),
    *(
        "\r",
        "\r\n",
        "\u00a0",
        "\u2028",
        "\u2029",
        "\x85",
        "\x0b",
        "\x0c",
        "\x00",
        "\x1b[31m",
        "\ud800",
        "\ufeff",
        "\u202e",
        "\u200b",
        "\x7f",
    ),
    *(
        "'",
        '"',
        "''",
        "@x",
        "%",
        "!x",
        "&x",
        "*x",
        "{x}",
        "[x]",
        "?",
        ":",
        "yes: x",
        "yes",
        "Cause 2",
        "A1",
        "deployed unknown (x",
    ),
)
_joined = st.lists(st.sampled_from((*BITS, " ", "  ", "\t", "\n", "\n\n")), max_size=8).map("".join)
texts = st.one_of(st.just(""), st.sampled_from(BITS), _joined, st.text(max_size=12))
"""Text for a line."""
_prose_lines = st.lists(st.one_of(st.just(""), st.sampled_from(BITS), _joined), max_size=8).map("\n".join)
proses = st.one_of(st.just(""), st.just("One plain paragraph.\n\nAnd another."), _prose_lines, st.text(max_size=30))
"""Text for prose and fences."""

_CLOCK = (
    "2026-03-02T14:05Z",
    "2026-03-02T14:05:30+01:00",
    "2026-03-03",
    "2026-03",
    "2026",
    "2026-03-03~",
    "2026-03-02T14:05Z?",
)
_SPANS = ("2026-03-02/2026-03-03", "2026-03-02T14:05Z/..", "2026-03-02/..", "2026-03~/2026-04", "../2026-03-02")
whens = st.one_of(
    st.sampled_from((*_CLOCK, *_SPANS)).map(When.parse),
    st.datetimes(datetime(1970, 1, 1), datetime(2099, 1, 1)).map(lambda time: When.parse(f"{time:%Y-%m-%dT%H:%M}Z")),
)
absences = st.builds(Absence, st.sampled_from(AbsenceKind), texts)
moments = st.one_of(st.none(), whens, absences)
counts = st.one_of(st.integers(0, 12), st.integers(0, 10**30))
_maybe_when = st.one_of(st.none(), whens)


def _few(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(of, max_size=most).map(tuple)


def _mostly(usual: Any) -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from([str(word) for word in usual]), texts)


def _default_or(of: st.SearchStrategy[Any], default: Any) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(default), of)


impact_rows = st.builds(
    model.ImpactRow, measure=texts, value=texts, of=texts, scope=texts, when=_maybe_when, source=texts
)
timeline_rows = st.builds(model.TimelineRow, time=whens, kind=texts, actor=texts, what=texts, evidence=texts)
prompt_changes = st.builds(
    model.PromptChange,
    path=texts,
    path_before=texts,
    constant=texts,
    before=texts,
    after=texts,
    kind=st.sampled_from(PromptChangeKind),
    committed=_maybe_when,
    deployed=moments,
    diff=proses,
    note=proses,
)
effective_prompts = st.builds(
    model.EffectivePrompt,
    source=texts,
    versioned=st.sampled_from(Answer),
    text=proses,
    origins=_few(st.builds(model.LineOrigin, line=texts, origin=texts)),
)
offending_lines = st.builds(model.OffendingLines, path=texts, revision=texts, text=proses)
setting_rows = st.builds(model.SettingRow, setting=texts, before=texts, after=texts, read_from=texts)
gates = st.builds(model.Gate, gate=texts, result=texts, blocking=texts)
gaps = st.builds(model.Gap, reason=st.sampled_from(GapReason), text=proses)
_numbers = st.one_of(st.integers(1, 4), st.integers(1, 10**12))
causes = st.builds(
    model.Cause,
    title=texts,
    role=_mostly(CauseRole),
    kind=_mostly(CauseKind),
    certainty=_default_or(_mostly(Certainty), ""),
    active=_few(whens),
    affects=_few(texts),
    upstream=st.one_of(st.none(), st.builds(model.Upstream, answer=st.sampled_from(Answer), detail=texts)),
    leads_to=_few(_numbers),
    only_with=_few(_numbers),
    evidence=texts,
    story=proses,
    prompts=_few(prompt_changes, 2),
    effective=_default_or(_few(effective_prompts, 2), ()),
    offending=_default_or(_few(offending_lines, 2), ()),
    settings=_few(setting_rows),
    gates=_few(gates),
    gaps=_few(gaps),
    absences=st.dictionaries(st.sampled_from(("prompt", "settings", "evals")), absences),
)
redactions = st.builds(
    model.Redactions,
    total=counts,
    labels=st.dictionaries(_mostly(("EMAIL", "PERSON", "IPV4")), st.integers(1, 9), max_size=3),
    reviewed=st.booleans(),
    reviewer=texts,
)


@st.composite
def samples(draw: st.DrawFn) -> model.Sample:
    """A sample; `failed` and `trials` go together."""
    tried = draw(st.booleans())
    return model.Sample(
        title=draw(texts),
        model=draw(_mostly(("gpt-4o-2024-08-06", "Claude Sonnet 4.5", "a.b, c. d"))),
        at=draw(_maybe_when),
        failed=draw(counts) if tried else None,
        trials=draw(st.integers(1, 20)) if tried else None,
        redactions=draw(st.one_of(st.none(), redactions)),
        text=draw(proses),
        note=draw(proses),
    )


attempts = st.builds(model.Attempt, time=_maybe_when, what=texts, result=texts, evidence=texts)
proofs = st.builds(
    model.Proof,
    command=texts,
    ran=_maybe_when,
    versions=texts,
    sides=_few(
        st.builds(
            model.ProofSide,
            side=st.sampled_from(("before", "after")),
            revision=texts,
            verdict=st.sampled_from(Verdict),
            passed=counts,
            failed=counts,
            errors=counts,
            duration=texts,
        ),
        2,
    ),
)
eval_cases = st.builds(
    model.EvalCase,
    path=texts,
    runner=texts,
    input=texts,
    expected=texts,
    assertion=texts,
    note=proses,
    proof=st.one_of(st.none(), proofs),
)
action_items = st.builds(
    model.ActionItem, id=texts, type=texts, action=texts, owner=texts, due=_maybe_when, state=texts, evidence=texts
)
_ABSENT = ("impact", "timeline", "causes", "samples", "attempts", "eval_case", "actions")
records = st.builds(
    model.Record,
    title=texts,
    status=st.sampled_from(Status),
    severity=texts,
    owner=texts,
    authors=_few(texts),
    services=_few(texts),
    impact_started=moments,
    detected=moments,
    acknowledged=moments,
    diagnosed=moments,
    mitigated=moments,
    resolved=moments,
    customers_noticed=st.one_of(st.none(), st.sampled_from(Answer)),
    external=st.builds(model.External, state=st.sampled_from(ExternalState), why=texts),
    tags=_few(texts),
    related=_few(texts),
    summary=proses,
    impact=_few(impact_rows),
    not_affected=proses,
    timeline=_few(timeline_rows),
    causes=_few(causes, 2),
    samples=_few(samples(), 2),
    immediate_fix=proses,
    attempts=_few(attempts),
    eval_case=st.one_of(st.none(), eval_cases),
    actions=_few(action_items),
    went_well=proses,
    went_wrong=proses,
    lucky=proses,
    open_questions=proses,
    revisions=_few(st.builds(model.Revision, date=whens, text=texts)),
    absences=st.dictionaries(st.sampled_from(_ABSENT), absences),
)
"""Any record at all."""
