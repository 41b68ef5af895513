"""The short form of the faults: one of each kind. `make test-faults` runs all of them, and 200 kills."""

import signal
from pathlib import Path

import pytest

from tests import faults_crash, faults_editor, faults_files, faults_input, faults_signals, faults_surroundings
from tests.faults_killed import SEED, walk_and_kill


@pytest.mark.parametrize("seed", [SEED + at for at in range(2)])
def test_killed_at_a_random_moment(tmp_path: Path, seed: int) -> None:
    walk_and_kill(tmp_path, seed)


def test_told_to_end(root: Path) -> None:
    faults_signals.test_told_to_end(root, signal.SIGQUIT)


def test_stopped_and_back(root: Path) -> None:
    faults_signals.test_stopped_and_back(root)


def test_a_connection_that_drops_in_mid_frame(root: Path) -> None:
    faults_signals.test_a_connection_that_drops_in_mid_frame(root)


def test_a_terminal_that_takes_nothing(root: Path) -> None:
    faults_input.test_a_terminal_that_takes_nothing(root)


def test_a_paste_with_escapes_stays_text(root: Path) -> None:
    faults_input.test_a_paste_with_escapes_stays_text(root)


def test_rubbish_types_nothing_and_ends_nothing(root: Path) -> None:
    faults_input.test_rubbish_types_nothing_and_ends_nothing(root, "numbers beyond all bounds")


def test_an_editor_that_is_suspended(root: Path) -> None:
    faults_editor.test_an_editor_that_is_suspended(root, "0")


def test_the_repository_moved_away_and_back(root: Path) -> None:
    faults_files.test_the_repository_moved_away_and_back(root)


def test_a_killed_save_leaves_nothing_beside_the_record(root: Path) -> None:
    faults_files.test_a_killed_save_leaves_nothing_beside_the_record(root)


def test_an_environment(root: Path) -> None:
    faults_surroundings.test_an_environment(root, "ASCII output")


def test_a_fault(root: Path) -> None:
    faults_crash.test_a_fault(root, "a thread")
