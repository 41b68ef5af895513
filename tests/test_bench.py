"""The benchmark in its shortest form: it runs real programs and prints its table. How fast they are is no test."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_benchmark_measures_and_prints_its_table() -> None:
    env = {**os.environ, "BENCH_ROUNDS": "0"}
    command = [sys.executable, "-m", "tests.bench.speed", "start", "commands", "typing", "sections"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines() if "|" in line]
    met = {figure: mark for figure, _, _, _, mark in rows[2:]}
    assert rows[0] == ["figure", "aim", "measured", "beside it", "met"]
    for figure in ("first frame of afterword edit", "afterword --help", "key to echo, p95", "next section, p95"):
        assert met[figure] in ("yes", "no")
    assert "one page further" not in met  # this part was not asked for


def test_a_slow_link_delays_and_queues() -> None:
    from tests.bench.link import Link

    link = Link(round_trip=0.2, rate=1000)
    assert link.arrives(10.0, 500) == 10.6
    assert link.arrives(10.1, 500) == 11.1  # the first piece is still on its way
    assert link.arrives(20.0, 0) == 20.1
