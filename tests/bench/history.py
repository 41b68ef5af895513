"""How long it takes to find what changed: beside plain git, in one run, on histories built for it.

Run by `make bench-history`. A folder named as argument keeps the built repositories for another run.
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from afterword.repo import Repository

COMMITS, YEARS, FILES, PROMPTS = 200_000, 5, 2_000, 20
BEGUN = datetime(2021, 1, 1, tzinfo=UTC)
TREE = 20_000
RUNS = 5
WEEK = timedelta(days=7)
TEXT = "".join(f"Rule {n}: say which policy an answer stands on, and link it.\n" for n in range(30))


def main(folder: Path) -> None:
    """Build what is missing and print the table."""
    history, tree = folder / "history", folder / "tree"
    for target, stream in ((history, _commits), (tree, _tree)):
        if not (target / ".git").is_dir():
            print(f"building {target} …", file=sys.stderr)
            _build(target, stream())
    print(f"{COMMITS:,} commits: candidates of a week, median of {RUNS} runs")
    print(f"{'week':<12}{'git log -- PATHS':>18}{'all candidates':>16}{'first one':>11}{'ratio':>7}")
    end = BEGUN + timedelta(days=365 * YEARS)
    for name, until in (("newest", end), ("middle", end - timedelta(days=900))):
        _window(name, history, until - WEEK, until)
    _discovery(tree)


def _window(name: str, root: Path, since: datetime, until: datetime) -> None:
    dates = (f"--since={since.isoformat()}", f"--until={until.isoformat()}")
    git, ours, first = [], [], []
    for _ in range(RUNS):
        git.append(_seconds(lambda: _git(root, "log", "--oneline", *dates, "--", "prompts", "**/prompts.py")))
        begun = time.perf_counter()
        with Repository.open(root).prompt_changes(since, until) as changes:
            next(changes)
            first.append(time.perf_counter() - begun)
            list(changes)
        ours.append(time.perf_counter() - begun)
    times = [median(each) for each in (git, ours, first)]
    cells = [f"{seconds * 1000:,.0f} ms" for seconds in times]
    print(f"{name:<12}{cells[0]:>18}{cells[1]:>16}{cells[2]:>11}{times[1] / times[0]:>7.1f}")


def _discovery(root: Path) -> None:
    shutil.rmtree(root / ".git" / "afterword", ignore_errors=True)
    cold = _seconds(lambda: Repository.open(root).prompts())
    warm = median(_seconds(lambda: Repository.open(root).prompts()) for _ in range(RUNS))
    print(f"\n{TREE:,} files: prompts found in {cold:.2f} s, a second time in {warm:.2f} s")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _git(root: Path, *arguments: str, given: Iterator[bytes] | None = None) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], stdout=subprocess.DEVNULL, check=True, input=given)  # type: ignore[arg-type]


def _build(root: Path, stream: Iterator[bytes]) -> None:
    root.mkdir(parents=True)
    _git(root, "init", "--quiet", "--initial-branch=main", ".")
    writer = subprocess.Popen(["git", "-C", str(root), "fast-import", "--quiet", "--done"], stdin=subprocess.PIPE)
    assert writer.stdin is not None
    for piece in stream:
        writer.stdin.write(piece)
    writer.stdin.close()
    if writer.wait() != 0:
        raise SystemExit("git fast-import failed")


def _commits() -> Iterator[bytes]:
    """Yield a history in which every commit edits a module and every four hundredth a prompt."""
    dice, step = random.Random(7), timedelta(days=365 * YEARS) / COMMITS
    for n in range(COMMITS):
        stamp = int((BEGUN + n * step).timestamp())
        who = f"A <a@example.org> {stamp} +0000\n"
        yield f"commit refs/heads/main\nmark :{n + 1}\nauthor {who}committer {who}".encode()
        yield _data(f"Change {n}") + (f"from :{n}\n".encode() if n else b"")
        if n == 0:
            yield from (_file(f"src/m{i % 40}/f{i}.py", f"x = {i}\n" * 20) for i in range(FILES))
            yield from (_file(f"prompts/p{i}.md", TEXT) for i in range(PROMPTS))
        else:
            i = dice.randrange(FILES)
            yield _file(f"src/m{i % 40}/f{i}.py", f"x = {n}\n" * 20)
            if n % 400 == 0:
                yield _file(f"prompts/p{dice.randrange(PROMPTS)}.md", f"{TEXT}Rule {n}.\n")
    yield b"done\n"


def _tree() -> Iterator[bytes]:
    """Yield one commit of many files: three in five are Python, one in fifty of those has a prompt."""
    yield b"commit refs/heads/main\ncommitter A <a@example.org> 1700000000 +0000\n" + _data("Add")
    code = "".join(f"def f{n}(x):\n    return x + {n}\n\n" for n in range(30))
    for n in range(TREE):
        if n % 5 < 3:
            prompt = f'SYSTEM_PROMPT = """{TEXT[:200]}"""\n' if n % 50 == 0 else ""
            yield _file(f"src/p{n % 100}/m{n}.py", f"import os\n\n{prompt}{code}")
        else:
            yield _file(f"docs/d{n % 100}/t{n}.md", f"text {n}\n" * 50)
    yield b"done\n"


def _file(path: str, text: str) -> bytes:
    return f"M 100644 inline {path}\n".encode() + _data(text)


def _data(text: str) -> bytes:
    return b"data %d\n%s\n" % (len(text.encode()), text.encode())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory(prefix="afterword-bench-") as place:
            main(Path(place))
