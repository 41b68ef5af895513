"""The toy repository for the tests of `evals`."""

from pathlib import Path

import pytest

from tests.evals.toy import Toy


@pytest.fixture
def toy(tmp_path: Path) -> Toy:
    """A repository whose path has spaces."""
    return Toy(tmp_path / "support agent")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for work trees, with spaces in its name."""
    folder = tmp_path / "temporary files"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    # The inner pytest needs none of our plugins, and starts in half the time without.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return folder
