"""What is measured: each part runs its programs in turn and adds to the samples of a figure."""

import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from afterword.tui.sections import SECTIONS
from tests.bench.link import Link
from tests.bench.places import Places
from tests.bench.probe import Probe
from tests.bench.programs import AFTERWORD, AROUND, LETTERS, Program

_SETTLED = 0.6
"""Seconds after which everything that follows from a key is done, the draft on disk included."""
_WORD = 5
SLOW = (0.15, 20_000)
"""Round trip in seconds and bytes a second of the slow link."""


@dataclass(frozen=True)
class Scale:
    """How often and how long is measured."""

    rounds: int
    keys: int
    sections: int
    idle: float

    @classmethod
    def of(cls, rounds: int) -> "Scale":
        """Return the scale of a full run, or for no rounds the least that shows that it works."""
        return cls(rounds, 40, len(SECTIONS) - 3, 30.0) if rounds else cls(1, 4, 2, 1.0)


@dataclass
class Samples:
    """Every number that was measured, by figure and program."""

    values: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, figure: str, program: str, *values: float) -> None:
        """Keep numbers."""
        self.values[figure, program] += values

    def middle(self, figure: str, program: str) -> float:
        """Return the median; not a number where nothing was measured."""
        values = self.values.get((figure, program))
        return statistics.median(values) if values else float("nan")

    def high(self, figure: str, program: str) -> float:
        """Return the 95th percentile."""
        values = sorted(self.values.get((figure, program), ()))
        return values[min(len(values) - 1, int(0.95 * len(values)))] if values else float("nan")


def starts(some: Sequence[Program], scale: Scale, samples: Samples) -> None:
    """First frame: each program started in turn; the median leaves the first, colder start out."""
    for _ in range(2 * scale.rounds + 1):
        for program in some:
            with program.probe() as probe:
                samples.add("first frame", program.name, probe.first_frame(program.shows))


def commands(places: Places, scale: Scale, samples: Samples) -> None:
    """Commands without a screen, beside Python that does nothing."""
    env = {**os.environ, **AROUND}
    runs = {"python": [sys.executable, "-c", ""], "help": [*AFTERWORD, "--help"], "list": [*AFTERWORD, "list"]}
    for _ in range(3 * scale.rounds):
        for name, command in runs.items():
            begun = time.perf_counter()
            subprocess.run(command, cwd=places.records, env=env, capture_output=True, check=True)
            samples.add("command", name, time.perf_counter() - begun)


def typing(some: Sequence[Program], scale: Scale, samples: Samples, link: bool = False) -> None:
    """Key to echo in words typed at a human pace, and the bytes of all that follows from them."""
    figure = "slow echo" if link else "echo"
    for _ in range(1 if link else scale.rounds):
        for program in some:
            with program.probe(Link(*SLOW) if link else None) as probe:
                _ready(probe, program)
                sent = probe.sent
                for at in range(scale.keys // (2 if link else 1)):
                    if at and at % _WORD == 0:
                        probe.type(" ").settle(0.1)
                    samples.add(figure, program.name, _echo(probe, LETTERS[at % len(LETTERS)]))
                time.sleep(_SETTLED)
                samples.add(f"{figure} bytes", program.name, (probe.sent - sent) / scale.keys)
                if not link:
                    peak, share = probe.memory
                    samples.add("peak memory", program.name, peak)
                    samples.add("memory", program.name, share)


def _ready(probe: Probe, program: Program) -> None:
    probe.first_frame(program.shows)
    probe.settle(_SETTLED)
    if program.before:
        probe.type(program.before).settle(0.1)


def _echo(probe: Probe, letter: str) -> float:
    before = probe.text().count(letter)
    return probe.timed(letter, lambda text: text.count(letter) > before)[0]


def sections(program: Program, scale: Scale, samples: Samples, link: bool = False) -> None:
    """From the key to the last byte of the next section's picture."""
    figure = "slow section" if link else "section"
    for _ in range(1 if link else scale.rounds):
        with program.probe(Link(*SLOW) if link else None) as probe:
            _ready(probe, program)
            here = next(at for at, section in enumerate(SECTIONS) if section.id == "summary")
            for section in SECTIONS[here + 1 : here + 1 + scale.sections]:
                asked = section.question[:28]
                _, painted, size = probe.press_timed("ctrl+n", lambda text, asked=asked: asked in text, 0.1)  # type: ignore[misc]
                samples.add(figure, program.name, painted)
                samples.add(f"{figure} bytes", program.name, size)
                probe.settle(0.3)


def diffs(places: Places, scale: Scale, samples: Samples) -> None:
    """A large prompt change: from the key to its diff, and one page further."""
    program = Program("diff", (*AFTERWORD, "edit"), places.prompt, "Which prompt changed")
    for _ in range(scale.rounds):
        with program.probe() as probe:
            _ready(probe, program)
            probe.press("a").wait("prompts/large.md", "Be kind.").settle(0.3)
            opened, _, _ = probe.press_timed("down", lambda text: "Changed rule 3:" in text, 0.3)
            samples.add("diff opened", "diff", opened)
            probe.settle(0.5).press("tab").settle(0.3)
            for _ in range(max(2, scale.keys // 4)):
                before = probe.text()
                shown, _, _ = probe.press_timed("pagedown", lambda text, before=before: text != before)  # type: ignore[misc]
                samples.add("diff page", "diff", shown)


def idling(some: Sequence[Program], scale: Scale, samples: Samples) -> None:
    """All programs idle at the same time: bytes a second, and share of one processor."""
    with ExitStack() as stack:
        probes = [(program, stack.enter_context(program.probe())) for program in some]
        for program, probe in probes:
            _ready(probe, program)
        time.sleep(_SETTLED)
        begun = time.perf_counter()
        before = [(probe.sent, probe.cpu) for _, probe in probes]
        time.sleep(scale.idle)
        spent = time.perf_counter() - begun
        for (program, probe), (sent, cpu) in zip(probes, before, strict=True):
            samples.add("idle bytes", program.name, (probe.sent - sent) / spent)
            samples.add("idle cpu", program.name, 100 * (probe.cpu - cpu) / spent)
