"""The short form of `make fuzz`: what was found once, and a few damaged texts for every reader."""

import pytest

from tests.fuzz.run import kept, one_round, within
from tests.fuzz.targets import TARGETS

_FOUND = [(name, file.name) for name in TARGETS for file in kept(name)]


@pytest.mark.parametrize(("name", "file"), _FOUND)
def test_what_was_found_once_is_read_or_refused(name: str, file: str) -> None:
    (data,) = (each.read_bytes() for each in kept(name) if each.name == file)
    within(TARGETS[name].check, data)


@pytest.mark.parametrize("name", TARGETS)
def test_whole_files_are_read(name: str) -> None:
    for data in TARGETS[name].seeds:
        within(TARGETS[name].check, data)


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_files_are_read_or_refused(name: str) -> None:
    failure = one_round(name, number=6, examples=40)
    assert failure is None, failure
