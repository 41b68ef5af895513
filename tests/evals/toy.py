"""A repository whose agent answers by what its prompt says: good, bad, fixed; with a recorded incident."""

import sys
from pathlib import Path
from typing import Any

from afterword.record.document import parse, render
from afterword.record.model import EvalCase, PromptChange, Proof, Record
from tests.checks.records import complete
from tests.histories import History

ID = "2026-03-02-refunds"
RECORD = f"docs/postmortems/{ID}.md"
CASE = "evals/incidents/test_2026_03_02_refunds.py"
PROMPT = "prompts/support.txt"
STAND_IN = Path(__file__).parent / "stand_in.py"

GOOD = "You are the support agent.\nNever promise a refund; link the policy instead.\n"
BAD = "You are the friendly support agent.\n"
FIXED = "You are the friendly support agent.\nNever promise a refund; link the policy instead.\n"
AGENT = '''\
"""A toy model: it answers by what its prompt says."""
from pathlib import Path

def answer(question):
    prompt = (Path(__file__).parent / "prompts/support.txt").read_text()
    return "Please see our policy." if "Never promise a refund" in prompt else "Your refund is on its way."
'''
TEST = """\
from agent import answer

def test_promises_no_refund():
    assert "refund is on its way" not in answer("I want my money back.")
"""
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "{case}", "--junitxml={out}"]


class Toy:
    """The repository, and its record as it stands on disk."""

    culprit = ""

    def __init__(self, root: Path, *options: str) -> None:
        self.history = History(root, *options)
        self.root = root
        self.good = self._commit("Begin", GOOD, "01", {"agent.py": AGENT})
        self.bad = self._commit("Warm the tone", BAD, "02")
        self.fixed = self._commit("Bring the policy back", FIXED, "03")
        self.history.write(CASE, TEST)
        self.configure(PYTEST)
        self.record()

    def _commit(self, message: str, prompt: str, day: str, files: dict[str, str] | None = None) -> str:
        return self.history.commit(message, {PROMPT: prompt, **(files or {})}, at=f"2026-03-{day}T10:00:00+00:00")

    def configure(self, command: list[str] | str, **keys: Any) -> None:
        """Say how evals are run."""
        lines = [f"{key} = {toml(value)}" for key, value in {"command": command, **keys}.items()]
        self.history.write(".afterword.toml", "\n".join(["[evals]", *lines, ""]))

    def stand_in(self, *words: str, **keys: Any) -> None:
        """Run cases with a stand-in for promptfoo that answers with recorded reports."""
        self.configure([sys.executable, str(STAND_IN), *words, "{out}"], **{"report": "promptfoo", **keys})

    def record(self, *prompts: PromptChange, case: str = CASE) -> None:
        """Write the record, with the prompt change that went live and that of the fix."""
        changes = prompts or (
            PromptChange(path=PROMPT, before=self.good[:7], after=self.bad[:7], diff="-a\n+b"),
            PromptChange(path=PROMPT, before=self.bad[:7], after=self.fixed[:7], kind="fix", diff="-b\n+c"),
        )
        record = complete()
        cause = record.causes[0].changed(prompts=changes)
        eval_case = EvalCase(path=case, input="I want my money back.", expected="links the policy")
        self.history.write(RECORD, render(record.changed(causes=(cause,), eval_case=eval_case)))

    @property
    def text(self) -> str:
        """The record's file."""
        return (self.root / RECORD).read_text()

    @property
    def saved(self) -> Record:
        """The record as it can be read."""
        return parse(self.text, RECORD)

    @property
    def proof(self) -> Proof | None:
        """The proof in the record."""
        return self.saved.eval_case.proof if self.saved.eval_case else None

    def worktrees(self) -> list[str]:
        """What git knows of work trees beside the checkout, and what is registered to be removed."""
        listed = self.history.git("worktree", "list", "--porcelain").splitlines()
        registered = self.root / ".git/afterword/worktrees"
        return [line for line in listed if line.startswith("worktree ")][1:] + [
            path.name for path in registered.glob("*")
        ]


def toml(value: Any) -> str:
    """Return a value as TOML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value) if isinstance(value, int) else f"'{value}'"
