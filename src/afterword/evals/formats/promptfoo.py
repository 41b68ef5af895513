"""promptfoo: a YAML list of tests, each with variables, assertions and metadata."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from afterword.errors import AfterwordError
from afterword.evals.case import Assertion, Case, Kind
from afterword.evals.formats.written import FOLDER, Written

VARIABLE = "input"
"""The prompt's variable that takes the input where the repository does not show its name."""

_USUAL = ("input", "question", "message", "query", "user_input", "user_message", "user_query", "request", "text")
_TYPES = {
    Kind.CONTAINS: "icontains",
    Kind.NOT_CONTAINS: "not-icontains",
    Kind.REGEX: "regex",
    Kind.JSON_SCHEMA: "is-json",
    Kind.EQUALS: "equals",
    Kind.RUBRIC: "llm-rubric",
}
_TEMPLATE = re.compile(r"\{[{%#]|\A(?:file|package)://|\Apackage:")
_OPENING = re.compile(r"\{(?=[{%#])")
_USED = re.compile(r"\{\{-?\s*([A-Za-z_]\w*)\s*(?:\||-?\}\})")
_ONLY_PYTHON = re.compile(r"\(\?P[<=]|\A\(\?[aiLmsux]+\)|\(\?#|(?<!\\)\\[AZ]")
# Everything that a terminal, an editor or one of the YAML versions would not show or take as it is.
_ESCAPED = re.compile(
    '["\\\\\x00-\x1f\x7f-\xa0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff'
    "\U000e0000-\U000e007f\U0001fffe\U0001ffff]"
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar in one line, which YAML 1.1 and 1.2 read alike."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xD800 <= code <= 0xDFFF:
        code = 0xFFFD
    form = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return _SHORT.get(match[0], form)


def literal(text: str) -> str:
    """Return a text in the form that a template engine turns into that text: nothing in it is code or a reference."""
    if not _TEMPLATE.search(text):
        return text
    # The engine must not see two braces in a row, nor an end of the raw part within it.
    return "{% raw %}" + _OPENING.sub("{{% endraw %}{% raw %}", text) + "{% endraw %}"


def test_of(case: Case, variable: str = VARIABLE) -> dict[str, Any]:
    """Return the test as promptfoo reads it; AfterwordError where the assertion cannot be said there."""
    metadata = {**case.metadata, **({"expected": case.expected} if case.expected else {})}
    return {
        "description": f"{case.id}: {case.title}" if case.title else case.id,
        "vars": {variable: literal(case.input)},
        "assert": [{"type": _TYPES[case.assertion.kind], "value": literal(_value(case.assertion))}],
        "metadata": metadata,
    }


def _value(assertion: Assertion) -> str:
    if assertion.kind is Kind.JSON_SCHEMA:
        # As text: promptfoo would look for a `$ref` of an object in its own configuration.
        return json.dumps(json.loads(assertion.value), ensure_ascii=False)
    if assertion.kind is Kind.REGEX and (wrong := _ONLY_PYTHON.search(assertion.value)):
        raise AfterwordError(
            f"promptfoo's regular expressions are JavaScript's, which do not know {wrong[0]!r}.",
            "Write the assertion without it, or choose another --format.",
        )
    return assertion.value


def item(case: Case, variable: str = VARIABLE, column: int = 0) -> str:
    """Return the test as an item of a block list whose dashes stand in `column` (from 0), ended by a newline."""
    test = test_of(case, variable)
    lines = [f"- description: {quoted(test['description'])}", "  vars:"]
    lines += [f"    {_key(name)}: {quoted(value)}" for name, value in test["vars"].items()]
    lines.append("  assert:")
    for one in test["assert"]:
        lines += [f"    - type: {one['type']}", f"      value: {quoted(one['value'])}"]
    lines.append("  metadata:")
    lines += [f"    {_key(name)}: {quoted(value)}" for name, value in test["metadata"].items()]
    return "".join(f"{' ' * column}{each}\n" for each in lines)


def _key(name: str) -> str:
    words = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
    return name if re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII) and name.casefold() not in words else quoted(name)


def write(case: Case, variable: str = VARIABLE, others: Sequence[str] = ()) -> Written:
    """Return a file of its own: a list with one test, which a configuration refers to.

    `others` are variables of the team's prompt that the case leaves open.
    """
    path = f"{FOLDER}/{case.id}.yaml"
    how = (
        f"Run it: promptfoo eval -c promptfooconfig.yaml --tests {path}\n"
        f"To have the suite run it, refer to the folder in the configuration:\n"
        f"  tests:\n    - file://{FOLDER}/*.yaml"
    )
    return Written(path, item(case, variable), "promptfoo", "\n".join((how, *notes(case, variable, others))))


def notes(case: Case, variable: str, others: Sequence[str] = ()) -> list[str]:
    """Return what the team has to see to: the variable's name, other variables, templates in the input."""
    said = [f"The input is the variable {variable!r}; rename it if the prompt calls it otherwise."]
    if others:
        said.append(f"The prompt also takes {', '.join(others)}: give them in vars.")
    if literal(case.input) != case.input:
        said.append(
            "The input holds template marks and stands between {% raw %} and {% endraw %}; where the prompt is JSON or "
            "a function, take these two away."
        )
    return said


def variables(config: Any) -> tuple[str, tuple[str, ...]]:
    """Return the variable that takes the input, and the others that tests of this configuration give.

    `config` is a parsed configuration or list of tests; what it does not show is `VARIABLE`.
    """
    tests = config.get("tests") if isinstance(config, Mapping) else config
    given = [
        [name for name in each["vars"] if isinstance(name, str)]
        for each in (tests if isinstance(tests, list) else ())
        if isinstance(each, Mapping) and isinstance(each.get("vars"), Mapping) and each["vars"]
    ]
    common = [name for name in given[0] if all(name in each for each in given)] if given else []
    names = common or _in_prompts(config)
    if not names:
        return VARIABLE, ()
    chosen = next((name for name in _USUAL if name in names), names[0])
    return chosen, tuple(name for name in names if name != chosen)


def _in_prompts(config: Any) -> list[str]:
    prompts = config.get("prompts") if isinstance(config, Mapping) else None
    texts = [each for each in (prompts if isinstance(prompts, list) else [prompts]) if isinstance(each, str)]
    found = dict.fromkeys(name for text in texts for name in _USED.findall(text))
    return [name for name in found if name != "env"]
