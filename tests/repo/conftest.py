"""Repositories for the tests of `repo`."""

from pathlib import Path

import pytest

from tests.histories import History
from tests.repo.repositories import MODELS, PROMPT, WARMER


@pytest.fixture
def history(tmp_path: Path) -> History:
    """An empty repository."""
    return History(tmp_path / "repo")


@pytest.fixture
def support(history: History) -> History:
    """A repository with one prompt, edited once, and its model settings."""
    files = {"prompts/support.md": PROMPT, "config/models.yaml": MODELS}
    history.commit("Add the support agent", files, at="2026-03-01T10:00:00+00:00")
    history.commit("Make the tone warmer", {"prompts/support.md": WARMER}, at="2026-03-02T13:58:07+00:00")
    return history
