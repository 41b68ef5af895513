"""What the walk edits besides plain fields: tables, prompt changes, samples, and the list of what is open."""

from afterword.tui.editors.editor import Editor
from afterword.tui.editors.prompts_editor import PromptsEditor
from afterword.tui.editors.rows_editor import RowsEditor
from afterword.tui.editors.samples_editor import SamplesEditor
from afterword.tui.editors.save_panel import SavePanel
from afterword.tui.fields import Field
from afterword.tui.section import PromptsField, RowsField, SamplesField, SaveField, Section
from afterword.tui.session import Session

__all__ = ["Editor", "PromptsEditor", "RowsEditor", "SamplesEditor", "SavePanel", "editor_for"]

_EDITORS: dict[type[Field], type[Editor]] = {
    RowsField: RowsEditor,
    PromptsField: PromptsEditor,
    SamplesField: SamplesEditor,
    SaveField: SavePanel,
}


def editor_for(field: Field, section: Section, session: Session) -> Editor:
    """Return the editor that a field of this kind needs."""
    return _EDITORS[type(field)](field, section, session)
