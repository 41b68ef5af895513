"""Signals: one that comes while something is tidied up waits until that is done."""

import signal

import pytest

from afterword.evals.interrupts import Terminated, ending_cleanly, uninterrupted


@pytest.mark.parametrize(
    ("number", "error"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Terminated), (signal.SIGHUP, Terminated)]
)
def test_a_signal_waits_for_the_end_of_the_block(number: signal.Signals, error: type[BaseException]) -> None:
    before = signal.getsignal(number)
    done = []
    with pytest.raises(error), ending_cleanly(), uninterrupted():
        signal.raise_signal(number)
        done.append("tidied up")
    assert done == ["tidied up"]
    assert signal.getsignal(number) is before
