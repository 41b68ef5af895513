"""What the waiting draft says, read without the model: enough for a first frame."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from afterword.repo.regular import read_regular


@dataclass(frozen=True)
class Glimpse:
    """The section a walk stands in, and the record's values as they lie in the draft's file, unchecked."""

    section: str = ""
    record: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)

    def value(self, path: str) -> Any:
        """Return what was typed at a path or is recorded there; None where there is nothing."""
        if path in self.inputs:
            return self.inputs[path]
        value: Any = self.record
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        return value


def waiting_draft(folder: Path) -> Glimpse | None:
    """Return a glimpse of the draft that waits in a folder; None where there is not exactly one, or not one of ours.

    Reading it properly tells what is wrong with it.
    """
    try:
        files = list(folder.glob("*.json"))
        return _read(files[0]) if len(files) == 1 else None
    except (OSError, ValueError, RecursionError):
        return None


def _read(path: Path) -> Glimpse | None:
    values = json.loads(read_regular(path))
    if not isinstance(values, dict) or values.get("schema") != "afterword-draft/1":
        return None
    section, record, inputs = (values.get(name) for name in ("section", "record", "inputs"))
    if not (isinstance(section, str) and isinstance(record, dict) and isinstance(inputs, dict)):
        return None
    return Glimpse(section, record, inputs)
