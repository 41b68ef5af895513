"""The shapes in which Python code writes prompts down: what is assigned to, what is wrapped around a text."""

import ast
from collections.abc import Iterator

from afterword.repo.prompts.literals import KEEPING, UNINDENTING
from afterword.repo.prompts.names import ROLES, Says, says
from afterword.repo.prompts.scopes import Place, Scope
from afterword.repo.prompts.source import dotted, source_of

_LOOKING_UP = frozenset({"get", "getenv", "pop", "setdefault"})
_FIELDS = frozenset({"Field", "field"})
TEXT_ARGUMENTS = ("content", "template", "text", "prompt", "default")
"""Arguments that are the prompt where the function's name says prompt."""


def assigned_to(node: ast.expr, scope: Scope) -> tuple[Scope, str, str] | None:
    """Return whose name is assigned to, as a reader would say it and as the code has it; None for `a, b`."""
    if isinstance(node, ast.Subscript):
        inner = assigned_to(node.value, scope)
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        label = repr(key) if isinstance(key, str | int) else source_of(node.slice)
        return inner and (inner[0], f"{inner[1]}[{label}]", f"{inner[2]}[{label}]")
    bare = dotted(node)
    if not bare:
        return None
    first, _, rest = bare.partition(".")
    around = scope.around_class() if first in ("self", "cls") and rest else None
    return (around, around.qualified(rest), bare) if around else (scope, scope.qualified(bare), bare)


def pairwise(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what goes where in `system, user = "…", "…"`."""
    many = ast.Tuple | ast.List
    if isinstance(target, many) and isinstance(value, many) and len(target.elts) == len(value.elts):
        yield from zip(target.elts, value.elts, strict=True)


def leftmost(node: ast.expr) -> ast.expr:
    """Return what a sum begins with."""
    while isinstance(node, ast.BinOp):
        node = node.left
    return node


def core(node: ast.expr) -> ast.expr:
    """Return what is left of a text without what is done to it: the name in `BASE.format(x=1).strip()`."""
    while True:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            node = node.left
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in KEEPING:
            node = node.func.value
        elif isinstance(node, ast.Call) and node.args and last_name(node.func) in UNINDENTING:
            node = node.args[0]
        else:
            return node


def wrapped(node: ast.Call, place: Place) -> ast.expr | None:
    """Return the text in `Field(default="…")`, `os.getenv("X", "…")`, and in a call that becomes a prompt."""
    name = last_name(node.func)
    arguments = {keyword.arg: keyword.value for keyword in node.keywords}
    if name in _FIELDS:
        factory = arguments.get("default_factory")
        return arguments.get("default") or (factory.body if isinstance(factory, ast.Lambda) else _first(node))
    if name in _LOOKING_UP:
        return node.args[1] if len(node.args) == 2 else arguments.get("default")
    if place.says is not Says.PROMPT or place.name != place.group:
        return None
    given = next((arguments[one] for one in TEXT_ARGUMENTS if one in arguments), None) or _first(node)
    return given if isinstance(given, ast.Constant | ast.JoinedStr | ast.BinOp | ast.Call) else None


def spoken(items: list[ast.expr]) -> tuple[str, ast.expr] | None:
    """Return role and text of a message written `("system", "…")`."""
    if len(items) != 2 or not isinstance(items[0], ast.Constant) or items[0].value not in ROLES:
        return None
    return str(items[0].value), items[1]


def speaker(node: ast.Dict) -> str:
    """Return the role in `{"role": "system", "content": "…"}`, "" where a dictionary is no message."""
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == "role" and isinstance(value, ast.Constant):
            return value.value if isinstance(value.value, str) and value.value in ROLES else ""
    return ""


def speaker_in_call(node: ast.Call) -> str:
    """Return the role in `ChatMessage(role=MessageRole.SYSTEM, content="…")`, "" where a call makes no message."""
    for keyword in node.keywords:
        if keyword.arg == "role":
            value = keyword.value
            role = value.value if isinstance(value, ast.Constant) else last_name(value).lower()
            return role if isinstance(role, str) and role in ROLES else ""
    return ""


def option(node: ast.Call) -> str:
    """Return the command line option that a call adds, where it is one for a prompt: `--system-prompt`."""
    first = _first(node)
    text = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    return text if text.startswith("-") and says(text) is Says.PROMPT else ""


def last_name(node: ast.expr) -> str:
    """Return `from_template` for `make().from_template`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _first(node: ast.Call) -> ast.expr | None:
    return node.args[0] if node.args else None
