"""TOML files as trees that know the line of every value."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from afterword.repo.settings.tree import Branch, Leaf
from afterword.repo.spelling import dotted_too_often


def read_toml(text: str) -> Branch:
    """Read a TOML file; ValueError says what is wrong with it."""
    if dotted_too_often(text):
        raise ValueError("has a key of more than 100 parts")
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"is not valid TOML: {error}") from error
    except ValueError as error:
        raise ValueError("holds a number that is too long to be read") from error
    root = Branch(False, 1)
    table = root
    for line, statement in _toml_statements(text):
        values = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _toml_table(root, values, line)
        else:
            _toml_put(table, values, line)
    return root


# A text that is valid TOML: strings and comments are passed over, brackets tell where a statement goes on.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|(?P<open>[\[{])|(?P<close>[\]}])|\n',
    re.DOTALL,
)


def _toml_statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each header and each assignment with its line."""
    start = depth = 0
    line = 1
    for match in _TOKEN.finditer(text + "\n"):
        depth += bool(match["open"]) - bool(match["close"])
        if match[0] != "\n" or depth:
            continue
        statement = text[start : match.end()]
        if statement.strip() and not statement.lstrip().startswith("#"):
            yield line, statement
        start, line = match.end(), line + statement.count("\n")


def _toml_table(root: Branch, header: dict[str, Any], line: int) -> Branch:
    """Return the table that a header opens, made where it is new; `[[name]]` adds one to a list."""
    table, value = root, header
    while value:
        key, inner = next(iter(value.items()))
        below = table.items.setdefault(key, Branch(isinstance(inner, list), line))
        assert isinstance(below, Branch)
        if isinstance(inner, list):
            below.items[str(len(below.items))] = Branch(False, line)
            inner = inner[0]
        table, value = _newest(below), inner
    return table


def _newest(branch: Branch) -> Branch:
    if not branch.is_list:
        return branch
    last = branch.items[str(len(branch.items) - 1)]
    assert isinstance(last, Branch)
    return last


def _toml_put(table: Branch, values: dict[str, Any] | list[Any], line: int) -> None:
    pairs = values.items() if isinstance(values, dict) else ((str(n), value) for n, value in enumerate(values))
    for key, value in pairs:
        if isinstance(value, dict | list):
            below = table.items.setdefault(key, Branch(isinstance(value, list), line))
            assert isinstance(below, Branch)
            _toml_put(below, value, line)
        else:
            table.items[key] = Leaf(str(value).lower() if isinstance(value, bool) else str(value), line)
