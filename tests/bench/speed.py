"""Speed as the user feels it: real programs in a terminal, beside a bare Textual application and an editor, in one run.

Run by `make bench`. BENCH_ROUNDS says how often each part is measured; 0 only shows that it works. Arguments name
parts: start, commands, typing, sections, diffs, link, idle.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.measuring import Samples, Scale, commands, diffs, idling, sections, starts, typing
from tests.bench.places import build
from tests.bench.programs import programs
from tests.bench.table import table

_LINES, _FEW_LINES = 20_000, 2_000


def main(wanted: Sequence[str]) -> None:
    """Measure parts, all where none is named, and print the table; figures are no test, so that the exit code is 0."""
    rounds = int(os.environ.get("BENCH_ROUNDS", "5"))
    scale, samples = Scale.of(rounds), Samples()
    sys.setswitchinterval(0.0005)  # the time of a byte is taken while another thread draws
    with tempfile.TemporaryDirectory(prefix="afterword-bench-") as folder:
        places = build(Path(folder), _LINES if rounds else _FEW_LINES)
        known = programs(places)
        bare, edit = known["bare"], known["edit"]
        everybody = list(known.values()) if rounds else [bare, edit]

        def link() -> None:
            typing([bare, edit], scale, samples, link=True)
            sections(edit, scale, samples, link=True)

        parts: dict[str, Callable[[], None]] = {
            "start": lambda: starts(everybody, scale, samples),
            "commands": lambda: commands(places, scale, samples),
            "typing": lambda: typing([one for one in everybody if one.name != "home"], scale, samples),
            "sections": lambda: sections(edit, scale, samples),
            "diffs": lambda: diffs(places, scale, samples),
            "link": link,
            "idle": lambda: idling(everybody, scale, samples),
        }
        for name in wanted or parts:
            print(f"{name} …", file=sys.stderr, flush=True)
            parts[name]()
    for line in table(samples, scale, next((name for name in ("vim", "nano") if name in known), "")):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
