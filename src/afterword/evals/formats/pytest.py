"""pytest: a test file that asks the team's `answer` fixture; a rubric is graded by DeepEval."""

import re
from typing import Any

from afterword.errors import AfterwordError
from afterword.evals.case import Assertion, Case, Kind
from afterword.evals.formats.written import FOLDER, Written

_HEAD = '''\
"""The eval case of the incident {id}.

Needs a fixture `answer` in a conftest.py: a function that takes the input and returns what the model says.
"""
'''
_TEST = """

INCIDENT = {id}
TITLE = {title}
INPUT = {input}
EXPECTED = {expected}
VALUE = {value}


@pytest.mark.parametrize("incident", [pytest.param(INCIDENT, id=INCIDENT)])
def test_incident(incident, answer, record_property):
    record_property("incident", incident)
    record_property("description", TITLE)
    said = answer(INPUT)
    if not isinstance(said, str):
        # No failure of the case: a proof would take that for the incident.
        raise TypeError("the fixture `answer` must return the model's text")
"""
_CHECKS = {
    Kind.CONTAINS: "    assert VALUE.casefold() in said.casefold()\n",
    Kind.NOT_CONTAINS: "    assert VALUE.casefold() not in said.casefold()\n",
    Kind.REGEX: "    assert re.search(VALUE, said)\n",
    Kind.EQUALS: "    assert said == VALUE\n",
    Kind.JSON_SCHEMA: (
        "    try:\n"
        "        validate(json.loads(said), json.loads(VALUE))\n"
        "    except (ValueError, ValidationError) as error:\n"
        '        pytest.fail(f"the answer does not fit the schema: {error}")\n'
    ),
    Kind.RUBRIC: (
        "    metric = GEval(\n"
        '        name="incident",\n'
        "        criteria=VALUE,\n"
        "        evaluation_params=[LLMTestCaseParams.INPUT, LLMTestCaseParams.ACTUAL_OUTPUT],\n"
        "    )\n"
        "    case = LLMTestCase(input=INPUT, actual_output=said, expected_output=EXPECTED or None, name=incident)\n"
        "    assert_test(case, [metric])\n"
    ),
}
_IMPORTS = {
    Kind.REGEX: "import re\n\nimport pytest\n",
    Kind.JSON_SCHEMA: "import json\n\nimport pytest\nfrom jsonschema import ValidationError, validate\n",
    Kind.RUBRIC: (
        "import pytest\n"
        "from deepeval import assert_test\n"
        "from deepeval.metrics import GEval\n"
        "from deepeval.test_case import LLMTestCase, LLMTestCaseParams\n"
    ),
}
_HOW = """\
Run it: {command} {path}
It asks a fixture `answer` of yours, in evals/conftest.py:

  import pytest

  @pytest.fixture
  def answer():
      return lambda text: my_agent.reply(text)"""


def write(case: Case) -> Written:
    """Return a test file; AfterwordError where Python cannot compile the assertion's regular expression."""
    _check(case.assertion)
    values: dict[str, Any] = {
        "id": _python(case.id),
        "title": _python(f"{case.id}: {case.title}" if case.title else case.id),
        "input": _python(case.input),
        "expected": _python(case.expected),
        "value": _python(case.assertion.value),
    }
    kind = case.assertion.kind
    text = _HEAD.format(id=case.id) + "\n" + _IMPORTS.get(kind, "import pytest\n")
    text += _TEST.format(**values) + _CHECKS[kind]
    path = f"{FOLDER}/{module_of(case.id)}.py"
    runner, command = ("deepeval", "deepeval test run") if kind is Kind.RUBRIC else ("pytest", "pytest")
    return Written(path, text, runner, _HOW.format(command=command, path=path))


def module_of(record_id: str) -> str:
    """Return the name of the Python module that holds a record's case."""
    return "test_" + re.sub(r"\W", "_", record_id)


def _python(text: str) -> str:
    """Return a text as a Python literal in which nothing is hidden: what does not print is escaped."""
    return "".join(
        letter if letter.isprintable() or letter in "\\'\"" else _escape(letter) for letter in _literal(text)
    )


def _literal(text: str) -> str:
    body = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return f'"{body}"'


def _escape(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _check(assertion: Assertion) -> None:
    if assertion.kind is not Kind.REGEX:
        return
    try:
        re.compile(assertion.value)
    except (re.error, OverflowError, RecursionError) as error:
        raise AfterwordError(
            f"The assertion's regular expression does not compile in Python: {error}.", "Correct it in the record."
        ) from error


def is_test_file(path: str) -> bool:
    """Whether pytest collects a file of this name by itself."""
    return re.search(r"(?:^|/)(?:test_[^/]*|[^/]*_test)\.py$", path) is not None
