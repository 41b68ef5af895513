"""Python source as a syntax tree, from files that anybody may have written: never run, never believed."""

import ast
import threading
import warnings

LARGEST = 1_000_000
"""Characters of a file that is parsed; a dense one of this size takes a second and a half."""

_MOST_BRACES = 30_000
"""Python up to 3.11 takes quadratic time over the holes of an f-string."""

_LOCK = threading.Lock()


def parse(source: str) -> ast.Module:
    """Return the tree of a file; ValueError carries the end of a sentence about why there is none."""
    if len(source) > LARGEST:
        raise ValueError(f"is too large to be parsed as Python ({len(source):,} characters)")
    if (braces := source.count("{")) > _MOST_BRACES:
        raise ValueError(f"is too large to be parsed as Python ({braces:,} braces)")
    try:
        # The filters of warnings belong to the whole process, so one thread at a time changes them.
        with _LOCK, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.removeprefix("\ufeff"))
    except SyntaxError as error:
        place = f" (line {error.lineno})" if error.lineno else ""
        raise ValueError(f"does not parse as Python{place}: {error.msg}") from error
    except (RecursionError, MemoryError) as error:
        raise ValueError("is nested too deeply to be parsed as Python") from error
    except ValueError as error:
        raise ValueError("does not parse as Python: it holds characters that Python does not allow") from error


def source_of(node: ast.AST) -> str:
    """Return an expression as Python writes it, `…` where it is nested too deeply for that."""
    if isinstance(node, ast.Name):
        return node.id
    try:
        return ast.unparse(node)
    except (RecursionError, ValueError):
        return "…"


def dotted(node: ast.AST) -> str:
    """Return `client.chat.create` for a name with its attributes, "" for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join(reversed([*parts, node.id])) if isinstance(node, ast.Name) else ""
