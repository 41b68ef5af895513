"""Configuration files as trees that know the line of every value: YAML, JSON, TOML, .env, front matter, Python.

Nothing is executed and no tag is obeyed. ValueError carries a sentence about a file that cannot be read.
"""

import json
import re
from collections.abc import Callable

from afterword.repo.settings.python import settings_in_python
from afterword.repo.settings.toml import read_toml
from afterword.repo.settings.tree import Branch, Leaf, rooted
from afterword.repo.settings.walk import Found, settings_in
from afterword.repo.settings.yaml import read_yaml

LARGEST = 512_000
"""Bytes of a file that is read for settings."""


def read_settings(name: str, text: str) -> list[Found]:
    """Return the settings of a file; ValueError carries the end of a sentence about why it cannot be read."""
    return settings_in_python(text) if name.endswith(".py") else settings_in(read_tree(name, text))


def read_tree(name: str, text: str) -> Branch:
    """Read a file by the form that its name tells."""
    reader = next((read for pattern, read in _READERS if re.search(pattern, name)), read_yaml)
    try:
        return reader(text)
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error


_JSON = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+)', re.DOTALL)

_COLON = re.compile(r"\s*:")


def _json(text: str) -> Branch:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not valid JSON (line {error.lineno}): {error.msg}") from error
    except ValueError as error:
        raise ValueError("holds a number that is too long to be read") from error
    root = Branch(True, 1)
    stack, key, line, at = [root], "0", 1, 0
    for match in _JSON.finditer(text):
        token = match[1]
        line += text.count("\n", at, match.start(1))
        at = match.start(1)
        top = stack[-1]
        if token in "{[":
            branch = Branch(token == "[", line)
            top.items[key] = branch
            stack.append(branch)
            key = "0"
        elif token in "}]":
            stack.pop()
            key = str(len(stack[-1].items))
        elif token == ",":
            key = str(len(top.items))
        elif token != ":":
            key = _json_scalar(text, match.end(1), token, top, key, line)
    return rooted(root.items["0"]) if root.items else root


def _json_scalar(text: str, end: int, token: str, top: Branch, key: str, line: int) -> str:
    """Take a key, returning it, or put a value under the key that came before."""
    value = json.loads(token)
    if not top.is_list and isinstance(value, str) and _COLON.match(text, end):
        return value
    top.items[key] = Leaf(value if isinstance(value, str) else token, line)
    return key


_ENV = re.compile(
    r"^[ \t]*(?:export[ \t]+)?(?P<key>[A-Za-z_][\w.]*)[ \t]*=[ \t]*"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>[^']*)'|(?P<bare>[^\n]*?)(?:[ \t]+#[^\n]*)?[ \t\r]*$)",
    re.MULTILINE,
)


def _env(text: str) -> Branch:
    root = Branch(False, 1)
    line, at, end = 1, 0, 0
    for match in _ENV.finditer(text):
        if match.start() < end:
            continue
        line, at, end = line + text.count("\n", at, match.start()), match.start(), match.end()
        quoted = match["double"] if match["double"] is not None else match["single"]
        root.items[match["key"]] = Leaf(quoted if quoted is not None else match["bare"], line)
    return root


_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def _front_matter(text: str) -> Branch:
    match = _FRONT.match(text)
    return read_yaml(match[1], first_line=2) if match else Branch(False, 1)


_READERS: tuple[tuple[str, Callable[[str], Branch]], ...] = (
    (r"\.json$", _json),
    (r"\.toml$", read_toml),
    (r"(^|/)\.env[^/]*$|\.env$", _env),
    (r"\.(prompty|prompt|md|txt|j2|jinja2?)$", _front_matter),
)
