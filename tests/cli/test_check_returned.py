"""`afterword check` finds offending lines in the prompts at HEAD, and says it where the line stands."""

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from afterword.record.document import render
from afterword.record.model import OffendingLines, PromptChange, Record
from tests.checks.records import complete
from tests.cli.conftest import Run
from tests.histories import History, clone

RECORD = "docs/postmortems/2026-03-02-refunds.md"
LINE = "Say yes first; find a way to help even if policy says no."
GOOD = "You are the support agent.\n\n- You may offer a voucher.\n- Never promise a refund; link the policy instead.\n"
BAD = f"You are the support agent.\n\n- You may offer a voucher.\n- {LINE}\n"
PROMPT = "prompts/support.md"


def record(before: str, after: str, **changes: Any) -> Record:
    change = PromptChange(path=PROMPT, before=before, after=after, diff=f"-x\n+- {LINE}")
    offending = (OffendingLines(path=PROMPT, revision=after, text=f"- {LINE}"),)
    whole = complete(status="closed", external={"state": "published"})
    cause = whole.causes[0].changed(prompts=(change.changed(deployed=whole.impact_started),), offending=offending)
    return whole.changed(causes=(cause,), **changes)


@pytest.fixture
def fixed(history: History) -> History:
    """A prompt that took part in an incident and was put right, and the closed record of it."""
    before = history.commit("Begin", {PROMPT: GOOD})
    after = history.commit("Say yes", {PROMPT: BAD})
    history.commit("Put it right", {PROMPT: GOOD + "- Be kind.\n", RECORD: render(record(before[:7], after[:7]))})
    return history


def found(run: Run, history: History) -> list[dict[str, Any]]:
    data = json.loads(run("check", "--format", "json", cwd=history.root).stdout)
    codes = ("line-back", "line-reworded", "line-uncompared", "prompt-nearer")
    return [problem for problem in data["problems"] if problem["code"] in codes]


def test_nothing_is_said_while_the_line_is_out(run: Run, fixed: History) -> None:
    done = run("check", cwd=fixed.root)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_line_that_is_back_in_another_file_fails_the_check_there(run: Run, fixed: History) -> None:
    fixed.commit("Bring it back", {"prompts/vip agent.md": f"# VIP\n\n1. {LINE.upper()}\n"})
    done = run("check", cwd=fixed.root)
    assert done.returncode == 1
    assert done.stdout.startswith("prompts/vip agent.md:3: error: A line that must not come back is back:")
    assert "record 2026-03-02-refunds, marked in prompts/support.md" in done.stdout
    (problem,) = found(run, fixed)
    assert (problem["id"], problem["path"], problem["line"]) == ("2026-03-02-refunds", "prompts/vip agent.md", 3)
    annotation = run("check", "--format", "github", cwd=fixed.root).stdout
    assert annotation.startswith("::error file=prompts/vip agent.md,line=3,title=afterword line-back::")
    case = ET.fromstring(run("check", "--format", "junit", cwd=fixed.root).stdout.encode()).find(".//testcase")
    assert case is not None and case.get("file") == "prompts/vip agent.md"
    elsewhere = run("check", cwd=fixed.root / "docs").stdout
    assert elsewhere.startswith(f"{fixed.root}/prompts/vip agent.md:3: error:")


def test_a_constant_of_a_python_file_is_compared_too(run: Run, fixed: History) -> None:
    text = f"You are an agent of a shop that sells many things, and you are kind.\n\n{LINE}\n"
    source = f'import os\n\nSYSTEM_PROMPT = """\n{text}"""\n'
    fixed.commit("Python", {"app/agent.py": source})
    (problem,) = found(run, fixed)
    assert (problem["path"], problem["line"], problem["code"]) == ("app/agent.py", 6, "line-back")
    assert "SYSTEM_PROMPT" in problem["message"]


def test_a_reworded_line_and_a_prompt_that_goes_back_are_warnings(run: Run, fixed: History) -> None:
    reworded = "Always say yes first and find a way to help, even where the policy says no."
    fixed.commit("Warmer", {PROMPT: BAD.replace(LINE, reworded)})
    problems = found(run, fixed)
    assert [(one["code"], one["path"]) for one in problems] == [("line-reworded", PROMPT), ("prompt-nearer", PROMPT)]
    assert run("check", cwd=fixed.root).returncode == 0


def test_outside_a_repository_and_before_the_first_commit_nothing_is_compared(run: Run, history: History) -> None:
    file = history.write("2026-03-02-refunds.md", render(record("1111111", "2222222")))
    history.write(PROMPT, BAD)
    assert run("check", file, cwd=history.root).returncode == 0
    outside = history.root.parent / "outside.md"
    outside.write_bytes(file.read_bytes())
    done = run("check", outside)
    assert (done.returncode, done.stdout) == (0, "") and "compared" not in done.stderr


def test_a_shallow_clone_says_which_versions_it_could_not_compare(run: Run, fixed: History) -> None:
    fixed.commit("Bring it back", {"prompts/vip.md": LINE + "\n"})
    shallow = clone(fixed.root, fixed.root.parent / "shallow", "--depth=1")
    done = run("check", cwd=shallow.root)
    assert "2 recorded versions of prompts are not in this clone (its history is shallow)" in done.stderr
    assert done.returncode == 1 and "prompts/vip.md:1: error:" in done.stdout


def test_a_partial_clone_names_the_prompts_that_it_lacks(run: Run, fixed: History) -> None:
    fixed.git("config", "uploadpack.allowFilter", "true")
    partial = clone(fixed.root, fixed.root.parent / "partial", "--filter=blob:none", "--no-checkout")
    partial.write(RECORD, (fixed.root / RECORD).read_text())
    (problem,) = found(run, partial)
    assert problem["code"] == "line-uncompared" and PROMPT in problem["message"]
