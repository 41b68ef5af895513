"""TOML files as trees that know the line of every value."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from afterword.repo.settings.tree import Branch, Leaf


def read_toml(text: str) -> Branch:
    """Read a TOML file; ValueError says what is wrong with it."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"is not valid TOML: {error}") from error
    root = Branch(False, 1)
    table = root
    for line, statement in _toml_statements(text):
        values = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _toml_table(root, values, line)
        else:
            _toml_put(table, values, line)
    return root


def _toml_statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield each header and each assignment with its line; TOML's own parser says where one ends."""
    lines = text.splitlines(keepends=True)
    at = 0
    while at < len(lines):
        start, statement = at, lines[at]
        at += 1
        if not statement.strip() or statement.lstrip().startswith("#"):
            continue
        while not _is_toml(statement):
            # Only a line that closes something can end a statement of several lines.
            until = next(n for n in range(at, len(lines)) if re.search(r"\"\"\"|'''|[\]}]", lines[n]))
            statement += "".join(lines[at : until + 1])
            at = until + 1
        yield start + 1, statement


def _is_toml(statement: str) -> bool:
    try:
        tomllib.loads(statement)
    except tomllib.TOMLDecodeError:
        return False
    return True


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
