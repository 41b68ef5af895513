"""Values that stand in Python code as they are, or as the default of something that is looked up."""

import ast
from collections.abc import Mapping
from typing import NamedTuple

from afterword.repo.prompts.shapes import last_name
from afterword.repo.prompts.source import dotted, source_of
from afterword.repo.settings.tree import Branch, Leaf, Node

_LOOKING_UP = frozenset({"get", "getenv", "setdefault", "config", "env", "str", "getfloat", "getint"})
_FIELDS = frozenset({"Field", "field", "Option", "Argument"})
CONVERTING = frozenset({"float", "int", "str", "Decimal", "SecretStr"})
"""Functions around a value that leave it what it is."""
_DEEPEST = 8


class Value(NamedTuple):
    """A value as a node of a settings tree; `test` is the text by which its kind is told.

    `inherited` names the variable whose default it is, `name` and `line` the constant that it was written as.
    """

    node: Node
    test: str
    inherited: str = ""
    name: str = ""
    line: int = 0


def literal(node: ast.expr, known: Mapping[str, Value], depth: int = 0) -> Value | None:
    """Return the value of an expression, None where it is not to be seen from the file."""
    if depth > _DEEPEST:
        return None
    if isinstance(node, ast.Name | ast.Attribute):
        name = dotted(node)
        return known.get(name) or known.get(name.removeprefix("self.").removeprefix("cls."))
    if isinstance(node, ast.List | ast.Tuple):
        return _listed(node, known, depth)
    if isinstance(node, ast.Call):
        return _called(node, known, depth)
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        default = literal(node.values[-1], known, depth + 1)
        inherited = f"default of {_asked(node.values[0])}"
        return default and default._replace(inherited=default.inherited or inherited, name="")
    if isinstance(node, ast.IfExp):
        body = literal(node.body, known, depth + 1)
        return body and Value(Leaf(source_of(node), node.lineno), body.test)
    text = _scalar(node)
    return None if text is None else Value(Leaf(text, node.lineno), text)


def _scalar(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            return str(node.value).lower()
        return str(node.value) if isinstance(node.value, str | int | float) else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        return f"-{node.operand.value!s}"
    return source_of(node)[1:].strip("'\"") if isinstance(node, ast.JoinedStr) else None


def _listed(node: ast.List | ast.Tuple, known: Mapping[str, Value], depth: int) -> Value | None:
    items = [literal(item, known, depth + 1) for item in node.elts]
    if not items or any(item is None for item in items):
        return None
    branch = Branch(True, node.lineno, {str(at): item.node for at, item in enumerate(items) if item is not None})
    return Value(branch, "")


def _called(node: ast.Call, known: Mapping[str, Value], depth: int) -> Value | None:
    """Return the default in `os.getenv("X", "…")`, `Field(default=…)`, `float(os.environ.get("X", "0.2"))`."""
    name = last_name(node.func)
    options = {keyword.arg: keyword.value for keyword in node.keywords}
    if name in _FIELDS:
        default = options.get("default") or (node.args[0] if node.args else None)
        return literal(default, known, depth + 1) if default is not None else None
    if name in _LOOKING_UP and node.args and isinstance(node.args[0], ast.Constant) and len(node.args) < 3:
        default = options.get("default") or (node.args[1] if len(node.args) == 2 else None)
        found = literal(default, known, depth + 1) if default is not None else None
        if found is not None:
            return found._replace(inherited=f"default of {node.args[0].value!s}", name="")
    if name in CONVERTING and len(node.args) == 1:
        return literal(node.args[0], known, depth + 1)
    return None


def _asked(node: ast.expr) -> str:
    """Return what is asked before a default counts: the variable in `os.getenv("X") or "…"`."""
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        return str(node.args[0].value)
    return source_of(node)[:60]
