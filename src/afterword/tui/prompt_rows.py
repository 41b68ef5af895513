"""The rows of a cause's prompts: changes from history, and what the model really received."""

from afterword.record.vocabulary import Answer, PromptChangeKind, words
from afterword.tui.column import Column
from afterword.tui.fields import ChoiceField, LineField, ProseField, TermField, TimeField
from afterword.tui.rows import RowSpec

COLUMNS = (Column("Prompt", least=16, wraps=True), Column("From"), Column("To"), Column("What"))

CHANGE = RowSpec(
    noun="prompt change",
    kind_name="PromptChange",
    columns=COLUMNS,
    cells=lambda change: (
        f"{change.path_before} → {change.path}" if change.path_before else change.path,
        change.before or "(none)",
        change.after or "(none)",
        str(change.kind),
    ),
    fields=(
        TermField(path="kind", label="What it was", options=words(PromptChangeKind)),
        TimeField(path="deployed", label="Deployed", hint="when it went live: 14:05, unknown", absences=True),
        ProseField(path="note", label="Note", hint="What a reader should see in this diff.", lines=3),
    ),
)

EFFECTIVE = RowSpec(
    noun="effective prompt",
    kind_name="EffectivePrompt",
    columns=COLUMNS,
    cells=lambda prompt: (
        prompt.source or "effective prompt",
        "",
        "",
        f"pasted, {len(prompt.origins)} rows traced" if prompt.origins else "pasted; t traces",
    ),
    fields=(
        LineField(path="source", label="Taken from", hint="trace 7f3a of 2026-03-03"),
        ChoiceField(path="versioned", label="In git", options=words(Answer)),
        ProseField(path="text", label="Text", hint="Paste what the model really received.", lines=10),
    ),
)
