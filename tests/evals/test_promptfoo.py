"""promptfoo for real, where AFTERWORD_PROMPTFOO names its program: `make test-promptfoo`."""

import os
import sys

import pytest

from afterword.evals.case import Assertion, Case, Kind
from afterword.evals.formats import promptfoo
from afterword.evals.proof import Result, plan, prove
from afterword.repo import Repository
from tests.evals.toy import ID, Toy

PROMPTFOO = os.environ.get("AFTERWORD_PROMPTFOO", "")
CASE = f"evals/incidents/{ID}.yaml"
CONFIG = f"""\
prompts: [file://prompts/support.txt]
providers: ['exec: {sys.executable} -c "from agent import answer; print(answer(str()))"']
"""
TEST = f"""\
- description: '{ID}: promises a refund'
  metadata: {{afterword: {ID}}}
  vars: {{question: I want my money back.}}
  assert:
    - type: not-icontains
      value: refund is on its way
"""

pytestmark = pytest.mark.skipif(not PROMPTFOO, reason="promptfoo is not installed")


@pytest.fixture
def real(toy: Toy) -> Toy:
    """The toy repository with a configuration and a case of promptfoo, newer than any of its revisions."""
    toy.history.write("promptfooconfig.yaml", CONFIG)
    toy.history.write(CASE, TEST)
    toy.record(case=CASE)
    words = [PROMPTFOO, "eval", "-c", "promptfooconfig.yaml", "--tests", "{case}", "--output", "{out}", "--no-table"]
    toy.configure(words, report="promptfoo", env={"PROMPTFOO_CONFIG_DIR": str(toy.root.parent / "promptfoo")})
    return toy


def proved(toy: Toy) -> Result:
    repository = Repository.open(toy.root)
    return prove(repository, plan(repository, toy.saved, ID))


def test_promptfoo_fails_before_and_passes_after(real: Toy) -> None:
    result = proved(real)
    assert result.is_proved, (result.sentence, result.before.tail)
    assert result.proof.versions.startswith("promptfoo ")


def test_a_typo_in_assert_is_no_pass(real: Toy) -> None:
    real.history.write(CASE, TEST.replace("assert:", "asserts:"))
    assert "nothing was checked" in proved(real).sentence


def test_a_provider_that_fails_is_no_failure(real: Toy) -> None:
    real.history.write("promptfooconfig.yaml", CONFIG.replace("print(", "raise SystemExit("))
    result = proved(real)
    assert not result.is_conclusive and "The case was not judged" in result.sentence


@pytest.mark.parametrize(
    "assertion",
    [Assertion(Kind.NOT_CONTAINS, "ON ITS WAY"), Assertion(Kind.REGEX, "policy"), Assertion(Kind.CONTAINS, "Policy")],
    ids=lambda one: one.kind,
)
def test_the_case_as_it_is_written_is_proved(real: Toy, assertion: Assertion) -> None:
    case = Case(
        ID, "Refunds: 'quoted' {{ x }}", "I want {{ my }} money\nback: #1", "the policy", assertion, {"incident": ID}
    )
    written = promptfoo.write(case, "question")
    assert written.path == CASE
    real.history.write(CASE, written.text)
    result = proved(real)
    assert result.is_proved, (result.sentence, result.before.tail)
