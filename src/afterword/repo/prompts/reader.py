"""Walk the syntax tree of a Python file in its order and collect the texts whose names say that they are prompts."""

import ast
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from afterword.repo.prompts.literals import Known, Literals
from afterword.repo.prompts.names import Says, ends_in_prompt, is_prose, means_several, says
from afterword.repo.prompts.scopes import Place, Scope
from afterword.repo.prompts.shapes import (
    TEXT_ARGUMENTS,
    assigned_to,
    core,
    last_name,
    leftmost,
    option,
    pairwise,
    speaker,
    speaker_in_call,
    spoken,
    wrapped,
)
from afterword.repo.prompts.source import dotted, source_of

SHORTEST = 80
"""Characters below which a text is no prompt of its own."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_SKIPPED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Expr, ast.For, ast.While, ast.Assert, ast.Raise)
"""What is passed over where no name in it can say so; an assignment is looked at, since others may use its text."""


class Text(NamedTuple):
    """A text that was found: its name, what tells it from others of that name, and its lines."""

    name: str
    hint: str
    text: str
    line: int
    end_line: int


class _Spelled(str):
    """The key of an entry that is a name, not a string."""

    __slots__ = ()
    __repr__ = str.__str__


def texts_in(tree: ast.Module, hinted: Sequence[int]) -> list[Text]:
    """Return the prompts of a file in its order; `hinted` are the lines with a name that can say so, in order."""
    return _Reader(hinted).read(tree) if hinted else []


class _Reader:
    def __init__(self, hinted: Sequence[int]) -> None:
        self._hinted = hinted
        self._found: list[Text] = []
        self._literals = Literals()
        self._waiting: list[tuple[ast.AST, Place]] = []
        """A stack, so that no nesting of expressions can overflow Python's own."""
        self._places: dict[tuple[str, str], int] = {}
        """Where the text of a name stands among those found, to which `+=` adds."""

        self._listed: set[str] = set()

    def read(self, tree: ast.Module) -> list[Text]:
        self._waiting.append((tree, Place(Scope())))
        while self._waiting:
            node, place = self._waiting.pop()
            # What comes first in the file must be looked at first, so that names are known when they are used.
            self._waiting.extend(reversed(list(self._visit(node, place))))
        return sorted(self._found, key=lambda one: one.line)

    def _is_silent(self, node: ast.AST, scope: Scope) -> bool:
        """Whether a definition or a statement has no name in it that can say so: most of a program has not."""
        if not isinstance(node, _SKIPPED) or scope.own is not Says.NOTHING:
            return False
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        at = bisect_left(self._hinted, first)
        return at == len(self._hinted) or self._hinted[at] > (node.end_lineno or node.lineno)

    def _visit(self, node: ast.AST, place: Place) -> Iterator[tuple[ast.AST, Place]]:
        if self._is_silent(node, place.scope):
            return
        if place.name and isinstance(node, ast.expr):
            yield from self._value(node, place)
        elif isinstance(node, ast.ClassDef):
            yield from self._class(node, place.scope)
        elif isinstance(node, _Function):
            yield from self._function(node, place.scope)
        elif isinstance(node, ast.Assign):
            yield from self._assigned(node.targets, node.value, place.scope)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            yield from self._assigned([node.target], node.value, place.scope)
        elif isinstance(node, ast.AugAssign):
            yield from self._added(node, place.scope)
        elif isinstance(node, ast.Return) and node.value is not None:
            yield from self._returned(node, node.value, place.scope)
        elif isinstance(node, ast.expr):
            yield from self._inside(node, place)
        else:
            yield from ((child, place.neutral()) for child in ast.iter_child_nodes(node))

    # Definitions

    def _class(self, node: ast.ClassDef, scope: Scope) -> Iterator[tuple[ast.AST, Place]]:
        own = Says.PROMPT if says(node.name) is Says.PROMPT else Says.NOTHING
        within = Place(scope.inner(node.name, True, own))
        yield from ((child, Place(scope)) for child in (*node.decorator_list, *node.bases, *node.keywords))
        yield from ((child, within) for child in node.body)

    def _function(self, node: _Function, scope: Scope) -> Iterator[tuple[ast.AST, Place]]:
        name = "" if isinstance(node, ast.Lambda) else node.name
        plain = [*node.args.posonlyargs, *node.args.args]
        given: list[tuple[ast.arg, ast.expr | None]] = [
            *zip(plain[len(plain) - len(node.args.defaults) :], node.args.defaults, strict=True),
            *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),
        ]
        for argument, default in given:
            if default is not None:
                label = scope.qualified(f"{name or 'lambda'}({argument.arg}=)")
                yield default, Place(scope, label, says(argument.arg), argument.lineno, argument.arg)
        if isinstance(node, ast.Lambda):
            yield node.body, Place(scope)
            return
        yield from ((child, Place(scope)) for child in node.decorator_list)
        own = Says.PROMPT if ends_in_prompt(name) else Says.NOTHING
        within = Place(scope.inner(name, False, own))
        yield from ((child, within) for child in node.body)

    def _returned(self, node: ast.Return, value: ast.expr, scope: Scope) -> Iterator[tuple[ast.AST, Place]]:
        name = scope.name.rpartition(".")[2]
        yield value, Place(scope, f"{scope.name}()", says(name), node.lineno, scope.qualified("messages"))

    # Assignments

    def _assigned(self, targets: list[ast.expr], value: ast.expr, scope: Scope) -> Iterator[tuple[ast.AST, Place]]:
        named = next(filter(None, (assigned_to(one, scope) for one in targets)), None)
        if named is None:
            pairs = list(pairwise(targets[0], value))
            for target, item in pairs:
                yield from self._assigned([target], item, scope)
            yield from () if pairs else ((value, Place(scope)),)
            return
        owner, name, bare = named
        known = scope.look_up(bare)
        text = self._literals.read(value, scope.look_up)
        line, end_line = targets[0].lineno, value.end_lineno or value.lineno
        goes_on = known is not None and isinstance(value, ast.BinOp) and dotted(leftmost(value)) == bare
        if goes_on and text is not None and self._go_on(scope, bare, text, end_line):
            line = self._found[self._places[scope.name, bare]].line
        else:
            self._places.pop((scope.name, bare), None)
            kind = max(says(bare), owner.own if owner is scope else Says.NOTHING)
            yield value, Place(scope, name, kind, line, name, bare)
        for spelled in filter(None, map(dotted, targets)):
            scope.learn(spelled, None if text is None else Known(text, line, end_line))

    def _added(self, node: ast.AugAssign, scope: Scope) -> Iterator[tuple[ast.AST, Place]]:
        named = assigned_to(node.target, scope)
        if named is None or not isinstance(node.op, ast.Add):
            yield node.value, Place(scope)
            return
        _, name, bare = named
        known, end_line = scope.look_up(bare), node.end_lineno or node.lineno
        place = Place(scope, name, max(says(bare), scope.own), known.line if known else node.lineno, name, bare)
        if known is None or not self._literals.afford(known.text):
            yield node.value, place
            return
        text = known.text + self._literals.or_hole(node.value, scope.look_up)
        scope.learn(bare, Known(text, known.line, end_line))
        if not self._go_on(scope, bare, text, end_line):
            self._keep(text, place, end_line)

    def _go_on(self, scope: Scope, bare: str, text: str, end_line: int) -> bool:
        """Make a text that was found longer; False where none of that name was."""
        at = self._places.get((scope.name, bare))
        if at is None:
            return False
        self._found[at] = self._found[at]._replace(text=text, end_line=end_line)
        self._listed.add(text)
        return True

    # Values

    def _value(self, node: ast.expr, place: Place) -> Iterator[tuple[ast.AST, Place]]:
        text = self._literals.read(node, place.scope.look_up)
        end_line = node.end_lineno or place.line
        if text is not None and isinstance(origin := core(node), ast.Name | ast.Attribute):
            known = place.scope.look_up(dotted(origin))
            if known is None or text in self._listed:
                return  # it is listed under the name that it has
            place, end_line = place._replace(line=known.line), known.end_line
        if text is not None and self._keep(text, place, end_line):
            return
        if isinstance(node, ast.IfExp):
            yield from ((one, place) for one in (node.body, node.orelse))
        elif isinstance(node, ast.BoolOp):
            yield from ((one, place) for one in node.values)
        elif isinstance(node, ast.Await | ast.NamedExpr | ast.Starred):
            yield node.value, place
        elif isinstance(node, ast.Call) and (inner := wrapped(node, place)) is not None:
            yield inner, place
            yield from ((one, place.neutral()) for one in ast.iter_child_nodes(node) if one is not inner)
        elif isinstance(node, ast.List | ast.Tuple | ast.Set):
            yield from self._items(node, place)
        else:
            yield from self._inside(node, place)

    def _items(self, node: ast.List | ast.Tuple | ast.Set, place: Place) -> Iterator[tuple[ast.AST, Place]]:
        if (message := spoken(node.elts)) is not None:
            yield message[1], self._message(place, message[0], message[1].lineno)
            return
        lines = [self._literals.read(item, place.scope.look_up) for item in node.elts]
        whole = "\n".join(line for line in lines if line is not None)
        one_text = None not in lines and len(lines) > 1 and not means_several(place.group)
        if one_text and is_prose(whole) and self._keep(whole, place, node.end_lineno or place.line):
            return
        for at, item in enumerate(node.elts):
            yield item, place.item(at, Says.NOTHING, item.lineno)._replace(group=place.group)

    def _inside(self, node: ast.expr, place: Place) -> Iterator[tuple[ast.AST, Place]]:
        """Yield what an expression holds: keyword arguments, entries, messages."""
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.Name):
            return
        if isinstance(node, ast.Call):
            yield from self._call(node, place)
        elif isinstance(node, ast.Dict):
            yield from self._dictionary(node, place)
        elif isinstance(node, ast.Lambda):
            yield from self._function(node, place.scope)
        elif isinstance(node, ast.Tuple) and (message := spoken(node.elts)) is not None:
            yield message[1], self._message(place, message[0], message[1].lineno)
        else:
            yield from ((child, place.neutral()) for child in ast.iter_child_nodes(node))

    def _call(self, node: ast.Call, place: Place) -> Iterator[tuple[ast.AST, Place]]:
        scope, name = place.scope, dotted(node.func) or last_name(node.func)
        yield node.func, place.neutral()
        kind_of_call = says(name)
        group = place.group if place.name == place.group else ""
        for argument in node.args:
            yield (
                argument,
                Place(scope, scope.qualified(f"{name}(…)"), kind_of_call, argument.lineno, group, place.hint),
            )
        flag, role = option(node), speaker_in_call(node)
        for keyword in node.keywords:
            if role and keyword.arg in ("content", "text", "parts"):
                yield keyword.value, self._message(place, role, keyword.lineno)
                continue
            label, kind = f"{name}({keyword.arg}=)", says(keyword.arg or "")
            if kind_of_call is Says.PROMPT and keyword.arg in TEXT_ARGUMENTS:
                kind = Says.PROMPT
            if flag and keyword.arg == "default":
                label, kind = f"{name}({flag!r})", says(flag)
            group = scope.qualified(keyword.arg or "messages")
            yield keyword.value, Place(scope, scope.qualified(label), kind, keyword.lineno, group, place.hint)

    def _dictionary(self, node: ast.Dict, place: Place) -> Iterator[tuple[ast.AST, Place]]:
        role = speaker(node)
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                yield value, place.neutral()
            elif role and isinstance(key, ast.Constant) and key.value in ("content", "parts"):
                yield value, self._message(place, role, key.lineno)
            else:
                spelled = key.value if isinstance(key, ast.Constant) else _Spelled(source_of(key))
                yield value, place.item(spelled, says(str(spelled)), key.lineno)

    def _message(self, place: Place, role: str, line: int) -> Place:
        group = place.group or place.scope.qualified("messages")
        return place._replace(name=f"{group}.{role}", says=Says.PROMPT, line=line)

    def _keep(self, text: str, place: Place, end_line: int) -> bool:
        """Take a text into the list, if it is long enough and its name says that it is a prompt."""
        enough = len(text) >= SHORTEST and any(map(str.isalpha, text))
        if not enough or not (place.says is Says.PROMPT or (place.says is Says.PERHAPS and is_prose(text))):
            return False
        is_assigned = place.name == place.group
        if is_assigned and place.hint:
            self._places[place.scope.name, place.hint] = len(self._found)
        self._listed.add(text)
        self._found.append(Text(place.name, "" if is_assigned else place.hint, text, place.line, end_line))
        return True
