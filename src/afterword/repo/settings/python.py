"""Model settings in Python: arguments of calls, constants, dictionaries, fields, defaults of variables and options."""

import ast
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from afterword.repo.prompts.names import Says
from afterword.repo.prompts.scopes import Scope
from afterword.repo.prompts.shapes import assigned_to, last_name
from afterword.repo.prompts.source import dotted, parse
from afterword.repo.settings.keys import MODEL, SYSTEM, TEMPERATURE, is_secret, looks_secret, understand_key
from afterword.repo.settings.models import looks_like_model
from afterword.repo.settings.python_values import CONVERTING, Value, literal
from afterword.repo.settings.tree import origin
from afterword.repo.settings.walk import Found, value_of
from afterword.repo.spelling import words_of

EVIDENCE = (
    "temperature=",
    "temperature =",
    "temperature:",
    'temperature"',
    "temperature'",
    "top_p",
    "max_tokens",
    "max_output_tokens",
    "max_completion_tokens",
    "gpt-",
    "openai",
    "anthropic",
    "claude",
    "gemini",
    "mistral",
    "llama",
    "deepseek",
    "qwen",
    "bedrock",
    "litellm",
)
"""Words of which a Python file with model settings has one, in whatever case; `git grep` looks for them."""
_HINT = re.compile(
    r"temperature\w{0,40}[\"']?\]?\s{0,20}[=:,)]|top_?[pk]|max_?\w{0,20}tokens?|_penalty|min_p|reasoning|thinking"
    r"|gpt|openai|anthropic|claude|gemini|mistral|mixtral|llama|deepseek|qwen|bedrock|litellm|\bo[134]-|grok|command-|gemma"
    r"|phi-|jamba|nova-|titan|kimi|glm-|granite|sonar|azure|models/|router|groq|together|hugging|vertex|cohere|ai21|google"
    r"|[\"'][\w.-]{2,40}[:/]\w",
    re.IGNORECASE,
)
"""What stands on a line of a call or a definition that has settings; most of a program has none."""
_SKIPPED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Expr, ast.Assert, ast.Raise)
_LARGEST_SYSTEM = 80
"""Characters from which a system instruction is a prompt of its own, which is found as one."""
_ONLY_BESIDE_A_MODEL = frozenset({"gen_ai.request.top_k", "gen_ai.tool.definitions", "min_p", "prompt_version"})


_NUMBERS = frozenset(
    {f"gen_ai.request.{name}" for name in ("top_p", "top_k", "max_tokens", "seed", "choice.count")}
    | {f"gen_ai.request.{name}" for name in ("frequency_penalty", "presence_penalty")}
    | {"min_p", "repetition_penalty", "thinking_budget"}
)
_TEXTS = frozenset({MODEL, SYSTEM, "gen_ai.request.stop_sequences"})
_PASSING = ast.List | ast.Tuple | ast.Set | ast.Starred | ast.Await | ast.Return | ast.BoolOp | ast.IfExp


class _Hit(NamedTuple):
    found: Found
    group: int
    is_sure: bool


class _Place(NamedTuple):
    """Where a node stands: the scope, what it is given to there, and which settings belong together."""

    scope: Scope
    given_to: str
    group: int


def settings_in_python(text: str) -> list[Found]:
    """Return the settings of a Python file in its order; ValueError says why it cannot be read."""
    folded = text.lower()
    if not any(word in folded for word in EVIDENCE):
        return []
    tree = parse(text)
    return _numbered(_Reader(_hinted_lines(text)).read(tree))


def _hinted_lines(text: str) -> list[int]:
    """Return the numbers of the lines that can have a model or a parameter of its own, in order."""
    lines: list[int] = []
    at, number = 0, 1
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for match in _HINT.finditer(text):
        number += text.count("\n", at, match.start())
        at = match.start()
        lines.append(number)
    return lines


def _numbered(found: list[Found]) -> list[Found]:
    """Tell settings of one name and scope apart, so that each has its partner in another version of the file."""
    seen: Counter[tuple[str, str]] = Counter()
    told: list[Found] = []
    for one in found:
        seen[one.key, one.scope] += 1
        number = seen[one.key, one.scope]
        told.append(one if number == 1 else one._replace(scope=f"{one.scope} ({number})".strip()))
    return told


class _Reader:
    def __init__(self, hinted: list[int]) -> None:
        self._hinted = hinted
        self._hits: list[_Hit] = []
        self._sure: set[int] = set()
        """Groups that are a model's, for the settings whose names mean much else."""
        self._known: dict[str, Value] = {}
        self._waiting: list[tuple[ast.AST, _Place]] = []
        self._groups = 0

    def read(self, tree: ast.Module) -> list[Found]:
        self._waiting.append((tree, _Place(Scope(), "", 0)))
        while self._waiting:
            node, place = self._waiting.pop()
            self._waiting.extend(reversed(list(self._visit(node, place))))
        return [hit.found for hit in self._hits if hit.is_sure or hit.group in self._sure]

    def _is_silent(self, node: ast.stmt) -> bool:
        at = bisect_left(self._hinted, node.lineno)
        return at == len(self._hinted) or self._hinted[at] > (node.end_lineno or node.lineno)

    def _visit(self, node: ast.AST, place: _Place) -> Iterator[tuple[ast.AST, _Place]]:
        scope = place.scope
        if isinstance(node, _SKIPPED) and self._is_silent(node):
            return
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            inner = scope.inner(node.name, isinstance(node, ast.ClassDef), Says.NOTHING)
            within = _Place(inner, "", self._new_group())
            if not isinstance(node, ast.ClassDef):
                self._parameters(node.args, within)
            yield from ((child, within) for child in ast.iter_child_nodes(node))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else (node.target,)
            yield from self._assigned(targets, node.value, place)
        elif isinstance(node, ast.Call):
            yield from self._call(node, place)
        elif isinstance(node, ast.Dict):
            yield from self._dictionary(node, place)
        elif isinstance(node, _PASSING):
            yield from ((child, place) for child in ast.iter_child_nodes(node))
        elif not isinstance(node, ast.Constant | ast.Name | ast.JoinedStr):
            yield from ((child, place._replace(given_to="")) for child in ast.iter_child_nodes(node))

    def _assigned(
        self, targets: Sequence[ast.expr], value: ast.expr, place: _Place
    ) -> Iterator[tuple[ast.AST, _Place]]:
        named = next(filter(None, (assigned_to(one, place.scope) for one in targets)), None)
        if named is None:
            yield value, _Place(place.scope, "", self._new_group())
            return
        owner, name, bare = named
        read = literal(value, self._known)
        if read is None:
            self._known.pop(bare, None)
        else:
            before, _, key = name.rpartition(".") if "[" not in name else (owner.name, "", bare)
            self._take(key, read, before, targets[0].lineno, place.group)
            self._known[bare] = read._replace(name=bare, line=targets[0].lineno)
        yield value, _Place(place.scope, name, self._new_group())

    def _parameters(self, arguments: ast.arguments, place: _Place) -> None:
        plain = [*arguments.posonlyargs, *arguments.args]
        pairs = [
            *zip(plain[len(plain) - len(arguments.defaults) :], arguments.defaults, strict=True),
            *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
        ]
        for argument, default in pairs:
            read = literal(default, self._known) if default is not None else None
            if read is not None:
                self._take(argument.arg, read, place.scope.name, argument.lineno, place.group)

    def _call(self, node: ast.Call, place: _Place) -> Iterator[tuple[ast.AST, _Place]]:
        name, group = dotted(node.func) or last_name(node.func), self._new_group()
        scope = ".".join(filter(None, (place.given_to or place.scope.name, name)))
        self._looked_up(node, place)
        if last_name(node.func) in _MAKING or last_name(node.func)[:1].isupper():
            for argument in node.args[:1]:
                read = literal(argument, {})
                if read is not None and looks_like_model(read.test):
                    self._take("model", read, scope, argument.lineno, group)
        for keyword in node.keywords:
            read = literal(keyword.value, self._known)
            if keyword.arg and read is not None:
                self._take(keyword.arg, read, scope, keyword.lineno, group)
        yield node.func, place._replace(given_to="")
        given_to = place.given_to if last_name(node.func) in CONVERTING else scope
        yield from ((argument, _Place(place.scope, given_to, group)) for argument in node.args)
        for keyword in node.keywords:
            below = scope if keyword.arg is None else f"{scope}.{keyword.arg}"
            yield keyword.value, _Place(place.scope, below, group)

    def _looked_up(self, node: ast.Call, place: _Place) -> None:
        """Take the default of a variable or an option that is called like a setting, if nothing else names it."""
        first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        if not isinstance(first, str) or (place.given_to and understand_key(place.given_to.rpartition(".")[2])):
            return
        read = literal(node, self._known)
        options = {keyword.arg: keyword.value for keyword in node.keywords}
        if read is None and first.startswith("--") and "default" in options:
            read = literal(options["default"], self._known)
            read = read and read._replace(inherited=f"default of {first}")
        if read is not None and read.inherited:
            name = understand_key(first)
            scope = place.scope.name or (first if name and not name.prefix else "")
            self._take(first, read, scope, node.lineno, self._new_group())

    def _dictionary(self, node: ast.Dict, place: _Place) -> Iterator[tuple[ast.AST, _Place]]:
        scope, group = place.given_to or place.scope.name, place.group
        is_choice = words_of(scope.rpartition(".")[2]).endswith("models")
        for key, value in zip(node.keys, node.values, strict=True):
            spelled = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
            read = literal(value, self._known)
            if spelled and read is not None:
                if is_choice and understand_key(spelled) is None and looks_like_model(read.test):
                    self._take("model", read, f"{scope}.{spelled}", value.lineno, group)
                else:
                    self._take(spelled, read, scope, key.lineno if key else value.lineno, group)
            yield value, _Place(place.scope, ".".join(filter(None, (scope, spelled))), group)

    def _new_group(self) -> int:
        self._groups += 1
        return self._groups

    def _take(self, spelled: str, value: Value, scope: str, line: int, group: int) -> None:
        """Note a value, if its name means a setting and nothing says that it means something else."""
        name = understand_key(spelled)
        text = value_of(value.node)
        if name is None or not text or is_secret(spelled) or looks_secret(text):
            return
        if name.key == SYSTEM and len(text) >= _LARGEST_SYSTEM:
            return
        is_model = name.key == MODEL and looks_like_model(value.test)
        is_sure = is_model or (name.key != MODEL and not name.is_weak and name.key not in _ONLY_BESIDE_A_MODEL)
        if not _fits(name.key, value.test, text):
            return
        if is_sure:
            self._sure.add(group)
        if value.name and understand_key(value.name.rpartition(".")[2]):
            return  # it is listed where that name gets its value
        scope = ".".join(filter(None, (scope, name.prefix)))
        inherited = value.inherited or (origin(value.name, value.line) if value.name else "")
        self._hits.append(_Hit(Found(name.key, scope, text, line, inherited, spelled), group, is_sure))


_MAKING = frozenset({"init_chat_model", "get_model", "get_llm", "completion", "acompletion"})


def _fits(key: str, text: str, whole: str) -> bool:
    """Whether a value is of the kind that a setting has: tables of names hold the same keys, and so does physics."""
    if key == TEMPERATURE:
        return re.fullmatch(r"[01](?:\.\d*)?|\.\d+|2(?:\.0*)?|\d(?:\.\d+)?e-\d+", text) is not None
    if key in _NUMBERS:
        return re.fullmatch(r"-?[\d_.]+(?:e-?\d+)?", text) is not None
    return key in _TEXTS or len(whole.split()) == 1 or whole.startswith('"')
