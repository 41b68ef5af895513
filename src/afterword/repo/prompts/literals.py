"""What a string in Python says, as far as the file alone tells: what is put in at run time stays as `{expression}`."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import NamedTuple

from afterword.repo.prompts.source import dotted, source_of

_DEEPEST = 50
_MOST = 4_000_000
"""Characters put together for one file; names that stand for names would make them endless."""
_MOST_HOLES = 20_000
KEEPING = frozenset(
    {
        "format",
        "format_map",
        "replace",
        "substitute",
        "safe_substitute",
        "encode",
        "strip",
        "lstrip",
        "rstrip",
        "partial",
    }
)
"""Methods after which a text is still the text."""
_STRIPPING: dict[str, Callable[[str], str]] = {"strip": str.strip, "lstrip": str.lstrip, "rstrip": str.rstrip}
UNINDENTING: dict[str, Callable[[str], str]] = {"dedent": textwrap.dedent, "cleandoc": inspect.cleandoc}
_WRAPPING = frozenset({"str", "_", "gettext", "Template", "indent", "fill"})


class Known(NamedTuple):
    """A text that an earlier name of the file stands for, and the line where it stands."""

    text: str
    line: int
    end_line: int


Names = Callable[[str], Known | None]
"""Look up what a (dotted) name stands for."""


class Literals:
    """The strings of one file; what they add up to is bounded."""

    def __init__(self) -> None:
        self._left = _MOST
        self._holes = _MOST_HOLES

    def read(self, node: ast.AST, names: Names, depth: int = 0) -> str | None:
        """Return the text of an expression, None where it is no string."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else None
        if depth > _DEEPEST:
            return None
        if isinstance(node, ast.JoinedStr):
            return self._formatted(node)
        if isinstance(node, ast.BinOp):
            return self._operation(node, names, depth)
        if isinstance(node, ast.Call):
            return self._call(node, names, depth)
        if isinstance(node, ast.Name | ast.Attribute):
            known = names(dotted(node))
            return known.text if known is not None and self.afford(known.text) else None
        return None

    def or_hole(self, node: ast.AST, names: Names, depth: int = 0) -> str:
        """Return the text of an expression, or the expression in braces."""
        text = self.read(node, names, depth)
        return self._hole(node) if text is None else text

    def afford(self, text: str) -> bool:
        """Count a text that is put into another one; False when there were too many."""
        self._left -= len(text)
        return self._left >= 0

    def _hole(self, node: ast.AST) -> str:
        self._holes -= 1
        return f"{{{source_of(node) if self._holes >= 0 else '…'}}}"

    def _formatted(self, node: ast.JoinedStr) -> str | None:
        """Return an f-string, None where nothing of it is known before it runs."""
        if not any(isinstance(piece, ast.Constant) and _says_something(str(piece.value)) for piece in node.values):
            return None
        return "".join(self._piece(piece) for piece in node.values)

    def _piece(self, piece: ast.expr) -> str:
        if isinstance(piece, ast.Constant):
            return str(piece.value)
        if not isinstance(piece, ast.FormattedValue):
            return self._hole(piece)
        conversion = f"!{chr(piece.conversion)}" if piece.conversion > 0 else ""
        spec = f":{self._spec(piece.format_spec)}" if isinstance(piece.format_spec, ast.JoinedStr) else ""
        return f"{self._hole(piece.value)[:-1]}{conversion}{spec}}}"

    def _spec(self, spec: ast.JoinedStr) -> str:
        return "".join(
            str(one.value)
            if isinstance(one, ast.Constant)
            else self._hole(one.value if isinstance(one, ast.FormattedValue) else one)
            for one in spec.values
        )

    def _operation(self, node: ast.BinOp, names: Names, depth: int) -> str | None:
        if isinstance(node.op, ast.Mod):
            return self.read(node.left, names, depth + 1)
        if not isinstance(node.op, ast.Add):
            return None
        operands, left = [node.right], node.left
        while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add):
            operands.append(left.right)
            left = left.left
        operands.append(left)
        texts = [(self.read(operand, names, depth + 1), operand) for operand in reversed(operands)]
        if not any(text is not None and _says_something(text) for text, _ in texts):
            return None
        return "".join(self._hole(operand) if text is None else text for text, operand in texts)

    def _call(self, node: ast.Call, names: Names, depth: int) -> str | None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)
        if name in UNINDENTING and node.args:
            text = self.read(node.args[0], names, depth + 1)
            return None if text is None else UNINDENTING[name](text)
        if name in _WRAPPING and len(node.args) == 1:
            return self.read(node.args[0], names, depth + 1)
        if not isinstance(node.func, ast.Attribute):
            return None
        if name == "join" and len(node.args) == 1 and isinstance(node.args[0], ast.List | ast.Tuple):
            return self._joined(node.func.value, node.args[0], names, depth)
        if name not in KEEPING:
            return None
        text = self.read(node.func.value, names, depth + 1)
        if text is None or node.args or node.keywords:
            return text
        return _STRIPPING.get(name, str)(text)

    def _joined(self, by: ast.expr, items: ast.List | ast.Tuple, names: Names, depth: int) -> str | None:
        between = self.read(by, names, depth + 1)
        texts = [self.read(item, names, depth + 1) for item in items.elts]
        if between is None or all(text is None for text in texts):
            return None
        if len(between) * len(texts) > _MOST:
            return None
        return between.join(
            self._hole(item) if text is None else text for text, item in zip(texts, items.elts, strict=True)
        )


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))
