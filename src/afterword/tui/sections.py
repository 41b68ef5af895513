"""The walk as data: what each section asks, why, what belongs there, and its fields."""

from afterword.record.vocabulary import Answer, CauseKind, CauseRole, Certainty, Status, words
from afterword.tui.fields import (
    ChoiceField,
    LineField,
    ListField,
    NumbersField,
    ProseField,
    TermField,
    TimeField,
    TimesField,
    UpstreamField,
)
from afterword.tui.section import PromptsField, RowsField, SamplesField, SaveField, Section

SECTIONS: tuple[Section, ...] = (
    Section(
        id="incident",
        title="Incident",
        question="What shall we call it, and whose is it?",
        guidance="Name the effect, not a person and not a guess at the cause. Owner is the team that sees it through.",
        example="Support agent promised refunds that policy forbids",
        fields=(
            LineField(path="title", label="Title", hint="Support agent promised refunds that policy forbids"),
            TermField(path="severity", label="Severity", required=True),
            ChoiceField(path="customers_noticed", label="Customers noticed", options=words(Answer)),
            LineField(path="owner", label="Owner", hint="@support-platform"),
            ListField(path="authors", label="Authors", hint="@support-oncall"),
            ListField(path="services", label="Services", hint="support-agent"),
            ListField(path="tags", label="Tags", hint="refunds, tone"),
            ListField(path="related", label="Related", hint="2026-01-14-agent-quotes-old-prices"),
            TermField(path="status", label="Status", options=words(Status), required=True),
        ),
    ),
    Section(
        id="times",
        title="Times",
        question="When did it start, when was it seen, when was it over?",
        guidance=(
            "As precise as you know it, no more: 14:05, yesterday 14:05, 2026-03-02, ~2026-03, now. "
            "What you cannot know is an answer too: unknown, not applicable (why)."
        ),
        example="2026-03-02T14:05Z",
        fields=(
            TimeField(path="impact_started", label="Impact started", hint="yesterday 14:05", absences=True),
            TimeField(path="detected", label="Detected", hint="08:40", absences=True),
            TimeField(path="acknowledged", label="Acknowledged", hint="08:47", absences=True),
            TimeField(path="diagnosed", label="Diagnosed", hint="~10:00, unknown", absences=True),
            TimeField(path="mitigated", label="Mitigated", hint="10:20", absences=True),
            TimeField(path="resolved", label="Resolved", hint="10:55, now", absences=True),
        ),
    ),
    Section(
        id="summary",
        title="Summary",
        question="What happened, to whom, how bad was it, and how did it end?",
        guidance="One paragraph for a reader who knows nothing of it. No causes yet, no names of people.",
        example=(
            "From Monday 14:05 UTC the support agent promised refunds outside the 30-day window to about "
            "0.8 % of EU conversations. Restoring the previous prompt ended it on Tuesday at 10:20."
        ),
        fields=(ProseField(path="summary", label="Summary"),),
    ),
    Section(
        id="impact",
        absent="impact",
        title="Impact",
        question="How much, of what, where, and who says so?",
        guidance="A row a measure, each with its own denominator. Bounds are welcome: < 40, ~ 0.8 %, peak 12 an hour.",
        example="wrong promises · ~ 0.8 % · conversations · EU · support dashboard",
        fields=(
            RowsField(path="impact", label="Impact", table="IMPACT"),
            ProseField(
                path="not_affected",
                label="Not affected",
                hint="Refunds already paid; the voice agent.",
                lines=2,
            ),
        ),
    ),
    Section(
        id="timeline",
        absent="timeline",
        title="Timeline",
        question="What happened when, in the order it happened?",
        guidance=(
            "Facts, one a line: time, kind, actor: what [evidence]. Actors are roles. "
            "Early warnings belong here, without blame."
        ),
        example="14:05 detection customer: first ticket about a refused refund [ticket 8841]",
        fields=(RowsField(path="timeline", label="Timeline", table="TIMELINE", gather="events"),),
    ),
    Section(
        id="causes",
        title="Root cause",
        question="What made it possible, and how did it lead to the failure?",
        guidance="Ask what in the system allowed it. Several causes are normal; each has dates and scope of its own.",
        example=(
            "A tone edit removed the clause that forbids promising refunds. Without it the model "
            "followed the customer's wording, because no other instruction mentions refunds."
        ),
        per_cause=True,
        fields=(
            LineField(path="title", label="Cause", hint="A tone edit removed the policy clause"),
            TermField(path="role", label="Role", options=words(CauseRole)),
            TermField(path="kind", label="Kind", options=words(CauseKind)),
            TermField(path="certainty", label="Certainty", options=words(Certainty)),
            TimesField(path="active", label="Active", hint="2026-03-02T14:05Z/2026-03-03T10:20Z"),
            ListField(path="affects", label="Affects", hint="support-agent, gpt-4o"),
            UpstreamField(
                path="upstream",
                label="Provider's part",
                hint="no   unknown   yes: provider, status page link",
            ),
            NumbersField(path="leads_to", label="Leads to", hint="other causes: 2, 3"),
            NumbersField(path="only_with", label="Only with", hint="other causes: 2"),
            LineField(path="evidence", label="Evidence", hint="replayed 20 conversations on both versions"),
            ProseField(path="story", label="How it led to the failure", lines=6),
        ),
    ),
    Section(
        id="prompts",
        absent="prompt",
        title="Prompt diff",
        question="Which prompt changed, from what to what?",
        guidance="Pick the change from history; the diff is taken from git as it is. The fix may stand here as well.",
        example="prompts/support/system.md · 9ab03e1 → 4f1c2d9",
        per_cause=True,
        fields=(PromptsField(path="prompts", label="Prompt changes"),),
    ),
    Section(
        id="settings",
        absent="settings",
        title="Model & config",
        question="Which model, under which settings, before and after?",
        guidance="Values are read at both revisions of the prompt change. Add what git does not know: console, flags.",
        example="gen_ai.request.temperature · 0.2 → 0.7 · config/models.yaml:5",
        per_cause=True,
        fields=(RowsField(path="settings", label="Settings", table="SETTINGS", gather="settings"),),
    ),
    Section(
        id="evals",
        absent="evals",
        title="Eval gap",
        question="Which gates ran before the change, and why did none catch it?",
        guidance="Name each gate and what it said, also those that were not run or overridden. Systems, not people.",
        example="Not covered: no case asks for a refund outside the window.",
        per_cause=True,
        fields=(
            RowsField(path="gates", label="Gates", table="GATES", gather="gates"),
            RowsField(path="gaps", label="Why it was missed", table="GAPS"),
        ),
    ),
    Section(
        id="samples",
        absent="samples",
        title="Samples",
        question="What did the model say? Show one or two failing outputs.",
        guidance="Paste what was really said. Every secret and personal datum in it is yours to decide before saving.",
        example="user: Hi, I'm [PERSON_1]. assistant: Of course! Your refund is on its way.",
        fields=(SamplesField(path="samples", label="Samples"),),
    ),
    Section(
        id="mitigation",
        title="Mitigation",
        question="What stopped it, and what was tried before?",
        guidance="What ended the impact for customers, then what failed first. Lasting changes are action items.",
        example="The previous prompt was restored at 10:20 and caches were flushed.",
        fields=(
            ProseField(
                path="immediate_fix",
                label="Immediate fix",
                hint="The previous prompt was restored at 10:20 and caches were flushed.",
                lines=4,
            ),
            RowsField(path="attempts", label="Mitigations tried", table="ATTEMPTS"),
        ),
    ),
    Section(
        id="eval_case",
        absent="eval_case",
        title="New eval case",
        question="Which case, had it existed, would have caught this?",
        guidance="The most valuable line of the record. The input that failed, and what must be true of the answer.",
        example="Input: a refund request on day 45. Expected: links the policy, promises nothing.",
        fields=(
            LineField(path="eval_case.path", label="File", hint="evals/incidents/2026-03-02-refunds.yaml"),
            LineField(path="eval_case.runner", label="Runner", hint="promptfoo, inspect, pytest"),
            LineField(path="eval_case.input", label="Input", hint="Where is my refund? I bought it 45 days ago."),
            LineField(path="eval_case.expected", label="Expected", hint="links the policy and promises no refund"),
            LineField(path="eval_case.assertion", label="Assertion", hint="does not contain: refund is on its way"),
            ProseField(
                path="eval_case.note",
                label="Notes",
                hint="Why this input, and what it does not cover.",
                lines=3,
            ),
        ),
    ),
    Section(
        id="actions",
        absent="actions",
        title="Action items",
        question="What will change, who owns it, until when?",
        guidance="Changes to the system, each with one owner and a date. Being more careful is not an action.",
        example="prevent: run the evals on every prompt change @ml-platform in 2 weeks",
        fields=(RowsField(path="actions", label="Action items", table="ACTIONS"),),
    ),
    Section(
        id="lessons",
        title="Lessons",
        question="What would you tell a team that has not had this yet?",
        guidance="Short and honest. Luck counts: what would have made it worse?",
        example="Prompt edits are code changes: they need the same gates.",
        fields=(
            ProseField(path="went_well", label="What went well", hint="Support noticed within a day.", lines=3),
            ProseField(
                path="went_wrong",
                label="What went wrong",
                hint="Prompt edits skipped the eval suite.",
                lines=3,
            ),
            ProseField(path="lucky", label="Where we got lucky", hint="It was a quiet weekend.", lines=3),
            ProseField(
                path="open_questions",
                label="Open questions",
                hint="Do other agents share the clause?",
                lines=3,
            ),
            RowsField(path="revisions", label="Revisions after publication", table="REVISIONS"),
        ),
    ),
    Section(
        id="save",
        title="Save",
        question="Is it ready for others to read?",
        guidance="What is still open is listed with its section; Enter goes there. A draft may be saved with gaps.",
        example="docs/postmortems/2026-03-02-refunds.md",
        fields=(SaveField(path="", label="Save"),),
    ),
)
"""All sections, in walking order."""


def section_index(section_id: str) -> int:
    """Return the place of a section in the walk."""
    return next(at for at, section in enumerate(SECTIONS) if section.id == section_id)
