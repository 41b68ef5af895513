"""Repositories to walk in."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from afterword.cli.demo.making import Demo, make_demo
from tests.histories import History

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)  # a Tuesday


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    """The demonstration repository, resolved on the morning of NOW."""
    return make_demo(tmp_path / "support-agent", NOW)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A repository with one commit and no prompt."""
    history = History(tmp_path / "plain")
    history.commit("Begin", {"README.md": "# Plain\n"}, at="2026-03-01T10:00:00+00:00")
    return history.root
