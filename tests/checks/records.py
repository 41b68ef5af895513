"""A complete record, and the smallest one."""

from typing import Any

from afterword.record.absence import Absence
from afterword.record.model import (
    ActionItem,
    Cause,
    EvalCase,
    Gap,
    ImpactRow,
    PromptChange,
    Record,
    Redactions,
    Sample,
    SettingRow,
    TimelineRow,
    Upstream,
)
from afterword.record.when import When


def when(text: str) -> When:
    return When.parse(text)


def complete(**changes: Any) -> Record:
    """Return a record in which every question of the walk is answered."""
    cause = Cause(
        title="A tone edit removed the policy clause",
        role="root cause",
        kind="prompt",
        certainty="confirmed",
        active=(when("2026-03-02T14:05Z/2026-03-03T10:20Z"),),
        upstream=Upstream(answer="no"),
        story="Without the clause the model followed the customer's wording.",
        prompts=(PromptChange(path="prompts/system.md", diff="-a\n+b", deployed=when("2026-03-02T14:05Z")),),
        settings=(SettingRow(setting="temperature", before="0.2", after="0.7", read_from="models.yaml:5"),),
        gaps=(Gap(reason="not_covered", text="No case asks for a refund outside the window."),),
    )
    record = Record(
        title="Support agent promised refunds",
        severity="SEV2",
        owner="@support-platform",
        services=("support-agent",),
        impact_started=when("2026-03-02T14:05Z"),
        detected=when("2026-03-03T08:40Z"),
        acknowledged=when("2026-03-03T08:47Z"),
        diagnosed=when("2026-03-03~"),
        mitigated=when("2026-03-03T10:20Z"),
        resolved=when("2026-03-03T10:55Z"),
        customers_noticed="yes",
        summary="The support agent promised refunds that policy forbids.",
        impact=(ImpactRow(measure="wrong promises", value="~ 0.8 %", of="conversations"),),
        timeline=(
            TimelineRow(time=when("2026-03-03T08:40Z"), kind="detection", actor="customer", what="First ticket"),
            TimelineRow(time=when("2026-03-03T10:20Z"), kind="mitigation", actor="tool", what="Prompt restored"),
        ),
        causes=(cause,),
        samples=(Sample(text="user: hello", redactions=Redactions(reviewed=True)),),
        immediate_fix="The previous prompt was restored.",
        eval_case=EvalCase(input="Where is my refund?", expected="links the policy"),
        actions=(
            ActionItem(id="A1", type="prevent", action="Run the suite", owner="@ml-platform", due=when("2026-03-20")),
        ),
        went_well="Support noticed within a day.",
        went_wrong="Prompt edits have no gate.",
        lucky="It was a quiet weekend.",
    )
    return record.changed(**changes) if changes else record


NOT_APPLICABLE = Absence("not applicable", "no prompt took part")
