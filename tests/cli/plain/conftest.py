"""A repository to write up, and plain mode answered by a script."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

from afterword.cli import main
from afterword.record.document import parse
from afterword.record.model import Record
from tests.histories import History

PROMPT = "You may offer a voucher.\nNever promise a refund; link the policy instead.\n"


@pytest.fixture
def repository(history: History) -> History:
    """A prompt and a setting that changed the day before the incident, and the change back."""
    models = "model: gpt-4o\ntemperature: {}\n"
    files = {"prompts/support.md": PROMPT, "config/models.yaml": models.format(0.2)}
    history.commit("Begin", files, at="2026-02-20T10:00:00+00:00")
    bad = {"prompts/support.md": "You may offer a voucher.\n", "config/models.yaml": models.format(0.7)}
    history.commit("Make the tone warmer", bad, at="2026-03-02T13:58:00+00:00")
    return history


class Plain:
    """Plain mode in one repository, answered by a script."""

    def __init__(self, history: History, patch: pytest.MonkeyPatch) -> None:
        self.history, self._patch = history, patch

    def __call__(self, stdin: str | bytes, *arguments: str, term: str = "dumb") -> subprocess.CompletedProcess[str]:
        command = arguments or ("new", "--plain")
        data = stdin.encode() if isinstance(stdin, str) else stdin
        streams = {"stdin": io.BytesIO(data), "stdout": io.BytesIO(), "stderr": io.BytesIO()}
        texts = {name: io.TextIOWrapper(raw, encoding="utf-8", write_through=True) for name, raw in streams.items()}
        with self._patch.context() as patch:
            patch.chdir(self.history.root)
            patch.setenv("TERM", term)
            for name, text in texts.items():
                patch.setattr(sys, name, text)
            code = main(command)
        out, err = (streams[name].getvalue().decode() for name in ("stdout", "stderr"))
        return subprocess.CompletedProcess(command, code, out, err)

    def record(self, done: subprocess.CompletedProcess[str]) -> Record:
        """Return the record that was saved."""
        assert done.returncode == 0, done.stderr
        return parse((self.history.root / done.stdout.strip()).read_text())

    def drafts(self) -> list[Path]:
        """Return the drafts that wait."""
        return sorted((self.history.root / ".git/afterword/drafts").glob("*.json"))

    def draft_id(self, done: subprocess.CompletedProcess[str]) -> str:
        """Return the draft that the program named."""
        match = re.search(r"afterword edit --plain (\S+)", done.stderr)
        assert match, done.stderr
        return match[1]


@pytest.fixture
def plain(repository: History, monkeypatch: pytest.MonkeyPatch) -> Plain:
    """Plain mode in the repository."""
    return Plain(repository, monkeypatch)
