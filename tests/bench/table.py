"""The table that the benchmark prints: figure, aim, what was measured, and what stands beside it."""

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.measuring import Samples, Scale


@dataclass(frozen=True)
class Line:
    """One figure: `value` must not exceed `most`, both in `unit`; `beside` says what the others need."""

    figure: str
    aim: str
    value: float
    most: float
    measured: str
    beside: str = ""

    @property
    def mark(self) -> str:
        """Whether the aim is met."""
        return "yes" if self.value <= self.most else "no"

    @property
    def is_measured(self) -> bool:
        """Whether the part that measures it was asked for."""
        return self.value == self.value


def table(samples: Samples, scale: Scale, editor: str) -> Iterator[str]:
    """Yield the table as lines of Markdown, medians unless they say p95."""
    yield f"Python {platform.python_version()}, {scale.rounds} rounds, 100x30; {platform.machine()} {platform.system()}"
    yield ""
    rows = [["figure", "aim", "measured", "beside it", "met"]]
    for line in (*_starts(samples, editor), *_keys(samples, editor), *_rest(samples)):
        if line.is_measured:
            rows.append([line.figure, line.aim, line.measured, line.beside, line.mark])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    yield _row(rows[0], widths)
    yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    for row in rows[1:]:
        yield _row(row, widths)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def _starts(samples: Samples, editor: str) -> Iterator[Line]:
    floor = samples.middle("first frame", "bare")
    beside = f"bare {_ms(floor)}" + (f", {editor} {_ms(samples.middle('first frame', editor))}" if editor else "")
    for name, command in (("home", "afterword"), ("edit", "afterword edit"), ("long", "afterword edit, 2,000 lines")):
        mine = samples.middle("first frame", name)
        ratio = mine / floor
        yield Line(f"first frame of {command}", "≤ 1.5 × bare", ratio, 1.5, f"{ratio:.2f} × ({_ms(mine)})", beside)
    python = f"bare Python {_ms(samples.middle('command', 'python'))}"
    for name, command, most in (("help", "afterword --help", 0.06), ("list", "afterword list of ten", 0.25)):
        mine = samples.middle("command", name)
        yield Line(command, f"≤ {_ms(most)}", mine, most, _ms(mine), python)


def _keys(samples: Samples, editor: str) -> Iterator[Line]:
    floor = samples.high("echo", "bare")
    beside = f"bare {_ms(floor)}" + (f", {editor} {_ms(samples.high('echo', editor))}" if editor else "")
    for name, what, most in (("edit", "key to echo, p95", 1.0), ("long", "the same with 2,000 lines", 1.5)):
        mine, middle = samples.high("echo", name), samples.middle("echo", name)
        measured = f"{mine / floor:.2f} × ({_ms(mine)}, p50 {_ms(middle)})"
        yield Line(what, f"≤ {most} × bare", mine / floor, most, measured, beside)
    for name, what in (("edit", "bytes a typed character"), ("long", "the same with 2,000 lines")):
        mine = samples.middle("echo bytes", name)
        others = f"bare {samples.middle('echo bytes', 'bare'):,.0f}"
        others += f", {editor} {samples.middle('echo bytes', editor):,.0f}" if editor else ""
        yield Line(what, "≤ 150", mine, 150, f"{mine:,.0f}", others)
    mine, size = samples.high("section", "edit"), samples.high("section bytes", "edit")
    yield Line("next section, p95", "≤ 60 ms", mine, 0.06, f"{_ms(mine)}, p50 {_ms(samples.middle('section', 'edit'))}")
    middle = samples.middle("section bytes", "edit")
    yield Line("its bytes, p95", "≤ 12 kB", size, 12_000, f"{size:,.0f}, p50 {middle:,.0f}")


def _rest(samples: Samples) -> Iterator[Line]:
    opened, page = samples.middle("diff opened", "diff"), samples.middle("diff page", "diff")
    yield Line("diff of 20,000 lines opened", "≤ 250 ms", opened, 0.25, _ms(opened))
    yield Line("one page further", "≤ 16 ms", page, 0.016, _ms(page))
    floor = samples.middle("slow echo", "bare")
    mine, size = samples.high("slow echo", "edit"), samples.high("slow section bytes", "edit")
    beside = f"bare {_ms(samples.high('slow echo', 'bare'))}"
    yield Line("key to echo, 150 ms and 20 kB/s, p95", "≤ 1.0 × bare", mine / floor, 1.0, _ms(mine), beside)
    slow = samples.high("slow section", "edit")
    yield Line("next section there, p95", "≤ 0.75 s", slow, 0.75, _ms(slow), f"{size:,.0f} bytes")
    bare = samples.middle("idle bytes", "bare")
    mine = max(samples.middle("idle bytes", "home"), samples.middle("idle bytes", "edit"))
    yield Line("bytes a second while idle", "0", mine, 0, f"{mine:.0f}", f"bare {bare:.0f}")
    mine = max(samples.middle("idle cpu", "home"), samples.middle("idle cpu", "edit"))
    yield Line(
        "CPU while idle", "≤ 0.2 %", mine, 0.2, f"{mine:.2f} %", f"bare {samples.middle('idle cpu', 'bare'):.2f} %"
    )
    floor, share = samples.middle("peak memory", "bare"), samples.middle("memory", "bare")
    mine, own = samples.middle("peak memory", "edit"), samples.middle("memory", "edit")
    measured = f"{mine / floor:.2f} × ({mine:.1f} MB, PSS {own:.1f})"
    yield Line("peak memory", "≤ 1.6 × bare", mine / floor, 1.6, measured, f"bare {floor:.1f} MB, PSS {share:.1f}")
