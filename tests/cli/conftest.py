"""The real program as a process of its own, in real repositories."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.histories import ISOLATION, LEAKS, History
from tests.loaded import run_loaded

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `afterword` with arguments, in `cwd`, with `stdin`; text in and out. It is loaded already."""

    def call(*arguments: Any, cwd: Path | None = None, stdin: str = "", **environment: str) -> Any:
        return run_loaded(tuple(map(str, arguments)), cwd or tmp_path, _around(environment), stdin)

    return call


@pytest.fixture
def start(tmp_path: Path) -> Run:
    """Start `afterword` as a shell does, with nothing loaded."""

    def call(*arguments: Any, cwd: Path | None = None, stdin: str = "", **environment: str) -> Any:
        return subprocess.run(
            [sys.executable, "-m", "afterword", *map(str, arguments)],
            cwd=cwd or tmp_path,
            input=stdin,
            env=_around(environment),
            capture_output=True,
            encoding="utf-8",
        )

    return call


def _around(environment: dict[str, str]) -> dict[str, str]:
    around = {key: value for key, value in os.environ.items() if key not in LEAKS}
    return {**around, **ISOLATION, "TZ": "UTC", **environment}


@pytest.fixture
def history(tmp_path: Path) -> History:
    """An empty repository."""
    return History(tmp_path / "repo")
