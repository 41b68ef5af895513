"""Fuzz every reader: `python -m tests.fuzz.run [MINUTES] [TARGET ...]`; what fails is kept beside this file.

Each target gets its share of the time in rounds. A failing text is shrunk and written to `corpus/TARGET`, where
`make test` tries it from then on. A text that keeps a reader busy for longer than `PATIENCE` seconds fails as well.
"""

import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from tests.fuzz.mutations import damaged
from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
PATIENCE = 10
"""Seconds of processor time; readers need a thousandth of it."""
_ROUND = 400


class TooSlow(AssertionError):
    """A text kept a reader busy for too long."""


def kept(name: str) -> list[Path]:
    """Return the texts that once were found for a target."""
    return sorted((CORPUS / name).glob("*.txt"))


def within(check: Callable[[bytes], None], data: bytes) -> None:
    """Check a text; TooSlow where it takes too long."""

    def stop(*_: object) -> None:
        raise TooSlow(f"took longer than {PATIENCE} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        check(data)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _fails(check: Callable[[bytes], None], data: bytes) -> bool:
    """Whether a text that was found before fails still."""
    try:
        within(check, data)
    except Exception:
        return True
    return False


def one_round(name: str, number: int, examples: int = _ROUND) -> tuple[bytes, str] | None:
    """Try damaged texts on a target; return the smallest that fails with what was raised."""
    target = TARGETS[name]
    failing: list[bytes] = []
    sound = [data for data in (file.read_bytes() for file in kept(name)) if not _fails(target.check, data)]
    wanted = settings(
        max_examples=examples,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )

    @seed(number)
    @wanted
    @given(damaged([*target.seeds, *sound]))
    def tried(data: bytes) -> None:
        try:
            within(target.check, data)
        except BaseException:
            failing.append(data)
            raise

    try:
        tried()
    except Exception as error:
        return failing[-1], "".join(traceback.format_exception(error)[-6:])
    return None


def main(arguments: Sequence[str]) -> int:
    """Fuzz for some minutes and tell what was found."""
    minutes = float(arguments[0]) if arguments else 10.0
    names = list(arguments[1:]) or list(TARGETS)
    end = time.monotonic() + 60 * minutes
    rounds, found = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    while time.monotonic() < end:
        for name in names:
            rounds[name] += 1
            if failure := one_round(name, random.randrange(2**32)):
                data, said = failure
                found[name] += 1
                file = CORPUS / name / f"{sha256(data).hexdigest()[:12]}.txt"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
                print(f"\n== {name}: {file.name} ({len(data)} bytes)\n{said}", flush=True)
            if time.monotonic() > end:
                break
    print(f"\n{sum(rounds.values()) * _ROUND:,} texts in {time.process_time() / 60:.1f} minutes of processor time")
    for name in names:
        print(f"{name:14} {rounds[name] * _ROUND:9,} texts  {found[name]:3} fail  {len(kept(name)):3} kept")
    return int(any(found.values()))


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
