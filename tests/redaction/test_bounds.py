import subprocess
import sys
import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.redaction import engine, scan

from .hunt import BEGINNINGS, cost, mixture

LIMIT = 15.0
"""Seconds, far above what a scan needs, so that only a blow-up fails."""


@pytest.mark.parametrize("seed", BEGINNINGS)
def test_repeated_beginnings_do_not_blow_up(seed: str) -> None:
    text = (seed * 40_000)[:40_000]
    started = time.monotonic()
    assert scan(text).complete
    assert time.monotonic() - started < LIMIT


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(BEGINNINGS) | st.text(max_size=5), min_size=1, max_size=4).map("".join))
def test_no_mixture_of_them_blows_up(seed: str) -> None:
    started = time.monotonic()
    scan((seed * 20_000)[:20_000] if seed else "")
    assert time.monotonic() - started < LIMIT


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_short_text_takes_exponential_time(dice: Random) -> None:
    part = mixture(dice)
    assert cost((part * 50)[: max(200, min(1_000, 4 * len(part)))]) < LIMIT / 5


@pytest.mark.parametrize("run", ["a", "a-", "a.a_", "A", "0", "a0", "@a", "a@b."])
def test_a_run_of_letters_where_another_password_may_stand_takes_no_exponential_time(run: str) -> None:
    text = "the password is Tulip" + f"42!x, the one for mail is {(run * 80)[:78]}! or {(run * 80)[:80]} "
    assert cost(text) < LIMIT / 5


def test_a_finding_at_the_edge_of_a_chunk_is_found_whole() -> None:
    for place in (119_990, 120_000, 127_990, 128_000):
        text = "x " * (place // 2) + "ada@lovelace.org" + " y" * 10_000
        assert [text[f.start : f.end] for f in scan(text).findings] == ["ada@lovelace.org"]


def test_personal_data_is_found_where_escapes_are_everywhere() -> None:
    line = '{\\"mail\\": \\"ada@lovelace.org\\", \\"phone\\": \\"+44 20 8123 4567\\", \\"ip\\": \\"192.0.2.44\\"}\\n'
    found = [line[f.start : f.end] for f in scan(line).findings]
    assert found == ["ada@lovelace.org", "+44 20 8123 4567", "192.0.2.44"]
    assert [f.label for f in scan(line * 40).findings] == ["EMAIL", "PHONE", "IP"] * 40


def test_a_scan_that_runs_out_of_time_says_where_it_stopped() -> None:
    result = scan("ada@lovelace.org " * 10_000, seconds=0.0)
    assert not result.complete
    assert result.stopped_at == 0


def test_a_text_beyond_the_largest_size_is_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LARGEST", 1000)
    assert scan(" " * 1000).complete
    result = scan(" " * 1001)
    assert (result.complete, result.stopped_at) == (False, 1000)


def test_importing_the_package_loads_no_engine_and_no_number_library() -> None:
    code = (
        "import sys, afterword.redaction\n"
        "loaded = {m for m in sys.modules if m.split('.')[0] in ('phonenumbers', 'stdnum') or "
        "m.startswith('afterword.redaction.detectors')}\n"
        "sys.exit(str(loaded) if loaded else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
