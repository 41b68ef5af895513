"""What is asked about a sample output, before and after it is saved."""

from afterword.tui.column import Column
from afterword.tui.fields import Field, LineField, NumberField, ProseField, TimeField
from afterword.tui.rows import RowSpec
from afterword.tui.samples import AT, FAILED, TRIALS

FACTS: tuple[Field, ...] = (
    LineField(path="title", label="Title", hint="promises a refund"),
    LineField(path="model", label="Model", hint="gpt-4o-2024-08-06"),
    AT,
    FAILED,
    TRIALS,
)
TEXT = ProseField(path="text", label="What was said", hint="Paste the failing output here.")
NOTE = ProseField(path="note", label="Note", hint="What is wrong with this answer.", lines=2)

SAVED = RowSpec(
    noun="sample",
    kind_name="Sample",
    columns=(Column("Sample"),),
    cells=lambda sample: (sample.title,),
    fields=(
        LineField(path="title", label="Title", hint="promises a refund"),
        LineField(path="model", label="Model", hint="gpt-4o-2024-08-06"),
        TimeField(path="at", label="When", hint="07:12"),
        NumberField(path="failed", label="Failed", hint="4"),
        NumberField(path="trials", label="Of trials", hint="10", least=1),
        ProseField(path="note", label="Note", hint="What is wrong with this answer.", lines=3),
    ),
)
"""What may still be changed about a sample that is saved: everything but its text."""
