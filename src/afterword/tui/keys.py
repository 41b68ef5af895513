"""Every action with its key, in one table: bindings, key bar, palette and help are made from it."""

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

Where = Literal[
    "everywhere",
    "home",
    "walk",
    "rows",
    "samples",
    "prompts",
    "eval_case",
    "proof",
    "pick",
    "marks",
    "origins",
    "compare",
    "redact",
    "dialog",
]


@dataclass(frozen=True)
class Key:
    """One action: the keys that call it, the word in the key bar, and a sentence for help and palette."""

    where: Where
    keys: str
    action: str
    label: str
    help: str
    bar: bool = True
    """Whether the key bar shows it."""
    name: str = ""
    """How the key is written, where its own name is not enough."""
    priority: bool = False
    """Whether it works while a text field has the focus that binds the key itself."""

    @property
    def shown(self) -> str:
        """The key as people write it: `^N`, `F1`, `Enter`."""
        if self.name:
            return self.name
        first = self.keys.split(",")[0]
        if len(first) == 1:
            return first
        if first.startswith("ctrl+"):
            return "^" + first[5:].upper()
        return first.upper() if first.startswith("f") and first[1:].isdigit() else first.capitalize()


KEYS: tuple[Key, ...] = (
    Key("everywhere", "f1", "help", "Help", "Explain this screen and list its keys", priority=True),
    Key("everywhere", "f2", "command_palette", "Actions", "Find any action by name", bar=False, priority=True),
    Key("everywhere", "ctrl+q", "leave", "Leave", "Leave; the draft is kept", bar=False, priority=True),
    Key("home", "enter", "open", "Open", "Resume the draft, or walk the saved record again", bar=True),
    Key("home", "n", "new", "New", "Begin a new post-mortem"),
    Key("home", "slash", "search", "Search", "Search the records as you type", name="/"),
    Key(
        "home",
        "ctrl+d",
        "discard",
        "Discard draft",
        "Discard the draft under the cursor, after asking",
        bar=False,
    ),
    Key("walk", "ctrl+n,ctrl+pagedown", "next_section", "Next", "Go to the next section", priority=True),
    Key(
        "walk",
        "ctrl+r,ctrl+pageup",
        "previous_section",
        "Back",
        "Go back to the previous section",
        priority=True,
    ),
    Key("walk", "escape,ctrl+l", "section_list", "Sections", "Go to the list of sections", name="Esc"),
    Key("walk", "ctrl+g", "gather", "From git", "Offer what git knows for this section", priority=True),
    Key("walk", "ctrl+t", "next_cause", "Next cause", "Turn to the next cause", bar=False, priority=True),
    Key(
        "walk",
        "f4",
        "absent",
        "Nothing here",
        "Answer: not applicable, unknown, not published",
        bar=False,
        priority=True,
    ),
    Key("walk", "f5", "preview", "Preview", "Show this section as it will read", bar=False, priority=True),
    Key(
        "walk",
        "ctrl+o",
        "external_editor",
        "$EDITOR",
        "Write this field in $EDITOR",
        bar=False,
        priority=True,
    ),
    Key("walk", "ctrl+s", "save", "Save", "Save the record to the repository", priority=True),
    Key("rows", "enter", "edit_row", "Edit", "Change the row under the cursor"),
    Key("rows", "a", "add_row", "Add", "Add a row"),
    Key("rows", "ctrl+d", "remove_row", "Remove", "Remove the row; ^Z brings it back"),
    Key("rows", "ctrl+z", "undo_row", "Undo", "Bring the last removed or changed row back", bar=False),
    Key("rows", "ctrl+up", "row_up", "Up", "Move the row up", bar=False, name="^↑"),
    Key("rows", "ctrl+down", "row_down", "Down", "Move the row down", bar=False, name="^↓"),
    Key("samples", "f", "sample_from_file", "From file", "Read a sample from a file"),
    Key("samples", "e", "edit_sample", "Edit text", "Change the sample's title, model, time or text"),
    Key("prompts", "p", "paste_prompt", "Paste one", "Paste an effective prompt, as the model received it"),
    Key(
        "prompts", "m", "mark_lines", "Mark lines", "Mark lines of the prompt under the cursor that must not come back"
    ),
    Key("prompts", "t", "trace_lines", "Trace lines", "Show where each line of the effective prompt came from"),
    Key(
        "eval_case",
        "f6",
        "write_case",
        "Write case",
        "Write the eval case as a file that the team's runner executes",
        priority=True,
    ),
    Key(
        "eval_case",
        "f7",
        "prove_case",
        "Prove",
        "Run the eval case on what was live and on the fix, after asking",
        priority=True,
    ),
    Key("proof", "y", "run", "Run it", "Run the case on both revisions; it may cost money"),
    Key("proof", "s", "stop", "Stop", "Stop the run; nothing is recorded, and nothing stays behind"),
    Key("proof", "escape", "back", "Back", "Go back; a run is stopped first, after asking", name="Esc"),
    Key("pick", "enter", "accept", "Take it", "Take what is under the cursor into the record"),
    Key("pick", "escape", "cancel", "Back", "Go back without a change", name="Esc"),
    Key("marks", "space", "mark_row", "Mark", "Mark or unmark the row under the cursor", bar=False),
    Key("origins", "enter", "accept", "Take the table", "Take the table and the answer into the record"),
    Key("origins", "v", "versioned", "In git", "Change the answer: is the effective prompt under version control?"),
    Key("origins", "escape", "cancel", "Back", "Stop tracing and go back without a change", name="Esc"),
    Key("compare", "m", "take('mine')", "Mine", "Take your version of this part"),
    Key("compare", "t", "take('theirs')", "Theirs", "Take their version of this part"),
    Key("compare", "M", "take_all('mine')", "All mine", "Take your version of every part that both changed", name="M"),
    Key(
        "compare",
        "T",
        "take_all('theirs')",
        "All theirs",
        "Take their version of every part that both changed",
        name="T",
    ),
    Key("compare", "enter", "accept", "Take it", "Take the outcome once every part is decided"),
    Key("compare", "escape", "cancel", "Back", "Go back without a change", name="Esc"),
    Key("redact", "r,enter", "redact", "Redact", "Replace the finding by a placeholder", name="r"),
    Key("redact", "k", "keep", "Keep", "Keep the text as it is, with a reason"),
    Key("redact", "e", "everywhere", "Everywhere", "The same decision for the same value everywhere"),
    Key("redact", "l", "label", "Label", "Change what the finding is called"),
    Key("redact", "u", "undecide", "Undo", "Take the decision back", name="u"),
    Key("redact", "m", "mark", "Mark", "Mark a passage that was missed"),
    Key(
        "redact",
        "A",
        "redact_kind",
        "All of kind",
        "Redact all findings with this label",
        bar=False,
        name="A",
    ),
    Key(
        "redact",
        "K",
        "keep_kind",
        "Keep kind",
        "Keep all findings with this label, with a reason",
        bar=False,
        name="K",
    ),
    Key("redact", "escape", "done", "Done", "Go back to the samples", name="Esc"),
)


def keys(*where: Where) -> tuple[Key, ...]:
    """Return the keys of some places, in the order of the table."""
    return tuple(key for key in KEYS if key.where in where)


def bindings(*where: Where) -> list[BindingType]:
    """Return Textual's bindings for some places."""
    return [
        Binding(key.keys, key.action, key.label, show=False, priority=key.priority, tooltip=key.help)
        for key in keys(*where)
    ]
