"""What holds for all tests: git sees nothing of the machine, and the clock is UTC's."""

import gc
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.examples import examples
from tests.histories import ISOLATION, LEAKS

pytest_plugins = ["tests.pictures", "tests.faults_terminal"]
FAULTS = ["signals", "input", "editor", "files", "killed", "surroundings", "crash"]
pytest.register_assert_rewrite(*(f"tests.faults_{name}" for name in FAULTS))
# Machines are shared: how long an example takes says nothing about the program.
settings.register_profile("shared", deadline=None, max_examples=examples(40, 100))
settings.load_profile("shared")
# Chosen before pytest-xdist starts its workers, which have to collect the same tests.
os.environ.setdefault("AFTERWORD_SEED", str(random.SystemRandom().randrange(1 << 32)))


SLOW = ("test_main_job.py", "test_nothing_leaks.py", "test_bench.py", "test_wheel.py", "test_both_ways.py")
"""Files with a test of many seconds: they come first, so that no worker is alone with one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow files."""
    items.sort(key=lambda item: item.path.name not in SLOW)


def pytest_collection_finish() -> None:
    """Take what was collected out of every later look for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the test a home folder of its own, and git no configuration but ours."""
    home = tmp_path_factory.mktemp("home")
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    for name, value in {**ISOLATION, **terminal, "HOME": str(home), "TZ": "UTC"}.items():
        monkeypatch.setenv(name, value)
    for name in (*LEAKS, "NO_COLOR", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    time.tzset()
    yield home
    os.environ.pop("TZ", None)
    time.tzset()
