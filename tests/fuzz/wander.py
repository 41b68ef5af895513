"""The real program in a hostile repository, keys pressed at random: `python -m tests.fuzz.wander [STEPS] [SEED]`."""

import random
import sys
import tempfile
from pathlib import Path

from tests.hostile import FORMS, hostile_repository, obeyed
from tests.program import AFTERWORD
from tests.terminal import Terminal

_KEYS = [
    *["enter", "tab", "down", "right", "ctrl+n"] * 6,
    *["up", "left", "pagedown", "escape", "shift+tab", "space", "ctrl+r"] * 2,
    *(
        "pageup",
        "home",
        "end",
        "f1",
        "f2",
        "f3",
        "f4",
        "f5",
        "f6",
        "f7",
        "f8",
        "backspace",
        "delete",
        "ctrl+s",
        "ctrl+t",
    ),
    *("ctrl+f", "ctrl+g", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+e", "ctrl+l", "ctrl+o", "ctrl+y", "ctrl+z"),
    *"abcdefghijklmnoprstuvwxyzARK/?!+-[]",
]
_TYPED = [*FORMS.values(), "14:05", "yesterday", "SEV1", "2026-03-02T14:05Z/.."]
_ENDS = 40


class Wanderer:
    """Presses keys at random and watches what is sent."""

    def __init__(self, terminal: Terminal, dice: random.Random) -> None:
        self.terminal = terminal
        self.dice = dice
        self.pressed: list[str] = []

    def step(self) -> None:
        """Press one key, type or paste one hostile text, or change the size of the window."""
        chance = self.dice.random()
        if chance < 0.05:
            text = self.dice.choice(_TYPED)[:400]
            self.pressed.append(f"paste {text[:20]!r}")
            self.terminal.paste("".join(each for each in text if each not in "\x1b\x9b\x9c\x9d\x90"))
        elif chance < 0.07:
            size = self.dice.choice(((80, 24), (40, 10), (120, 40), (20, 5), (200, 60)))
            self.pressed.append(f"resize {size}")
            self.terminal.resize(*size)
        else:
            key = self.dice.choice(_KEYS)
            self.pressed.append(key)
            self.terminal.press(key)

    def walk(self, steps: int) -> None:
        """Take some steps; stops where the program has ended of its own accord."""
        for number in range(steps):
            if not self.terminal.is_running:
                return
            try:
                self.step()
            except AssertionError:
                if self.terminal.is_running:
                    raise
                return
            if number % 5 == 0:
                self.settle()

    def settle(self) -> None:
        """Wait until the program is quiet, however long it goes on."""
        try:
            self.terminal.settle(0.05, timeout=30)
        except AssertionError:
            assert not self.terminal.is_running, f"never quiet after {self.pressed[-12:]}"

    def leave(self) -> int:
        """Leave from wherever this is."""
        for _ in range(_ENDS):
            if not self.terminal.is_running:
                break
            try:
                self.terminal.press("escape", "ctrl+q")
            except AssertionError:
                break
            self.settle()
        return self.terminal.exit_code()


def wander(root: Path, arguments: list[str], steps: int, seed: int) -> str:
    """Walk through a repository; return what went wrong, or ""."""
    with Terminal([*AFTERWORD, *arguments], cwd=root, env={"EDITOR": "true"}, size=(100, 30), timeout=40) as terminal:
        wanderer = Wanderer(terminal, random.Random(seed))
        wanderer.settle()
        wanderer.walk(steps)
        code = wanderer.leave()
        said = "\n".join(terminal.main_screen())
        # Textual rings the bell where a line takes no such letter.
        wrong = [f"obeyed: {one}" for one in obeyed(terminal.bytes_seen) if not one.startswith("'\\x07'")]
        wrong += [f"exit code {code}: {said[-1500:]}"] if code or "fault of" in said or "Traceback" in said else []
        wrong += ["terminal not restored"] if not terminal.modes.restored else []
    return f"seed {seed}: {wrong} after {wanderer.pressed[-15:]}" if wrong else ""


STARTS = [[], ["edit", "2026-03-01-form"], ["new", "--resolved", "2026-03-02T18:00Z"], ["edit", "2026-03-09-form"]]


def main() -> int:
    """Wander until the steps are taken, starting in every way."""
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10_000)
    wrong = []
    for number, arguments in enumerate(STARTS):
        with tempfile.TemporaryDirectory() as folder:
            root = hostile_repository(Path(folder) / "agent").root
            found = wander(root, arguments, steps, seed + number)
            print(arguments, found or "clean", flush=True)
            wrong += [found] if found else []
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
