"""The real program: run without a terminal, or read in one, wherever its lines break."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.loaded import run_loaded
from tests.terminal import Terminal
from tests.tui.driver import Walker

AFTERWORD = [sys.executable, "-m", "afterword"]


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command without a terminal, in a process that has the program loaded."""
    return run_loaded(arguments, cwd, {**os.environ, **environment})


def see(terminal: Terminal, *sentences: str) -> Terminal:
    """Wait until all sentences are on the screen, wherever their lines break."""
    return terminal.wait_until(lambda t: _all_in(sentences, t.text()), " and ".join(sentences))


async def reads(walk: Walker, *sentences: str) -> Walker:
    """Wait until all sentences are on the screen of a walk, wherever their lines break."""
    return await walk._until(lambda: _all_in(sentences, walk.text), " and ".join(sentences))


def _all_in(sentences: tuple[str, ...], text: str) -> bool:
    return all(flat(one) in flat(text) for one in sentences)


def flat(text: str) -> str:
    """Take line breaks, spaces and frames out of what a screen says; a note in its corner comes last."""
    lines = [line.partition("▌") for line in text.splitlines()]
    return re.sub(r"[\s│▸▁▂▃▄▅▆▇█]", "", "".join([line for line, _, _ in lines] + [note for _, _, note in lines]))
