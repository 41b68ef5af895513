"""The programs that stand side by side in one run."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench.link import Link
from tests.bench.places import Places, restore
from tests.bench.probe import Probe

AFTERWORD = (sys.executable, "-m", "afterword")
AROUND = {
    "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
    "TZ": "UTC",
    "GIT_CONFIG_GLOBAL": os.devnull,
}
"""The environment of everything that is measured: this checkout, and nothing of the machine's configuration."""
LETTERS = "qzxjvk"
"""Letters that are typed and counted: rare in what stands on the screens."""


@dataclass(frozen=True)
class Program:
    """A program, where it runs, a text that only its real screen shows, and the keys that make it take text."""

    name: str
    command: tuple[str, ...]
    folder: Path
    shows: str
    before: str = ""

    def probe(self, link: Link | None = None) -> Probe:
        """Return a terminal that will run it, on a draft that nobody has touched."""
        restore(self.folder)
        return Probe(self.command, cwd=self.folder, env={**AROUND, "HOME": str(self.folder)}, link=link)


def programs(places: Places) -> dict[str, Program]:
    """Return the programs by name: the floor, ours, and an editor where one is installed."""
    bare = (sys.executable, str(Path(__file__).with_name("bare.py")))
    found = [
        Program("bare", bare, places.records, "Ready to type."),
        Program("home", AFTERWORD, places.records, "n New"),
        Program("edit", (*AFTERWORD, "edit"), places.short, "Seen at that hour"),
        Program("long", (*AFTERWORD, "edit"), places.long, "Line 0 of what was seen"),
    ]
    if shutil.which("vim"):
        found.append(Program("vim", ("vim", "-n", "-u", "NONE", "-N", "README.md"), places.records, "An agent.", "i"))
    elif shutil.which("nano"):
        found.append(Program("nano", ("nano", "README.md"), places.records, "An agent."))
    return {program.name: program for program in found}
