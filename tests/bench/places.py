"""The repositories that the benchmark works in."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from afterword.record.model import Record
from afterword.record.when import When
from afterword.repo import Repository
from afterword.repo.draft import Draft
from tests.histories import History

RECORDS = Path(__file__).parents[1] / "records"
_DRAFTS, _KEPT = ".git/afterword/drafts", ".git/drafts-as-built"
LONG = 2_000
"""Lines of the long text."""


@dataclass(frozen=True)
class Places:
    """Repositories: ten records; a short draft; a draft with a long text; a prompt of many lines that changed."""

    records: Path
    short: Path
    long: Path
    prompt: Path


def build(folder: Path, prompt_lines: int) -> Places:
    """Build all of them below a folder."""
    history = _repository(folder / "records")
    samples = sorted(RECORDS.glob("*.md"))
    names = [f"docs/postmortems/2026-{at + 1:02}-11-incident-{at}.md" for at in range(10)]
    history.commit("Records", {name: samples[at % len(samples)].read_text() for at, name in enumerate(names)})
    short = _repository(folder / "short")
    _draft(short, Record(title="Short", summary="Seen at that hour."), "summary")
    long = _repository(folder / "long")
    text = "\n".join(f"Line {n} of what was seen at that hour, in some words." for n in range(LONG))
    _draft(long, Record(title="Long", summary=text), "summary")
    return Places(
        short=short.root, long=long.root, records=history.root, prompt=_prompt(folder / "prompt", prompt_lines)
    )


def _repository(root: Path) -> History:
    history = History(root)
    history.commit("Begin", {"README.md": "An agent.\n"})
    return history


def _draft(history: History, record: Record, section: str) -> None:
    Repository.open(history.root).drafts.write(Draft(record=record, section=section))
    shutil.copytree(history.root / _DRAFTS, history.root / _KEPT)


def restore(root: Path) -> None:
    """Put the drafts of a repository back as they were built: a walk changes its own."""
    if (root / _KEPT).is_dir():
        shutil.rmtree(root / _DRAFTS, ignore_errors=True)
        shutil.copytree(root / _KEPT, root / _DRAFTS)


def _prompt(root: Path, lines: int) -> Path:
    history = _repository(root)
    before = [f"Rule {n}: say which policy an answer stands on, and link it." for n in range(lines)]
    after = [f"Changed rule {n}: promise what is asked." if n % 7 == 3 else line for n, line in enumerate(before)]
    steps = (
        ("2026-03-01", {"prompts/large.md": "\n".join(before), "prompts/small.md": "Be brief.\n"}),
        ("2026-03-28", {"prompts/large.md": "\n".join(after)}),
        ("2026-03-29", {"prompts/small.md": "Be kind.\n"}),
    )
    for day, files in steps:
        history.commit("Edit the prompts", files, at=f"{day}T12:00:00+00:00")
    _draft(history, Record(title="Large", impact_started=When.parse("2026-03-30T12:00Z")), "prompts")
    return root
